"""`footfall webhook`: what becomes of sessions and of the log is told, each at least once."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from collector.query.mirror import Mirror
from collector.storage.sites import Site
from collector.storage.webhooks import Delivered, Webhook, Webhooks
from collector.webhooks.deliver import Deliverer
from tests.commands.forgetting import footfall
from tests.listening import listening
from tests.service import Service, request, running_service
from tests.stores import running_store

HOUR_S = 3600


class Host(BaseHTTPRequestHandler):
    """The host application: keeps what it is told, and answers with ``status``."""

    told: list[dict[str, Any]] = []  # noqa: RUF012
    status = 204

    def do_POST(self) -> None:
        Host.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(Host.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    Host.told.clear()
    Host.status = 204
    with listening(Host) as url:
        yield url


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A server that only takes events, so that nobody delivers but who a test lets do it."""
    folder = tmp_path_factory.mktemp("webhooks")
    with (
        running_store("embedded", folder / "data") as nodes,
        running_service(nodes, folder / "collector", "ingest", FOOTFALL_WEBHOOK_PRIVATE="on") as service,
    ):
        yield service


class Town:
    """A site with a webhook, and who delivers for it; the clock is ours."""

    def __init__(self, service: Service, folder: Path, url: str) -> None:
        self.service = service
        self.site = service.new_site()
        self.url = url
        ended = footfall(service, "webhook", "set", "--site", self.site.id, "--url", url, "--behind-seconds", "60")
        assert ended.returncode == 0, ended.stderr
        assert "it is shown only now" in ended.stdout
        self.ahead_s = 0.0
        self._settings = replace(service.settings, data_dir=folder)
        self._mirror = Mirror(folder / "mirror", service.segments, 256)
        self.deliverer = self.new_deliverer()

    def new_deliverer(self) -> Deliverer:
        return Deliverer(self._settings, self.service.store, self._mirror, lambda: time.time() + self.ahead_s)

    def close(self) -> None:
        footfall(self.service, "webhook", "remove", "--site", self.site.id)
        self.service.store.delete("footfall:delivering")
        self._mirror.close()

    def visit(self, visitor: str) -> None:
        body = {"site": self.site.id, "visitor": visitor, "page": {"url": "https://a.example/"}}
        assert self.service.post(body | {"events": [{"name": "pageview"}]}).status == 202


@pytest.fixture
def town(service: Service, tmp_path: Path, host: str) -> Iterator[Town]:
    town = Town(service, tmp_path, f"{host}/news")
    yield town
    town.close()


def ended(message: dict[str, Any]) -> list[tuple[str, str]]:
    assert message["type"] == "session_ended"
    return [(session["session_id"], session["end_reason"]) for session in message["sessions"]]


def test_a_session_that_ends_is_told_once_and_again_until_it_was_taken(town: Town) -> None:
    """S1-16, S1-22."""
    town.visit("ann")
    town.visit("bob")
    town.service.seal()
    where = f"{town.service.url}/api/v1/sessions/ann/end?site={town.site.id}"
    assert request(where, {"reason": "logout"}).status == 202
    town.ahead_s = 20
    assert town.deliverer.run() == 1
    assert [message["type"] for message in Host.told] == ["session_ended"]
    assert (Host.told[0]["site"], ended(Host.told[0])) == (town.site.id, [("ann", "logout")])
    assert town.deliverer.run() == 0, "once"

    # If: the host is down when the other session ends, and somebody else delivers afterwards.
    town.service.seal()
    Host.status, town.ahead_s = 503, HOUR_S
    assert town.deliverer.run() == 0
    assert town.deliverer.run() == 0
    assert len(Host.told) == 2, "it is not asked again at once"
    assert ("bob", "timeout") in ended(Host.told[1])
    Host.status, town.ahead_s = 204, HOUR_S + 30
    assert town.deliverer.run() == 1
    assert Host.told[-1] == Host.told[1]
    town.service.store.delete("footfall:delivering")
    assert town.new_deliverer().run() == 0, "how far it came is in the store"
    assert len(Host.told) == 3


