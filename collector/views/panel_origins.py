"""Panels of one's own: pages of other origins that may ask questions, each with a token in its hands."""

from flask import Flask
from flask_cors import CORS

ASKING = r"/api/(?!v1/events).*"
"""What they may read. Events may be sent from any page, and say so themselves."""


def let_panels_ask(app: Flask, origins: tuple[str, ...]) -> None:
    """Tell browsers that pages of ``origins`` may ask. Never with a cookie: whoever asks from there shows a token."""
    if origins:
        CORS(
            app,
            resources={ASKING: {"origins": list(origins)}},
            methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-None-Match", "Prefer"],
            expose_headers=["ETag", "Location", "Retry-After", "X-Footfall-Cursor", "X-Request-Id"],
            supports_credentials=False,
            max_age=600,
        )
