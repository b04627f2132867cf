"""Checks of what keeps an accepted event: disk, no eviction, replicas that follow."""

from collector.health.facts import Facts
from collector.health.finding import Finding, unknown
from collector.health.sizes import show_bytes

MOST_LAG_SECONDS = 5  # replicas report once a second
MOST_LAG_BYTES = 16 << 20


def check_persistence(facts: Facts) -> Finding:
    """What is accepted is on disk."""
    name = "persistence"
    asked = [node for node in facts.answering if node.config]
    if not asked:
        return unknown(name)
    failing = [node.name for node in asked if node.aof_status != "ok"]
    if failing:
        return Finding(name, "wrong", f"{', '.join(failing)} cannot write its append-only file", "make room on disk")
    without = [node.name for node in asked if node.config.get("appendonly") != "yes"]
    if without:
        return Finding(name, "wrong", f"appendonly is off on {', '.join(without)}: a restart loses everything",
                       "CONFIG SET appendonly yes, and in its configuration file")  # fmt: skip
    policies = {node.config.get("appendfsync", "") for node in asked}
    says = f"appendonly yes, appendfsync {', '.join(sorted(policies))}"
    if "no" in policies:
        return Finding(name, "wrong", says, "CONFIG SET appendfsync always, or everysec with replicas")
    is_safe = policies == {"always"} or _has_replicas(facts)
    todo = "CONFIG SET appendfsync always: without replicas a crash loses the last second"
    return Finding(name, "ok", says) if is_safe else Finding(name, "warning", says, todo)


def check_eviction(facts: Facts) -> Finding:
    """No node throws keys away."""
    asked = [node for node in facts.answering if node.config]
    if not asked:
        return unknown("eviction")
    evicting = [node for node in asked if node.config.get("maxmemory-policy") != "noeviction"]
    if evicting:
        says = f"maxmemory-policy is {evicting[0].config.get('maxmemory-policy')} on {evicting[0].name}"
        todo = "CONFIG SET maxmemory-policy noeviction, and in its configuration file"
        return Finding("eviction", "wrong", f"{says}: it deletes accepted events", todo)
    return Finding("eviction", "ok", "maxmemory-policy noeviction")


def check_replicas(facts: Facts) -> Finding:
    """Every primary has a replica that follows, and takes nothing without one."""
    name = "replicas"
    primaries = [node for node in facts.answering if node.is_primary and node.has_slots]
    if not primaries:
        return unknown(name)
    if len(facts.nodes) == 1:
        return Finding(name, "ok", "none: one node. Its disk is the only place; keep copies (footfall export)")
    bare = [node.name for node in primaries if not any(replica.is_online for replica in node.replicas)]
    if bare:
        return Finding(name, "warning", f"none in sync for {', '.join(bare)}", "add one, or bring it back")
    loose = [node.name for node in facts.nodes if not node.error and not node.is_linked]
    if loose:
        return Finding(name, "warning", f"{', '.join(loose)} has lost its primary", "see its log")
    lag_seconds = max(replica.lag_seconds for node in primaries for replica in node.replicas)
    lag_bytes = max(replica.lag_bytes for node in primaries for replica in node.replicas)
    count = sum(len(node.replicas) for node in primaries)
    says = f"{count} in sync, {lag_seconds} s and {show_bytes(lag_bytes)} behind"
    if lag_seconds > MOST_LAG_SECONDS or lag_bytes > MOST_LAG_BYTES:
        return Finding(name, "warning", says, "look at network and disks: until they follow, a failover loses events")
    if any(node.config.get("min-replicas-to-write") == "0" for node in primaries):
        todo = "CONFIG SET min-replicas-to-write 1: a primary that is cut off then takes nothing it would lose"
        return Finding(name, "warning", f"{says}; min-replicas-to-write is 0", todo)
    return Finding(name, "ok", says)


def _has_replicas(facts: Facts) -> bool:
    return any(not node.is_primary for node in facts.nodes)
