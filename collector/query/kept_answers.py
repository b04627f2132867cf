"""Answers that are kept for as long as they are true: until anything of the site's data, or its day, is another."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_KEPT = 1_000


class KeptAnswers:
    """Answers by what they depend on; the least used ones go first."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, Hashable], bytes] = OrderedDict()

    def get(self, site_id: str, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The answer of the site to ``key``, which says all that it depends on; made if it is not here."""
        with self._lock:
            found = self._kept.get((site_id, key))
            if found is not None:
                self._kept.move_to_end((site_id, key))
                return found
        made = make()
        with self._lock:
            self._kept[site_id, key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def clear(self, site_id: str) -> int:
        """Forget the site's answers; how many these were."""
        with self._lock:
            theirs = [each for each in self._kept if each[0] == site_id]
            for each in theirs:
                del self._kept[each]
        return len(theirs)
