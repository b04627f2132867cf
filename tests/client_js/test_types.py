"""The client's types are those of the API, and hold whoever uses them to it."""

import json
from pathlib import Path

from tests.service import Service, request

from .client import FOLDER, compile_, run

RIGHT = """
import { Footfall, Problem, type Filter, type Question } from "footfall-client";

const footfall = new Footfall({ url: "https://stats.example/in/a/folder", token: "t", site: "shop" });
const filter: Filter = ["not", ["or", [["is", "visit:country", ["DE"]], ["at_least", "event:props:price", [10]]]]];
const question: Question = { metrics: ["visitors"], date_range: ["2026-01-01", "2026-01-31"], filters: [filter] };

export async function use(): Promise<void> {
  const answer = await footfall.query({ ...question, include: { comparisons: { mode: "previous_period" } } });
  const change: (number | null)[] | undefined = answer.results[0]?.comparison?.change;
  const dimensions = ["event:props:plan"] as const;
  const [row] = await footfall.rows({ metrics: ["visits", "bounce_rate"], dimensions, date_range: "7d" });
  const visits: number | undefined = row?.visits;
  const plan: string | undefined = row?.["event:props:plan"];
  const funnel = await footfall.report("funnel", { date_range: "7d", steps: [filter, filter], order: "strict" });
  const median: number | null | undefined = funnel.results[0]?.median_seconds;
  const page = await footfall.interactions.list({ event_type__in: "click,input", metadata__x_coord__gt: 5 });
  const session = await footfall.sessions.get(page.results[0]?.session_id ?? "");
  const state: "active" | "idle" | "ended" = session.state;
  const problem = new Problem(400, "code", "detail", undefined, undefined);
  console.log(change, visits, plan, median, state, problem.pointer?.length);
}
"""

WRONG = """
import { Footfall } from "footfall-client";
// @ts-expect-error -- a token is needed
const footfall = new Footfall({ url: "https://stats.example", site: "shop" });
// @ts-expect-error -- no such metric
void footfall.query({ metrics: ["fame"], date_range: "7d" });
// @ts-expect-error -- a range is needed
void footfall.query({ metrics: ["visits"] });
// @ts-expect-error -- no such range
void footfall.query({ metrics: ["visits"], date_range: "yesterday" });
// @ts-expect-error -- no such dimension
void footfall.query({ metrics: ["visits"], date_range: "7d", dimensions: ["visit:mood"] });
// @ts-expect-error -- numbers are compared with a number
void footfall.query({ metrics: ["visits"], date_range: "7d", filters: [["at_least", "event:props:price", ["10"]]] });
// @ts-expect-error -- it was not asked for
void footfall.rows({ metrics: ["visits"], date_range: "7d" }).then((rows) => rows[0].pageviews);
// @ts-expect-error -- no such report
void footfall.report("horoscope", { date_range: "7d" });
// @ts-expect-error -- a funnel has steps
void footfall.report("funnel", { date_range: "7d" });
// @ts-expect-error -- realtime has a range of its own
void footfall.report("realtime", { date_range: "7d" });
// @ts-expect-error -- no such field
void footfall.sessions.list({ mood: "good" });
// @ts-expect-error -- no such period
void footfall.shortcuts.chart({ period: "yearly" });
"""

STRICT = {
    "compilerOptions": {
        "strict": True, "noEmit": True, "target": "es2022", "module": "esnext", "moduleResolution": "bundler",
        "lib": ["es2022", "dom", "dom.asynciterable"], "types": [],
    },
    "include": ["*.ts"],
}  # fmt: skip


def test_the_types_are_those_of_the_api(embedded_service: Service, tmp_path: Path) -> None:
    """`make client` makes them again."""
    document = request(f"{embedded_service.url}/api/openapi.json").body
    made = tmp_path / "api.ts"
    run(FOLDER, "node", "scripts/types.mjs", made, given=json.dumps(document).encode())
    assert made.read_text() == (FOLDER / "src/api.ts").read_text()


def test_the_package_that_is_packed_lets_right_uses_through_and_no_wrong_one(built: Path, tmp_path: Path) -> None:
    run(FOLDER, "npm", "run", "build", "--silent")
    packed = run(FOLDER, "npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", tmp_path).split()[-1]
    (tmp_path / "package.json").write_text(json.dumps({"name": "panel", "private": True, "type": "module"}))
    run(tmp_path, "npm", "install", "--offline", "--no-audit", "--no-fund", "--silent", f"./{packed}")
    (tmp_path / "right.ts").write_text(RIGHT)
    (tmp_path / "wrong.ts").write_text(WRONG)
    (tmp_path / "tsconfig.json").write_text(json.dumps(STRICT))
    compile_(tmp_path, "-p", ".")
    installed = tmp_path / "node_modules/footfall-client"
    assert (installed / "dist/index.js").read_bytes() == (built / "index.js").read_bytes()
    assert json.loads((installed / "package.json").read_text()).get("dependencies") is None
