"""A site's own rules of what counts: by page, and by web or app (INVENTORY S2-19, S2-21)."""

import re
from functools import lru_cache

from collector.storage.sites import Rule


@lru_cache(maxsize=4096)
def _compile(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", path)
    pattern = "".join({"**": ".*", "*": "[^/]*"}.get(part) or re.escape(part) for part in parts)
    return re.compile(pattern + (".*" if path.endswith("/") else ""), re.DOTALL)


def is_counted(rules: tuple[Rule, ...], platform: str, path: str | None) -> bool:
    """Whether the first rule that fits says so; without one, it is. An event without a page has the path ``/``.

    In a path ``*`` stands for anything but ``/``, ``**`` for anything; one that ends with ``/`` holds all below it.
    """
    for rule in rules:
        if rule.platform in ("any", platform) and _compile(rule.path).fullmatch(path or "/"):
            return rule.counts
    return True
