"""The tracker as a package: packed, installed into a project of its own, type-checked, bundled, and run."""

import json
import subprocess
from pathlib import Path

from playwright.sync_api import Browser

from e2e.measured_site import MeasuredSite

TRACKER = Path(__file__).parent.parent / "tracker-js"
TOOLS = TRACKER / "node_modules/.bin"

MAIN = """
import { footfall, start, type BeforeSend, type Fields, type Settings } from "footfall-tracker";
import "footfall-tracker/errors";
import "footfall-tracker/interactions";
import "footfall-tracker/vitals";

const settings: Settings = { idle: "30", hash: "" };
const fields: Fields = { props: { plan: "pro" }, revenue: { amount: 9.9, currency: "EUR" } };
const drop: BeforeSend = (event, page) => (page.url.includes("secret") ? null : event);

start({ ...settings, site: SITE, endpoint: ENDPOINT });
footfall("beforeSend", drop);
footfall("identify", "u-17");
footfall("event", "signup", fields);
footfall("view", "product:42");
declare const SITE: string, ENDPOINT: string;
"""

WRONG = """
import { footfall, start } from "footfall-tracker";
// @ts-expect-error -- a site is needed
start({ endpoint: "https://shop.example/e" });
// @ts-expect-error -- no such call
footfall("evnt", "signup");
// @ts-expect-error -- an amount is a number
footfall("event", "signup", { revenue: { amount: "9.9", currency: "EUR" } });
"""

STRICT = {
    "compilerOptions": {
        "strict": True, "noEmit": True, "target": "es2020", "module": "esnext", "moduleResolution": "bundler",
        "lib": ["es2020", "dom"], "types": [],
    },
    "include": ["*.ts"],
}  # fmt: skip


def run(folder: Path, *command: str | Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_project_that_installs_the_package_builds_and_measures(
    browser: Browser, site: MeasuredSite, tmp_path: Path
) -> None:
    run(TRACKER, "node", "scripts/package.mjs")  # which npm does not do where it is told to ignore scripts
    packed = run(TRACKER, "npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", tmp_path).split()[-1]
    (tmp_path / "package.json").write_text(json.dumps({"name": "shop", "private": True, "type": "module"}))
    run(tmp_path, "npm", "install", "--offline", "--no-audit", "--no-fund", "--silent", f"./{packed}")
    (tmp_path / "main.ts").write_text(MAIN)
    (tmp_path / "wrong.ts").write_text(WRONG)
    (tmp_path / "tsconfig.json").write_text(json.dumps(STRICT))
    run(tmp_path, TOOLS / "tsc", "-p", ".")
    values = {"SITE": site.site.id, "ENDPOINT": f"{site.url}/s/events"}
    defined = [f"--define:{name}={json.dumps(value)}" for name, value in values.items()]
    run(tmp_path, TOOLS / "esbuild", "main.ts", "--bundle", "--minify", "--outfile=out.js", *defined)

    site.pages["/"] = (
        f"<!doctype html><title>Shop</title><p>Lamp</p><script>{(tmp_path / 'out.js').read_text()}</script>"
    )
    page = browser.contexts[0].new_page()
    page.bring_to_front()
    page.goto(site.url + "/#/lamp")
    page.locator("p").click()
    page.wait_for_timeout(600)
    page.close(run_before_unload=True)
    site.system.wait_for(lambda: {"pageview", "signup", "view", "click"} <= site.stored().keys(), "the visit")
    assert site.refused == []
    assert site.named("pageview")[0]["url"] == f"{site.url}/lamp"
    assert "u-17" in {body.get("user") for body in site.bodies}
    assert site.named("web_vital")
