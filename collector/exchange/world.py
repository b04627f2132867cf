"""What the steps look things up in when a file is loaded."""

from collector.enrich.place import Places
from collector.ingest.counters import Counters
from collector.ingest.distinct import DistinctValues
from collector.ingest.receive import new_event_id
from collector.ingest.sending import World
from collector.settings import Settings
from collector.storage.connect import Client
from collector.storage.loads import LoadSalts

EVERY_VALUE = 0  # no cap: whoever loads a file is no stranger, and a year's paths would be held against one day


def build_world(settings: Settings, client: Client) -> World:
    return World(
        Places(settings.geo_database), LoadSalts(client), new_event_id, DistinctValues(EVERY_VALUE, Counters())
    )
