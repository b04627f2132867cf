"""The formats that can be loaded: a row each, with its reader."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from collector.exchange.caddy import read_caddy
from collector.exchange.combined import read_combined
from collector.exchange.found import Options, Read
from collector.exchange.ga4 import read_ga4
from collector.exchange.matomo import read_matomo
from collector.exchange.own_rows import read_ndjson, read_parquet
from collector.exchange.plausible import read_plausible
from collector.exchange.umami import read_umami

Reader = Callable[[BinaryIO, Options], Iterator[Read]]


class LoadFormat(NamedTuple):
    """``needs_origin``: the file may name pages by path alone."""

    name: str
    meaning: str
    read: Reader
    needs_origin: bool = False


LOAD_FORMATS: dict[str, LoadFormat] = {
    row.name: row
    for row in (
        LoadFormat("combined", "access log of Apache or nginx, combined format", read_combined, True),
        LoadFormat("caddy", "access log of Caddy, JSON", read_caddy),
        LoadFormat("plausible", "CSV export of Plausible, the .zip", read_plausible),
        LoadFormat("umami", "Umami's website_event as CSV with a header", read_umami, True),
        LoadFormat("matomo", "answers of Matomo's Live.getLastVisitsDetails, JSON", read_matomo),
        LoadFormat("ga4", "BigQuery export of Google Analytics 4, NDJSON", read_ga4),
        LoadFormat("ndjson", "events of Footfall, from `footfall export --events ndjson`", read_ndjson),
        LoadFormat("parquet", "events of Footfall, from `footfall export --events parquet`", read_parquet),
    )
}
