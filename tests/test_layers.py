"""Who may import whom (docs/architecture.md). Read from the code's own imports."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "collector"

# package → the packages of ours that it may import
ALLOWED = {
    "events": {"errors"},
    "enrich": {"events", "errors"},
    "ingest": {"enrich", "events", "errors", "settings", "storage"},
    "storage": {"errors", "settings", "weekdays"},
    "sealing": {"events", "errors", "settings", "storage", "weekdays"},
    "query": {"events", "errors", "storage", "weekdays"},
    "exchange": {"enrich", "errors", "events", "ingest", "query", "sealing", "settings", "storage"},
    "backup": {"errors", "storage"},
    "health": {"enrich", "errors", "settings", "storage"},
    "webhooks": {"errors", "query", "settings", "storage"},
    "demo": set(),
    "dashboard": set(),
    "views": {
        "demo",
        "enrich",
        "errors",
        "events",
        "exchange",
        "ingest",
        "query",
        "script_tag",
        "settings",
        "storage",
        "weekdays",
    },
}

# library → the packages that may import it; ``""`` is collector/__init__.py
ONLY = {
    "redis": {"storage"},
    "hiredis": {"storage"},
    "duckdb": {"exchange", "query", "sealing", "events"},
    "flask": {"views", "demo", "commands", ""},
    "flask_cors": {"views"},
    "gunicorn": {"commands"},
    "gevent": {"ingest", "commands"},
}

FILES = sorted(ROOT.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def package_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0] if len(parts) > 1 else path.stem.removeprefix("__init__")


def ours(modules: set[str]) -> set[str]:
    return {name.split(".")[1] for name in modules if name.startswith("collector.")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    package = package_of(path)
    modules = imports_of(path)
    if package in ALLOWED:
        forbidden = ours(modules) - ALLOWED[package] - {package}
        assert not forbidden, f"{package} may not import {sorted(forbidden)}"
    for library, packages in ONLY.items():
        if any(name == library or name.startswith(f"{library}.") for name in modules):
            assert package in packages, f"only {sorted(packages)} may import {library}"


def test_every_package_has_its_rule() -> None:
    packages = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert packages - set(ALLOWED) == {"commands"}, "commands wires everything; every other package has a row"


def test_views_take_no_data_from_storage() -> None:
    """Views may know sites, tokens and the client's errors; data they get from query and ingest."""
    for path in (ROOT / "views").glob("*.py"):
        taken = {name for name in imports_of(path) if name.startswith("collector.storage.")}
        assert not {name for name in taken if name.split(".")[2] in ("log", "segments", "salts")}, path.name
