"""What a site is, in real stores: no change undoes another."""

from msgspec.structs import replace

from collector.storage.sites import NamedFilters, Site, Sites
from tests.service import Service

SIGNUP = NamedFilters("Sign-up", [["is", "event:name", ["signup"]]])


def test_a_change_keeps_what_another_process_changed_meanwhile(service: Service) -> None:
    site_id = service.new_site().id
    seen: list[str] = []

    def rename(site: Site) -> Site:
        seen.append(site.name)
        if len(seen) == 1:  # another process is faster
            Sites(service.store).change(site_id, lambda other: replace(other, name="Other", goals=(SIGNUP,)))
        return replace(site, timezone="Asia/Tehran")

    changed = Sites(service.store).change(site_id, rename)
    assert len(seen) == 2
    assert seen[1] == "Other"
    assert (changed.name, changed.timezone, changed.goals) == ("Other", "Asia/Tehran", (SIGNUP,))
    assert Sites(service.store).find(site_id) == changed
