"""ingest/rules.py and the steps that drop: what a site does not want is answered, counted and not stored."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.ingest.drop_reason import DropReason
from collector.ingest.rules import Pattern, is_counted
from collector.storage.sites import Rule, Site
from tests.ingest.test_pipeline import rows_of, send

SIX = tuple(Rule(False, path) for path in ("/api/admin/", "/static/", "/media/", "/admin/", "/__debug__/", "/silk/"))
APPS_UNDER_API = (Rule(True, "/api/", "app"), Rule(False, "**", "app"))


@pytest.mark.parametrize(
    ("rules", "platform", "path", "expected"),
    [
        ((), "web", "/admin/", True),
        (SIX, "web", "/admin/", False),
        (SIX, "web", "/admin/users/7", False),
        (SIX, "app", "/static/a.css", False),
        (SIX, "web", "/administration", True),
        (SIX, "web", "/blog/admin/", True),
        (SIX, "web", None, True),
        (APPS_UNDER_API, "app", "/api/cart", True),
        (APPS_UNDER_API, "app", "/screen/cart", False),
        (APPS_UNDER_API, "app", None, False),
        (APPS_UNDER_API, "web", "/screen/cart", True),
        ((Rule(False, "/u/*/edit"),), "web", "/u/7/edit", False),
        ((Rule(False, "/u/*/edit"),), "web", "/u/7/8/edit", True),
        ((Rule(False, "/u/**/edit"),), "web", "/u/7/8/edit", False),
        ((Rule(False, "**/secret/**"),), "web", "/a/secret/b", False),
        ((Rule(False, "/a.b"),), "web", "/aXb", True),
        ((Rule(True, "/admin/public/"), Rule(False, "/admin/")), "web", "/admin/public/x", True),
        ((Rule(False, "/admin/"), Rule(True, "/admin/public/")), "web", "/admin/public/x", False),
    ],
)
def test_the_first_rule_that_fits_decides_s2_19_s2_21(rules, platform, path, expected) -> None:
    assert is_counted(rules, platform, path) is expected


@pytest.mark.parametrize(
    ("rule", "path", "fits"),
    [
        ("/*" * 20, "/a" * 19 + "/" + "b" * 4000, True),
        ("/*" * 20, "/a" * 18 + "/" + "b" * 4000, False),
        # A regular expression of these takes longer than anybody can wait.
        ("**a" * 20 + "b", "a" * 4096, False),
        ("**a" * 20, "a" * 4096, True),
        ("/" + "*a" * 20 + "b", "/" + "a" * 4095, False),
        ("**/x/**" * 20 + "/end", "/x/" * 1365, False),
    ],
)
def test_a_rule_with_many_stars_is_read_in_one_pass(rule: str, path: str, fits: bool) -> None:
    assert is_counted((Rule(False, rule),), "web", path) is not fits


@given(st.text("ab/*", max_size=7), st.text("ab/\n.", max_size=7))
def test_a_pattern_means_what_its_regular_expression_means(text: str, path: str) -> None:
    parts = re.split(r"(\*\*|\*)", text + "**" if text.endswith("/") else text)
    expression = "".join({"**": ".*", "*": "[^/]*"}.get(part) or re.escape(part) for part in parts)
    assert Pattern(text).fits(path) == bool(re.fullmatch(expression, path, re.DOTALL))


@pytest.mark.parametrize(
    ("count", "user", "is_kept"),
    [("all", None, True), ("all", "u", True), ("guests", None, True), ("guests", "u", False), ("users", None, False),
     ("users", "u", True)],
)  # fmt: skip
@pytest.mark.parametrize("is_on_event", [False, True])
def test_a_site_counts_all_or_guests_or_users_s2_18(count, user, is_kept: bool, is_on_event: bool) -> None:
    named = {"user": user} if user else {}
    event = {"name": "pageview", **(named if is_on_event else {})}
    beacon = {"events": [event], **({} if is_on_event else named)}
    processed = send(beacon, is_trusted=True, site=Site("a", "A", count=count))
    assert processed.accepted == is_kept
    assert [each.reason for each in processed.dropped] == ([] if is_kept else [DropReason.VISITOR_NOT_COUNTED])


def test_a_skipped_page_is_dropped_with_its_reason_and_the_others_stay() -> None:
    events = [{"name": "a", "url": "https://a.example/admin/x"}, {"name": "b", "url": "https://a.example/shop"}]
    processed = send({"events": events}, is_trusted=True, site=Site("a", "A", rules=SIX))
    assert [row["name"] for row in rows_of(processed)] == ["b"]
    assert [(each.place, each.reason) for each in processed.dropped] == [(0, DropReason.EXCLUDED_BY_RULE)]


def test_an_app_counts_where_the_site_says_so() -> None:
    site = Site("a", "A", rules=APPS_UNDER_API)
    for path, accepted in (("/api/cart", 1), ("/cart", 0)):
        beacon = {"app": {"name": "shop"}, "page": {"url": path}, "events": [{"name": "pageview"}]}
        assert send(beacon, site=site).accepted == accepted
        assert send({"page": {"url": path}, "events": [{"name": "pageview"}]}, site=site).accepted == 1
