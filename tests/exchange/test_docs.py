"""docs/exchange.md names everything that goes out and comes in."""

from pathlib import Path

import pytest

from collector.events.columns import COLUMNS
from collector.exchange.export_formats import EXPORT_FORMATS
from collector.exchange.formats import LOAD_FORMATS
from collector.views.export import CURSOR_HEADER

TEXT = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text()


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_column_is_in_the_docs(column) -> None:
    assert f"| `{column.name}` | {column.type} | {column.meaning} |" in TEXT


@pytest.mark.parametrize("form", LOAD_FORMATS.values(), ids=lambda form: form.name)
def test_a_format_that_is_loaded_is_in_the_docs(form) -> None:
    assert f"| `{form.name}` | {form.meaning} |" in TEXT


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_form_that_goes_out_is_in_the_docs(name: str) -> None:
    assert f"| `{name}` |" in TEXT


def test_the_header_of_the_cursor_is_in_the_docs() -> None:
    assert CURSOR_HEADER in TEXT
