"""The dashboard's own files: their version, and which modules a page needs.

A page is some forty small modules. With their version in the address browsers keep them for good, and with all of them
named in the page's head the first visit asks for all at once, not import by import.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import normpath

FOLDER = Path(__file__).parents[1] / "dashboard" / "static"

_IMPORT = re.compile(r'^import .*from "(\..+)";$', re.MULTILINE)


@cache
def read_version() -> str:
    """A hash of every file: twelve hexadecimal digits."""
    digest = sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(FOLDER)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def list_modules(name: str) -> tuple[str, ...]:
    """A module and all that it imports, also through others, each once; as paths below ``FOLDER``."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        module = waiting.pop(0)
        if module not in found:
            found[module] = None
            folder = PurePosixPath(module).parent
            waiting += [normpath(folder / target) for target in _IMPORT.findall((FOLDER / module).read_text())]
    return tuple(found)
