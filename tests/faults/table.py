"""Every fault, one row each, with the function that inflicts it while beacons come in."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from collector.sealing.retention import first_kept_ms
from collector.sealing.work import wall_clock_ms
from collector.storage.segments import place_of
from tests.beacons import wait_until_replayed
from tests.faults.cluster import migrate_slot, slot_of, stopped
from tests.faults.doomed import CLOSE_STEPS, ERASE_STEPS, RETENTION_STEPS, SEAL_STEPS, Step
from tests.faults.load import NO_ANSWER
from tests.faults.processes import is_stopped, kill_all
from tests.faults.rounds import BETWEEN, Fault, Round
from tests.faults.system import PARTS, Part, kill_store, start_store
from tests.service import request, start_command
from tests.stores import wait_until

STOP_SECONDS = 8.0
SPOOLED = 100  # beacons that the spool has taken before the store comes back
ROOT = Path(__file__).parent.parent.parent


# Who takes beacons ---------------------------------------------------------------------------------------------------


def kill_ingest_worker(round_: Round) -> None:
    ingest = round_.system.ingest
    workers = ingest.tree()[1:]
    kill_all([round_.chance.choice(workers)])
    wait_until(lambda: len(ingest.tree()) == 1 + len(workers), "another worker is started")


def kill_ingest(round_: Round) -> None:
    round_.system.ingest.kill()
    round_.system.ingest.start()
    round_.system.ingest.wait_until_ready()


# Who seals -----------------------------------------------------------------------------------------------------------


def doomed(round_: Round, step: Step, command: str, *arguments: str, number: str = "SIGKILL") -> subprocess.Popen[str]:
    """A command that gets a signal at one of the first three times of a step."""
    words = ["-m", "tests.faults.doomed", "--at", step.name, "--signal", number]
    if command == "seal":
        words += ["--time", str(round_.chance.randint(1, 3))]
    return _start_python(round_, *words, "--", command, *arguments)


def _start_python(round_: Round, *words: str) -> subprocess.Popen[str]:
    environment = os.environ | round_.system.sealer.environment
    return subprocess.Popen([sys.executable, *words], env=environment, cwd=ROOT, start_new_session=True, text=True)


def wait_until_dead(process: subprocess.Popen[str]) -> None:
    assert process.wait(30) == -signal.SIGKILL, "it came to the step"


def kill_sealer_at(step: Step, round_: Round) -> None:
    sealer = round_.system.sealer
    sealer.kill()
    wait_until_dead(doomed(round_, step, "seal"))
    sealer.start()
    round_.wait_for_change("the next sealer goes on")


def pause_sealer_at(step: Step, round_: Round) -> None:
    """It wakes up when another sealer has gone on long since."""
    sealer = round_.system.sealer
    sealer.kill()
    paused = doomed(round_, step, "seal", number="SIGSTOP")
    try:
        wait_until(lambda: is_stopped(paused.pid), "it stands still")
        sealer.start()
        round_.wait_for_change("another sealer takes over")
        round_.load.wait_for(30)
        paused.send_signal(signal.SIGCONT)
        round_.wait_for_change("both seal")
        round_.load.wait_for(30)
    finally:
        paused.kill()
        paused.wait()


def run_two_sealers(round_: Round) -> None:
    second = Part(round_.system.sealer.environment, PARTS["seal"], round_.system.folder / "second-sealer.output")
    second.start()
    try:
        for _ in range(10):
            round_.wait_for_change("somebody seals")
        round_.load.wait_for(100)
    finally:
        second.kill()


def kill_while_days_are_closed(step: Step, round_: Round) -> None:
    wait_until_dead(doomed(round_, step, "close"))
    assert _start_python(round_, "-m", "tests.faults.doomed", "close").wait(30) == 0


def kill_retention_at(step: Step, round_: Round) -> None:
    """What is older than the site keeps goes; what shares a segment with it stays."""
    first_ms = first_kept_ms(round_.site, wall_clock_ms())
    assert first_ms is not None
    minute_ms = 60_000
    gone = [("/gone", first_ms - minute * minute_ms) for minute in range(1, 20)]
    kept = [("/kept", first_ms + minute * minute_ms) for minute in range(1, 20)]
    _send_history(round_, gone + kept)
    _finish(round_, step, "retention")


def kill_erase_at(step: Step, round_: Round) -> None:
    """One visitor goes, with the dead letters that name them; who came at the same time stays."""
    now_ms = wall_clock_ms()
    _send_history(round_, [("/gone", now_ms), ("/kept", now_ms)] * 10)
    dead = round_.shard.dead
    round_.system.service.store.xadd(dead, {"payload": b'"visitor of /gone"', "reason": "a fault of the past"})
    _finish(round_, step, "erase", "--visitor", "visitor of /gone")
    assert round_.system.service.store.xlen(dead) == 0


def _send_history(round_: Round, pages: list[tuple[str, int]]) -> None:
    """Pageviews as a server sends them: of two visitors, each page once, at a time of its own; then they are sealed."""
    service = round_.system.service
    events = []
    for number, (path, at_ms) in enumerate(pages):
        page = f"{path}/{round_.chance.getrandbits(40)}-{number}"
        url = f"https://shop.example{page}"
        events.append({"name": "pageview", "id": page, "at": at_ms, "url": url, "visitor": f"visitor of {path}"})
        if path == "/kept":
            round_.kept.add((page, "pageview"))
    headers = {"Authorization": f"Bearer {service.write_key(round_.site)}"}
    answer = request(
        f"{round_.system.ingest.url}/api/v1/events", {"site": round_.site.id, "events": events}, headers=headers
    )
    assert (answer.status, answer.body["accepted"]) == (202, len(events)), answer.body
    newest = place_of(service.segments.last_entry(round_.shard))
    wait_until(
        lambda: place_of(service.segments.read(round_.shard, "", "0-0", 1).cursor) >= newest, "the history is sealed"
    )


def _finish(round_: Round, step: Step, command: str, *arguments: str) -> None:
    """Kill a command at a step, and do it again to its end."""
    sealer = round_.system.sealer
    sealer.kill()  # or it would leave nothing to commit
    words = ("--site", round_.site.id, *arguments)
    wait_until_dead(doomed(round_, step, command, *words))
    sealer.start()
    again = start_command(sealer.environment, command, *words, stdout=subprocess.DEVNULL)
    try:
        assert again.wait(60) == 0
    finally:
        again.kill()
        again.wait()


# The store -----------------------------------------------------------------------------------------------------------


def kill_embedded_store(round_: Round) -> None:
    kill_store(round_.system.store)
    start_store(round_.system.store)
    round_.system.wait_until_well()


def keep_store_away(round_: Round) -> None:
    kill_store(round_.system.store)
    round_.load.wait_for(SPOOLED, "spool")
    start_store(round_.system.store)
    wait_until_replayed(round_.system.ingest)
    round_.load.wait_for(BETWEEN, "fsync")


def kill_ingest_with_a_spool(round_: Round) -> None:
    kill_store(round_.system.store)
    round_.load.wait_for(SPOOLED, "spool")
    round_.system.ingest.kill()
    round_.system.ingest.start()
    start_store(round_.system.store)
    round_.system.ingest.wait_until_ready()


def kill_everything(round_: Round) -> None:
    round_.system.kill_everything()
    round_.system.start_everything()
    round_.system.wait_until_well()


# The cluster ---------------------------------------------------------------------------------------------------------


def kill_primary(round_: Round) -> None:
    cluster = round_.system.cluster
    primary, replica = cluster.nodes_of(round_.shard)
    primary.stop()
    wait_until(lambda: cluster.nodes_of(round_.shard, replica)[0] is replica, "the replica takes over")
    wait_until_replayed(round_.system.ingest)
    round_.load.wait_for(BETWEEN)
    primary.start()
    cluster.wait_until_whole()


def kill_primary_of_lagging_replica(round_: Round) -> None:
    """What the primary took, sealed and answered since the replica fell behind is as if it had never been."""
    cluster = round_.system.cluster
    primary, replica = cluster.nodes_of(round_.shard)
    with stopped(replica):
        primary.client.execute_command("CLIENT KILL TYPE replica")  # else it would find the rest in its socket
        for _ in range(3):
            round_.wait_for_change("the primary goes on alone")
        round_.load.wait_for(1, "not_replicated")
        primary.stop()
    wait_until(lambda: cluster.nodes_of(round_.shard, replica)[0] is replica, "the replica takes over")
    primary.start()
    cluster.wait_until_whole()
    round_.load.wait_for(BETWEEN, "replica")


def stop_primary(round_: Round) -> None:
    cluster = round_.system.cluster
    primary, replica = cluster.nodes_of(round_.shard)
    with stopped(primary):
        time.sleep(STOP_SECONDS)
    wait_until(lambda: cluster.nodes_of(round_.shard, replica)[0] is replica, "the replica takes over")
    cluster.wait_until_whole()


def move_slot_there_and_back(round_: Round) -> None:
    cluster = round_.system.cluster
    home = cluster.nodes_of(round_.shard)[0]
    away = round_.chance.choice([node for node in cluster.primaries() if node is not home])
    for source, target in ((home, away), (away, home)):
        round_.load.wait_for(BETWEEN, "replica")
        migrate_slot(slot_of(round_.shard), source, target, lambda: round_.load.wait_for(BETWEEN, "replica"))


def add_node_and_remove_it(round_: Round) -> None:
    cluster = round_.system.cluster
    home = cluster.nodes_of(round_.shard)[0]
    folder = cluster.nodes[0].folder.parent / f"added-{round_.site.id}"
    added = cluster.add_node(folder)
    migrate_slot(slot_of(round_.shard), home, added, lambda: round_.load.wait_for(BETWEEN))
    round_.load.wait_for(BETWEEN)
    migrate_slot(slot_of(round_.shard), added, home, lambda: round_.load.wait_for(BETWEEN))
    cluster.remove_node(added)
    cluster.wait_until_whole()


# The table -----------------------------------------------------------------------------------------------------------

GONE = frozenset({NO_ANSWER})
SPOOL = frozenset({"spool"})
FAILOVER = frozenset({"spool", "fsync"})
STRICT = (("FOOTFALL_WAIT_POLICY", "strict"), ("FOOTFALL_REPLICAS_TO_WAIT", "1"))
ALL_PRIMARIES = (("shards", 6),)
MONTH_IN_TOKYO = (("retention_days", 30), ("timezone", "Asia/Tokyo"))  # its day begins at 15:00 UTC

FAULTS: tuple[Fault, ...] = (
    Fault("kill -9 of an ingest worker", "embedded", kill_ingest_worker, GONE),
    Fault("kill -9 of all that takes beacons", "embedded", kill_ingest, GONE),
    *(Fault(f"kill -9 of the sealer: {step.name}", "embedded", partial(kill_sealer_at, step)) for step in SEAL_STEPS),
    *(
        Fault(f"sealer paused, another took over: {step.name}", "embedded", partial(pause_sealer_at, step))
        for step in SEAL_STEPS
        if step.moment == "before"
    ),
    Fault("two sealers at once", "embedded", run_two_sealers),
    *(
        Fault(
            f"kill -9 while days are closed: {step.name}",
            "embedded",
            partial(kill_while_days_are_closed, step),
            afterwards=True,
        )
        for step in CLOSE_STEPS
    ),
    *(
        Fault(f"kill -9 of retention: {step.name}", "embedded", partial(kill_retention_at, step), site=MONTH_IN_TOKYO)
        for step in RETENTION_STEPS
    ),
    *(Fault(f"kill -9 of erase: {step.name}", "embedded", partial(kill_erase_at, step)) for step in ERASE_STEPS),
    Fault("kill -9 of the embedded store", "embedded", kill_embedded_store, SPOOL),
    Fault("store away, the spool takes beacons", "embedded", keep_store_away, SPOOL),
    Fault("store away, ingest killed with its spool", "embedded", kill_ingest_with_a_spool, SPOOL | GONE),
    Fault("kill -9 of everything", "embedded", kill_everything, SPOOL | GONE),
    Fault("kill -9 of all of `footfall run`", "run", kill_everything, SPOOL | GONE),
    Fault("kill -9 of a primary", "cluster", kill_primary, FAILOVER, site=ALL_PRIMARIES),
    Fault(
        "kill -9 of a primary whose replica lags, strict",
        "cluster",
        kill_primary_of_lagging_replica,
        FAILOVER | {"not_replicated"},
        ingest=STRICT,
    ),
    Fault("SIGSTOP of a primary for 8 s", "cluster", stop_primary, FAILOVER, site=ALL_PRIMARIES),
    Fault("the log's slot moves there and back", "cluster", move_slot_there_and_back),
    Fault("a node joins, has the slot and leaves", "cluster", add_node_and_remove_it, frozenset({"fsync"})),
    Fault("kill -9 of every node and process", "cluster", kill_everything, FAILOVER | GONE, site=ALL_PRIMARIES),
)
