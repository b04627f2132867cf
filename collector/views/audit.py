"""What somebody changed by a request, as one line of the log: who, what and to what."""

import logging
from typing import Any

import msgspec

from collector.storage.tokens import id_of
from collector.views.bearer import read_bearer

log = logging.getLogger("footfall.audit")


def note_change(action: str, **facts: Any) -> None:
    """Log ``action``, such as ``site.change``, with its facts, as JSON. Never the secret of a token."""
    token = read_bearer()
    who = "dashboard" if token is None else id_of(token)
    log.info("%s", msgspec.json.encode({"action": action, "who": who, **facts}).decode())
