"""What comes into the mirror: segments as files, and lines of the log; without rows that are erased or were there."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from collector.events.columns import DUPLICATE_WINDOW_MS, LACKS_REQUIRED, REQUIRED, SELECT_FROM_LOG
from collector.events.log_faults import UNREADABLE
from collector.events.log_line import Page, sift
from collector.events.segment_rows import FIND_HELD, ROWS_A_PART, list_columns
from collector.events.sql import quote
from collector.query.mirror_erasure import select_erased
from collector.storage.keys import Shard

MOST_SHARDS = 1 << 10  # of a site; keeps the parts of one shard apart from those of another

_PART = "parse_filename(filename, true)::BIGINT"  # of a file that is named by it
_ROW = f"{_PART} * {ROWS_A_PART} + file_row_number"

log = logging.getLogger("footfall.mirror")


def view_segments(database: Any, schema: str, shard: int, view: str, files: Sequence[str], has_erased: bool) -> None:
    """Make a view of the rows of segments' files, each with its ``part``, and a number of its own as ``row``."""
    held = defaultdict(set)
    for file, name in database.execute(FIND_HELD, [list(files)]).fetchall():
        held[file].add(name)
    alike = defaultdict(list)
    for file, names in held.items():
        alike[frozenset(names)].append(file)
    selects = (
        f"""select {list_columns(names, f"({_PART} * {MOST_SHARDS} + {shard}) * {ROWS_A_PART}")},
            {_PART}::INTEGER as part, {_ROW} as row
        from read_parquet([{", ".join(map(quote, same))}], filename = true, file_row_number = true)"""
        for names, same in alike.items()
    )
    rows = " union all ".join(selects)
    if has_erased:
        database.execute(f"create or replace temp view every_{view} as {rows}")
        erased = select_erased(schema, shard, f"every_{view}")
        database.execute(f"create or replace temp table erased_{view} as {erased}")
        rows = f"select * from every_{view} where row not in (select row from erased_{view})"
    database.execute(f"create or replace temp view {view} as {rows}")


def load_lines(database: Any, shard: Shard, page: Page, path: Path) -> None:
    """Make ``arrived`` of the rows of log entries; ``path`` is of a file to put their lines into.

    What cannot be read is left out. A failure ends a transaction, so this comes before it begins.
    """
    for payload, fault in sift([page], lambda payloads: _load(database, path, payloads)):
        log.warning("an entry of %s that begins with %r is left out: %s", shard.log, payload[:40], fault)


def drop_known_lines(database: Any, since_ms: int, before: Sequence[str]) -> None:
    """Take out of ``arrived`` the rows whose id came before, by the rule by which they will be sealed.

    None of them arrived before ``since_ms``. ``before`` are relations with ``event_id`` and ``received_ms``.
    """
    since_ms -= DUPLICATE_WINDOW_MS
    known = " union all ".join(
        f"""select 1 from {relation} as old
        where old.event_id = new.event_id and old.received_ms > {since_ms}
            and old.received_ms > new.received_ms - {DUPLICATE_WINDOW_MS}"""
        for relation in before
    )
    database.execute(
        f"""
        delete from arrived where rowid in (
            select rowid from arrived as new where exists ({known})
            union all
            select row from (
                select rowid as row, row_number() over (partition by event_id order by rowid) as copy
                from arrived where event_id is not null
            )
            where copy > 1
        )
        """
    )


def _load(database: Any, path: Path, payloads: list[bytes]) -> str | None:
    """Make ``arrived`` of the payloads' rows, in their order; what is wrong with them, if anything."""
    path.write_bytes(b"\n".join(payloads))
    try:
        database.execute(f"create or replace temp table arrived as {SELECT_FROM_LOG.format(path='?')}", [str(path)])
    except UNREADABLE as error:
        return str(error)
    if database.execute(f"select 1 from arrived where {LACKS_REQUIRED} limit 1").fetchone():
        return f"an event without one of {', '.join(REQUIRED)}"
    return None
