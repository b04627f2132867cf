"""Loads in the test's own process, as `footfall load` does them."""

from pathlib import Path
from typing import NamedTuple

from collector.exchange.convert import Converter
from collector.exchange.formats import LOAD_FORMATS
from collector.exchange.found import Options
from collector.exchange.load import Tally, load
from collector.exchange.site_logs import SiteLogs
from collector.exchange.source_file import look_at
from collector.exchange.world import build_world
from collector.sealing.work import wall_clock_ms
from collector.storage.loads import Loads
from collector.storage.sites import Site
from tests.service import Service


class Started(NamedTuple):
    """A load that goes on where an earlier one of the same file was."""

    tally: Tally
    done_before: int


def load_file(service: Service, site: Site, form: str, path: Path, origin: str = "", **options: bool) -> Started:
    """Load a file to its end, without noting that it is at its end."""
    source = look_at(path)
    world = build_world(service.settings, service.store)
    loads = Loads(service.store, site)
    begun = loads.begin(source.digest, path.name, wall_clock_ms())
    done = loads.read_done(source.digest, begun)
    target = SiteLogs(service.store, site, loads, source.digest, begun, print)
    with source.opened() as (content, _):
        reads = LOAD_FORMATS[form].read(content, Options(origin, site.timezone, **options))
        tally = load(reads, Converter(site, world, wall_clock_ms), target, done, lambda _: None)
    return Started(tally, done)
