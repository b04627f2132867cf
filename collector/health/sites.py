"""Checks of the sites: is their log sealed, does it have dead letters."""

from collections import Counter
from collections.abc import Sequence

from collector.health.facts import Facts, SiteState
from collector.health.finding import STATUSES, Finding, worst
from collector.health.sizes import show_bytes, show_seconds

PREFIX = "site "
MOST_LINES = 8  # of sites; a screen has no room for more
FEWEST_SECONDS = 60.0  # that an entry may wait for the sealer, however often it looks
MOST_UNVERIFIED_SECONDS = 50 * 3600.0  # two nights and a little
ROUNDS = 12  # of the sealer, where it looks rarely


def check_site(facts: Facts, site: SiteState) -> Finding:
    """One site: what waits for the sealer, and what could not be sealed."""
    shards = site.shards
    entries = sum(shard.entries for shard in shards)
    oldest_ms = min((each.oldest_ms for each in shards if each.oldest_ms is not None), default=facts.now_ms)
    lag_seconds = max(facts.now_ms - oldest_ms, 0) / 1000
    segments = sum(shard.segments for shard in shards)
    size = sum(shard.segment_bytes for shard in shards)
    dead = sum(shard.dead for shard in shards)
    says = f"{sum(each.rows for each in shards):,} events in {segments:,} segments, {show_bytes(size)}; "
    says += f"{entries:,} log entries wait, the oldest for {show_seconds(lag_seconds)}" if entries else "all sealed"
    says += f"; {dead:,} dead letters" if dead else ""
    unverified_seconds = (facts.now_ms - site.verified.at_ms) / 1000 if site.verified else 0
    says += f"; verified {show_seconds(unverified_seconds)} ago" if site.verified else ""
    fullest = max((shard.log_bytes for shard in shards), default=0)
    name = PREFIX + site.id
    if site.verified and site.verified.found:
        says += f", with {site.verified.found:,} differences, first: {site.verified.differences[0].where}"
        return Finding(name, "wrong", says, f"see all of them: footfall verify --site {site.id}")
    if fullest > facts.settings.log_max_mb << 20:
        todo = "its beacons get 503: start the sealer (footfall seal), and see what it says"
        return Finding(name, "wrong", f"{says}; a log takes {show_bytes(fullest)}", todo)
    if lag_seconds > max(FEWEST_SECONDS, ROUNDS * facts.settings.seal_seconds):
        return Finding(name, "warning", says, "is a sealer running? footfall seal, or footfall run")
    if unverified_seconds > MOST_UNVERIFIED_SECONDS:
        return Finding(name, "warning", says, "the sealer does that every day; or now: footfall verify")
    if dead:
        return Finding(name, "warning", says, "see why: footfall dead list")
    return Finding(name, "ok", says)


def check_sites(facts: Facts) -> list[Finding]:
    """Every site, those that need something first."""
    found = [check_site(facts, site) for site in facts.sites]
    return sorted(found, key=lambda finding: STATUSES.index(finding.status), reverse=True)


def shorten(findings: Sequence[Finding]) -> list[Finding]:
    """The same with the sites that fit on a screen, and the others in one line."""
    sites = [finding for finding in findings if finding.name.startswith(PREFIX)]
    kept = [finding for finding in findings if not finding.name.startswith(PREFIX)] + sites[:MOST_LINES]
    if rest := sites[MOST_LINES:]:
        counts = Counter(finding.status for finding in rest)
        says = ", ".join(f"{counts[status]} {status}" for status in reversed(STATUSES) if counts[status])
        kept.append(Finding(f"{len(rest)} more sites", worst(rest), says, "" if worst(rest) == "ok" else "see --json"))
    return kept
