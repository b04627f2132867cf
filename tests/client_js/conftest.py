"""The client, built once."""

from pathlib import Path

import pytest

from .client import FOLDER, compile_


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is packed as ``dist``."""
    folder = tmp_path_factory.mktemp("client") / "dist"
    compile_(FOLDER, "-p", ".", "--outDir", folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder
