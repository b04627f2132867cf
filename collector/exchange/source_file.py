"""The file that is loaded: plain or packed with gzip, known by its content."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from collector.errors import StartError

GZIP = b"\x1f\x8b"
CHUNK_BYTES = 1 << 20


class SourceFile(NamedTuple):
    """``digest`` is of the file as it lies there."""

    path: Path
    bytes: int
    digest: str

    @contextmanager
    def opened(self) -> Iterator[tuple[BinaryIO, BinaryIO]]:
        """The content, and the file as it lies there, whose position tells how far it was read."""
        with self.path.open("rb") as file:
            if file.read(len(GZIP)) != GZIP:
                file.seek(0)
                yield file, file
                return
            file.seek(0)
            with gzip.GzipFile(fileobj=file) as content:
                yield cast(BinaryIO, content), file


def look_at(path: Path) -> SourceFile:
    """Raises StartError when the file cannot be read."""
    digest, size = sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}.") from error
    return SourceFile(path, size, digest.hexdigest())
