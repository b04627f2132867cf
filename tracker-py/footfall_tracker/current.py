"""The request that is being answered: what the site's own code says of it. Outside of one it says nothing."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Current:
    """Who asks, and what happened beside the page itself."""

    user: str | None = None
    visitor: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)


CURRENT: ContextVar[Current | None] = ContextVar("footfall_current", default=None)


def identify(user: object = None, visitor: object = None) -> None:
    """Say who asks: the id of your user, or one that the visitor keeps."""
    current = CURRENT.get()
    if current is not None:
        current.user = current.user if user is None else str(user)
        current.visitor = current.visitor if visitor is None else str(visitor)


def event(name: str, revenue: tuple[float, str] | None = None, **props: Any) -> None:
    """Something happened: ``event("signup", plan="pro")``; ``revenue`` is an amount and its currency."""
    told: dict[str, Any] = {"name": name}
    if props:
        told["props"] = props
    if revenue is not None:
        told["revenue"] = {"amount": revenue[0], "currency": revenue[1]}
    _add(told)


def view(entity_type: str, entity_id: object) -> None:
    """A thing was shown: ``view("product", 42)``."""
    _add({"name": "view", "entity": {"type": entity_type, "id": str(entity_id)[:200]}})


def _add(told: dict[str, Any]) -> None:
    current = CURRENT.get()
    if current is not None:
        current.events.append(told)
