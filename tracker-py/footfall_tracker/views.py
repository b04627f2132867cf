"""A decorator for views that show one thing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from footfall_tracker.current import view

View = TypeVar("View", bound=Callable[..., Any])


def track_view(entity_type: str, id_arg: str = "id") -> Callable[[View], View]:
    """Say that a view shows an entity, whose id is its argument ``id_arg``; one that raises has shown nothing."""

    def wrap(view_function: View) -> View:
        @wraps(view_function)
        def answer(*args: Any, **kwargs: Any) -> Any:
            response = view_function(*args, **kwargs)
            if id_arg in kwargs:
                view(entity_type, kwargs[id_arg])
            return response

        return answer  # type: ignore[return-value]

    return wrap
