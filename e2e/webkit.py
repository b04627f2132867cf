"""WebKit of GTK, which is Safari's engine, driven over WebDriver. Linux only."""

import json
import os
import subprocess
import time
import urllib.request
from typing import Any

from collector.storage.embedded import free_port
from deploy.test_machine import find_webkit


class WebKit:
    """A browser on a screen that nobody sees."""

    def __init__(self) -> None:
        driver, browser = find_webkit() or ("", "")
        assert driver, "deploy/test_machine.py sees to it"
        read, write = os.pipe()
        self.screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as said:
            display = f":{said.readline().strip()}"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(
            [driver, f"--port={port}", "--host=127.0.0.1"],
            env={**os.environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        options = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        session = self.ask("POST", "/session", capabilities={"alwaysMatch": options})
        self.session = f"/session/{session['sessionId']}"

    def _wait(self, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.ask("GET", "/status")
                return
            except OSError:
                assert time.monotonic() < deadline, "the driver did not start"
                time.sleep(0.1)

    def ask(self, method: str, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        asked = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.loads(answer.read())["value"]

    def open(self, url: str) -> None:
        self.ask("POST", f"{self.session}/url", url=url)

    def back(self) -> None:
        self.ask("POST", f"{self.session}/back")

    def click(self, selector: str) -> None:
        using = {"using": "css selector", "value": selector}
        (element,) = self.ask("POST", f"{self.session}/element", **using).values()
        self.ask("POST", f"{self.session}/element/{element}/click")

    def evaluate(self, script: str) -> Any:
        return self.ask("POST", f"{self.session}/execute/sync", script=script, args=[])

    def hide(self) -> None:
        """Minimise the window: its tabs cannot be brought in front by a program."""
        self.ask("POST", f"{self.session}/window/minimize")

    def show(self) -> None:
        self.ask("POST", f"{self.session}/window/rect", x=0, y=0, width=1024, height=768)

    def close(self) -> None:
        self.ask("DELETE", self.session)
        for process in (self.driver, self.screen):
            process.terminate()
            process.wait(20)
