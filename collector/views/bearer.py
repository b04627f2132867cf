"""The token of a request: ``Authorization: Bearer …`` or, as earlier systems wrote it, ``Token …``."""

from flask import request


def read_bearer() -> str | None:
    """The token, or None when the request carries none."""
    word, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if word.lower() in ("bearer", "token") and token.strip() else None
