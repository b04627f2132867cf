"""The order of work from a decoded beacon to lines of the log: two tuples of named steps (steps.py).

accepted + rejected + dropped = sent, always: every event of a beacon ends in exactly one of the three.
"""

from operator import attrgetter
from typing import Any, NamedTuple

from collector.errors import Problem
from collector.events.decode import Rejection
from collector.events.log_line import encode_line
from collector.events.model import TRUSTED_FIELDS, Event
from collector.ingest.distinct import OF_BEACONS, OF_EVENTS, SiteDay
from collector.ingest.drop_reason import REASONS, DropReason
from collector.ingest.sending import Refusal, Sending, World, of_event
from collector.ingest.steps import BEACON_STEPS, EVENT_STEPS, Columns, NotTaken


class Dropped(NamedTuple):
    """One event that is answered and counted, but not stored."""

    place: int
    reason: DropReason

    def as_json(self) -> dict[str, object]:
        return {"index": self.place, "code": "dropped", "reason": self.reason, "detail": REASONS[self.reason]}


class Processed(NamedTuple):
    """What became of a beacon. ``payload`` is the log entry: one line a context, empty when nothing is left."""

    payload: bytes
    visitor: int
    accepted: int
    rejected: tuple[Rejection, ...]
    dropped: tuple[Dropped, ...]


def _run_beacon_steps(sending: Sending, world: World, day: SiteDay | None) -> Columns | NotTaken:
    columns: Columns = {}
    for step in BEACON_STEPS:
        reason = step(sending, world, columns)
        if reason is not None:
            return reason
    if day is not None:
        world.values.cap(day, columns, OF_BEACONS)
    return columns


def _run_event_steps(event: Event, sending: Sending, world: World, day: SiteDay | None) -> Columns | NotTaken:
    columns: Columns = {}
    for step in EVENT_STEPS:
        reason = step(event, sending, world, columns)
        if reason is not None:
            return reason
    if day is not None:
        world.values.cap(day, columns, OF_EVENTS)
    return columns


_trusted_values = attrgetter(*TRUSTED_FIELDS)
_NOTHING = (None,) * len(TRUSTED_FIELDS)


def _trusted_field(event: Event) -> str | None:
    """The first field that only a holder of a secret write key may set, if the event sets one."""
    values = _trusted_values(event)
    if values == _NOTHING:
        return None
    return next(name for name, value in zip(TRUSTED_FIELDS, values, strict=True) if value is not None)


def _refused(index: int, refusal: Refusal, own: bool) -> Rejection:
    """``own``: the field stands on the event, which may bring a page of its own; else on the beacon."""
    pointer = f"/events/{index}{refusal.field.removeprefix('/page')}" if own else refusal.field
    return Rejection(index, refusal.code, pointer, refusal.detail)


def process(sending: Sending, places: tuple[int, ...], world: World) -> Processed:
    """Run all steps. ``places`` are the indexes of the beacon's events in the sender's list."""
    lines: list[tuple[Columns, list[Columns]]] = []
    rejected: list[Rejection] = []
    dropped: list[Dropped] = []
    shared: Any = None  # made when the first event needs it
    visitor = accepted = 0
    day = world.values.find_day(sending.site.id, sending.received_ms)
    for index, event in zip(places, sending.beacon.events, strict=True):
        foreign = _trusted_field(event)
        if foreign and not sending.is_trusted:
            detail = f"only a holder of the site's secret write key may set {foreign}"
            rejected.append(Rejection(index, "secret_key_needed", f"/events/{index}/{foreign}", detail))
            continue
        if foreign:
            mine = of_event(sending, event)
            context = _run_beacon_steps(mine, world, day)
        else:
            mine = sending
            context = shared = _run_beacon_steps(sending, world, day) if shared is None else shared
        columns = _run_event_steps(event, mine, world, day) if isinstance(context, dict) else context
        if isinstance(columns, DropReason):
            dropped.append(Dropped(index, columns))
        elif isinstance(columns, Refusal):
            rejected.append(_refused(index, columns, own=isinstance(context, dict) or bool(foreign)))
        elif isinstance(context, dict):
            if lines and lines[-1][0] is context:
                lines[-1][1].append(columns)
            else:
                lines.append((context, [columns]))
            visitor = columns["visitor"]
            accepted += 1
    payload = b"\n".join(encode_line(context, events) for context, events in lines)
    return Processed(payload, visitor, accepted, tuple(rejected), tuple(dropped))


def refuse_if_nothing_left(processed: Processed, also_rejected: tuple[Rejection, ...]) -> None:
    """Raise Problem when every event was rejected: the sender is told by the status, not only by a list."""
    rejected = (*also_rejected, *processed.rejected)
    if rejected and not processed.accepted and not processed.dropped:
        first = min(rejected)
        raise Problem(first.code, first.detail, pointer=first.pointer)
