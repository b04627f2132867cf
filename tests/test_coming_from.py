"""docs/coming-from.md: every row of the earlier systems once, and every test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS_OF = {"S0": 27, "S1": 24, "S2": 46, "S3": 99}

ROWS = re.findall(r"^\| (S\d-\d\d) \| (.+) \| (.+) \|$", (ROOT / "docs/coming-from.md").read_text(), re.MULTILINE)


@cache
def find_tests(file: str) -> set[str]:
    """Names of the tests in a file under tests/ or e2e/."""
    path = ROOT / file if file.startswith("e2e/") else ROOT / "tests" / file
    nodes = ast.walk(ast.parse(path.read_text()))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_all_196_rows_are_there_once_and_in_order() -> None:
    wanted = [f"{system}-{number:02}" for system, rows in ROWS_OF.items() for number in range(1, rows + 1)]
    assert len(wanted) == 196
    assert [row[0] for row in ROWS] == wanted


@pytest.mark.parametrize(("row", "proof"), [(row, proof) for row, _, proof in ROWS])
def test_a_row_names_a_test_that_there_is_or_when_it_comes(row: str, proof: str) -> None:
    if proof.startswith("not yet"):
        assert re.fullmatch(r"not yet: (issue [3-7]|later)", proof), row
        return
    if target := re.fullmatch(r"measured: `make ([a-z-]+)`", proof):
        assert f"\n{target[1]}:" in (ROOT / "Makefile").read_text(), row
        return
    match = re.fullmatch(r"`([\w/]+\.py)::(test_\w+)`", proof)
    assert match, row
    assert match[2] in find_tests(match[1]), row
