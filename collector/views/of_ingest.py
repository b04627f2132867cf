"""The views of the role that takes events."""

from flask import Blueprint

from collector.views import debug, events, metrics, pixel, record_entry, schema, script

BLUEPRINTS: tuple[Blueprint, ...] = (
    events.blueprint,
    events.preflight,
    record_entry.blueprint,
    pixel.blueprint,
    debug.blueprint,
    schema.blueprint,
    metrics.blueprint,
    script.blueprint,
)
