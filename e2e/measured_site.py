"""A measured site: real pages on an origin of their own, tracker and endpoint under first-party paths.

Between browser and collector stands a proxy that can fail on purpose, and keeps every body that went through.
"""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import jsonschema

from collector.events.schema import build_schema
from collector.storage.sites import Site
from e2e.system import System

SCHEMA = build_schema()

_numbers = count(1)

# A page that calls before the script has loaded, and goes to another view by itself.
STUB = (
    "<script>window.footfall=window.footfall||function(){(footfall.q=footfall.q||[]).push(arguments)};"
    "footfall('event','early');"
    "addEventListener('load',()=>setTimeout(()=>{history.pushState(1,'','/two');footfall('event','late');footfall('flush')},120))"
    "</script>"
)


class MeasuredSite:
    """Pages by path, what the collector is made to answer, and what it was sent and has stored."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.site = Site(f"measured-{next(_numbers)}", "A measured site")
        assert system.sites.add(self.site)
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.failure: int | None = None
        """Status that events are answered with in place of the collector's; 0 closes the connection."""
        self.retry_after: str | None = "1"
        """What a failure says of when to come again, in seconds."""
        self.asked: list[tuple[str, float]] = []
        """Method and time of every request to the endpoint, answered or not."""
        self.bots = False
        """Whether what says of itself that it is a program counts here."""
        self.delay_seconds = 0.0
        """How long the collector takes to answer."""
        self.bodies: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # browsers that are killed leave open ends
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://localhost:{self._server.server_port}"

    def close(self) -> None:
        """Stop serving. Whatever the tracker has sent fits the published schema."""
        self._server.shutdown()
        self._server.server_close()
        for body in self.bodies:
            jsonschema.validate(body, SCHEMA, jsonschema.Draft202012Validator)

    def add(self, path: str, body: str = "", *, build: str = "footfall.js", head: str = "", **attributes: str) -> str:
        """Serve a page; keyword arguments are attributes of the script tag. Answers its address."""
        given = "".join(f' data-{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        tag = f'<script defer src="/s/{build}" data-site="{self.site.id}" data-endpoint="/s/events"{given}></script>'
        self.pages[path] = (
            f"<!doctype html><html><head><title>{path}</title>{head}{tag}</head><body>{body}</body></html>"
        )
        return self.url + path

    @property
    def events(self) -> list[dict[str, Any]]:
        """Every event that was sent and taken, once, with the address of its page."""
        found = {}
        for body in list(self.bodies):
            for event in body["events"]:
                found[body["page"]["id"], event["seq"]] = {"url": body["page"]["url"], **event}
        return list(found.values())

    def named(self, name: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["name"] == name]

    def stored(self) -> dict[str, int]:
        """How many events of each name are stored, but engagement, which reports on a pageview."""
        found = self.system.rows(["event:name"], ["events"], site_id=self.site.id, include={"bots": self.bots})
        return {name: events for name, (events,) in found.items() if name != "engagement"}

    def must_store(self, expected: dict[str, int], seconds: float = 12.0) -> None:
        """Exactly these events are stored: no other name, none twice, none missing; and nothing was refused."""
        try:
            self.system.wait_for(lambda: self.stored() == expected, "the events are stored", seconds)
        except AssertionError:
            raise AssertionError(f"stored {self.stored()}, expected {expected}") from None
        time.sleep(0.3)
        assert self.stored() == expected
        assert self.refused == []
        sent = Counter(event["name"] for event in self.events)
        del sent["engagement"]
        assert sent == expected

    def visible_ms(self, path: str) -> list[int]:
        """The final visible time of each pageview of a page, in the order of their first report."""
        found: dict[str, int] = {}
        for body in list(self.bodies):
            if body["page"]["url"].removeprefix(self.url) == path:
                for event in body["events"]:
                    if event["name"] == "engagement":
                        found[body["page"]["id"]] = max(found.get(body["page"]["id"], 0), event["visible_ms"])
        return list(found.values())

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        measured = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                if path.startswith("/s/"):
                    with urllib.request.urlopen(f"{measured.system.url}/js/{path[3:]}") as answer:
                        self._answer(200, answer.read(), {"Content-Type": "text/javascript"})
                elif path in measured.pages:
                    headers = {"Content-Type": "text/html; charset=utf-8", **measured.headers}
                    self._answer(200, measured.pages[path].encode(), headers)
                else:
                    page = measured.pages.get("/missing", "")
                    self._answer(404, page.encode(), {"Content-Type": "text/html"})

            def do_OPTIONS(self) -> None:
                measured.asked.append(("OPTIONS", time.monotonic()))
                self._answer(405, b"", {})

            def do_POST(self) -> None:
                measured.asked.append(("POST", time.monotonic()))
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(measured.delay_seconds)
                if measured.failure == 0:
                    self.close_connection = True
                    return
                if measured.failure:
                    said_when = {"Retry-After": measured.retry_after} if measured.retry_after else {}
                    self._answer(measured.failure, b"", said_when)
                    return
                sent = {"User-Agent": self.headers["User-Agent"], "Content-Type": self.headers["Content-Type"]}
                asked = urllib.request.Request(f"{measured.system.url}/api/v1/events", data=body, headers=sent)
                try:
                    with urllib.request.urlopen(asked) as answer:
                        said = answer.read()
                        if b'"rejected"' in said:
                            measured.refused.append(said.decode())
                        measured.bodies.append(json.loads(body))
                        self._answer(answer.status, said, {"Access-Control-Allow-Origin": "*"})
                except urllib.error.HTTPError as error:
                    with error:
                        said = error.read()
                        measured.refused.append(said.decode())
                        self._answer(error.code, said, {})

            def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        return Handler
