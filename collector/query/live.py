"""What happens now, for a stream: the newest events of a site, without anything that says who.

An event is known by its id, because an event that was taken earlier may come to the log later than another one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

LOOK_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
MOST_SECONDS = 600.0
"""A stream ends then, and the client comes back: so a token that was revoked ends, too."""

LATE_MS = 10_000
"""How long an event may be on its way from being taken to being in the log."""

MOST_EVENTS = 100
"""Of one look."""

COLUMNS = ("at_ms", "name", "page", "entity_type", "entity_id", "source", "country", "device", "browser")

NEWEST = """
select event.event_id, event.at_ms, event.name, event.path, event.entity_type, event.entity_id,
    visit.source, visit.country, visit.device, visit.browser
from "{site_id}".rows as event join "{site_id}".visits as visit using (visit)
where event.received_ms > $since_ms and event.at_ms > $since_ms - 3600000 and visit.end_ms > $since_ms - 3600000
    and event.name <> 'engagement'
    and (event.is_bot is not true or event.bot in (select unnest($people::varchar[])))
order by event.received_ms desc, event.at_ms desc, event.event_id desc
limit {most}"""

Run: TypeAlias = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]


def stream_events(
    site_id: str,
    people: Sequence[str],
    run: Run,
    clock: Callable[[], float],
    sleep: Callable[[float], object],
    most_seconds: float = MOST_SECONDS,
) -> Iterator[bytes]:
    """Server-sent events, one JSON object of COLUMNS an event, from the moment of the call; comments keep it alive.

    ``clock`` gives seconds since 1970. ``run`` answers as of now.
    """
    begun = spoken = clock()
    sql = NEWEST.format(site_id=site_id, most=MOST_EVENTS)
    seen = {row[0] for row in _look(run, sql, begun, people)}
    yield b"retry: 5000\n\n"
    while (now := clock()) - begun < most_seconds:
        rows = _look(run, sql, now, people)
        for number, *values in reversed(rows):
            if number not in seen:
                spoken = now
                yield b"data: " + msgspec.json.encode(dict(zip(COLUMNS, values, strict=True))) + b"\n\n"
        seen = {row[0] for row in rows}
        if now - spoken >= HEARTBEAT_SECONDS:
            spoken = now
            yield b": still here\n\n"
        sleep(LOOK_SECONDS)


def _look(run: Run, sql: str, now: float, people: Sequence[str]) -> Sequence[Sequence[Any]]:
    return run(sql, {"since_ms": int(now * 1000) - LATE_MS, "people": list(people)})
