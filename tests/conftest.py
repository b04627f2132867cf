"""Stores and collectors that the tests share. Each is real, and started once a run."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.service import Service, running_service
from tests.stores import running_store

STORES = ("embedded", "cluster", "redis7")


class _Services:
    """Starts each kind of store and its collector when the first test asks for it."""

    def __init__(self, stack: ExitStack, folder) -> None:
        self._stack = stack
        self._folder = folder
        self._services: dict[str, Service] = {}

    def get(self, kind: str) -> Service:
        if kind not in self._services:
            folder = self._folder / kind
            nodes = self._stack.enter_context(running_store(kind, folder / "data"))
            self._services[kind] = self._stack.enter_context(running_service(nodes, folder / "collector"))
        return self._services[kind]


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Services]:
    with ExitStack() as stack:
        yield _Services(stack, tmp_path_factory.mktemp("services"))


@pytest.fixture(params=STORES)
def service(request: pytest.FixtureRequest, services: _Services) -> Service:
    """A collector over each kind of store in turn: a test that takes it runs three times."""
    return services.get(request.param)


@pytest.fixture(scope="session")
def embedded_service(services: _Services) -> Service:
    """A collector over the embedded store."""
    return services.get("embedded")
