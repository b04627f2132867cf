"""Pages of real WSGI, Flask and Django applications, measured into a real collector."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import flask
import pytest
from footfall_tracker import Middleware, Tracker, event, identify, track_view, view

from collector.storage.sites import Site
from tests.service import CHROME, Service, request

Page = Callable[..., Any]
BROWSER = {"User-Agent": CHROME, "Referer": "https://www.google.com/", "Accept-Language": "de"}


@pytest.fixture
def site(embedded_service: Service) -> Site:
    return embedded_service.new_site()


@pytest.fixture
def make_tracker(embedded_service: Service, site: Site) -> Iterator[Callable[..., Tracker]]:
    made: list[Tracker] = []

    def make(**more: Any) -> Tracker:
        made.append(Tracker(embedded_service.url, site.id, embedded_service.write_key(site), **more))
        return made[-1]

    yield make
    for tracker in made:
        tracker.close()


def plain_app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("404 Not Found" if environ["PATH_INFO"] == "/gone" else "200 OK", [("Content-Type", "text/html")])
    return [b"<p>hello"]


def get(app: Any, path: str, base: str = "https://shop.example", **headers: str) -> Any:
    from werkzeug.test import Client

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"headers": {**BROWSER, **named}, "environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    response = Client(app).get(path, base_url=base, buffered=True, **sent)
    response.close()
    return response


def names(service: Service, site: Site, tracker: Tracker, **rest: Any) -> dict[str, int]:
    assert tracker.flush(20)
    assert tracker.counts.refused == tracker.counts.dropped == 0
    return {label: row[0] for label, row in service.rows(site, "event:name", "events", **rest).items()}


def test_a_page_of_any_wsgi_application_is_a_pageview(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker]
) -> None:
    """S0-04, S2-22, S2-28: path, referrer, agent and response time, without a line in the page."""
    tracker = make_tracker()
    assert get(Middleware(plain_app, tracker), "/p/42?utm_source=news").data == b"<p>hello"
    assert names(embedded_service, site, tracker) == {"pageview": 1}
    shown = {"event:page": "/p/42", "event:hostname": "shop.example", "visit:source": "news", "visit:browser": "Chrome"}
    for dimension, label in shown.items():
        assert embedded_service.rows(site, dimension, "pageviews") == {label: [1]}
    (spent,) = embedded_service.rows(site, "event:props:response_ms", "pageviews")
    assert 0 <= int(spent) < 60_000


UNCOUNTED = ["/admin/x", "/api/admin/x", "/static/a.css", "/media/a.png", "/__debug__/x", "/silk/x", "/gone"]


@pytest.mark.parametrize("path", UNCOUNTED)
def test_paths_that_are_no_pages_are_not_counted(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker], path: str
) -> None:
    """S2-19."""
    tracker = make_tracker()
    app = Middleware(plain_app, tracker)
    get(app, path)
    get(app, "/administration")
    assert names(embedded_service, site, tracker) == {"pageview": 1}


def make_flask(tracker: Tracker) -> flask.Flask:
    app = flask.Flask("shop")

    @app.get("/product/<int:id>")
    @track_view("product")
    def product(id: int) -> str:
        if id == 0:
            flask.abort(404)
        identify("u-17")
        event("looked", revenue=(9.9, "EUR"), plan="pro")
        return "<p>Lamp"

    @app.get("/stream")
    def stream() -> flask.Response:
        def parts() -> Iterator[str]:
            yield "<p>"
            view("article", "x")

        return flask.Response(parts(), mimetype="text/html")

    @app.get("/api/prices")
    def prices() -> dict[str, int]:
        return {"lamp": 9}

    app.wsgi_app = Middleware(app.wsgi_app, tracker)  # type: ignore[method-assign]
    return app


def test_views_of_flask_say_what_they_show_and_who_looks(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker]
) -> None:
    """S1-18, S0-09."""
    tracker = make_tracker()
    app = make_flask(tracker)
    get(app, "/product/42")
    get(app, "/product/0")
    get(app, "/stream")
    assert names(embedded_service, site, tracker) == {"pageview": 2, "view": 2, "looked": 1}
    assert embedded_service.rows(site, "event:entity_id", "events", filters=[["is", "event:name", ["view"]]]) == {
        "42": [1],
        "x": [1],
    }
    assert embedded_service.rows(site, "event:user", "events") == {"u-17": [3], "(not set)": [2]}
    assert embedded_service.numbers(site, "total_revenue") == [{"value": 9.9, "currency": "EUR"}]
    event("nobody asks", plan="none")  # outside of a request it is no error


def test_a_path_shows_an_entity_by_a_rule(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker]
) -> None:
    """S0-15."""
    tracker = make_tracker(entities=[("/product/<id>", "product"), ("/<shop>/item/<item>", "item", "item")])
    for path in ("/product/7", "/product/7/", "/berlin/item/lamp", "/product/7/more"):
        get(Middleware(plain_app, tracker), path)
    assert names(embedded_service, site, tracker) == {"pageview": 4, "view": 3}
    seen = embedded_service.rows(site, "event:entity_id", "events", filters=[["is", "event:name", ["view"]]])
    assert seen == {"7": [2], "lamp": [1]}
    with pytest.raises(ValueError, match="no argument"):
        make_tracker(entities=[("/product/", "product")])


def test_an_app_is_told_from_a_browser_and_its_calls_count(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker]
) -> None:
    """S2-20, S2-21."""
    tracker = make_tracker()
    app = make_flask(tracker)
    get(app, "/api/prices")
    get(app, "/api/prices", X_App_Source="shop-android")
    get(app, "/product/42")
    assert names(embedded_service, site, tracker) == {"pageview": 2, "view": 1, "looked": 1}
    assert embedded_service.rows(site, "visit:platform", "pageviews") == {"app": [1], "web": [1]}


@pytest.mark.parametrize(("count", "pages"), [("all", 3), ("guests", 2), ("users", 1)])
def test_guests_or_users_alone_are_counted_where_one_wants(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker], count: str, pages: int
) -> None:
    """S2-18."""
    tracker = make_tracker(count=count)
    app = make_flask(tracker)
    for path in ("/product/1", "/stream", "/stream"):
        get(app, path)
    assert names(embedded_service, site, tracker)["pageview"] == pages


def test_a_receiver_hears_of_every_event_may_change_it_and_may_keep_it(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker], caplog: pytest.LogCaptureFixture
) -> None:
    """S1-16, S1-19, S0-20."""
    heard = []

    def listen(told: dict[str, Any]) -> dict[str, Any] | None:
        heard.append(told["name"])
        return None if told["name"] == "pageview" else {**told, "props": {"team": "a"}}

    def fail(told: dict[str, Any]) -> dict[str, Any] | None:
        raise RuntimeError("a mistake of the site's own")

    tracker = make_tracker(receivers=[fail, listen])
    get(make_flask(tracker), "/product/42")
    assert names(embedded_service, site, tracker) == {"view": 1, "looked": 1}
    assert heard == ["pageview", "looked", "view"]
    assert embedded_service.rows(site, "event:props:team", "events") == {"a": [2]}
    assert "a mistake of the site's own" in caplog.text


@pytest.mark.parametrize(
    ("hops", "address"), [(0, "203.0.113.7"), (1, "198.51.100.2"), (2, "198.51.100.1"), (3, "203.0.113.7")]
)
def test_only_proxies_of_ones_own_are_believed(make_tracker: Callable[..., Tracker], hops: int, address: str) -> None:
    """S1-14."""
    heard: list[dict[str, Any]] = []
    tracker = make_tracker(trusted_hops=hops, receivers=[heard.append])
    get(Middleware(plain_app, tracker), "/", X_Forwarded_For="198.51.100.1, 198.51.100.2")
    assert [told["ip"] for told in heard] == [address]


def test_django_is_measured_with_who_is_logged_in(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker]
) -> None:
    """S0-04, S0-15."""
    import django
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import RequestFactory

    settings.configure(ALLOWED_HOSTS=["*"], DATABASES={}, SECRET_KEY="only here", USE_TZ=True)
    django.setup()
    from footfall_tracker.django import Middleware as DjangoMiddleware

    class Somebody:
        pk, is_authenticated = 17, True

    @track_view("product")
    def show(asked: Any, id: str) -> HttpResponse:
        return HttpResponse("<p>Lamp")

    def answer(asked: Any) -> HttpResponse:
        asked.user = Somebody()
        return show(asked, id="42")

    tracker = make_tracker()
    asked = RequestFactory().get("/product/42/", HTTP_USER_AGENT=CHROME, HTTP_HOST="shop.example")
    assert DjangoMiddleware(answer, tracker)(asked).status_code == 200
    assert names(embedded_service, site, tracker) == {"pageview": 1, "view": 1}
    assert embedded_service.rows(site, "event:user", "events") == {"17": [2]}
    assert embedded_service.rows(site, "event:hostname", "events") == {"shop.example": [2]}


def test_an_event_outside_of_a_request_is_sent_too(
    embedded_service: Service, site: Site, make_tracker: Callable[..., Tracker]
) -> None:
    tracker = make_tracker()
    tracker.track("renewed", user="u-17", at=int(time.time() * 1000) - 10_000)
    assert names(embedded_service, site, tracker) == {"renewed": 1}
    assert request(f"{embedded_service.url}/livez").status == 200
