"""The tables of checks, in the order of the screen."""

from collections.abc import Callable

from collector.health.disk import check_data_folder, check_mirror, check_places, check_settings, check_spool
from collector.health.durability import check_eviction, check_persistence, check_replicas
from collector.health.facts import Facts
from collector.health.finding import Finding
from collector.health.nodes import check_cluster, check_memory, check_nodes, check_version
from collector.health.sites import check_sites

Check = Callable[[Facts], Finding]

FIRST: tuple[Check, ...] = (check_settings, check_nodes)
OF_ANSWERS: tuple[Check, ...] = (
    check_cluster, check_version, check_persistence, check_eviction, check_memory, check_replicas,
)  # fmt: skip
OF_THIS_MACHINE: tuple[Check, ...] = (check_data_folder, check_mirror, check_spool, check_places)


def check(facts: Facts) -> list[Finding]:
    """All findings. What only an answering node can tell is left out when there is none: one line says so."""
    table = (*FIRST, *(OF_ANSWERS if facts.answering else ()), *OF_THIS_MACHINE)
    return [find(facts) for find in table] + check_sites(facts)
