"""The README's first command on a fresh machine: only what `make run` itself installs, and nothing of the tests."""

import os
import signal
import subprocess
import time
from pathlib import Path

from collector.storage.embedded import free_port
from tests.service import request

ROOT = Path(__file__).parent.parent.parent
UP_SECONDS = 300.0  # the packages are fetched


def test_make_run_in_a_clean_clone_takes_an_event_and_shows_it(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((ROOT / name).read_bytes())
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "run"], cwd=clone, stdout=output, stderr=output, start_new_session=True,
            env={**environment, "FOOTFALL_PORT": str(port), "FOOTFALL_ADMIN_TOKEN": "the-admin-token"},
        )  # fmt: skip
    try:
        deadline = time.monotonic() + UP_SECONDS
        while "Ctrl-C" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        url = f"http://127.0.0.1:{port}"
        assert request(f"{url}/api/v1/events", {"site": "demo", "events": [{"name": "pageview"}]}).status == 202
        answer = request(
            f"{url}/api/v1/query",
            {"site_id": "demo", "metrics": ["pageviews"], "date_range": "day"},
            headers={"Authorization": "Bearer the-admin-token"},
        )
        assert answer.body["results"][0]["metrics"] == [1]
        assert request(f"{url}/js/footfall.js").status == 200
        assert (clone / "var" / "store").is_dir()
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)
    assert "Footfall has ended" in log.read_text()
