"""Questions that must be refused, through HTTP: how long each takes, and what it costs the collector in CPU.

Usage: python -m bench.query_hostile [--times 40]
"""

import argparse
import http.client
import json
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.ingest import read_cpu_seconds, with_children
from bench.query import SITE, milliseconds, start_history
from collector.storage.connect import connect
from collector.storage.tokens import Access, Tokens
from tests.query.hostile import HOSTILE
from tests.service import end_process, start_command, wait_for_http

LIMIT_MS = 50
CHEAP: dict[str, Any] = {"site_id": SITE.id, "metrics": ["visitors"], "date_range": "day"}


def refuse(connection: http.client.HTTPConnection, token: str, text: str) -> int:
    """The status of a question that must be refused."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/query", text, headers)
    response = connection.getresponse()
    response.read()
    assert 400 <= response.status < 500, (response.status, text[:200])
    return response.status


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=40)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="footfall-bench-"))
    process = None
    store, settings = start_history(folder, 0, 1)
    try:
        environment = {"FOOTFALL_DATA_DIR": str(folder), "FOOTFALL_PORT": str(settings.port)}
        process = start_command(environment, "serve", "--role", "query")
        wait_for_http(f"http://127.0.0.1:{settings.port}/readyz", process)
        token = Tokens(connect(settings)).create(Access("read", (SITE.id,)))
        connection = http.client.HTTPConnection("127.0.0.1", settings.port, timeout=60)
        print(f"{'refused':40} {'status':>6} {'KB':>6} {'least ms':>8} {'median':>8} {'most':>8} {'CPU-ms':>8}")
        slow = []
        for name, body in {"an unknown metric": {"metrics": ["fame"]}, **HOSTILE}.items():
            text = json.dumps({**CHEAP, **body})
            status = refuse(connection, token, text)
            before = read_cpu_seconds(with_children(process.pid))
            asked = [
                milliseconds(lambda text=text: refuse(connection, token, text))  # type: ignore[misc]
                for _ in range(arguments.times)
            ]
            cpu_ms = (read_cpu_seconds(with_children(process.pid)) - before) * 1000 / arguments.times
            least, middle, most = min(asked), statistics.median(asked), max(asked)
            row = f"{name:40} {status:6} {len(text) // 1024:6} {least:8.1f} {middle:8.1f} {most:8.1f} {cpu_ms:8.2f}"
            print(row, flush=True)
            slow += [name] if middle >= LIMIT_MS else []
        print(f"slower than {LIMIT_MS} ms: {', '.join(slow) or 'none'}")
    finally:
        if process is not None:
            end_process(process)
        store.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
