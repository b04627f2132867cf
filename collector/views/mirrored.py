"""The mirror of a site, brought up to now for one request."""

from flask import current_app

from collector.query.mirror import Mirror
from collector.query.question import Run
from collector.settings import Settings
from collector.storage.sites import Site


def refresh(site: Site) -> Run:
    """What runs SQL over everything that the site had accepted when the request came. Raises Problem (503)."""
    mirror: Mirror = current_app.extensions["mirror"]
    settings: Settings = current_app.extensions["settings"]
    mirror.refresh(site)
    return lambda sql, values: mirror.ask(sql, values, settings.query_seconds)
