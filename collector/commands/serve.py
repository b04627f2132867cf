"""`footfall serve`: the web server of one role, on one port."""

import gc
import logging
import os
import shutil
import socket
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from collector import Role, create_app
from collector.commands.log_lines import set_up_logging
from collector.commands.server_log import ServerLog
from collector.errors import FootfallError, StartError
from collector.settings import Settings

QUERY_THREADS = 16  # of which streams keep 4 at most, and large questions 6 or so (query/gate.py)
QUERY_NICENESS = 10  # a report takes every core that it can get; beacons on the same machine go first
GRACEFUL_SECONDS = 8
WORKER = "collector.commands.web_worker.WebWorker"
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where the workers of one server count together, if it is set


def _run_in_pool(function: Any, *arguments: Any) -> Any:
    """Call a function in gevent's pool of threads, so that the hub goes on serving beacons."""
    import gevent

    return gevent.get_hub().threadpool.apply(function, arguments)


def _end_worker(server: Any, worker: Any) -> None:
    """End this process with the status it is about to end with.

    The interpreter's own way takes longer, leaves the mirror open and prints what libraries leave behind.
    """
    error = sys.exc_info()[1]
    if os.getpid() != worker.pid or not isinstance(error, SystemExit) or not isinstance(error.code, int):
        return  # the main process counts off a worker that is gone, or a message is still to be printed
    if mirror := worker.app.extensions.get("mirror"):
        mirror.close()
    logging.shutdown()
    os._exit(error.code)


def _forget_gauges(server: Any, worker: Any) -> None:
    """What a worker that ended had in its spool is another's now."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _remove_metrics(server: Any) -> None:
    shutil.rmtree(os.environ[METRICS_FOLDER], ignore_errors=True)


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with the settings of a role.

    Ingest runs on gevent, where thousands of beacons can wait for one fsync. The mirror's file is written by one
    process, so ``query`` and ``all`` have one worker: with threads, or with gevent's pool for what blocks.
    """

    def __init__(self, settings: Settings, role: Role) -> None:
        self.settings = settings
        self._role = role
        self.extensions: dict[str, Any] = {}
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "graceful_timeout": GRACEFUL_SECONDS,
            "keepalive": 75,
            "loglevel": "warning",
            "logger_class": ServerLog,
            "control_socket_disable": True,
            "worker_exit": _end_worker,
            "proc_name": f"footfall-{self._role}",
        }
        if self._role == "query":
            options |= {"worker_class": "gthread", "workers": 1, "threads": QUERY_THREADS}
        else:
            workers = self.settings.workers if self._role == "ingest" else 1
            options |= {"worker_class": WORKER, "workers": workers, "worker_connections": 2000}
        if self._role == "ingest":
            # Of the headers that proxies write only X-Forwarded-For counts here, and client_address.py reads it.
            options |= {"forwarded_allow_ips": "*", "secure_scheme_headers": {}, "forwarder_headers": ""}
        if METRICS_FOLDER in os.environ:
            options |= {"child_exit": _forget_gauges, "on_exit": _remove_metrics}
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        set_up_logging()
        if self._role == "query":
            os.nice(QUERY_NICENESS)
        try:
            app = create_app(self.settings, self._role, None if self._role == "query" else _run_in_pool)
        except FootfallError as error:
            raise SystemExit(f"footfall: {error}") from error
        if self._role != "ingest":
            from collector.webhooks.deliver import start_delivering

            start_delivering(self.settings, app.extensions["store"], app.extensions["mirror"])
        self.extensions = app.extensions
        gc.collect()
        gc.freeze()  # what is loaded stays; nobody need look through it again and again
        return app


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--role", choices=("ingest", "query", "all"), default="all")


def main(settings: Settings, arguments: Namespace) -> None:
    """Serve until a signal ends it. Raises StartError when the port is taken."""
    check_port(settings)
    if arguments.role == "ingest" and settings.workers > 1:
        os.environ[METRICS_FOLDER] = tempfile.mkdtemp(prefix="footfall-metrics-")
    Server(settings, arguments.role).run()


def check_port(settings: Settings) -> None:
    """Raise StartError when somebody listens on our port: gunicorn would try five times and blame the socket."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise StartError(
                f"Port {settings.port} is in use: end the program that has it, or choose another one with "
                "FOOTFALL_PORT=8001."
            ) from error
