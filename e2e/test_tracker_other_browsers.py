"""The core story in browsers that are not Chromium: a page is opened, an early call is replayed, the page is left."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.test_machine import find_firefox
from e2e.measured_site import STUB, MeasuredSite
from e2e.system import System


@pytest.fixture
def site(system: System) -> Iterator[MeasuredSite]:
    site = MeasuredSite(system)
    yield site
    site.close()


@pytest.mark.parametrize("build", ["footfall.core.js", "footfall.js", "footfall.plus.js"])
def test_firefox_tells_of_a_visit(site: MeasuredSite, tmp_path: Path, build: str) -> None:
    firefox = find_firefox()
    assert firefox is not None, "deploy/test_machine.py sees to it"
    # Without a driver: Firefox opens the page, makes its picture, and ends, which leaves the page.
    url = site.add("/", "<button>Go</button>", build=build, head=STUB, storage="local")
    arguments = [
        firefox,
        "--headless",
        "--no-remote",
        "--profile",
        str(tmp_path),
        "--screenshot",
        str(tmp_path / "shot.png"),
        url,
    ]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            site.system.wait_for(lambda: site.stored().get("early") == 1, "Firefox's visit", 40)
        finally:
            process.terminate()
    assert site.refused == []
    assert site.stored()["pageview"] in (1, 2)
