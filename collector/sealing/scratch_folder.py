"""A folder for files on their way, which is gone when its process is, even one that was killed.

The files hold events. A folder that nobody holds the lock of is what is left of a killed process, and goes when the
next one begins.
"""

import fcntl
import shutil
import tempfile
from pathlib import Path
from typing import IO

_LOCK = "lock"
_PREFIX = "work-"


class ScratchFolder:
    """A new folder inside ``parent``. Processes that share a disk may share the parent."""

    def __init__(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        with (parent / _LOCK).open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)  # or somebody would take a folder that is being made for a left-over
            for other in parent.glob(f"{_PREFIX}*"):
                _remove_if_left_over(other)
            self.path = Path(tempfile.mkdtemp(dir=parent, prefix=_PREFIX))
            self._lock: IO[str] = (self.path / _LOCK).open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        shutil.rmtree(self.path)
        self._lock.close()


def _remove_if_left_over(folder: Path) -> None:
    with (folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        shutil.rmtree(folder)
