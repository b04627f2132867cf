"""Checks of the nodes: are they there, new enough, and not full."""

from collector.health.facts import Facts
from collector.health.finding import Finding, Status, unknown
from collector.health.sizes import show_bytes
from collector.storage.inspection import NodeState

SLOTS = 16384
OLDEST = {"Redis": (7, 0), "Valkey": (8, 0)}
MEMORY_WARNING, MEMORY_WRONG = 0.75, 0.92  # of maxmemory, or of the machine's where there is none


def check_nodes(facts: Facts) -> Finding:
    """Every node answers."""
    away = [node for node in facts.nodes if node.error]
    if not facts.nodes:
        return Finding("nodes", "wrong", facts.store_error, "start the store, or correct FOOTFALL_REDIS_NODES")
    primaries = sum(node.is_primary for node in facts.nodes)
    says = f"{primaries} primaries, {len(facts.nodes) - primaries} replicas"
    if primaries == len(facts.nodes) == 1:
        says = f"one, at {facts.nodes[0].name}"
    if not away:
        return Finding("nodes", "ok", says)
    named = ", ".join(f"{'primary' if node.is_primary else 'replica'} {node.name}" for node in away)
    todo = "start them, or make the cluster forget them: CLUSTER FORGET"
    status: Status = "wrong" if any(node.has_slots for node in away) else "warning"
    return Finding("nodes", status, f"{says}; no answer from {named}", todo)


def check_cluster(facts: Facts) -> Finding:
    """All slots are served, as every node sees it."""
    asked = facts.answering
    bad = [node for node in asked if node.cluster_state != "ok" or node.slots_served < SLOTS]
    if not asked or (facts.store_error and not bad):
        return Finding("cluster", "wrong", facts.store_error or "unknown", "see the line above")
    if bad:
        node = bad[0]
        says = f"{node.name} says {node.cluster_state}, {node.slots_served:,} of {SLOTS:,} slots served"
        return Finding("cluster", "wrong", says, "bring back the nodes of the missing slots, or: --cluster fix")
    return Finding("cluster", "ok", f"state ok, {SLOTS:,} slots served")


def check_version(facts: Facts) -> Finding:
    """Every node is new enough."""
    asked = facts.answering
    seen = sorted({f"{node.product} {node.version}" for node in asked})
    old = [node for node in asked if _version(node) < OLDEST[node.product]]
    if old:
        return Finding("version", "wrong", f"{old[0].name} is {old[0].product} {old[0].version}",
                       "use Redis 7.0 or newer, or Valkey 8 or newer")  # fmt: skip
    return Finding("version", "ok", ", ".join(seen)) if seen else unknown("version")


def check_memory(facts: Facts) -> Finding:
    """There is room on the node that is fullest."""
    asked = [node for node in facts.answering if node.limit_bytes or node.machine_bytes]
    if not asked:
        return unknown("memory")
    fullest = max(asked, key=_share)
    share = _share(fullest)
    of = "maxmemory" if fullest.limit_bytes else "the machine's memory; no maxmemory is set"
    limit = fullest.limit_bytes or fullest.machine_bytes
    says = f"{show_bytes(fullest.used_bytes)} used, {share:.0%} of {show_bytes(limit)} ({of}) on {fullest.name}"
    status: Status = "wrong" if share >= MEMORY_WRONG else "warning" if share >= MEMORY_WARNING else "ok"
    return Finding("memory", status, says, "" if status == "ok" else "raise maxmemory, add nodes, or keep fewer days")


def _share(node: NodeState) -> float:
    return node.used_bytes / (node.limit_bytes or node.machine_bytes)


def _version(node: NodeState) -> tuple[int, ...]:
    return tuple(int(part) for part in node.version.split(".")[:2])
