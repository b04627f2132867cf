import pytest

from .site import Site


@pytest.fixture(scope="session")
def site() -> Site:
    return Site()
