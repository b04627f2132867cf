"""What a site has given names to: its goals, and its saved segments. Each is a list of filters that must all match."""

from collections.abc import Callable, Sequence

from collector.query.fields import Path, read_text, refuse, refuse_unknown
from collector.query.filters import BEHAVIOURS, GOAL, Behaviour, Comparison, Filter, Goal, Goals, Segments, walk_filters
from collector.query.limits import MAX_GOAL_FILTERS, MAX_NAME_CHARACTERS
from collector.storage.sites import NamedFilters

Parse = Callable[[object, Path, "Names"], tuple[Filter, ...]]
"""Reads filters; from filter_language.py."""


class Names:
    """The goals and segments of a site as they are stored, read only when a question names one."""

    def __init__(self, goals: Sequence[NamedFilters] = (), segments: Sequence[NamedFilters] = ()) -> None:
        self._stored = goals
        self._segments = {each.name: each.filters for each in segments}
        self._goals: Goals | None = None
        self._read: dict[str, tuple[Filter, ...]] = {}

    def read_goals(self, parse: Parse) -> Goals:
        """The dimension ``event:goal`` of the site."""
        if self._goals is None:
            self._goals = Goals(tuple(Goal(each.name, parse(each.filters, (), NOTHING)) for each in self._stored))
        return self._goals

    def read_segment(self, name: str, at: Path, parse: Parse) -> tuple[Filter, ...]:
        """The filters of a segment. It may name goals, and no segments."""
        if name not in self._segments:
            raise refuse_unknown("segment", name, self._segments, at)
        if name not in self._read:
            self._read[name] = parse(self._segments[name], (), Names(self._stored))
        return self._read[name]


NOTHING = Names()


def refuse_wrong(kind: str, named: NamedFilters, names: Names, parse: Parse) -> None:
    """Refuse a goal or a segment (``kind``) that could not be asked about. Raises Problem."""
    read_name(named.name, ("name",))
    filters = parse(named.filters, ("filters",), names if kind == "segment" else NOTHING)
    if not filters:
        raise refuse("too_few", "at least one filter is needed", ("filters",))
    if kind == "goal" and len(list(walk_filters(filters))) > MAX_GOAL_FILTERS:
        raise refuse("too_many", f"at most {MAX_GOAL_FILTERS} filters", ("filters",))
    for each in walk_filters(filters):
        if isinstance(each, Segments):
            raise refuse("invalid_filter", f"a {kind} cannot be made of segments", ("filters",))
        if kind == "goal" and isinstance(each, Behaviour):
            raise refuse("invalid_filter", f"a goal is one event, so no {' or '.join(BEHAVIOURS)}", ("filters",))
        if kind == "goal" and isinstance(each, Comparison) and each.dimension.name == GOAL:
            raise refuse("invalid_filter", "a goal cannot be made of goals", ("filters",))


def read_name(value: object, at: Path) -> str:
    """The name of a goal, a segment or a property."""
    name = read_text(value, at)
    if not name or len(name) > MAX_NAME_CHARACTERS:
        raise refuse("too_long" if name else "invalid_value", f"a name has 1 to {MAX_NAME_CHARACTERS} characters", at)
    return name
