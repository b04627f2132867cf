"""`footfall site`: what counts is changed field by field, and a wrong value changes nothing."""

import pytest

from collector.storage.sites import Rule, Sites
from tests.commands.forgetting import footfall
from tests.service import Service


def test_settings_of_counting_are_changed_one_by_one(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(retention_days=30)
    changed = footfall(
        service, "site", "set", site.id, "--count", "guests", "--rule", "skip /admin/", "--rule", "count app /api/",
        "--person", "Embedly", "--bot-days", "3",
    )  # fmt: skip
    assert changed.stdout.splitlines() == [
        f"{site.id} keeps 30 days", "counts guests only", "skips any /admin/", "counts app /api/",
        "counts the robot Embedly as a person", "keeps robots for 3 days",
    ]  # fmt: skip
    now = Sites(service.store).find(site.id)
    assert (now.count, now.rules, now.people, now.bot_days, now.retention_days) == (
        "guests", (Rule(False, "/admin/"), Rule(True, "/api/", "app")), ("Embedly",), 3, 30,
    )  # fmt: skip
    footfall(service, "site", "set", site.id, "--rule", "none", "--person", "none", "--bot-days", "all")
    now = Sites(service.store).find(site.id)
    assert (now.count, now.rules, now.people, now.bot_days, now.retention_days) == ("guests", (), (), None, 30)


@pytest.mark.parametrize(
    "option",
    ["--rule=drop /admin/", "--rule=skip admin", "--rule=skip phone /a", "--rule=skip", "--count=nobody",
     "--bot-days=0", "--bot-days=week"],
)  # fmt: skip
def test_a_wrong_value_changes_nothing(embedded_service: Service, option: str) -> None:
    site = embedded_service.new_site()
    assert footfall(embedded_service, "site", "set", site.id, option).returncode != 0
    assert Sites(embedded_service.store).find(site.id) == site


def test_hostnames_are_kept_in_the_one_form_that_pages_have(embedded_service: Service) -> None:
    service = embedded_service
    added = footfall(service, "site", "add", "idn", "--hostname", "Bücher.Example.", "--hostname", "shop.example")
    assert added.returncode == 0, added.stderr
    assert Sites(service.store).find("idn").hostnames == ("xn--bcher-kva.example", "shop.example")
    refused = footfall(service, "site", "add", "idn-2", "--hostname", "https://shop.example/")
    assert refused.returncode != 0
    assert "shop.example" in refused.stderr
