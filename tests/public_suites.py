"""Other people's collections of what breaks programs. tests/data/README.md says where each is from."""

import gzip
import json
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def load_json_files() -> dict[str, bytes]:
    """Name → text. ``y_…`` is JSON, ``n_…`` is none, and of ``i_…`` every parser may think what it likes."""
    found = {}
    with tarfile.open(DATA / "json_parsing.tar.xz") as archive:
        for member in archive:
            if member.name.endswith(".json") and (file := archive.extractfile(member)):
                found[Path(member.name).name] = file.read()
    return found


@cache
def load_naughty_strings() -> list[str]:
    return _load("naughty_strings.json.gz")


@cache
def load_url_cases() -> list[dict[str, Any]]:
    """Cases with ``input`` and ``base``, and either ``failure`` or the parts of the address."""
    return _load("url_conformance.json.gz")


def _load(name: str) -> Any:
    return json.loads(gzip.decompress((DATA / name).read_bytes()))
