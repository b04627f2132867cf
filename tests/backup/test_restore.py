"""An import that is killed and run again ends right, and what is no whole copy is refused."""

import random
import shutil
import signal
import time
from argparse import Namespace
from datetime import UTC, datetime
from importlib import import_module
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import pytest

from collector.backup.export import export
from collector.backup.manifest import NAME, read_manifest
from collector.backup.restore import check_files, restore
from collector.errors import StartError
from collector.query.mirror import Mirror
from collector.settings import load_settings
from collector.storage.keys import SITES, Shard
from collector.storage.restoring import Restoring
from collector.storage.sites import Site
from collector.storage.snapshot import Snapshots
from tests.backup.site import append, build_events, fill, now_ms, seal_of
from tests.backup.test_round_trip import footfall
from tests.service import Service, end_process, start_command
from tests.stores import running_cluster

runs = count()
import_command = import_module("collector.commands.import")  # its name is a word of the language


def copy_of(service: Service, site: Site, folder: Path) -> Path:
    export(Snapshots(service.store), folder, site.id, datetime.now(UTC), lambda *_: None)
    return folder


def steps_of_import(service: Service, folder: Path):
    """The import, one write to the store a step. Who does not go on has been killed there."""
    manifest, name = read_manifest(folder)
    restoring = Restoring(service.store, name, f"run-{next(runs)}")
    return restore(manifest, folder, restoring, Snapshots(service.store).read_sites(), now_ms())


def remove(service: Service, site: Site) -> None:
    """As if the site had never been."""
    for key in list(service.store.scan_iter(f"{{{site.id}.*")):
        service.store.delete(key)
    service.store.hdel(SITES, site.id)


def content(service: Service, site: Site) -> list[tuple]:
    """All that the store has of a site, without the names of its segments, which an import makes anew."""
    held = []
    for shard in site.all_shards():
        moment = Snapshots(service.store).read_moment(shard)
        files = sorted(service.store.get(shard.segment(facts["name"])) for facts in moment.segments)
        values = service.store.keys(f"{{{site.id}.{shard.number}}}:segment:*")
        assert len(values) == len(files), "no segment without facts"
        held.append((moment.cursor, files, service.store.xrange(shard.log), service.store.xrange(shard.dead)))
    return [Snapshots(service.store).read_sites().get(site.id), *held]


class Copied(NamedTuple):
    """A site, its copy, and what the store had of it."""

    site: Site
    folder: Path
    content: list[tuple]


@pytest.fixture(scope="module")
def copied(services, tmp_path_factory: pytest.TempPathFactory) -> Copied:
    """A copy of a site with everything in it. Tests begin by removing the site, and must leave the copy alone."""
    service = services.get("embedded")
    site = service.new_site(bot_days=None, shards=2, timezone="Europe/Berlin")
    fill(service, site)
    return Copied(site, copy_of(service, site, tmp_path_factory.mktemp("copied") / "copy"), content(service, site))


