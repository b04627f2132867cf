"""docs/reports.md names every report with its fields and columns, and its example is answered."""

import json
import re
from pathlib import Path

import pytest

from collector.query.reports.catalogue import REPORTS
from tests.query.site import SITE, Site

from .asking import ask

DOCS = (Path(__file__).parents[3] / "docs" / "reports.md").read_text()


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_a_section_with_its_fields_and_columns(name: str) -> None:
    report = REPORTS[name]
    section = DOCS.split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert report.meaning[1:] in section
    for field, meaning in report.fields.items():
        assert f"| `{field}`{' (needed)' if field in report.needed else ''} | {meaning} |" in section
    rows = section.split("| column | meaning |\n|---|---|\n")[1].splitlines()
    assert rows[: len(report.columns)] == [f"| `{column.name}` | {column.meaning} |" for column in report.columns]


def test_the_example_is_answered(site: Site) -> None:
    site.load([])
    (example,) = re.findall(r"-d '(\{.*?\})'\n", DOCS, re.DOTALL)
    fields = json.loads(example.replace("Order", "Signup"))
    assert len(ask(site, "funnel", **{**fields, "site_id": SITE})["results"]) == 3
