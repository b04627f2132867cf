"""Questions that must be refused at once: a few bytes that would start minutes of work, or ask for another's."""

import base64
from typing import Any

IS = ["is", "event:page", ["/"]]


def _nest(word: str, depth: int) -> Any:
    found: Any = IS
    for _ in range(depth):
        found = [word, [found]] if word in ("and", "or") else [word, found]
    return found


TEN_YEARS = ["2014-01-01", "2023-12-31"]
FOUR = ["event:page", "event:name", "visit:country", "visit:device"]

HOSTILE: dict[str, dict[str, Any]] = {
    "10,000 clauses": {"filters": [IS] * 10_000},
    "10,000 clauses in one or": {"filters": [["or", [IS] * 10_000]]},
    "filters 900 deep": {"filters": [_nest("not", 900)]},
    "and and and": {"filters": [_nest("and", 300)]},
    "has_done in has_done": {"filters": [_nest("has_done", 7)] * 14},
    "100,000 values": {"filters": [["is", "event:page", ["x"] * 100_000]]},
    "a pattern that RE2 does not take": {"filters": [["matches", "event:page", ["(a{1,999}){1,999}"]]]},
    "2,000 patterns": {"filters": [["matches", "event:page", [f"(a+)+{i}" for i in range(20)]]] * 100},
    "a text of 900 KB": {"filters": [["contains", "event:page", ["x" * 900_000]]]},
    "ten years by minute, by four": {"date_range": TEN_YEARS, "dimensions": [*FOUR, "time:minute"]},
    "a thousand years": {"date_range": ["1000-01-01", "2023-12-31"], "dimensions": ["time:day"]},
    "limit 1,000,000,000": {"pagination": {"limit": 10**9}},
    "offset 1,000,000,000": {"pagination": {"offset": 10**9}},
    "a number of 10,000 digits": {"pagination": {"limit": 10**4000}},
    "1,000 metrics": {"metrics": ["visitors"] * 1000},
    "10,000 dates": {"filters": [["on", "event:props:due", ["2024-01-01"] * 10_000]]},
    "a year of 10,000 digits": {"filters": [["before", "time", ["9" * 10_000 + "-01-01"]]]},
    "a cursor that nests": {"pagination": {"cursor": base64.urlsafe_b64encode(b"[" * 20_000).decode()}},
    "goals of goals": {"filters": [["is", "event:goal", [str(i) for i in range(999)]]] * 50},
    "a zone that is a file": {"timezone": "../../etc/passwd"},
    "another site": {"site_id": "not-mine"},
    "a site that is SQL": {"site_id": 'bench".rows; drop schema bench; --'},
}
