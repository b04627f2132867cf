"""/api/v1/entities and /api/v1/products: S0's product interactions, and S1's objects viewed."""

import hashlib
import time
from typing import Any
from urllib.parse import urlencode

import pytest

from collector.storage.erasures import Erasures
from collector.storage.keys import Shard
from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import Answer, Service, request


class Panel:
    """An editor's requests to one site."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.site: Site = service.new_site()
        self.token = service.tokens.create(Access("edit", (self.site.id,)))

    def __call__(self, path: str, body: Any = None, method: str | None = None, **arguments: Any) -> Answer:
        url = f"{self.service.url}/api/v1/{path}?{urlencode(arguments)}"
        return request(url, body, method=method, headers={"Authorization": f"Token {self.token}"})

    def view(self, page: str, product: str, visible_ms: int, seq: int = 1, user: str | None = "ann") -> None:
        event = {"name": "view", "seq": seq, "entity": {"type": "product", "id": product}, "visible_ms": visible_ms}
        who = {"visitor": f"install-{user}"} | ({"user": user} if user else {})
        body = {"site": self.site.id, **who, "page": {"id": f"pageview-{page}"}, "events": [event]}
        assert self.service.post(body).body["accepted"] == 1


@pytest.fixture
def panel(embedded_service: Service) -> Panel:
    return Panel(embedded_service)


def test_a_product_is_registered_read_changed_and_forgotten(panel: Panel) -> None:
    """S0-18, S0-19, S0-25, S0-26, S0-27."""
    made = panel("products/", {"id": 42, "name": "Boots", "category": "Clothing", "description": "Warm", "price": 9.5})
    assert made.status == 201
    assert made.body["id"] == "42"
    assert panel("products/", {"id": "42"}).body["code"] == "product_exists"
    shown = panel("products/42/")
    assert shown.status == 200
    assert shown.body == made.body
    assert (shown.body["name"], shown.body["category"], shown.body["description"]) == ("Boots", "Clothing", "Warm")
    assert (shown.body["price"], shown.body["views"]) == (9.5, 0)
    assert panel("entities/product/42").body == shown.body, "a product is an entity like any other"
    changed = panel("products/42", {"name": "Shoes", "tags": ["new", "warm"]}, "PUT")
    assert (changed.status, changed.body["name"], changed.body["category"]) == (200, "Shoes", None)
    assert changed.body["tags"] == ["new", "warm"]
    assert panel("products/42/", method="DELETE").status == 204
    assert panel("products/42/", method="DELETE").status == 404
    assert panel("products/42/").status == 404
    assert panel("products/", {"name": "Without an id"}).body["id"]


def test_a_purge_takes_the_statistics_and_nothing_else(panel: Panel) -> None:
    """S0-25: at once from every answer, then from what is stored; what is viewed later counts."""
    service, site = panel.service, panel.site
    assert panel("products/", {"id": 42, "name": "Boots"}).status == 201
    for page, product in (("page-1", "42"), ("page-2", "43"), ("page-3", "42")):
        panel.view(page, product, 1000)
    service.seal()
    panel.view("page-4", "42", 1000)
    assert panel("entities/product").body["count"] == 2

    assert panel("products/42", method="DELETE", purge="yes").body["pointer"] == "/purge"
    gone = panel("products/42", method="DELETE", purge="1")
    assert (gone.status, gone.body["kind"], gone.body["site"]) == (202, "entity", site.id)
    name = f"{gone.body['salt']}entity:{len('product')}:product42"
    assert gone.body["hash"] == hashlib.sha256(name.encode()).hexdigest()
    assert panel("products/42").status == 404
    assert [(each["id"], each["views"]) for each in panel("entities/product").body["results"]] == [("43", 1)]
    assert service.numbers(site, "events") == [1]
    assert len(Erasures(service.store).read()) > 0

    service.seal()
    assert Erasures(service.store).read() == []
    view = service.segments.read(Shard(site.id, 0), "", "0-0")
    assert sum(segment.rows for segment in view.segments or ()) == 1, "they are out of what is stored"
    panel.view("page-5", "42", 1000)
    assert panel("products/42").body["views"] == 1
    assert panel("products/42", method="DELETE").status == 404, "its facts went before"
    assert panel("products/44", method="DELETE", purge="1").status == 202, "whether anything was, is not said"


def test_a_purge_of_what_was_never_viewed_is_in_nobodys_way(panel: Panel) -> None:
    """S0-25: files without any entity are merged past its tombstone."""
    service, site = panel.service, panel.site
    assert panel("products/42", method="DELETE", purge="1").status == 202
    for number in range(9):
        page = {"id": f"page-view-{number}", "url": "https://shop.example/"}
        service.post({"site": site.id, "visitor": "ann", "page": page, "events": [{"name": "pageview"}]})
        service.seal()
    held = service.segments.read(Shard(site.id, 0), "", "0-0").segments or ()
    assert len(held) < 9
    assert sum(segment.rows for segment in held) == 9
    assert service.numbers(site, "pageviews") == [9]


def test_an_id_may_be_anything_and_a_type_is_free(panel: Panel) -> None:
    """S1-07, S1-08, S0-15."""
    for entity_id in ("1", "a-slug", "550e8400-e29b-41d4-a716-446655440000", "ключ"):
        path = f"entities/Cart/{urlencode({'': entity_id})[1:]}"
        assert panel(path, {"name": entity_id}, "PUT").status == 201
        assert panel(path).body["id"] == entity_id
    assert panel("entities").body["results"] == [{"type": "Cart", "registered": 4, "views": 0}]


def test_views_are_counted_by_user(panel: Panel) -> None:
    """S0-03, S0-09, S0-10: a view that is told again with more time is the same view."""
    for page, user in (("page-1", "ann"), ("page-2", "ann"), ("page-3", "bob"), ("page-4", None)):
        for seq, visible_ms in ((1, 1000), (2, 2500)):
            panel.view(page, "42", visible_ms, seq, user)
    panel.view("page-1", "43", 100, 3)
    by_user = panel("entities/product/42/views", by="user").body
    assert by_user["count"] == 3
    assert [(row["user"], row["views"]) for row in by_user["results"]] == [("ann", 2), (None, 1), ("bob", 1)]
    by_visitor = panel("products/42/views/", by="visitor", limit=1).body
    assert (by_visitor["count"], by_visitor["results"][0]["visitor"]) == (3, "install-ann")
    assert panel("products/42").body["views"] == 4
    assert panel("products/42").body["visitors"] == 3
    assert panel("products/42").body["users"] == 2


def test_time_is_the_visible_time_in_ms(panel: Panel) -> None:
    """S0-01, S0-11, S0-16: the largest of a view's times, added up over views."""
    panel.view("page-1", "42", 4000, 2)
    panel.view("page-1", "42", 1000, 1)
    panel.view("page-2", "42", 500, 1)
    panel.view("page-3", "42", 700, 1, "bob")
    rows = panel("entities/product/42/time", by="user").body["results"]
    assert [(row["user"], row["visible_ms"]) for row in rows] == [("ann", 4500), ("bob", 700)]
    one = panel("products/42").body
    assert (one["visible_ms"], one["mean_visible_ms"]) == (5200, 1733)
    panel.service.seal()
    assert panel("products/42").body == one


