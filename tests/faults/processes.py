"""Processes of a system under test: found by their parents, killed with all they started."""

import os
import signal
from pathlib import Path

from tests.stores import wait_until


def find_process_tree(root: int) -> list[int]:
    """The process, its children, their children: parents first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has just ended
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    tree = [root]
    for pid in tree:  # grows while it is walked
        tree += children.get(pid, [])
    return tree


def read_states(pid: int) -> set[str]:
    """The states of its threads; none when it is gone."""
    try:
        return {
            (thread / "stat").read_text().rpartition(")")[2].split()[0]
            for thread in (Path("/proc") / str(pid) / "task").iterdir()
        }
    except (FileNotFoundError, ProcessLookupError):
        return {"?"} if Path(f"/proc/{pid}").exists() else set()  # a thread ended while we looked


def is_alive(pid: int) -> bool:
    """Whether any thread of it still runs. The first one may be gone while another still holds the sockets."""
    return not {"Z", "X"}.issuperset(read_states(pid))


def is_stopped(pid: int) -> bool:
    return read_states(pid) == {"T"}


def kill_all(pids: list[int]) -> None:
    """SIGKILL, one after another; returns when nothing of them is left."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, pids)), "all processes are gone", 10)
