import pytest

from tests.query.site import Site


@pytest.fixture(scope="session")
def site() -> Site:
    return Site()
