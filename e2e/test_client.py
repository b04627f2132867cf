"""The JavaScript client in a page of another origin, and the Next.js panel that is its example. S2-04, S2-46."""

import os
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from collector.storage.embedded import free_port
from collector.storage.sites import Site
from tests.client_js.client import FOLDER, compile_
from tests.listening import listening
from tests.service import Service, running_service, wait_for_http
from tests.stores import running_store

EXAMPLE = FOLDER / "example"
PANEL = """<!doctype html><title>Panel</title><h1>Panel</h1><output></output>
<script type="module">
import { Footfall, Problem } from "./client/index.js";
const given = new URLSearchParams(location.hash.slice(1));
const footfall = new Footfall(Object.fromEntries(given));
const show = (text) => (document.querySelector("output").textContent += `${text}\\n`);
try {
  const [row] = await footfall.rows({ metrics: ["visitors", "pageviews"], date_range: "day" });
  show(`${row.visitors} visitors, ${row.pageviews} pageviews`);
  await footfall.query({ metrics: ["fame"], date_range: "day" });
} catch (error) {
  show(error instanceof Problem ? `refused: ${error.code}` : `no answer: ${error.name}`);
}
try {
  for await (const event of footfall.live()) { show(`live: ${event.name}`); break; }
} catch (error) {
  show(`not live: ${error.code ?? error.name}`);
}
</script>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Origin of a page that carries the built client."""
    folder = tmp_path_factory.mktemp("panel")
    compile_(FOLDER, "-p", ".", "--outDir", folder / "client")
    (folder / "index.html").write_text(PANEL)
    with listening(partial(_Quiet, directory=str(folder))) as origin:
        yield origin


@pytest.fixture(scope="module")
def service(panel: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("collector")
    with (
        running_store("embedded", folder / "data") as nodes,
        running_service(nodes, folder / "collector", FOOTFALL_PANEL_ORIGINS=panel) as service,
    ):
        yield service


@pytest.fixture
def site(service: Service) -> Site:
    site = service.new_site()
    for number in range(3):
        page = {"url": f"https://shop.example/p/{number % 2}"}
        body = {"site": site.id, "visitor": f"v{number}", "page": page, "events": [{"name": "pageview"}]}
        assert service.post(body).status == 202
    return site


def test_a_page_of_a_panels_origin_asks_with_a_token_and_no_other_page_can(
    browser: Browser, service: Service, site: Site, panel: str
) -> None:
    page = browser.contexts[0].new_page()
    given = f"#url={service.url}&site={site.id}&token={service.reader}"
    page.goto(f"{panel}/{given}")
    page.wait_for_function("document.querySelector('output').textContent.includes('refused')")
    done = threading.Event()

    def send() -> None:
        while not done.wait(0.3):
            service.post({"site": site.id, "events": [{"name": "signup"}]})

    sender = threading.Thread(target=send)
    sender.start()
    try:
        page.wait_for_function("document.querySelector('output').textContent.includes('live')")
    finally:
        done.set()
        sender.join()
    said = page.locator("output").text_content()
    assert said == "3 visitors, 3 pageviews\nrefused: unknown_metric\nlive: signup\n"

    other = panel.replace("127.0.0.1", "localhost")  # the same page, of an origin that the collector does not know
    page.goto(f"{other}/{given}")
    page.wait_for_function("document.querySelector('output').textContent.includes('no answer')")
    page.close()


@pytest.fixture
def next_panel(service: Service, site: Site) -> Iterator[str]:
    """The example, type-checked and built as a person would, and started."""
    port = free_port()
    environment = {
        **os.environ, "NEXT_TELEMETRY_DISABLED": "1", "FOOTFALL_URL": service.url, "FOOTFALL_TOKEN": service.reader,
        "FOOTFALL_SITE": site.id,
    }  # fmt: skip
    next_ = EXAMPLE / "node_modules/.bin/next"
    compile_(FOLDER, "-p", ".")
    built = subprocess.run([next_, "build"], cwd=EXAMPLE, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    server = subprocess.Popen(
        ["node", next_, "start", "--hostname", "127.0.0.1", "--port", str(port)], cwd=EXAMPLE, env=environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_http(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def test_the_next_panel_shows_the_numbers_clears_the_cache_and_keeps_the_token(
    browser: Browser, service: Service, next_panel: str, pictures: Path
) -> None:
    page = browser.contexts[0].new_page()
    bodies: list[str] = []
    kinds = ("document", "script", "fetch")
    page.on("response", lambda found: bodies.append(found.text()) if found.request.resource_type in kinds else None)
    page.goto(next_panel)
    assert page.locator("dl div").all_inner_texts() == ["Today\n3", "Yesterday\n0", "7 days\n3", "30 days\n3"]
    assert page.locator("table").first.locator("tr").all_inner_texts() == ["/p/0\t2\t66.7 %", "/p/1\t1\t33.3 %"]
    assert page.locator("table").nth(1).locator("tr").all_inner_texts() == ["Direct / None\t3\t100 %"]
    page.screenshot(path=pictures / "next-panel.png")
    page.get_by_role("button", name="Clear the cache").click()
    page.wait_for_function("document.querySelector('output').textContent === '2 kept answers forgotten'")
    assert bodies
    assert not [body for body in bodies if service.reader in body]
    page.close()
