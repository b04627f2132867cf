"""`footfall export --events`: the same as the endpoint, in a file."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backup.site import append, now_ms
from tests.service import Service, request


def run_export(service: Service, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "collector", "export", *map(str, arguments)],
        env={**os.environ, **service.environment}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_file_holds_what_the_endpoint_gives_and_a_cursor_goes_on(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    # An hour ago by every clock: what has just arrived is not given to those who go on later.
    hour_ago = now_ms() - 3_600_000
    append(service, site, [{"name": "=x", "at_ms": hour_ago, "visitor": 2**60}], hour_ago)
    service.seal()
    headers = {"Authorization": f"Bearer {service.reader}"}
    for form in ("ndjson", "csv", "parquet"):
        done = run_export(service, "--site", site.id, "--events", form, tmp_path / form)
        assert done.returncode == 0, done.stderr
        given = request(f"{service.url}/api/v1/export?site={site.id}&format={form}", headers=headers).body
        assert (tmp_path / form).read_bytes() == given
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv", "ndjson", "parquet"], "and nothing half done"
    first = run_export(service, "--site", site.id, "--events", "ndjson", "--after", "0", "-")
    assert first.stdout.count(b"\n") == 1
    cursor = re.search(rb"--after (\d+)$", first.stderr.strip())
    assert cursor is not None
    then = run_export(service, "--site", site.id, "--events", "csv", "--after", cursor[1].decode(), "-")
    assert then.stdout.count(b"\n") == 1, "the header alone"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--all", "--events", "csv", "out"), "name it with --site"),
        (("--site", "SITE", "--from", "2026-01-01", "out"), "name a form with --events"),
        (("--site", "SITE", "--events", "csv", "--from", "monday", "out"), "from is a day"),
        (("--site", "nobody", "--events", "csv", "out"), "there is no site nobody"),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_sentence(
    embedded_service: Service, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    site = embedded_service.new_site()
    named = {"SITE": site.id, "out": str(tmp_path / "out")}
    done = run_export(embedded_service, *(named.get(word, word) for word in arguments))
    assert done.returncode == 1
    assert re.fullmatch(rf"footfall: .*{re.escape(said)}.*\n", done.stderr.decode())
    assert not list(tmp_path.iterdir())
