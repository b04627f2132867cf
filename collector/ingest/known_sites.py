"""The sites as a worker knows them: a copy that is renewed beside the requests, and outlives the store's absence."""

import logging

import gevent

from collector.storage.sites import COPY_SECONDS, Site, Sites

log = logging.getLogger("footfall.ingest")


class KnownSites:
    """Sites by id. ``get`` asks the store only for an id that it has never seen."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._copy: dict[str, Site] = {}
        gevent.spawn(self._keep_renewing)

    def get(self, site_id: str) -> Site | None:
        """The site, from a copy at most ``COPY_SECONDS`` old while the store answers. Raises StoreError."""
        site = self._copy.get(site_id)
        if site is None:
            site = self._sites.get(site_id)
            if site is not None:
                self._copy[site_id] = site
        return site

    def _keep_renewing(self) -> None:
        while True:
            try:
                self._copy = {site.id: site for site in self._sites.read_all()}
            except Exception as error:  # whatever it is: what was known holds until the store answers again
                log.warning("the sites cannot be read: %s", error)
            gevent.sleep(COPY_SECONDS)
