"""Files that are on disk when they are closed, and known by size and checksum."""

import os
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from collector.backup.manifest import FileCopy

CHUNK_BYTES = 1 << 20


class WholeFile:
    """A new file; ``copy`` tells what was written so far."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")
        self._hash = sha256()
        self._size = 0

    def __enter__(self) -> "WholeFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._file.flush()
            os.fsync(self._file.fileno())
        self._file.close()

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)

    @property
    def copy(self) -> FileCopy:
        return FileCopy(self._size, self._hash.hexdigest())


def write_whole(path: Path, data: bytes) -> FileCopy:
    with WholeFile(path) as file:
        file.write(data)
    return file.copy


def read_copy(path: Path) -> FileCopy | None:
    """What a file on disk is; None when there is none."""
    seen = sha256()
    size = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                seen.update(chunk)
                size += len(chunk)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return FileCopy(size, seen.hexdigest())


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
