"""Lookups of an address, over the host and the path that are stored of it.

Records show ``https://host/path``, or the path alone where there is no host; the scheme itself is not stored. To put
every address together before it is compared takes 200 ms a million rows, so the value is taken apart instead: it is in
the path, in the host, or it lies across the border of the two.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from collector.query.records.context import Context
from collector.query.records.lookup import Build, Lookup, read_list
from collector.query.records.text_lookups import TEXT_TESTS
from collector.query.statement import Statement

SCHEME = "https://"
SHOWN_URL = f"coalesce('{SCHEME}' || event.hostname, '') || event.path"
"""SQL of an address as it is shown."""

HAS_HOST = "event.hostname is not null"


class Test(NamedTuple):
    """The column fits the text by one of ``TEXT_TESTS``; with no column, there is a host."""

    column: str
    lookup: str
    text: str


Alternative = tuple[Test, ...]  # all of them must hold
ANY_HOST = Test("", "", "")


def _after_scheme(text: str) -> Iterator[str]:
    """What is left of a text that begins with the end of the scheme, for each way to see it so."""
    for length in range(1, len(SCHEME) + 1):
        rest = text[length:]
        if text.startswith(SCHEME[-length:]) and "/" not in rest:
            yield rest


def _contains(text: str) -> Iterator[Alternative]:
    yield (Test("path", "contains", text),)
    yield (Test("hostname", "contains", text),)
    if text in SCHEME:
        yield (ANY_HOST,)
    for rest in _after_scheme(text):
        yield (Test("hostname", "startswith", rest),)
    yield from _across(text, "startswith")


def _across(text: str, of_path: str) -> Iterator[Alternative]:
    """The end of the host, and then the path: any slash may be where it begins."""
    for border in (place for place, letter in enumerate(text) if letter == "/" and place):
        head, tail = text[:border], Test("path", of_path, text[border:])
        yield Test("hostname", "endswith", head), tail
        for rest in filter(None, _after_scheme(head)):
            yield Test("hostname", "exact", rest), tail


def _begins(text: str) -> Iterator[Alternative]:
    text = _with_our_scheme(text)
    yield Test("hostname", "absent", ""), Test("path", "startswith", text)
    if SCHEME.startswith(text):
        yield (ANY_HOST,)
    elif text.startswith(SCHEME):
        host, slash, path = text[len(SCHEME) :].partition("/")
        if slash:
            yield Test("hostname", "exact", host), Test("path", "startswith", "/" + path)
        else:
            yield (Test("hostname", "startswith", host),)


def _ends(text: str) -> Iterator[Alternative]:
    yield (Test("path", "endswith", text),)
    yield from _across(text, "exact")


def _is(text: str) -> Iterator[Alternative]:
    text = _with_our_scheme(text)
    host, slash, path = text.removeprefix(SCHEME).partition("/")
    if text.startswith(SCHEME):
        yield Test("hostname", "exact", host), Test("path", "exact", "/" + path if slash else "/")
    else:
        yield Test("hostname", "absent", ""), Test("path", "exact", text)


def _with_our_scheme(text: str) -> str:
    return SCHEME + text[len("http://") :] if text.lower().startswith("http://") else text


def _lookup(find: Callable[[str], Iterator[Alternative]], ignores_case: bool) -> Build:
    def build(sql: str, name: str, text: str, context: Context) -> Statement:
        text = text.lower() if ignores_case else text
        return _any_of(find(text), name, ignores_case)

    return build


def _any_of(alternatives: Iterator[Alternative], name: str, ignores_case: bool) -> Statement:
    values: dict[str, object] = {}

    def condition_of(test: Test) -> str:
        if test == ANY_HOST:
            return HAS_HOST
        if test.lookup == "absent":
            return f"not {HAS_HOST}"
        values[key := f"{name}_{len(values)}"] = test.text
        column = f"lower(event.{test.column})" if ignores_case else f"event.{test.column}"
        return TEXT_TESTS[test.lookup][0].format(sql=column, value=f"${key}")

    found = [" and ".join(map(condition_of, tests)) for tests in alternatives]
    return Statement(f"({' or '.join(found)})", values)


def _is_in(sql: str, name: str, text: str, context: Context) -> Statement:
    return _any_of((each for url in read_list(text) for each in _is(url)), name, ignores_case=False)


_FINDERS = {"exact": _is, "contains": _contains, "startswith": _begins, "endswith": _ends}

URL_LOOKUPS = {
    **{word: Lookup(_lookup(find, False), TEXT_TESTS[word][1]) for word, find in _FINDERS.items()},
    **{f"i{word}": Lookup(_lookup(find, True), TEXT_TESTS[f"i{word}"][1]) for word, find in _FINDERS.items()},
    "in": Lookup(_is_in, "is one of the values, by commas"),
}