def test_every_view_has_its_time_and_how_often_it_was_seen_before(panel: Panel) -> None:
    """S0-02, S0-03, S0-12, S1-10, S1-12."""
    for number in range(3):
        panel.view(f"page-{number}", "42", 100 * number)
    panel.view("page-9", "42", 5, 1, "bob")
    times = panel("entities/product/42/view-times", user="ann").body
    assert times["count"] == 3
    assert [row["seen_before"] for row in times["results"]] == [2, 1, 0]
    moments = [row["timestamp"] for row in times["results"]]
    assert moments == sorted(moments, reverse=True)
    assert panel("products/42/view-times").body["count"] == 4
    assert panel("products/42/view-times", visitor="install-bob").body["results"][0]["seen_before"] == 0
    assert panel("products/42/view-times", user="nobody").body == {"count": 0, "results": []}


def test_objects_viewed_are_listed_by_type_and_by_name(panel: Panel) -> None:
    """S1-07, S1-09, S1-13."""
    panel("products/", {"id": "42", "name": "Boots"})
    for page, product in (("page-1", "42"), ("page-2", "42"), ("page-3", "43")):
        panel.view(page, product, 100)
    (product,) = panel("entities").body["results"]
    assert (product["type"], product["registered"], product["entities"], product["views"]) == ("product", 1, 2, 3)
    listed = panel("entities/product", limit=10).body
    assert listed["count"] == 2
    assert [(row["id"], row.get("name"), row["views"]) for row in listed["results"]] == [
        ("42", "Boots", 2),
        ("43", None, 1),
    ]


