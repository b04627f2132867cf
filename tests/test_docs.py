"""The docs name everything there is, with the figures that are in force."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from collector.__main__ import COMMANDS
from collector.events.limits import LIMITS
from collector.ingest.drop_reason import REASONS, DropReason
from collector.settings import SETTINGS
from tests.service import Service

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.field)
def test_a_setting_is_in_the_docs_with_its_default_and_unit(setting) -> None:
    default = f"`{setting.default}`" if setting.default else ""
    assert f"| `{setting.variable}` | {default} | {setting.unit} | {setting.why} |" in read("operations.md")


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_in_the_docs_with_its_number_and_unit(name: str) -> None:
    limit = LIMITS[name]
    assert f"| `{name}` | {limit.most:,} | {limit.unit} | {limit.beyond} |" in read("events.md")


def test_the_docs_name_no_other_limits() -> None:
    table = read("events.md").partition("## Limits")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(LIMITS)


@pytest.mark.parametrize("reason", DropReason)
def test_a_drop_reason_is_in_the_docs_with_its_sentence(reason: DropReason) -> None:
    assert f"| `{reason}` | {REASONS[reason]} |" in read("events.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_in_the_docs(command: str) -> None:
    assert f"`footfall {command}" in read("operations.md")


def test_every_error_code_of_ingest_is_in_the_docs() -> None:
    sources = [*(ROOT / "collector/ingest").glob("*.py"), ROOT / "collector/events/decode.py"]
    codes = {
        code
        for path in sources
        for code in re.findall(r'(?:Problem|Refusal|Rejection)\((?:index, )?"([a-z_]+)"', path.read_text())
    }
    assert len(codes) >= 5
    for code in codes:
        assert f"`{code}`" in read("events.md")


def test_every_endpoint_is_in_the_docs(embedded_service: Service, tmp_path: Path) -> None:
    from collector import create_app

    settings = replace(embedded_service.settings, data_dir=tmp_path)
    app = create_app(settings, "all")
    text = read("operations.md")
    for rule in app.url_map.iter_rules():
        if "static" in rule.endpoint:
            continue
        path = "/demo/…" if rule.rule.startswith("/demo") else rule.rule
        assert any(f"`{method} {path}`" in text for method in rule.methods or ()), rule.rule


def test_links_between_the_docs_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_readme_opens_with_the_picture_the_two_commands_and_the_script_tag() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text().splitlines()[:25])
    assert "docs/dashboard.png" in first_screen
    assert re.search(r"^make run\b.*\nmake test\b", first_screen, re.MULTILINE)
    assert '<script defer src="http://localhost:8000/js/footfall.js" data-site="demo"></script>' in first_screen
