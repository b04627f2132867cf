"""`footfall run` and `make`'s set-up: what a person meets who starts it, and what they read when it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from collector.storage.embedded import free_port
from tests.service import end_process, request, start_command

ROOT = Path(__file__).parent.parent.parent
UP_SECONDS = 30.0


def environment_of(folder: Path, port: int | None = None) -> dict[str, str]:
    return {
        "FOOTFALL_DATA_DIR": str(folder),
        "FOOTFALL_PORT": str(port or free_port()),
        "FOOTFALL_ADMIN_TOKEN": "the-admin-token",
    }


@contextmanager
def running(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A `footfall run` that is up, and what it printed."""
    process = start_command(environment, "run", stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, f"it ended: {said}"
            said += line
        yield process, said
    finally:
        end_process(process)
        process.stdout.close()


def run_to_its_end(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "collector", *(arguments or ("run",))],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def pageviews(environment: dict[str, str]) -> int:
    answer = request(
        f"http://127.0.0.1:{environment['FOOTFALL_PORT']}/api/v1/query",
        {"site_id": "demo", "metrics": ["pageviews"], "date_range": "all"},
        headers={"Authorization": "Bearer the-admin-token"},
    )
    assert answer.status == 200, answer.body
    return answer.body["results"][0]["metrics"][0]


def post_pageview(environment: dict[str, str]) -> None:
    url = f"http://127.0.0.1:{environment['FOOTFALL_PORT']}/api/v1/events"
    assert request(url, {"site": "demo", "events": [{"name": "pageview"}]}).status == 202


def test_it_greets_ends_cleanly_and_finds_its_data_again(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    with running(environment) as (process, said):
        url = f"http://localhost:{environment['FOOTFALL_PORT']}"
        assert re.search(rf"{url}/login\?token=\S{{20,}}", said)
        assert f"{url}/demo/" in said
        assert f'<script defer src="{url}/js/footfall.js" data-site="demo"></script>' in said
        post_pageview(environment)
        assert pageviews(environment) == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stdout is not None
        assert "Footfall has ended" in process.stdout.read()
    assert processes_of(tmp_path) == []
    with running(environment) as (_, said):
        assert pageviews(environment) == 1
        post_pageview(environment)
        assert pageviews(environment) == 2


def test_two_run_side_by_side(tmp_path: Path) -> None:
    one, two = environment_of(tmp_path / "one"), environment_of(tmp_path / "two")
    with running(one), running(two):
        post_pageview(one)
        assert (pageviews(one), pageviews(two)) == (1, 0)


def test_a_busy_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = run_to_its_end(environment_of(tmp_path, port))
    assert ended.returncode == 1
    assert re.fullmatch(rf"footfall: Port {port} is in use: end .*, or choose another one with .*\n", ended.stderr)


def test_a_data_folder_in_use_is_one_clear_sentence(tmp_path: Path) -> None:
    with running(environment_of(tmp_path)):
        ended = run_to_its_end(environment_of(tmp_path))
    assert ended.returncode == 1
    assert re.fullmatch(r"footfall: Another Footfall is running on .*: end it, or choose .*\n", ended.stderr)


def test_a_data_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = run_to_its_end(environment_of(tmp_path / "file"))
    assert ended.returncode == 1
    assert re.fullmatch(r"footfall: The data folder .* cannot be written: .*\n", ended.stderr)


def test_a_setting_with_a_typo_is_one_clear_sentence(tmp_path: Path) -> None:
    ended = run_to_its_end(environment_of(tmp_path) | {"FOOTFALL_PROT": "8000"})
    assert ended.returncode == 1
    assert re.fullmatch(r"footfall: FOOTFALL_PROT is not a setting; known: .*\n", ended.stderr)


def test_a_command_without_a_store_is_one_clear_sentence(tmp_path: Path) -> None:
    ended = run_to_its_end(environment_of(tmp_path), "site", "list")
    assert ended.returncode == 1
    assert re.fullmatch(r"footfall: No store is running for .*\n", ended.stderr)


def test_a_store_that_may_throw_keys_away_is_refused(tmp_path: Path) -> None:
    with running(environment_of(tmp_path)) as _:
        port = int((tmp_path / "store" / "port").read_text())
        from redis import Redis

        store = Redis(port=port)
        store.config_set("maxmemory-policy", "allkeys-lru")
        nodes = {"FOOTFALL_REDIS_NODES": f"127.0.0.1:{port}", "FOOTFALL_DATA_DIR": str(tmp_path / "other")}
        ended = run_to_its_end(nodes | {"FOOTFALL_PORT": str(free_port())})
        store.close()
    assert ended.returncode == 1
    assert "maxmemory-policy is allkeys-lru" in ended.stderr


def test_a_store_or_server_that_dies_is_started_again_and_nothing_is_lost(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    with running(environment):
        post_pageview(environment)
        victims = [pid for pid, command in processes_of(tmp_path) if "valkey-server" in command or "serve" in command]
        assert len(victims) >= 2
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + UP_SECONDS
        while not is_up(environment):
            assert time.monotonic() < deadline, "it did not come back"
            time.sleep(0.1)
        assert pageviews(environment) == 1


def is_up(environment: dict[str, str]) -> bool:
    try:
        return request(f"http://127.0.0.1:{environment['FOOTFALL_PORT']}/readyz").status == 200
    except OSError:
        return False


def processes_of(folder: Path) -> list[tuple[int, str]]:
    """Processes of this folder, by their command line or their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            told = command + (path / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if str(folder) in told and int(path.name) != os.getpid() and "collector run" not in command:
            found.append((int(path.name), command))
    return found


def test_set_up_without_a_new_enough_python_is_one_clear_sentence(tmp_path: Path) -> None:
    script = (ROOT / "deploy" / "make_venv.py").read_text().replace("OLDEST = (3, 11)", "OLDEST = (9, 9)")
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "make_venv.py").write_text(script.replace('NEWER = ("python', 'NEWER = ("no-python'))
    ended = subprocess.run(
        [sys.executable, "deploy/make_venv.py", "venv"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PATH": str(tmp_path)},
    )  # fmt: skip
    assert ended.returncode == 1
    assert re.fullmatch(r"footfall: Python 3\.11 or newer is needed, and python3 is \d+\.\d+: .*\n", ended.stderr)


def test_make_alone_lists_every_target_with_its_line() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for target in targets:
        assert re.search(rf"make {target} +\S", listed), target


@pytest.mark.parametrize(
    "arguments", [["add", "Shop!"], ["add", "demo"], ["add", "shop", "--timezone", "Mars/Olympus"]]
)
def test_a_site_that_cannot_be_added_is_one_clear_sentence(tmp_path: Path, arguments: list[str]) -> None:
    environment = environment_of(tmp_path)
    with running(environment):
        ended = run_to_its_end(environment, "site", *arguments)
    assert ended.returncode == 1
    assert re.fullmatch(r"footfall: .+\n", ended.stderr)
