"""What the last verifications found, for `GET /metrics`: read beside the requests."""

import logging

import gevent

from collector.ingest.counters import Counters
from collector.storage.verifications import Verifications

READ_SECONDS = 15.0

log = logging.getLogger("footfall.ingest")


class Verified:
    """Keeps two numbers of every site up to date. One a process."""

    def __init__(self, verifications: Verifications, counters: Counters) -> None:
        self._verifications = verifications
        self._counters = counters
        gevent.spawn(self._keep_reading)

    def _keep_reading(self) -> None:
        while True:
            try:
                for site_id, report in self._verifications.read_all().items():
                    self._counters.verified_at.labels(site_id).set(report.at_ms / 1000)
                    self._counters.differences.labels(site_id).set(report.found)
            except Exception as error:  # whatever it is: the numbers stay as they were until the store answers
                log.warning("the verifications cannot be read: %s", error)
            gevent.sleep(READ_SECONDS)
