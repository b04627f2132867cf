"""Firefox, driven over Marionette, the protocol that it has built in."""

import json
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from collector.storage.embedded import free_port
from deploy.test_machine import find_firefox


class Firefox:
    """A browser on a screen that nobody sees, with one tab in front."""

    def __init__(self) -> None:
        path = find_firefox()
        assert path is not None, "deploy/test_machine.py sees to it"
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        port = free_port()
        (Path(self._folder.name) / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
        arguments = [path, "--headless", "--no-remote", "--marionette", "--profile", self._folder.name]
        self._process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._socket = self._connect(port)
        self._answers = self._socket.makefile("rb")
        self._read()  # its greeting
        self._asked = 0
        self.ask("WebDriver:NewSession")

    def _connect(self, port: int, seconds: float = 40) -> socket.socket:
        deadline = time.monotonic() + seconds
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=60)
            except OSError:
                assert time.monotonic() < deadline, "Firefox did not start"
                time.sleep(0.1)

    def _read(self) -> Any:
        """A message: how long it is, a colon, and JSON."""
        length = b""
        while (byte := self._answers.read(1)) != b":":
            assert byte, "Firefox ended"
            length += byte
        return json.loads(self._answers.read(int(length)))

    def ask(self, command: str, **given: Any) -> Any:
        self._asked += 1
        message = json.dumps([0, self._asked, command, given]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        assert error is None, error
        return result

    def open(self, url: str) -> None:
        self.ask("WebDriver:Navigate", url=url)

    def back(self) -> None:
        self.ask("WebDriver:Back")

    def click(self, selector: str) -> None:
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        (element,) = found["value"].values()
        self.ask("WebDriver:ElementClick", id=element)

    def evaluate(self, script: str) -> Any:
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def hide(self) -> None:
        """Another tab comes in front."""
        self.ask("WebDriver:NewWindow", type="tab", focus=True)

    def show(self) -> None:
        handle = self.ask("WebDriver:GetWindowHandle")["value"]
        self.ask("WebDriver:SwitchToWindow", handle=handle, focus=True)

    def close(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(20)
        self._folder.cleanup()
