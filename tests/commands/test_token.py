"""`footfall token`: made, listed, taken back."""

from collector.storage.tokens import Tokens
from tests.commands.forgetting import footfall
from tests.service import Service


def test_a_token_is_made_listed_and_revoked(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    token = footfall(
        service, "token", "edit", "--site", site.id, "--days", "30", "--deny", "delete", "--note", "for Ann"
    ).stdout.strip()
    assert service.query(site, "visitors", token=token).status == 200
    line = next(line for line in footfall(service, "token", "list").stdout.splitlines() if site.id in line)
    token_id, rights, where, until, note = line.split("\t")
    assert (rights, where, note) == ("edit -delete", site.id, "for Ann")
    assert until.startswith("until 20")
    assert token not in line
    assert footfall(service, "token", "revoke", token_id).stdout == f"revoked: {line}\n"
    assert service.query(site, "visitors", token=token).status == 401
    again = footfall(service, "token", "revoke", token_id)
    assert again.returncode == 1
    assert "no token" in again.stderr


def test_a_token_ends_at_its_time(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    made = Tokens(embedded_service.store)
    token = footfall(embedded_service, "token", "read", "--site", site.id, "--days", "1").stdout.strip()
    access = made.find(token)
    assert access is not None
    assert access.expires_ms is not None
    later = Tokens(embedded_service.store, clock_ms=lambda: access.expires_ms or 0)
    assert later.find(token) is None


def test_a_token_for_a_site_that_is_none_is_not_made(embedded_service: Service) -> None:
    answer = footfall(embedded_service, "token", "read", "--site", "no-such-site")
    assert answer.returncode == 1
    assert "no-such-site" in answer.stderr
    assert answer.stdout == ""


def test_a_login_may_be_of_a_viewer(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    address = footfall(embedded_service, "login", "--as", "read", "--site", site.id).stdout.strip()
    access = Tokens(embedded_service.store).use_login(address.rpartition("token=")[2])
    assert access is not None
    assert (access.scope, access.sites) == ("read", (site.id,))
