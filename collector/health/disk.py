"""Checks of this machine: settings, data folder, mirror, spool, places."""

from collector.health.facts import Facts
from collector.health.finding import Finding
from collector.health.sizes import show_bytes
from collector.settings import SETTINGS

FREE_WARNING, FREE_WRONG = 2_000_000_000, 200_000_000  # bytes
SPOOL_WARNING = 0.5  # of what one worker may keep
EMPTY_SPOOL_BYTES = 128 << 10  # a worker's file and its journal, with nothing in them


def check_settings(facts: Facts) -> Finding:
    """They were understood; else nobody comes here."""
    kind = "embedded store" if facts.settings.is_embedded else "cluster"
    return Finding("settings", "ok", f"all {len(SETTINGS)} understood; {kind}")


def check_data_folder(facts: Facts) -> Finding:
    """It can be written, and has room."""
    disk = facts.disk
    if disk.error:
        return Finding("data folder", "wrong", f"{disk.folder}: {disk.error}", "let us write there: FOOTFALL_DATA_DIR")
    says = f"{disk.folder}, {show_bytes(disk.free_bytes)} of {show_bytes(disk.total_bytes)} free"
    if disk.free_bytes < FREE_WRONG:
        return Finding("data folder", "wrong", says, "make room now: a full disk stops the store")
    if disk.free_bytes < FREE_WARNING:
        return Finding("data folder", "warning", says, "make room")
    return Finding("data folder", "ok", says)


def check_mirror(facts: Facts) -> Finding:
    """Whether the next question finds it warm."""
    size = facts.disk.mirror_bytes
    says = f"{show_bytes(size)} in {facts.disk.folder}/mirror" if size else "none yet; the first question makes it"
    return Finding("mirror", "ok", says)


def check_spool(facts: Facts) -> Finding:
    """Whether beacons wait on this disk."""
    size = facts.disk.spool_bytes
    if size is None:
        return Finding("spool", "ok", "none on this machine")
    workers = facts.settings.workers
    if size <= EMPTY_SPOOL_BYTES * workers:
        return Finding("spool", "ok", "empty")
    most = facts.settings.spool_mb * workers << 20
    says = f"{show_bytes(size)} of beacons wait on disk"
    if size > SPOOL_WARNING * most:
        todo = "bring back the store: a full spool means 503"
        return Finding("spool", "wrong", f"{says}, of {show_bytes(most)}", todo)
    return Finding("spool", "warning", says, "is the store back, and a worker running? It moves them by itself")


def check_places(facts: Facts) -> Finding:
    """Whether the database of countries and cities can be read. None is a normal state."""
    if facts.places_fault:
        return Finding("places", "warning", facts.places_fault, "put a good .mmdb in its place: it is ignored now")
    return Finding("places", "ok", str(facts.settings.geo_database or "no database: no countries, regions and cities"))
