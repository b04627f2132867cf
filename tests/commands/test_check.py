"""`footfall check`: what it says of real stores, fit and unfit, and every rule by its rows."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from collector.health.checks import check
from collector.health.facts import DiskState, Facts, SiteState, read_facts
from collector.health.finding import Finding, worst
from collector.health.sites import MOST_LINES, check_sites, shorten
from collector.health.sizes import show_bytes, show_seconds
from collector.settings import load_settings
from collector.storage.inspection import NodeState, Replica, ShardState
from collector.storage.keys import Shard
from tests.backup.site import append, build_events, now_ms, seal_of
from tests.backup.test_round_trip import footfall
from tests.service import Service
from tests.stores import running_cluster, wait_until

NAMES = [
    "settings", "nodes", "cluster", "version", "persistence", "eviction", "memory", "replicas", "data folder", "mirror",
    "spool", "places",
]  # fmt: skip
GB = 1_000_000_000
NOW_MS = 1_763_800_000_000


def found(facts: Facts) -> dict[str, Finding]:
    return {finding.name: finding for finding in check(facts)}


def test_a_fit_store_passes_and_every_site_has_its_line(service: Service) -> None:
    site = service.new_site(shards=2, bot_days=None)
    append(service, site, build_events(random.Random(1), 0, 5, 0, 1000), now_ms())
    round_ = seal_of(service, site)
    round_.run()
    round_.close()
    assert service.numbers(site, "pageviews", include={"bots": True}) == [5]
    answer = footfall(service, "check", "--json")
    given = json.loads(answer.stdout)
    assert (answer.returncode, answer.stderr) == (0, "")
    by_name = {finding["name"]: finding for finding in given["findings"]}
    assert list(by_name)[: len(NAMES)] == NAMES
    has_replicas = service.has_replicas()
    not_ok = {name for name in NAMES if by_name[name]["status"] != "ok"}
    assert not_ok == ({"replicas"} if has_replicas else set())
    if has_replicas:
        assert "min-replicas-to-write is 0" in by_name["replicas"]["says"]
    assert "in segments" not in by_name["nodes"]["says"]
    says = by_name[f"site {site.id}"]["says"]
    assert says.endswith("all sealed")
    assert by_name[f"site {site.id}"]["status"] == "ok"
    assert "MB in" in by_name["mirror"]["says"] or "kB in" in by_name["mirror"]["says"]


def test_the_screen_names_what_is_wrong_and_what_to_do_and_ends_with_1(embedded_service: Service) -> None:
    store = embedded_service.store
    before = dict(store.config_get("maxmemory-policy"))
    store.config_set("maxmemory-policy", "allkeys-lru")
    store.config_set("appendfsync", "everysec")
    try:
        answer = footfall(embedded_service, "check")
    finally:
        store.config_set("maxmemory-policy", before["maxmemory-policy"])
        store.config_set("appendfsync", "always")
    assert answer.returncode == 1
    lines = answer.stdout.splitlines()
    assert len(lines) <= 50, "one screen"
    at = next(number for number, line in enumerate(lines) if line.startswith("wrong    eviction"))
    assert "maxmemory-policy is allkeys-lru" in lines[at]
    assert "→ CONFIG SET maxmemory-policy noeviction" in lines[at + 1]
    assert any(line.startswith("warning  persistence") and "everysec" in line for line in lines)
    assert lines[-1] == "something is wrong"


def test_what_waits_and_what_died_is_seen(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    service.store.xadd(shard.log, {"b": b"{}"}, id=f"{now_ms() - 400_000}-0")
    service.store.xadd(shard.dead, {"payload": b"x", "reason": b"y"})
    facts = read_facts(service.settings, now_ms())
    finding = found(facts)[f"site {site.id}"]
    assert finding.status == "warning"
    assert finding.says == "0 events in 0 segments, 0 B; 1 log entries wait, the oldest for 7 min; 1 dead letters"
    assert "is a sealer running" in finding.todo
    full = structs.replace(facts, settings=load_settings({"FOOTFALL_LOG_MAX_MB": "1"}))
    service.store.xadd(shard.log, {"b": b"x" * (1 << 20)})
    service.store.xadd(shard.log, {"b": b"x" * (1 << 20)})
    full = structs.replace(read_facts(service.settings, now_ms()), settings=full.settings)
    assert found(full)[f"site {site.id}"].status == "wrong"
    service.store.delete(shard.log, shard.dead)


def test_a_cluster_that_lost_a_primary_with_its_replica_says_which(tmp_path: Path) -> None:
    with running_cluster(tmp_path / "cluster") as nodes:
        environment = {
            "FOOTFALL_REDIS_NODES": ",".join(f"127.0.0.1:{node.port}" for node in nodes),
            "FOOTFALL_DATA_DIR": str(tmp_path / "data"),
        }
        settings = load_settings(environment)
        for node in nodes[:3]:
            node.client.config_set("min-replicas-to-write", 1)
        fit = found(read_facts(settings, now_ms()))
        assert {name: finding.status for name, finding in fit.items()} == dict.fromkeys(NAMES, "ok")
        assert fit["nodes"].says == "3 primaries, 3 replicas"

        nodes[4].stop()
        wait_until(lambda: not nodes[1].client.info("replication")["connected_slaves"], "the primary misses it")
        without = found(read_facts(settings, now_ms()))
        assert without["nodes"].status == "warning"
        assert f"replica 127.0.0.1:{nodes[4].port}" in without["nodes"].says
        assert without["replicas"].says == f"none in sync for 127.0.0.1:{nodes[1].port}"

        nodes[1].stop()
        left = nodes[0].client
        wait_until(lambda: left.execute_command("CLUSTER INFO")["cluster_state"] == "fail", "the others notice")
        broken = found(read_facts(settings, now_ms()))
        assert f"primary 127.0.0.1:{nodes[1].port}" in broken["nodes"].says
        assert (broken["nodes"].status, broken["cluster"].status) == ("wrong", "wrong")
        assert "says fail" in broken["cluster"].says


def test_a_broken_database_of_places_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(b"no database")
    facts = read_facts(
        load_settings({"FOOTFALL_DATA_DIR": str(tmp_path), "FOOTFALL_GEO_DATABASE": str(broken)}), now_ms()
    )
    finding = found(facts)["places"]
    assert (finding.status, str(broken) in finding.says) == ("warning", True)


def test_without_any_store_one_line_says_so(tmp_path: Path) -> None:
    facts = read_facts(load_settings({"FOOTFALL_DATA_DIR": str(tmp_path)}), now_ms())
    given = found(facts)
    assert list(given) == ["settings", "nodes", "data folder", "mirror", "spool", "places"]
    assert given["nodes"].status == "wrong"
    assert "start it with `footfall run`" in given["nodes"].says


def node(**changes: Any) -> NodeState:
    config = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}
    fit = NodeState("a:1", True, True, product="Valkey", version="9.1.2", cluster_state="ok", slots_served=16384,
                    config=config | {"min-replicas-to-write": "1"}, used_bytes=GB, machine_bytes=8 * GB,
                    replicas=(Replica("b:1", True, 0, 0),))  # fmt: skip
    changes["config"] = fit.config | changes.get("config", {})
    return structs.replace(fit, **changes)


REPLICA = structs.replace(node(), name="b:1", is_primary=False, has_slots=False, replicas=())


def facts_of(*nodes: NodeState, disk: DiskState | None = None, **settings: str) -> Facts:
    fit = DiskState("/data", free_bytes=50 * GB, total_bytes=100 * GB)
    return Facts(load_settings(settings), NOW_MS, nodes, "", (), disk or fit)


@pytest.mark.parametrize(
    ("name", "nodes", "status"),
    [
        ("version", [node(product="Redis", version="6.2.14")], "wrong"),
        ("version", [node(product="Redis", version="7.0.15")], "ok"),
        ("version", [node(product="Valkey", version="7.2.5")], "wrong"),
        ("version", [node(product="Valkey", version="8.0.0")], "ok"),
        ("version", [node(product="Redis", version="10.0.0")], "ok"),
        ("persistence", [node(config={"appendonly": "no"})], "wrong"),
        ("persistence", [node(config={"appendfsync": "everysec"})], "warning"),
        ("persistence", [node(config={"appendfsync": "everysec"}), REPLICA], "ok"),
        ("persistence", [node(config={"appendfsync": "no"}), REPLICA], "wrong"),
        ("persistence", [node(aof_status="err"), REPLICA], "wrong"),
        ("persistence", [structs.replace(node(), config={})], "warning"),
        ("eviction", [node(), node(config={"maxmemory-policy": "volatile-lru"})], "wrong"),
        ("eviction", [structs.replace(node(), config={})], "warning"),
        ("memory", [node(used_bytes=7 * GB)], "warning"),
        ("memory", [node(used_bytes=GB, limit_bytes=2 * GB)], "ok"),
        ("memory", [node(), node(used_bytes=int(1.9 * GB), limit_bytes=2 * GB)], "wrong"),
        ("cluster", [node(), node(slots_served=16383)], "wrong"),
        ("cluster", [node(cluster_state="fail")], "wrong"),
        ("replicas", [node(replicas=())], "ok"),
        ("replicas", [node(replicas=()), REPLICA], "warning"),
        ("replicas", [node(), REPLICA], "ok"),
        ("replicas", [node(), node(has_slots=False, replicas=()), REPLICA], "ok"),
        ("replicas", [node(), structs.replace(REPLICA, is_linked=False)], "warning"),
        ("replicas", [node(replicas=(Replica("b:1", True, 30, 0),)), REPLICA], "warning"),
        ("replicas", [node(replicas=(Replica("b:1", True, 0, 1 << 30),)), REPLICA], "warning"),
        ("replicas", [node(config={"min-replicas-to-write": "0"}), REPLICA], "warning"),
        ("nodes", [node(), node(error="gone")], "wrong"),
        ("nodes", [node(), structs.replace(REPLICA, error="gone")], "warning"),
    ],
)
def test_each_fault_of_a_node_has_its_line(name: str, nodes: list[NodeState], status: str) -> None:
    finding = found(facts_of(*nodes))[name]
    assert finding.status == status, finding
    assert bool(finding.todo) == (status != "ok")


@pytest.mark.parametrize(
    ("name", "disk", "status"),
    [
        ("data folder", DiskState("/data", error="Read-only file system"), "wrong"),
        ("data folder", DiskState("/data", free_bytes=GB, total_bytes=9 * GB), "warning"),
        ("data folder", DiskState("/data", free_bytes=1000, total_bytes=9 * GB), "wrong"),
        ("mirror", DiskState("/data", free_bytes=9 * GB, mirror_bytes=5_000_000), "ok"),
        ("spool", DiskState("/data", free_bytes=9 * GB, spool_bytes=90_000), "ok"),
        ("spool", DiskState("/data", free_bytes=9 * GB, spool_bytes=3_000_000), "warning"),
        ("spool", DiskState("/data", free_bytes=9 * GB, spool_bytes=200_000_000), "wrong"),
    ],
)
def test_each_fault_of_this_machine_has_its_line(name: str, disk: DiskState, status: str) -> None:
    assert found(facts_of(node(), disk=disk))[name].status == status


def test_a_spool_on_disk_is_seen_by_its_size(embedded_service: Service, tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "0.db").write_bytes(b"x" * 700_000)
    (tmp_path / "spool" / "0.lock").touch()
    settings = load_settings(
        {
            "FOOTFALL_DATA_DIR": str(tmp_path),
            "FOOTFALL_REDIS_NODES": embedded_service.environment["FOOTFALL_REDIS_NODES"],
        }
    )
    finding = found(read_facts(settings, now_ms()))["spool"]
    assert (finding.status, finding.says) == ("warning", "700 kB of beacons wait on disk")


def test_of_many_sites_the_screen_shows_the_worst_and_counts_the_others() -> None:
    sealed, late = ShardState(0, None, 0, 3, 9000, 100, 0), ShardState(5, NOW_MS - 600_000, 900, 0, 0, 0, 0)
    sites = tuple(SiteState(f"s{number:02}", (late if number in (30, 40) else sealed,)) for number in range(50))
    findings = check_sites(structs.replace(facts_of(node()), sites=sites))
    assert len(findings) == 50
    shown = shorten(findings)
    assert [finding.name for finding in shown[:2]] == ["site s30", "site s40"]
    assert len(shown) == MOST_LINES + 1
    assert shown[-1] == Finding("42 more sites", "ok", "42 ok")
    assert worst(shown) == worst(findings) == "warning"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (show_bytes(0), "0 B"), (show_bytes(999), "999 B"), (show_bytes(1000), "1 kB"),
        (show_bytes(4_194_304), "4.19 MB"), (show_bytes(999_600), "1 MB"), (show_bytes(271e9), "271 GB"),
        (show_bytes(2.5e12), "2.5 TB"),
        (show_seconds(0.4), "0 s"), (show_seconds(119), "119 s"), (show_seconds(150), "2 min"),
        (show_seconds(7200), "2 h"), (show_seconds(200_000), "2 days"),
    ],
)  # fmt: skip
def test_sizes_and_times_are_short(shown: str, expected: str) -> None:
    assert shown == expected
