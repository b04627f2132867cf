"""gunicorn's log."""

from typing import Any

from gunicorn.glogging import Logger

from collector.commands.log_lines import LineFormatter


class ServerLog(Logger):  # type: ignore[misc]
    """It has the form of all lines. There is no access log: an address of a visitor is not written down."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LineFormatter())

    def access(self, *_: Any) -> None:
        pass
