"""The live stream over HTTP: events come while it is open, streams are bounded, and need leave to read."""

import http.client
import json
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from tests.service import Service, request


@contextmanager
def open_stream(service: Service, site_id: str) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", service.settings.port, timeout=20)
    headers = {"Authorization": f"Bearer {service.reader}"}
    with closing(connection):
        connection.request("GET", f"/api/v1/live?site_id={site_id}", headers=headers)
        with connection.getresponse() as response:
            yield response


def read_message(stream: http.client.HTTPResponse) -> bytes:
    message = stream.readline()
    assert stream.readline() == b"\n"
    return message


def test_an_event_is_in_the_stream_soon_after_its_202(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    with open_stream(service, site.id) as stream:
        assert (stream.status, stream.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
        assert read_message(stream) == b"retry: 5000\n"
        page = {"id": "pageview-1", "url": "https://shop.example/p/1"}
        assert service.post({"site": site.id, "page": page, "events": [{"name": "pageview", "seq": 0}]}).status == 202
        told = json.loads(read_message(stream).removeprefix(b"data: "))
        assert (told["name"], told["page"], told["browser"]) == ("pageview", "/p/1", "Chrome")


def test_streams_are_bounded_and_need_leave(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    assert request(f"{service.url}/api/v1/live?site_id={site.id}").status == 401
    token = {"Authorization": f"Bearer {service.reader}"}
    assert request(f"{service.url}/api/v1/live?site_id=nobody-s", headers=token).status == 404
    with ExitStack() as stack:
        streams = [stack.enter_context(open_stream(service, site.id)) for _ in range(5)]
        statuses = [stream.status for stream in streams]
        assert statuses == sorted(statuses), "places are given in the order of asking"
        assert statuses[-1] == 503
        assert json.loads(streams[-1].read())["code"] == "too_many_listeners"
        assert streams[-1].headers["Retry-After"]
        assert service.numbers(site, "visitors") == [0], "questions are answered beside them"
