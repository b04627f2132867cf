"""docs/query.md names everything a question may say and every way it is refused; its examples are answered."""

import json
import re
from pathlib import Path

import pytest

from collector.query import limits
from collector.query.buckets import BUCKETS
from collector.query.comparing import MODES
from collector.query.dimensions import DIMENSIONS, LOCAL_PARTS, LOOKUPS, PROPERTY
from collector.query.filters import BEHAVIOURS, GOAL, GROUPS, NOT, SEGMENT
from collector.query.language import COMPARISONS, INCLUDES, OPTIONAL, REQUIRED, TIME
from collector.query.metrics import METRICS
from collector.query.operators import OPERATORS
from collector.query.periods import PERIODS

from .site import SITE, Site

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "query.md").read_text()
TABLE_ROWS = [line for line in DOCS.splitlines() if line.startswith("| ")]
SOURCES = "\n".join(path.read_text() for path in (ROOT / "collector" / "query").glob("*.py"))

CODES = {
    *re.findall(r'\brefuse\(\s*"(\w+)"', SOURCES),
    *(f"unknown_{kind.replace(' ', '_')}" for kind in re.findall(r'refuse_unknown\(\s*"([\w ]+)"', SOURCES)),
}
NAMES = [
    *REQUIRED, *OPTIONAL, *METRICS, *DIMENSIONS, *LOOKUPS, *LOCAL_PARTS, GOAL, f"{PROPERTY}NAME", *BUCKETS, TIME,
    *OPERATORS, *INCLUDES, COMPARISONS, *MODES,
]  # fmt: skip
EXAMPLES = re.findall(r"-d '(\{.*?\})'\n", DOCS, re.DOTALL)


@pytest.mark.parametrize("name", [*NAMES, *sorted(CODES)])
def test_every_name_and_code_has_a_row(name: str) -> None:
    assert any(f"`{name}`" in row.split(" | ")[0] for row in TABLE_ROWS)


@pytest.mark.parametrize("name", [*GROUPS, NOT, *BEHAVIOURS, *PERIODS, SEGMENT, "all"])
def test_every_group_and_range_has_a_row(name: str) -> None:
    assert any(f'"{name}"' in row.split(" | ")[0] for row in TABLE_ROWS)


def test_the_codes_are_those_of_the_source() -> None:
    assert {"unknown_metric", "missing_field", "too_many", "unknown_time_zone"} <= CODES
    section = DOCS.split("## Errors")[1].split("## Examples")[0]
    rows = [row.split(" | ")[0] for row in section.splitlines() if row.startswith("| `")]
    documented = {code for row in rows for code in re.findall(r"`(\w+)`", row)}
    assert documented == CODES


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_is_documented_with_its_definition_and_unit(name: str) -> None:
    metric = METRICS[name]
    empty = "null" if metric.empty is None else metric.empty
    row = f"| {name} | {metric.unit} | {metric.meaning} | {empty} |"
    assert row in DOCS.replace("`", "")


@pytest.mark.parametrize("limit", [name for name in vars(limits) if name.startswith("MAX_")])
def test_every_limit_is_documented_with_its_number(limit: str) -> None:
    section = DOCS.split("## Limits")[1].split("## Errors")[0]
    assert f"| {getattr(limits, limit)} |" in section


def test_there_are_three_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_answered(site: Site, example: str) -> None:
    site.load([])
    answer = site.ask(**{**json.loads(example), "site_id": SITE})
    assert answer["query"]["metrics"] == json.loads(example)["metrics"]
