// Builds the scripts into collector/static/, prints sizes and integrity hashes, and fails, writing nothing, when a
// script is over its budget.
import { mkdir, writeFile } from "node:fs/promises";
import { BUILDS, bundleScript, FOLDER } from "./bundle.mjs";
import { getSizes } from "./sizes.mjs";

const built = [];
for (const one of BUILDS) {
  const bytes = await bundleScript(one);
  const { raw, gzip, brotli, integrity } = getSizes(bytes);
  console.log(`${one.name.padEnd(25)} raw ${raw}  gzip -9 ${gzip} (budget ${one.budget})  brotli ${brotli}\n  ${integrity}`);
  if (gzip > one.budget) {
    console.error(`${one.name} is ${gzip - one.budget} bytes over its budget of ${one.budget} (BUILDS in scripts/bundle.mjs).`);
    process.exitCode = 1;
  }
  built.push([one.name, bytes]);
}
if (process.exitCode) process.exit();

await mkdir(FOLDER, { recursive: true });
for (const [name, bytes] of built) await writeFile(new URL(name, FOLDER), bytes);
