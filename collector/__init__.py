"""Footfall: web and product analytics that a team runs for itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

from flask import Flask

from collector.settings import Settings

Role = Literal["ingest", "query", "all"]

SESSION_LIFE = timedelta(days=30)
MEGABYTE = 1 << 20


def create_app(settings: Settings, role: Role = "all", run_blocking: Callable[..., Any] | None = None) -> Flask:
    """The web application of a role: ``ingest`` takes events, ``query`` answers questions, ``all`` does both.

    ``run_blocking`` calls a function that keeps its thread busy; the gevent server gives its thread pool.
    Raises StartError when the store cannot be reached or would lose events.
    """
    from collector.storage.connect import PATIENCE_SECONDS, connect, refuse_eviction
    from collector.storage.sites import Sites
    from collector.storage.tokens import Tokens
    from collector.views.health import blueprint as health
    from collector.views.prefix import Prefix
    from collector.views.problems import answer_problems
    from collector.views.request_id import RequestIds, add_request_ids

    app = Flask("collector", static_folder=None)
    client = connect(settings, PATIENCE_SECONDS)
    refuse_eviction(client)
    app.extensions["settings"] = settings
    app.extensions["store"] = client
    app.extensions["sites"] = Sites(client)
    app.extensions["tokens"] = Tokens(client, settings.admin_token)
    ids = app.extensions["request_ids"] = RequestIds()
    answer_problems(app, ids)
    add_request_ids(app, ids)
    app.register_blueprint(health)
    if role in ("ingest", "all"):
        _add_ingest(app, settings)
    if role in ("query", "all"):
        _add_query(app, settings, run_blocking)
    if settings.url_prefix:
        app.wsgi_app = Prefix(settings.url_prefix, ids, app.wsgi_app)  # type: ignore[method-assign]
    return app


def _add_ingest(app: Flask, settings: Settings) -> None:
    from collector.enrich.place import Places
    from collector.ingest.commit import GroupCommit
    from collector.ingest.counters import Counters
    from collector.ingest.distinct import DistinctValues
    from collector.ingest.keep import Keeper
    from collector.ingest.known_keys import KnownKeys
    from collector.ingest.known_sites import KnownSites
    from collector.ingest.log_size import LogSizes
    from collector.ingest.rate_limits import RateLimits
    from collector.ingest.receive import Receiver, new_event_id
    from collector.ingest.replay import Replayer
    from collector.ingest.sending import World
    from collector.ingest.spool_writer import SpoolWriter
    from collector.ingest.verified import Verified
    from collector.ingest.worker_size import WorkerSize
    from collector.storage.connect import connect
    from collector.storage.log import LogWriter
    from collector.storage.rates import Rates
    from collector.storage.salts import Salts
    from collector.storage.sites import Sites
    from collector.storage.tokens import Tokens
    from collector.storage.tombstones import Tombstones
    from collector.storage.verifications import Verifications
    from collector.views.door import Door
    from collector.views.of_ingest import BLUEPRINTS

    # A node that is silent for a third of the deadline is given up, so that another one can be tried within it.
    answer_seconds = settings.commit_seconds / 3
    client = connect(settings, answer_seconds=answer_seconds)
    writer = LogWriter(
        client,
        settings.replicas_to_wait,
        wait_ms=int(answer_seconds * 600),
        is_strict=settings.wait_policy == "strict",
    )
    counters = Counters()
    spool = SpoolWriter(settings.data_dir / "spool", settings.spool_mb * MEGABYTE, counters)
    commit = GroupCommit(writer, settings.commit_seconds, settings.waiting_mb * MEGABYTE, counters)
    keeper = Keeper(
        commit,
        spool,
        LogSizes(client, settings.log_max_mb * MEGABYTE, counters),
        counters,
    )
    app.extensions["counters"] = counters
    app.extensions["replayer"] = Replayer(keeper, spool, Tombstones(client), counters)
    app.extensions["worker_size"] = WorkerSize(lambda: commit.waiting, counters)
    app.extensions["verified"] = Verified(Verifications(client), counters)
    receiver = app.extensions["receiver"] = Receiver(
        KnownSites(Sites(client)),
        KnownKeys(Tokens(client, settings.admin_token)),
        RateLimits(Rates(client), {"address": settings.rate_per_address, "key": settings.rate_per_key}, counters),
        World(
            Places(settings.geo_database),
            Salts(client),
            new_event_id,
            DistinctValues(settings.distinct_values, counters),
        ),
        keeper,
        counters,
        settings.commit_seconds,
    )
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.wsgi_app = Door(  # type: ignore[method-assign]
        receiver, settings.trusted_proxies, app.extensions["request_ids"], app.wsgi_app
    )


def _add_query(app: Flask, settings: Settings, run_blocking: Callable[..., Any] | None) -> None:
    from collector.exchange.export import Exporter
    from collector.query.categories import Categories
    from collector.query.gate import Gate
    from collector.query.jobs import Jobs
    from collector.query.kept_answers import KeptAnswers
    from collector.query.mirror import Mirror, run_here
    from collector.query.sizes import Sizes
    from collector.sealing.work import wall_clock_ms
    from collector.storage.entities import Entities
    from collector.storage.rates import Rates
    from collector.storage.segments import Segments
    from collector.views.dashboard import add_page_headers
    from collector.views.mirrored import close_opened
    from collector.views.of_query import BLUEPRINTS
    from collector.views.panel_origins import let_panels_ask
    from collector.views.read_limits import ReadLimits

    rates = Rates(app.extensions["store"])
    app.extensions["read_limits"] = ReadLimits(rates, settings.read_rate, settings.admin_read_rate)
    app.secret_key = app.extensions["tokens"].cookie_key()
    app.config.update(
        MAX_CONTENT_LENGTH=MEGABYTE,
        SESSION_COOKIE_NAME="footfall",
        SESSION_COOKIE_PATH=settings.url_prefix or "/",
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SESSION_LIFE,
    )
    segments, run = Segments(app.extensions["store"]), run_blocking or run_here
    categories = Categories(Entities(app.extensions["store"]))
    app.extensions["mirror"] = Mirror(settings.data_dir / "mirror", segments, settings.query_memory_mb, run, categories)
    app.extensions["exporter"] = Exporter(
        segments, settings.data_dir / "export", settings.commit_seconds, wall_clock_ms, run
    )
    app.extensions["kept_answers"] = KeptAnswers()
    app.extensions["gate"], app.extensions["sizes"], app.extensions["jobs"] = Gate(), Sizes(), Jobs()
    app.teardown_request(close_opened)
    let_panels_ask(app, settings.panel_origins)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
        # Not of all the application: a beacon's answer needs none of it.
        app.after_request_funcs.setdefault(blueprint.name, []).append(add_page_headers)
