"""What runs SQL over a site, for one request."""

from flask import current_app

from collector.query.question import Run
from collector.settings import Settings
from collector.storage.sites import Site
from collector.views.asking import Database


def open_mirror(site: Site) -> Run:
    """SQL over everything that the site had accepted when the first statement is run. Raises Problem (503)."""
    settings: Settings = current_app.extensions["settings"]
    return Database(current_app.extensions["mirror"], site, settings.query_seconds).run