def test_a_site_that_cannot_be_asked_keeps_no_other_one_waiting(town: Town) -> None:
    service = town.service
    broken = Site("a-site-that-comes-first", "Broken")
    assert service.sites.add(broken)
    Webhooks(service.store).put(Webhook(broken.id, f"{town.url}/broken", "s", 60), Delivered("no cursor"))
    town.visit("ann")
    town.service.seal()
    town.ahead_s = HOUR_S
    assert [each.site for each in Webhooks(service.store).read_all()] == [broken.id, town.site.id]
    assert town.deliverer.run() == 1
    assert [message["site"] for message in Host.told] == [town.site.id]
    Webhooks(service.store).remove(broken.id)


def test_many_ends_come_as_several_messages_and_two_processes_do_not_both_tell_them(town: Town) -> None:
    for number in range(101):
        town.visit(f"visitor-{number}")
    town.service.seal()
    town.ahead_s = HOUR_S
    other = town.new_deliverer()
    assert town.deliverer.run() == 2
    assert other.run() == 0, "another one has the lease"
    told = [session for message in Host.told for session, _ in ended(message)]
    assert len(told) == len(set(told)) == 101


def test_a_sealer_that_is_behind_is_told_and_that_it_has_caught_up(town: Town) -> None:
    """S2-40."""
    town.visit("ann")
    assert town.deliverer.run() == 0
    town.ahead_s = 90
    assert town.deliverer.run() == 1
    assert town.deliverer.run() == 0
    assert Host.told[0]["type"] == "log_behind"
    assert 85_000 < Host.told[0]["waiting_ms"] < 400_000
    town.service.seal()
    assert town.deliverer.run() == 1
    assert Host.told[1] == {"type": "log_caught_up", "site": town.site.id, "waiting_ms": 0}


def test_a_webhook_is_listed_without_its_secret_replaced_and_removed(town: Town) -> None:
    service = town.service
    (webhook,) = Webhooks(service.store).read_all()
    listed = footfall(service, "webhook", "list").stdout
    assert listed == f"{town.site.id}\t{webhook.url}\t60\n"
    again = footfall(service, "webhook", "set", "--site", town.site.id, "--url", webhook.url)
    assert again.stdout.split()[0] == Webhooks(service.store).read_all()[0].secret != webhook.secret
    for words, says in (
        (("set", "--site", town.site.id, "--url", "ftp://a.example/"), "https:// or http://"),
        (("set", "--site", "no-such", "--url", webhook.url), "no site no-such"),
        (("set", "--site", town.site.id, "--url", webhook.url, "--behind-seconds", "0"), "from 1 on"),
    ):
        refused = footfall(service, "webhook", *words)
        assert (refused.returncode, says in refused.stderr) == (1, True), refused.stderr
    assert footfall(service, "webhook", "remove", "--site", town.site.id).returncode == 0
    assert "has no webhook" in footfall(service, "webhook", "remove", "--site", town.site.id).stderr
    assert footfall(service, "webhook", "list").stdout == ""


def test_a_server_delivers_by_itself(town: Town, tmp_path: Path) -> None:
    town.visit("ann")
    request(f"{town.service.url}/api/v1/sessions/ann/end?site={town.site.id}", {"reason": "logout"})
    nodes, folder = town.service.settings.redis_nodes, tmp_path / "server"
    for role in ("query", "all"):
        town.service.store.delete("footfall:delivering", "footfall:delivered")
        Host.told.clear()
        with running_service(nodes, folder / role, role, FOOTFALL_WEBHOOK_PRIVATE="on"):
            deadline = time.monotonic() + 60
            while not any(message["type"] == "session_ended" for message in Host.told):
                assert time.monotonic() < deadline, role
                time.sleep(0.1)
