"""What an endpoint is for, written at its view: /api/openapi.json and its page are made from nothing else."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from collector.storage.tokens import Right

Schema = Mapping[str, Any]
"""A JSON Schema (draft 2020-12), or ``{"$ref": "#/components/schemas/…"}``."""

View = TypeVar("View", bound=Callable[..., Any])


class Parameter(NamedTuple):
    """One parameter of a request."""

    name: str
    meaning: str
    schema: Schema
    place: Literal["query", "path", "header"] = "query"
    is_needed: bool = False


class Content(NamedTuple):
    """A body: of a request, or of an answer. ``schema`` None = of a form that JSON Schema has no words for."""

    meaning: str
    schema: Schema | None = None
    types: tuple[str, ...] = ("application/json",)


class Operation(NamedTuple):
    """``right``: what the caller needs at the site; None = open to everybody.

    ``answers``: by status; those of errors are named in ``problems``, which are all of one shape.
    """

    summary: str
    group: str
    right: Right | None
    answers: Mapping[int, Content]
    problems: tuple[int, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Content | None = None


def describe(operation: Operation) -> Callable[[View], View]:
    """Say what a view is for."""

    def keep(view: View) -> View:
        view.operation = operation  # type: ignore[attr-defined]
        return view

    return keep


def find_operation(view: Callable[..., Any]) -> Operation | None:
    """What the view said of itself; None for a page, which is no part of the API."""
    found: Operation | None = getattr(view, "operation", None)
    return found
