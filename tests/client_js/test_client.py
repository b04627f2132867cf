"""What programs that use the client get of a running collector. S2-04, S2-46."""

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from collector.storage.sites import Site
from tests.listening import listening
from tests.service import Service, request

from .client import run_program

CONNECT = "const footfall = new client.Footfall(given.settings);"
CATCH = """
const caught = await given_call().then(() => null, (error) => error);
const { name, status, code, pointer, retryAfterSeconds } = caught;
say({ name, status, code, pointer, retryAfterSeconds, isProblem: caught instanceof client.Problem });
"""


@pytest.fixture(scope="module")
def site(embedded_service: Service) -> Site:
    site = embedded_service.new_site()
    for number in range(3):
        page = {"id": f"pageview-{number}", "url": f"https://shop.example/p/{number % 2}"}
        clicks = [{"name": "click", "seq": each, "x": each, "y": 1} for each in range(1, 60)]
        body = {
            "site": site.id,
            "visitor": f"v{number}",
            "page": page,
            "events": [{"name": "pageview", "seq": 0}, *clicks],
        }
        assert embedded_service.post(body).status == 202
    return site


def settings(service: Service, site: Site, **more: Any) -> dict[str, Any]:
    return {"url": f"{service.url}/", "token": service.reader, "site": site.id, **more}


def test_questions_reports_and_short_cuts_are_answered_as_the_api_answers_them(
    embedded_service: Service, site: Site, built: Path
) -> None:
    """S2-04, S2-35, S2-46: handleClearCache among them."""
    said = run_program(
        built,
        CONNECT
        + """
say({
  query: await footfall.query({ metrics: ["visitors", "pageviews"], date_range: "day" }),
  rows: await footfall.rows({ metrics: ["pageviews"], dimensions: ["event:page"], date_range: "day" }),
  report: await footfall.report("entry-pages", { date_range: "day", limit: 1 }),
  overview: await footfall.shortcuts.overview(),
  chart: await footfall.shortcuts.chart({ period: "weekly", weeks: 2 }),
  pages: await footfall.shortcuts.topPages({ limit: 1 }),
  countries: await footfall.shortcuts.topCountries(),
  cleared: await footfall.shortcuts.clearCache(),
});
""",
        settings=settings(embedded_service, site),
    )
    asked = embedded_service.query(site, "visitors", "pageviews", date_range="day").body
    assert said["query"]["results"] == asked["results"] == [{"dimensions": [], "metrics": [3, 3]}]
    assert said["rows"] == [{"event:page": "/p/0", "pageviews": 2}, {"event:page": "/p/1", "pageviews": 1}]
    assert [(row["page"], row["entries"]) for row in said["report"]["results"]] == [("/p/0", 2)]
    assert said["overview"]["today"]["visits"] == 3
    assert len(said["chart"]["points"]) == 2
    assert said["pages"]["results"][0]["share_percent"] == 66.7
    assert said["countries"]["results"][0]["name"] == "unknown"
    assert said["cleared"] == {"cleared": 4}


def test_records_are_listed_filtered_read_and_all_of_them_walked_through(
    embedded_service: Service, site: Site, built: Path
) -> None:
    said = run_program(
        built,
        CONNECT
        + """
const ids = new Set();
for await (const click of footfall.interactions.all({ event_type: "click" })) ids.add(click.id);
const one = await footfall.sessions.get("v1");
const right = await footfall.interactions.list({ metadata__x_coord__gte: 58, session_id: ["v0", "v2"] });
say({ all: ids.size, one, right: right.results.map((each) => each.metadata.x_coord), count: right.count });
""",
        settings=settings(embedded_service, site),
    )
    assert said["all"] == 177
    assert (said["one"]["session_id"], said["one"]["state"]) == ("v1", "active")
    assert (sorted(said["right"]), said["count"]) == ([58, 58, 59, 59], 4)


def test_a_session_is_ended(embedded_service: Service, built: Path) -> None:
    site = embedded_service.new_site()
    assert embedded_service.post({"site": site.id, "visitor": "ann", "events": [{"name": "pageview"}]}).status == 202
    given = settings(embedded_service, site, token=embedded_service.write_key(site))
    said = run_program(built, CONNECT + 'say(await footfall.sessions.end("ann", "logout"));', settings=given)
    assert (said["state"], said["end_reason"]) == ("ended", "logout")


REFUSED = {
    "no such metric": ({}, 'query({ metrics: ["fame"], date_range: "day" })', (400, "unknown_metric", "/metrics/0")),
    "no token": ({"token": "made-up"}, "shortcuts.overview()", (401, "invalid_token", None)),
    "another's site": ({"site": "not-there"}, "sessions.list()", (404, "unknown_site", "/site_id")),
    "no such record": ({}, 'pageviews.get("1-0123456789abcdef")', (404, "not_found", None)),
    "no such field": ({}, "sessions.list({ mood: 1 })", (400, "unknown_parameter", "/mood")),
    "a stream": ({"token": "made-up"}, "live().next()", (401, "invalid_token", None)),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_thrown_as_a_problem(embedded_service: Service, site: Site, built: Path, name: str) -> None:
    wrong, call, expected = REFUSED[name]
    program = f"{CONNECT}\nconst given_call = () => footfall.{call};\n{CATCH}"
    said = run_program(built, program, settings=settings(embedded_service, site) | wrong)
    assert said["isProblem"]
    assert (said["status"], said["code"], said.get("pointer")) == expected


class _Proxy(BaseHTTPRequestHandler):
    """What may stand before a collector, and answer by itself."""

    def do_GET(self) -> None:
        if self.path.startswith("/slow"):
            time.sleep(3)
        self.send_response(503)
        self.send_header("Content-Type", "text/html")
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(b"<h1>503</h1>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_an_answer_of_a_proxy_is_a_problem_and_a_slow_one_a_timeout(built: Path) -> None:
    program = f"{CONNECT}\nconst given_call = () => footfall.shortcuts.overview();\n{CATCH}"
    with listening(_Proxy) as url:
        said = run_program(built, program, settings={"url": url, "token": "t", "site": "s"})
        assert (said["status"], said["code"], said["retryAfterSeconds"]) == (503, "not_footfall", 7)
        slow = {"url": f"{url}/slow", "token": "t", "site": "s", "timeoutMs": 50}
        assert run_program(built, program, settings=slow)["name"] == "TimeoutError"


def test_live_events_come_until_the_loop_is_left_and_then_nothing_is_left_open(
    embedded_service: Service, built: Path
) -> None:
    """The program ends by itself, or the test does by its time."""
    site = embedded_service.new_site()
    sent = threading.Event()

    def send() -> None:
        while not sent.wait(0.5):
            assert embedded_service.post({"site": site.id, "events": [{"name": "signup"}]}).status == 202

    sender = threading.Thread(target=send)
    sender.start()
    try:
        program = CONNECT + "for await (const event of footfall.live()) { say(event); break; }"
        said = run_program(built, program, settings=settings(embedded_service, site))
    finally:
        sent.set()
        sender.join()
    assert (said["name"], said["device"]) == ("signup", "desktop")


def test_the_document_of_the_command_is_that_of_the_server(embedded_service: Service) -> None:
    """`make client` needs no store."""
    said = subprocess.run([sys.executable, "-m", "collector", "openapi"], capture_output=True, check=True).stdout
    assert json.loads(said) == request(f"{embedded_service.url}/api/openapi.json").body
