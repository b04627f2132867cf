// Builds the ESM package with its types into dist/.
import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, ROOT } from "./bundle.mjs";

const dist = join(ROOT, "dist");
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
for (const name of ["index", "vitals", "errors", "interactions"]) {
  await writeFile(join(dist, `${name}.js`), await bundle({ entry: `src/${name}.ts`, parts: "plus" }));
}
const tsc = join(ROOT, "node_modules/.bin/tsc");
execFileSync(tsc, ["-p", ROOT, "--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--outDir", dist, "--rootDir", join(ROOT, "src")], { stdio: "inherit" });
