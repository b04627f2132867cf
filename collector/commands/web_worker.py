"""gunicorn's gevent worker, for the open internet: clients that are slow or silent end, and so does the worker."""

import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from gunicorn.workers.ggevent import GeventWorker

from collector.commands.client_connection import ClientConnection


class WebWorker(GeventWorker):  # type: ignore[misc]
    """A worker whose connections know how long their clients may take."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._connections: set[ClientConnection] = set()

    def init_process(self) -> None:
        # gunicorn looks 26 settings up at each request. They change no more, and found here they cost next to nothing.
        self.cfg.__dict__.update({name: setting.get() for name, setting in self.cfg.settings.items()})
        super().init_process()

    def timeout_ctx(self) -> AbstractContextManager[None]:
        return nullcontext()  # the connection sees to it

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        connection = ClientConnection(client, self.app.settings.receive_seconds)
        self._connections.add(connection)
        try:
            super().handle(listener, connection, addr)
        finally:
            self._connections.discard(connection)

    def handle_request(self, listener_name: Any, req: Any, sock: ClientConnection, addr: Any) -> None:
        sock.begin_answer()
        try:
            super().handle_request(listener_name, req, sock, addr)
        finally:
            sock.end_answer()

    def notify(self) -> None:
        """gunicorn calls this once a second, also while it waits for the last answers."""
        super().notify()
        now = time.monotonic()
        for connection in list(self._connections):
            connection.end_if_late(now)
            if not self.alive:
                connection.end_if_idle()
