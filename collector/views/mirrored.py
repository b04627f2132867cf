"""What runs SQL over a site, for one request."""

from contextlib import ExitStack

from flask import current_app, g

from collector.query.prepared import Run
from collector.settings import Settings
from collector.storage.sites import Site
from collector.views.asking import Database


def open_mirror(site: Site) -> Run:
    """SQL over everything that the site had accepted when the first statement is run. Raises Problem (503)."""
    settings: Settings = current_app.extensions["settings"]
    if "opened" not in g:
        g.opened = ExitStack()
    database: Database = g.opened.enter_context(
        Database(current_app.extensions["mirror"], site, settings.query_seconds)
    )
    return database.run


def close_opened(_: BaseException | None) -> None:
    """Close what the request opened."""
    opened: ExitStack | None = g.pop("opened", None)
    if opened is not None:
        opened.close()
