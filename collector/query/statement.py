"""SQL text with the values bound to its ``$names``; the only form in which SQL leaves this package."""

from collections.abc import Mapping
from typing import NamedTuple


class Statement(NamedTuple):
    """``sql`` names each of ``values`` at least once as ``$name`` and nothing else."""

    sql: str
    values: Mapping[str, object]
