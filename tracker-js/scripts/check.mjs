// Fails when the committed collector/static/footfall.js is not what the source builds.
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT_FILE, bundleTracker } from "./bundle.mjs";
import { getGzipBudget, getSizes } from "./sizes.mjs";

const bytes = await bundleTracker();
const budget = await getGzipBudget();
const committed = await readFile(BUILT_FILE).catch(() => null);

if (committed === null) {
  console.error("collector/static/footfall.js is missing: run `npm run build` in tracker-js/ and commit it.");
  process.exit(1);
}
if (Buffer.compare(committed, bytes) !== 0) {
  const built = join(await mkdtemp(join(tmpdir(), "footfall-")), "footfall.js");
  await writeFile(built, bytes);
  console.error(
    `collector/static/footfall.js differs from what tracker-js/src builds (${built}): ` +
      "run `npm run build` in tracker-js/ and commit the result.",
  );
  process.exit(1);
}
const { gzip } = getSizes(bytes);
if (gzip > budget) {
  console.error(`collector/static/footfall.js has ${gzip} bytes after gzip -9; the budget is ${budget}.`);
  process.exit(1);
}
console.log(`collector/static/footfall.js is what the source builds (${gzip} of ${budget} bytes after gzip -9).`);
