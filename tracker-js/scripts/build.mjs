// Builds collector/static/footfall.js, prints its sizes, and fails when it is over the budget.
import { mkdir, writeFile } from "node:fs/promises";
import { BUILT_FILE, bundleTracker } from "./bundle.mjs";
import { getGzipBudget, getSizes } from "./sizes.mjs";

const bytes = await bundleTracker();
const { raw, gzip, brotli, integrity } = getSizes(bytes);
const budget = await getGzipBudget();

console.log(`footfall.js  raw ${raw}  gzip -9 ${gzip} (budget ${budget})  brotli ${brotli} bytes`);
console.log(`integrity    ${integrity}`);
if (gzip > budget) {
  console.error(`${gzip - budget} bytes over the budget of ${budget} (footfall.gzipBudget in package.json).`);
  process.exit(1);
}
await mkdir(new URL(".", BUILT_FILE), { recursive: true });
await writeFile(BUILT_FILE, bytes);
