"""What processes write to stderr: one line an event, of ``name=value`` pairs, whatever a sender wrote into it.

Texts are quoted and escaped as in JSON, so no request can begin a line of its own, move a terminal's cursor or end a
field early; a traceback stands in one line, too.
"""

import json
import logging
import re
from datetime import UTC, datetime

_PLAIN = re.compile(r"[\w.:/@+-]+", re.ASCII)


def write_value(text: str) -> str:
    """A value as it stands in a line: as it is when it is one plain word, else quoted."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)


class LineFormatter(logging.Formatter):
    """A record in one line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = {"at": at, "level": record.levelname.lower(), "logger": record.name, "pid": str(record.process)}
        if request_id := getattr(record, "request", None):
            fields["request"] = request_id
        fields["message"] = record.getMessage()
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return " ".join(f"{name}={write_value(value)}" for name, value in fields.items())


def set_up_logging() -> None:
    """Have everything that this process logs written so."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
