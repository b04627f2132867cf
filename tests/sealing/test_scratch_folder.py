"""sealing/scratch_folder.py: files with events do not outlive the process that made them for long."""

import subprocess
import sys
import time
from pathlib import Path

from collector.sealing.scratch_folder import ScratchFolder

HOLDER = """
import sys, time
from pathlib import Path
from collector.sealing.scratch_folder import ScratchFolder
folder = ScratchFolder(Path(sys.argv[1]))
(folder.path / "events.parquet").write_text("visitor-1")
print(folder.path, flush=True)
time.sleep(60)
"""


def test_what_a_killed_process_leaves_goes_when_the_next_one_begins_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    living = ScratchFolder(tmp_path)
    (living.path / "mine").write_text("here")
    with subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        left = Path(holder.stdout.readline().strip())
        third = ScratchFolder(tmp_path)
        assert (left / "events.parquet").exists(), "it is at work"
        holder.kill()
    began = time.monotonic()
    ScratchFolder(tmp_path).remove()
    assert time.monotonic() - began < 5
    assert not left.exists()
    assert (living.path / "mine").read_text() == "here"
    assert (tmp_path / "other").exists()
    for folder in (living, third):
        folder.remove()
        assert not folder.path.exists()
