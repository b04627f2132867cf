"""What may be asked of a field, by its kind."""

from collector.query.records.lookup import Lookup
from collector.query.records.resource import Kind
from collector.query.records.session_lookups import ID_LOOKUPS, SESSION_LOOKUPS, VISIT_LOOKUPS
from collector.query.records.text_lookups import (
    FLAG_LOOKUPS,
    NAME_LOOKUPS,
    NUMBER_LOOKUPS,
    STATE_LOOKUPS,
    TEXT_LOOKUPS,
)
from collector.query.records.time_lookups import TIME_LOOKUPS
from collector.query.records.url_lookups import URL_LOOKUPS

LOOKUPS: dict[Kind, dict[str, Lookup]] = {
    "text": TEXT_LOOKUPS,
    "name": NAME_LOOKUPS,
    "url": URL_LOOKUPS,
    "time": TIME_LOOKUPS,
    "number": NUMBER_LOOKUPS,
    "flag": FLAG_LOOKUPS,
    "state": STATE_LOOKUPS,
    "session": SESSION_LOOKUPS,
    "id": ID_LOOKUPS,
    "visit": VISIT_LOOKUPS,
}
"""Kind → its lookups by name; ``exact`` is what a field alone means. Metadata has a grammar of its own."""
