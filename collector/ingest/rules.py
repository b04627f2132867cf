"""A site's own rules of what counts: by page, and by web or app (INVENTORY S2-19, S2-21)."""

import re
from functools import lru_cache

from collector.storage.sites import Rule


class Pattern:
    """A path with ``*`` for anything but ``/`` and ``**`` for anything; one that ends with ``/`` holds all below it.

    A path is read once from left to right, with all places of the pattern where one may be held as bits of a number.
    So the time is the length of the path whatever the pattern; a regular expression of several ``**`` tries every
    way to part the path among them, and strangers send paths of 4,096 characters.
    """

    def __init__(self, text: str) -> None:
        self._literals: dict[str, int] = {}
        self._across = self._within = 0  # places that may be stayed at: whatever comes, and unless it is ``/``
        place = 0
        for token in re.findall(r"\*+|[^*]", text + "**" if text.endswith("/") else text):
            if token == "*":
                self._within |= 1 << place
            elif token.startswith("*"):
                self._across |= 1 << place
            else:
                self._literals[token] = self._literals.get(token, 0) | 1 << place
                place += 1
        self._end = place
        self._done = self._across & 1 << place  # whoever gets here fits, whatever follows

    def fits(self, path: str) -> bool:
        """Whether all of the path fits."""
        places = 1
        for character in path:
            stay = self._across if character == "/" else self._across | self._within
            places = (places & self._literals.get(character, 0)) << 1 | places & stay
            if not places:
                return False
            if places & self._done:
                return True
        return bool(places >> self._end)


_compile = lru_cache(maxsize=4096)(Pattern)


def is_counted(rules: tuple[Rule, ...], platform: str, path: str | None) -> bool:
    """Whether the first rule that fits says so; without one, it is. An event without a page has the path ``/``."""
    for rule in rules:
        if rule.platform in ("any", platform) and _compile(rule.path).fits(path or "/"):
            return rule.counts
    return True
