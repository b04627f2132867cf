"""The views of the role that answers questions: of programs and of people."""

from flask import Blueprint

from collector.demo import pages as demo
from collector.views import (
    analytics,
    dashboard,
    entities,
    export,
    forgetting,
    live,
    named_filters,
    openapi,
    questions,
    records,
    reports,
    sites,
    stats,
    tokens,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    stats.blueprint,
    reports.blueprint,
    questions.blueprint,
    live.blueprint,
    export.blueprint,
    records.blueprint,
    entities.blueprint,
    forgetting.blueprint,
    analytics.blueprint,
    sites.blueprint,
    named_filters.blueprint,
    tokens.blueprint,
    openapi.blueprint,
    dashboard.blueprint,
    demo.blueprint,
)
