"""The token of a request: ``Authorization: Bearer …`` or, as earlier systems wrote it, ``Token …``."""

from flask import request


def parse_bearer(header: str) -> str | None:
    """The token in the value of an ``Authorization`` header, or None when it carries none."""
    word, _, token = header.partition(" ")
    return token.strip() if word.lower() in ("bearer", "token") and token.strip() else None


def read_bearer() -> str | None:
    """The token of Flask's current request, or None."""
    return parse_bearer(request.headers.get("Authorization", ""))
