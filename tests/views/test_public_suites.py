"""Every file of public suites, over HTTP: never a 5xx, never a dead worker, nothing stored twice or half."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from collector.errors import Problem
from collector.events.decode import decode
from tests.beacons import read_metrics
from tests.public_suites import load_json_files, load_naughty_strings, load_url_cases
from tests.service import Service

# What a whole body of the suite is called, by the first letter of its name: it is no beacon, and some are no JSON.
WANTED = {"y": {"invalid_field"}, "n": {"malformed_json"}, "i": {"invalid_field", "malformed_json"}}


WITH_BOTS = {"bots": True}  # most agents of these suites are what no browser is called


class Sender:
    """Sends to one site, and counts what the collector said that it took."""

    def __init__(self, service: Service, *, with_key: bool = False) -> None:
        self.service = service
        self.site = service.new_site()
        self.accepted = 0
        self.headers = {"Authorization": f"Bearer {service.write_key(self.site)}"} if with_key else {}

    def send(self, body: Any, **headers: str) -> Any:
        answer = self.service.post(body, **self.headers, **headers)
        assert answer.status in (202, 400), (answer, body)
        if answer.status == 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
            return answer.body
        self.accepted += answer.body["accepted"]
        sent = len(json.loads(body if isinstance(body, bytes) else json.dumps(body))["events"])
        assert answer.body["accepted"] + answer.body.get("rejected", 0) + answer.body.get("dropped", 0) == sent
        return answer.body

    def send_good(self) -> None:
        before = self.accepted
        self.send({"site": self.site.id, "events": [{"name": "good"}]})
        assert self.accepted == before + 1


def count_accepted(service: Service) -> float:
    found = read_metrics(service)
    return sum(number for name, number in found.items() if name.startswith("footfall_events_accepted_total"))


@contextmanager
def sending(service: Service, *, with_key: bool = False) -> Iterator[Sender]:
    """Afterwards exactly what was accepted is stored, and it was one process that counted it."""
    sender = Sender(service, with_key=with_key)
    counted = count_accepted(service)
    yield sender
    sender.send_good()
    assert count_accepted(service) - counted == sender.accepted
    assert service.numbers(sender.site, "events", include=WITH_BOTS) == [sender.accepted]
    service.seal()
    assert service.numbers(sender.site, "events", include=WITH_BOTS) == [sender.accepted]


def test_every_file_of_the_json_suite_as_a_body_and_in_every_place_of_one(embedded_service: Service) -> None:
    files = load_json_files()
    assert len(files) > 300
    with sending(embedded_service) as sender:
        site = sender.site.id.encode()
        for name, text in files.items():
            said = sender.send(text)
            wanted = {"y": {"invalid_field"}, "n": {"malformed_json"}, "i": {"invalid_field", "malformed_json"}}[
                name[0]
            ]
            assert said["code"] in wanted, (name, said)
            sender.send(b'{"site":"%b","events":%b}' % (site, text))
            sender.send(b'{"site":"%b","events":[{"name":"good"},%b]}' % (site, text))
            sender.send(b'{"site":"%b","events":[{"name":"x","props":{"a":%b}}]}' % (site, text))
            sender.send_good()


def test_every_naughty_string_in_every_field(embedded_service: Service) -> None:
    strings = load_naughty_strings()
    assert len(strings) > 480
    names = set()
    with sending(embedded_service, with_key=True) as sender:
        for text in strings:
            page = {"url": text, "title": text, "referrer": text, "language": text[:35]}
            app = {"name": text[:120] or "a", "version": text[:120]}
            event = {"name": text, "element": text, "text": text, "user": text, "visitor": text, "user_agent": text}
            event |= {"ip": text[:45], "props": {text: text}, "entity": {"type": text, "id": text}}
            head = {"site": sender.site.id, "visitor": text or "v"}
            sender.send({**head, "app": app, "events": [event]})
            sender.send({**head, "page": page, "events": [event]})
            sender.send({**head, "events": [{"name": text}]})
            sender.send({"site": text, "events": [event]})
            if taken := _names_of({**head, "events": [{"name": text}]}):
                names |= taken
    stored = set(embedded_service.rows(sender.site, "event:name", "events", include=WITH_BOTS))
    assert stored == names | {"good"}, "every name is stored as it was sent"


def _names_of(body: Any) -> set[str]:
    try:
        return {event.name for event in decode(json.dumps(body).encode()).beacon.events}
    except Problem:
        return set()


def test_every_naughty_string_as_a_header(embedded_service: Service) -> None:
    with sending(embedded_service) as sender:
        connection = http.client.HTTPConnection("127.0.0.1", embedded_service.settings.port, timeout=10)
        for text in load_naughty_strings():
            value = "".join(character for character in text if character not in "\r\n\0").encode("utf-8", "replace")
            body = json.dumps({"site": sender.site.id, "events": [{"name": "x"}]})
            for name in ("User-Agent", "X-Forwarded-For", "Sec-CH-UA", "Sec-CH-UA-Platform", "X-App-Source", "Origin",
                         "Referer", "Content-Type", "Content-Encoding"):  # fmt: skip
                headers = {"User-Agent": "x", "Sec-CH-UA": '"x";v="1"', name: value}
                connection.request("POST", "/api/v1/events", body, headers)
                answer = connection.getresponse()
                said = answer.read()
                assert answer.status in (202, 400, 415), (name, text, said)
                sender.accepted += answer.status == 202
                if answer.will_close:
                    connection.close()
        connection.close()


def test_every_address_of_the_url_suite_as_page_and_referrer(embedded_service: Service) -> None:
    cases = load_url_cases()
    assert len(cases) > 800
    with sending(embedded_service, with_key=True) as sender:
        texts = [case["input"] for case in cases] + [case["base"] for case in cases if case["base"]]
        for text in texts:
            sender.send({"site": sender.site.id, "page": {"url": text}, "events": [{"name": "pageview"}]})
            own = {"name": "x", "url": text, "referrer": text, "props": {"to": text}}
            page = {"url": "/", "referrer": text}
            sender.send({"site": sender.site.id, "page": page, "events": [own, {"name": "good"}]})
