"""How many agents are recognised, on collections that the parser was not made from.

    python -m bench.agents [FOLDER]

Fetches, by the ordinary clients (pip, npm), into FOLDER (default: a temporary one): the test fixtures of Matomo's
device-detector from the source archive of its PyPI port (LGPL-3.0, so they are read and not kept here), and npm's
``user-agents``, 10,000 agents of real visitors (BSD-2-Clause). Browsers and systems are compared by name after the
tables below, which say only where the two sides call one thing by two names. Also prints what a user agent costs.
"""

import json
import random
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from collector.enrich.agent import _read, read_agent
from collector.enrich.client_hints import NO_HINTS, Hints
from collector.enrich.user_agent import Agent

DETECTOR = "device-detector==6.5.1"
VISITORS = "user-agents@2.1.198"
SHOWN = 12  # kinds of mistakes

# Theirs → ours, where both mean the same.
BROWSERS = {
    "Chrome Mobile": "Chrome", "Chrome Mobile iOS": "Chrome", "Chrome Webview": "Chrome WebView",
    "Mobile Safari": "Safari", "Firefox Mobile": "Firefox", "Firefox Mobile iOS": "Firefox",
    "Opera Mobile": "Opera", "Opera Devices": "Opera", "Microsoft Edge": "Edge", "IE Mobile": "Internet Explorer",
    "Samsung Browser": "Samsung Internet", "Mobile Silk": "Silk", "Yandex Browser Lite": "Yandex Browser",
    "Huawei Browser Mobile": "Huawei Browser", "UC Browser Turbo": "UC Browser", "UC Browser Mini": "UC Browser",
    "UC Browser HD": "UC Browser", "HeyTapBrowser": "HeyTap Browser", "Sogou Mobile Browser": "Sogou Browser",
    "DuckDuckGo Privacy Browser": "DuckDuckGo", "Whale Browser": "Whale", "Puffin Web Browser": "Puffin",
    "QtWebEngine": "Qt Web Engine", "Openwave Mobile Browser": "UP.Browser",
}  # fmt: skip
SYSTEMS = {"Mac": "macOS", "iPadOS": "iOS"} | dict.fromkeys(
    ("GNU/Linux", "Ubuntu", "Debian", "Fedora", "Red Hat", "CentOS"), "Linux"
)
DEVICES = {
    "smartphone": "mobile", "phablet": "mobile", "feature phone": "mobile", "tablet": "tablet", "desktop": "desktop",
    "tv": "tv",
}  # fmt: skip
HINTS = {
    "Sec-CH-UA": "brands", "Sec-CH-UA-Full-Version-List": "full_versions", "Sec-CH-UA-Mobile": "mobile",
    "Sec-CH-UA-Platform": "platform", "Sec-CH-UA-Platform-Version": "platform_version", "Sec-CH-UA-Model": "model",
}  # fmt: skip


class Count:
    """Right ones of all, and the commonest mistakes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.right = self.all = 0
        self.wrong: Counter[tuple[object, object]] = Counter()

    def add(self, wanted: object, got: object) -> None:
        self.all += 1
        self.right += wanted == got
        if wanted != got:
            self.wrong[wanted, got] += 1

    def __str__(self) -> str:
        return f"{self.name:34} {self.right:6,} of {self.all:6,}  {self.right / max(self.all, 1):7.2%}"


class Corpora(NamedTuple):
    """Rows of the fixtures by file, and the agents of visitors."""

    fixtures: dict[str, list[dict[str, Any]]]
    visitors: list[str]


def fetch(folder: Path) -> Corpora:
    """Both collections; what is in the folder already is not fetched again."""
    if not list(folder.glob("device_detector-*.tar.gz")):
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            ":all:",
            "-d",
            folder,
            DETECTOR,
        ]
        subprocess.run(command, check=True)
    if not list(folder.glob("user-agents-*.tgz")):
        subprocess.run(["npm", "pack", "--silent", VISITORS], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    fixtures = {}
    with tarfile.open(next(folder.glob("device_detector-*.tar.gz"))) as archive:
        for member in archive:
            if "/tests/fixtures/upstream/" in member.name and member.name.endswith(".yml"):
                file = archive.extractfile(member)
                assert file is not None
                fixtures[Path(member.name).name] = yaml.load(file, loader) or []
    with tarfile.open(next(folder.glob("user-agents-*.tgz"))) as archive:
        file = archive.extractfile("package/dist/user-agents.json")
        assert file is not None
        visitors = [row["userAgent"] for row in json.load(file)]
    return Corpora(fixtures, visitors)


def people(fixtures: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[dict[str, Any], Agent]]:
    """Rows of somebody with a browser, and what we make of them."""
    for name, rows in fixtures.items():
        if name == "bots.yml":
            continue
        for row in rows:
            client = row.get("client")
            if "device" not in row or not isinstance(client, dict) or client.get("type") != "browser":
                continue
            yield row, read_agent(row["user_agent"], read_headers(row.get("headers") or {}))


def read_headers(headers: dict[str, Any]) -> Hints:
    named = {HINTS[name]: str(value) for name, value in headers.items() if name in HINTS}
    return Hints(**named) if "brands" in named else NO_HINTS


def measure(corpora: Corpora) -> list[Count]:
    browsers, systems, devices = Count("browsers"), Count("systems"), Count("devices")
    hinted_browsers, hinted_systems = Count("browsers, with client hints"), Count("systems, with client hints")
    bots, not_bots, visitors = Count("robots"), Count("people who are no robots, fixtures"), Count("people, visitors")
    for row, agent in people(corpora.fixtures):
        has_hints = bool(row.get("headers"))
        wanted = row["client"]["name"]
        (hinted_browsers if has_hints else browsers).add(BROWSERS.get(wanted, wanted), agent.browser)
        system = row["os"]["name"] if isinstance(row.get("os"), dict) else None
        if system:
            (hinted_systems if has_hints else systems).add(SYSTEMS.get(system, system), agent.os)
        if row["device"]["type"] in DEVICES and not has_hints:
            devices.add(DEVICES[row["device"]["type"]], agent.device)
        not_bots.add(False, agent.bot is not None)
    for row in corpora.fixtures["bots.yml"]:
        bots.add(True, read_agent(row["user_agent"]).bot is not None)
    for user_agent in corpora.visitors:
        visitors.add(False, read_agent(user_agent).bot is not None)
    return [browsers, systems, devices, hinted_browsers, hinted_systems, bots, not_bots, visitors]


def time_agents(corpora: Corpora) -> tuple[float, float]:
    """CPU µs of a user agent seen for the first time, and of one that was seen before."""
    agents = random.Random(1).sample(sorted({row["user_agent"] for row, _ in people(corpora.fixtures)}), 3000)
    _read.cache_clear()
    costs = []
    for _ in range(2):
        started = time.process_time()
        for user_agent in agents:
            read_agent(user_agent)
        costs.append((time.process_time() - started) / len(agents) * 1e6)
    return costs[0], costs[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        corpora = fetch(folder)
    counts = measure(corpora)
    for count in counts:
        print(count)
    for count in counts:
        print(f"\n{count.name}: wanted, got")
        for (wanted, got), number in count.wrong.most_common(SHOWN):
            print(f"  {number:5} {wanted!s:28} {got}")
    print("\nµs a user agent: {:.0f} new, {:.1f} known".format(*time_agents(corpora)))


if __name__ == "__main__":
    main()
