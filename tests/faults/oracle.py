"""How often each event is counted, by whoever can be asked, and what that means for what was sent."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from collector.sealing.segment_file import Workbench
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.faults.load import Label, labels_of
from tests.service import Service

RESULT_ROWS = 10_000  # of one answer


class Verdict(NamedTuple):
    """Events that should be there and are not, that are there more than once, or that nobody may find (any more)."""

    lost: frozenset[Label] = frozenset()
    twice: frozenset[Label] = frozenset()
    uncalled: frozenset[Label] = frozenset()

    def __or__(self, other: object) -> "Verdict":
        assert isinstance(other, Verdict)
        return Verdict(*(one | two for one, two in zip(self, other, strict=True)))

    @property
    def is_clean(self) -> bool:
        return not any(self)

    def tell(self, where: str) -> "Verdict":
        """Print what is wrong, if anything is, and where it was found."""
        if not self.is_clean:
            print(f"{where}: " + ", ".join(f"{len(each)} {name}" for name, each in self._asdict().items()))
        return self


def events_of(numbers: Iterable[int]) -> set[Label]:
    return {label for number in numbers for label in labels_of(number)}


def judge(counted: Counter[Label], *, must: Collection[Label], may: Collection[Label] = ()) -> Verdict:
    """``must`` be counted once; ``may`` be counted once or not at all; nothing else, and nothing twice."""
    return Verdict(
        frozenset(set(must) - counted.keys()),
        frozenset(label for label, times in counted.items() if times > 1),
        frozenset(counted.keys() - set(must) - set(may)),
    )


def count_in_answers(service: Service, site: Site) -> Counter[Label]:
    """What the query API says, page by page."""
    counted: Counter[Label] = Counter()
    for offset in count(0, RESULT_ROWS):
        answer = service.query(
            site,
            "events",
            dimensions=["event:page", "event:name"],
            pagination={"limit": RESULT_ROWS, "offset": offset},
        )
        assert answer.status == 200, answer.body
        rows = answer.body["results"]
        counted += Counter({tuple(row["dimensions"]): row["metrics"][0] for row in rows})
        if len(rows) < RESULT_ROWS:
            break
    return counted


def count_in_segments(service: Service, site: Site, folder: Path) -> Counter[Label]:
    """What the rows of the sealed segments say, read from the store itself."""
    counted: Counter[Label] = Counter()
    bench = Workbench(folder)
    try:
        for shard in site.all_shards():
            bench.load_segments("sealed", _read_files(service, shard))
            rows = bench.database.execute("select path, name, count(*) from sealed group by all").fetchall()
            counted += Counter({(path, name): times for path, name, times in rows})
    finally:
        bench.close()
    return counted


def _read_files(service: Service, shard: Shard) -> list[bytes]:
    """The shard's segments; read anew when a sealer merged some between the list and the last of them."""
    while True:
        facts = service.segments.read(shard, "", "0-0").segments or ()
        files = [service.segments.read_bytes(shard, segment) for segment in facts]
        found = [data for data in files if data is not None]
        if len(found) == len(files):
            return found
