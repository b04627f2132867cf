"""`footfall dead`: what could not be sealed is shown, comes back when it can be, or goes."""

import re

from collector.storage.keys import Shard
from tests.commands.forgetting import footfall, log_line, put_dead_letter
from tests.service import Service


def test_dead_letters_are_listed_redriven_and_dropped(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    service.store.xadd(shard.log, {"b": b'{"events": [{"name": 5}]}'})
    service.store.xadd(shard.log, {"b": b"not even \xff JSON"})
    service.seal()
    good = put_dead_letter(service, site, log_line("v1"))  # an earlier version could not seal it

    lines = footfall(service, "dead", "list", "--site", site.id).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == [site.id] * 3
    wrong_type, no_json, _ = (line.split("\t")[1] for line in lines)
    assert "Expected `str`, got `int`" in lines[0]
    assert r"not even \ufffd JSON" in lines[1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", lines[2].split("\t")[2])

    assert service.numbers(site, "events") == [0]
    said = footfall(service, "dead", "redrive", "--site", site.id).stdout
    assert said.endswith("1 back in the log, 2 stay\n")
    assert service.numbers(site, "events") == [1]
    service.seal()
    assert service.numbers(site, "events") == [1]

    assert "1 dropped" in footfall(service, "dead", "drop", "--site", site.id, no_json).stdout
    (left,) = footfall(service, "dead", "list", "--site", site.id).stdout.splitlines()
    assert wrong_type in left
    for unknown in (f"0/{good}", "9/1-1", "0/*", "nonsense"):
        ended = footfall(service, "dead", "drop", "--site", site.id, unknown)
        assert (ended.returncode, ended.stderr) == (1, f"footfall: site {site.id} has no dead letter {unknown}\n")
    assert service.store.xlen(shard.dead) == 1
