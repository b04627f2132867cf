"""How a short-cut asks: questions of the query language, and parameters of a query string."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from collector.query.fields import show
from collector.query.records.parameters import refuse_parameter


class Asking(NamedTuple):
    """``ask`` answers a question without its site; ``today`` and ``first_weekday`` are the site's own.

    ``read_titles`` gives the newest title of each of some paths.
    """

    ask: Callable[[Mapping[str, Any]], dict[str, Any]]
    today: date
    first_weekday: str
    read_titles: Callable[[Collection[str]], Mapping[str, str]]

    def rows(self, metrics: Collection[str], days: tuple[date, date], **more: Any) -> list[dict[str, Any]]:
        """Rows of a question about whole days, both included: ``dimensions`` and ``metrics``."""
        date_range = [day.isoformat() for day in days]
        rows: list[dict[str, Any]] = self.ask({"metrics": list(metrics), "date_range": date_range, **more})["results"]
        return rows

    def numbers(self, metrics: Collection[str], days: tuple[date, date]) -> dict[str, Any]:
        """Metric → its value over the days."""
        (row,) = self.rows(metrics, days)
        return dict(zip(metrics, row["metrics"], strict=True))


def read_whole(arguments: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A whole number from 1 on. Raises Problem naming the parameter."""
    text = arguments.get(name, str(default))
    if not (text.isascii() and text.isdigit()) or len(text) > 6 or not 1 <= int(text) <= most:
        raise refuse_parameter(name, f"must be a whole number from 1 to {most}")
    return int(text)


def read_word(arguments: Mapping[str, str], name: str, words: Collection[str]) -> str:
    """One of the words; the first where none is given. Raises Problem naming the parameter."""
    text = arguments.get(name, next(iter(words)))
    if text not in words:
        raise refuse_parameter(name, f"no {name} {show(text)}; known: {', '.join(words)}")
    return text


def refuse_others(arguments: Collection[str], known: Collection[str]) -> None:
    """Raise Problem on a parameter that is none of ours."""
    for name in arguments:
        if name not in ("site", *known):
            raise refuse_parameter(name, f"is not known; known: {', '.join(('site', *known))}", "unknown_parameter")