def test_robots_view_nothing(panel: Panel) -> None:
    event = {"name": "view", "entity": {"type": "product", "id": "42"}}
    panel.service.post({"site": panel.site.id, "events": [event]}, User_Agent="Googlebot/2.1")
    assert panel("products/42").status == 404


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("products/42", {"name": ""}, "/name"),
        ("products/42", {"name": "x" * 201}, "/name"),
        ("products/42", {"tags": "one"}, "/tags"),
        ("products/42", {"category": 5}, "/category"),
        ("products/42", {"deep": {"er": 1}}, "/"),
        ("products/42", {f"fact-{number}": 1 for number in range(31)}, ""),
        ("products/42", [], ""),
        ("products/" + "x" * 201, {}, ""),
    ],
)
def test_facts_that_do_not_fit_are_refused_by_name(panel: Panel, path: str, body: Any, pointer: str) -> None:
    answer = panel(path, body, "PUT")
    assert (answer.status, answer.body["pointer"]) == (400, pointer)


@pytest.mark.parametrize(
    ("path", "arguments", "pointer"),
    [
        ("products/42/views", {"by": "age"}, "/by"),
        ("products/42/views", {"limit": 101}, "/limit"),
        ("products/42/time", {"offset": -1}, "/offset"),
        ("products/42/view-times", {"who": "ann"}, "/who"),
        ("products/42", {"expand": "all"}, "/expand"),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(panel: Panel, path: str, arguments: Any, pointer: str) -> None:
    answer = panel(path, **arguments)
    assert (answer.status, answer.body["pointer"]) == (400, pointer)


def test_questions_break_down_by_the_category_that_a_thing_has_now(panel: Panel) -> None:
    """S0-26."""
    panel("products/", {"id": "42", "name": "Boots", "category": "Clothing"})
    for i, product in enumerate(("42", "42", "43")):
        panel.view(f"{i}", product, 1000)

    def categories() -> dict[str, list[Any]]:
        return panel.service.rows(panel.site, "event:entity_category", "events")

    def until(expected: dict[str, list[Any]]) -> None:
        deadline = time.monotonic() + 30
        while categories() != expected and time.monotonic() < deadline:
            time.sleep(0.2)
        assert categories() == expected

    until({"Clothing": [2], "(not set)": [1]})
    panel("products/42", {"name": "Boots", "category": "Shoes"}, "PUT")
    panel("products/43", {"name": "Hat", "category": "Hats"}, "PUT")
    until({"Shoes": [2], "Hats": [1]})
    only = panel.service.numbers(panel.site, "events", filters=[["is", "event:entity_category", ["Hats"]]])
    assert only == [1]
    panel("products/42", method="DELETE")
    until({"Hats": [1], "(not set)": [2]})
