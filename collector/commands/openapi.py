"""`footfall openapi`: the API as a document, for code generators; no store is needed."""

import sys
from argparse import ArgumentParser, Namespace

import msgspec
from flask import Flask

from collector.settings import Settings
from collector.views import of_ingest, of_query
from collector.views.health import blueprint as health
from collector.views.openapi import build_document


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def main(settings: Settings, arguments: Namespace) -> None:
    """Write the document that `serve --role all` gives at /api/openapi.json to standard output."""
    app = Flask("collector", static_folder=None)
    for blueprint in (health, *of_ingest.BLUEPRINTS, *of_query.BLUEPRINTS):
        app.register_blueprint(blueprint)
    sys.stdout.buffer.write(
        msgspec.json.format(msgspec.json.encode(build_document(app, settings.url_prefix)), indent=1) + b"\n"
    )