def test_an_import_that_is_killed_at_any_step_and_run_again_ends_right(
    embedded_service: Service, copied: Copied
) -> None:
    service = embedded_service
    site, folder, expected = copied
    remove(service, site)
    steps = len(list(steps_of_import(service, folder)))
    assert steps >= 12, "segments, streams and shards"
    assert content(service, site) == expected
    for killed_after in range(steps):
        remove(service, site)
        for again in (killed_after, killed_after // 2):
            list(islice(steps_of_import(service, folder), again))
        list(steps_of_import(service, folder))
        assert content(service, site) == expected, f"killed after {killed_after} steps"
    # A whole import that is run again changes nothing, and takes nothing back.
    append(service, site, build_events(random.Random(5), 900, 5, now_ms() - 1000, now_ms()), now_ms())
    more = content(service, site)
    assert list(steps_of_import(service, folder)) == []
    assert content(service, site) == more
    assert not service.store.keys(f"{{{site.id}.*:restore*")


def test_a_process_that_is_killed_while_it_imports_leaves_nothing_to_be_seen(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    shard = Shard(site.id, 0)
    for number in range(6000):
        service.store.xadd(shard.log, {"b": b"x" * 900 + str(number).encode()}, id=f"{number + 1}-0")
    folder = copy_of(service, site, tmp_path / "copy")
    expected = content(service, site)
    remove(service, site)
    killed = 0
    for delay_seconds in (0.0, 0.002, 0.005, 0.01):
        process = start_command(service.environment, "import", str(folder))
        while process.poll() is None and not service.store.exists(shard.restore()):
            time.sleep(0.0005)
        time.sleep(delay_seconds)
        process.send_signal(signal.SIGKILL)
        end_process(process)
        killed += process.returncode == -signal.SIGKILL
        assert content(service, site) in ([None, ("0-0", [], [], [])], expected, [None, *expected[1:]])
    assert killed >= 2
    assert footfall(service, "import", folder).returncode == 0
    assert content(service, site) == expected


def test_an_import_waits_until_replicas_have_everything(
    embedded_service: Service, copied: Copied, tmp_path: Path
) -> None:
    with running_cluster(tmp_path / "cluster", primaries=1) as (primary, replica):
        environment = embedded_service.environment | {
            "FOOTFALL_REDIS_NODES": f"127.0.0.1:{primary.port}",
            "FOOTFALL_DATA_DIR": str(tmp_path / "data"),
            "FOOTFALL_REPLICAS_TO_WAIT": "1",  # also when the cluster has given the stopped one up
        }
        target = Service(load_settings(environment), environment)
        replica.process.send_signal(signal.SIGSTOP)
        ended = footfall(target, "import", copied.folder)
        replica.process.send_signal(signal.SIGCONT)
        assert ended.returncode == 1
        assert f"no replica of 127.0.0.1:{primary.port} has all of it yet" in ended.stderr
        again = footfall(target, "import", copied.folder)
        assert again.returncode == 0, again.stderr
        assert replica.client.info("replication")["slave_repl_offset"] > 0
        assert content(target, copied.site) == copied.content
        target.store.close()


def test_of_two_imports_at_once_one_wins_and_the_other_says_so(embedded_service: Service, copied: Copied) -> None:
    service = embedded_service
    site, folder, expected = copied
    for taken_over_after in range(1, 8):
        remove(service, site)
        first, second = steps_of_import(service, folder), steps_of_import(service, folder)
        list(islice(first, taken_over_after))
        list(islice(second, 3))
        with pytest.raises(StartError, match="Another import"):
            list(first)
        list(second)
        assert content(service, site) == expected


def test_a_mirror_that_saw_what_was_lost_sees_what_was_restored(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    mirror, round_ = Mirror(tmp_path / "mirror", service.segments, 256), seal_of(service, site)
    for number in range(3):
        append(service, site, build_events(random.Random(1), number, 1, 1000, 2000), now_ms())
        round_.run()
    folder = copy_of(service, site, tmp_path / "copy")
    expected = rows(mirror, site)
    assert len(expected) >= 3

    # Life goes on, the store is lost, and as much is sealed behind the copy. The second must not pass for the first.
    for number in (10, 20):
        for life in range(2):
            if life:
                remove(service, site)
                list(steps_of_import(service, folder))
            for part in range(2):
                append(service, site, build_events(random.Random(1), number + life * 5 + part, 1, 1000, 2000), now_ms())
                round_.run()
            if not life:
                assert rows(mirror, site) > expected
        fresh = Mirror(tmp_path / f"fresh-{number}", service.segments, 256)
        assert rows(mirror, site) == rows(fresh, site)
        assert set(expected) < set(rows(mirror, site))
        fresh.close()
    remove(service, site)
    list(steps_of_import(service, folder))
    assert rows(mirror, site) == expected
    mirror.close()
    round_.close()


def rows(mirror: Mirror, site: Site) -> list[tuple]:
    mirror.refresh(site)
    return mirror.ask(f'select event_id, at_ms, visit from "{site.id}".rows order by all', [], 10)


def test_a_site_that_has_data_is_left_alone(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    append(service, site, build_events(random.Random(1), 0, 3, 0, 1000), now_ms())
    folder = copy_of(service, site, tmp_path / "copy")
    before = content(service, site)
    refused = footfall(service, "import", folder)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        f"footfall: Site {site.id} already has data here: import into an empty system, or erase it first."
    )
    assert content(service, site) == before


def test_a_site_without_data_takes_the_copy_with_its_row(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None, shards=2, timezone="Asia/Kathmandu")
    append(service, site, build_events(random.Random(1), 0, 9, 0, 1000), now_ms())
    folder = copy_of(service, site, tmp_path / "copy")
    expected = content(service, site)
    remove(service, site)
    assert service.sites.add(Site(site.id, "Another name"))
    list(steps_of_import(service, folder))
    assert content(service, site) == expected
    service.sites.read_all()
    assert service.sites.get(site.id) == site


def test_events_that_come_behind_an_imported_cursor_are_sealed_even_if_this_clock_is_late(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    shard = Shard(site.id, 0)
    events = build_events(random.Random(1), 0, 9, 0, 1000)
    append(service, site, events, now_ms())
    round_ = seal_of(service, site)
    round_.run()
    round_.close()
    service.store.hset(shard.state, "cursor", f"{now_ms() + 3_600_000}-0")  # the other system's clock was ahead
    folder = copy_of(service, site, tmp_path / "copy")
    remove(service, site)
    list(steps_of_import(service, folder))
    assert service.numbers(site, "pageviews", include={"bots": True}) == [9]
    append(service, site, build_events(random.Random(1), 50, 4, 0, 1000), now_ms())
    assert service.numbers(site, "pageviews", include={"bots": True}) == [13]
    round_ = seal_of(service, site)
    assert round_.run() > 0
    round_.close()
    assert service.numbers(site, "pageviews", include={"bots": True}) == [13]


def change_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("pattern", "damage", "sentence"),
    [
        (NAME, Path.unlink, "holds no whole copy: manifest.json, which is written last, is missing"),
        (NAME, change_a_byte, "manifest.json is damaged"),
        (NAME, lambda path: path.write_bytes(b""), "manifest.json is damaged"),
        ("*/segments/*.parquet", Path.unlink, "parquet is missing"),
        ("*/segments/*.parquet", change_a_byte, "parquet is damaged"),
        ("*/log.ndjson", change_a_byte, "log.ndjson is damaged"),
        ("*/log.ndjson", lambda path: path.write_bytes(path.read_bytes()[:-1]), "log.ndjson is damaged"),
        ("*/dead.ndjson", Path.unlink, "dead.ndjson is missing"),
    ],
)
def test_a_damaged_copy_is_refused(
    embedded_service: Service, copied: Copied, tmp_path: Path, pattern: str, damage, sentence: str
) -> None:
    folder = Path(shutil.copytree(copied.folder, tmp_path / "copy"))
    damage(next(folder.glob(pattern)))
    with pytest.raises(StartError, match=sentence):
        import_command.main(embedded_service.settings, Namespace(folder=folder))


def test_a_folder_that_is_not_empty_is_refused(embedded_service: Service, tmp_path: Path) -> None:
    site = embedded_service.new_site(bot_days=None)
    folder = copy_of(embedded_service, site, tmp_path / "copy")
    manifest, _ = read_manifest(folder)
    assert list(check_files(manifest, folder))
    with pytest.raises(StartError, match="already holds a copy"):
        copy_of(embedded_service, site, folder)
    shutil.copytree(folder, tmp_path / "half", ignore=shutil.ignore_patterns(NAME))
    with pytest.raises(StartError, match="perhaps half a copy"):
        copy_of(embedded_service, site, tmp_path / "half")
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="cannot be written"):
        copy_of(embedded_service, site, tmp_path / "file")


def test_a_mirror_that_knew_the_site_before_answers_like_a_new_one(
    embedded_service: Service, copied: Copied, tmp_path: Path
) -> None:
    """What was the tail in the copy is sealed in the mirror, which also has events that no copy has."""
    service = embedded_service
    site, folder, _ = copied
    remove(service, site)
    list(steps_of_import(service, folder))
    knowing = Mirror(tmp_path / "knowing", service.segments, 256)
    before = rows_in(knowing, site)
    assert before
    later = build_events(random.Random(6), 7000, 5, now_ms() - 1000, now_ms())
    append(service, site, later, now_ms())
    round_ = seal_of(service, site)
    round_.run()
    round_.close()
    assert len(rows_in(knowing, site)) == len(before) + len(later)
    remove(service, site)
    list(steps_of_import(service, folder))
    new = Mirror(tmp_path / "new", service.segments, 256)
    assert rows_in(knowing, site) == rows_in(new, site) == before
    knowing.close()
    new.close()


def rows_in(mirror: Mirror, site: Site) -> list[tuple]:
    mirror.refresh(site)
    rows = mirror.ask(f'select visitor, at_ms, name, path, visit from "{site.id}".rows', [], 10)
    return sorted(rows, key=repr)
