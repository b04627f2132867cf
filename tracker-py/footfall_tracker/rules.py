"""Which requests are pages, and what their paths show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

EXCLUDED = ("/api/admin/*", "/static/*", "/media/*", "/admin/*", "/__debug__/*", "/silk/*")
"""Paths that nobody's visit is about."""

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


class EntityRule(NamedTuple):
    """A path such as ``/product/<id>`` shows an entity of a type, by the argument of that name or the only one."""

    path: str
    type: str
    id_arg: str = ""


class Rules:
    """``exclude``: paths, ``*`` for any characters. ``entities``: what paths show."""

    def __init__(
        self, exclude: Sequence[str] = EXCLUDED, entities: Sequence[EntityRule | tuple[str, ...]] = ()
    ) -> None:
        self._excluded = re.compile("|".join(".*".join(map(re.escape, each.split("*"))) for each in exclude) or r"(?!)")
        self._entities = [_compile(EntityRule(*each)) for each in entities]

    def excludes(self, path: str) -> bool:
        return self._excluded.fullmatch(path) is not None

    def entity_of(self, path: str) -> dict[str, str] | None:
        """The entity that a path shows: the first rule that fits it."""
        for pattern, rule in self._entities:
            match = pattern.fullmatch(path)
            if match:
                return {"type": rule.type, "id": match[rule.id_arg][:200]}
        return None


def _compile(rule: EntityRule) -> tuple[re.Pattern[str], EntityRule]:
    arguments = _ARGUMENT.findall(rule.path)
    wanted = rule.id_arg or (arguments[0] if len(arguments) == 1 else "")
    if wanted not in arguments:
        raise ValueError(f"{rule.path} has no argument that is the id; name it, as in /product/<id>")
    parts = _ARGUMENT.split(rule.path)
    pattern = "".join(f"(?P<{part}>[^/]+)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
    return re.compile(f"{pattern.rstrip('/')}/?"), rule._replace(id_arg=wanted)
