// Fails when a committed script of collector/static/ is not what the source builds, or is over its budget.
import { readFile } from "node:fs/promises";
import { BUILDS, bundleScript, FOLDER } from "./bundle.mjs";
import { getSizes } from "./sizes.mjs";

for (const one of BUILDS) {
  const bytes = await bundleScript(one);
  const committed = await readFile(new URL(one.name, FOLDER)).catch(() => Buffer.alloc(0));
  const { gzip } = getSizes(bytes);
  const isSame = Buffer.compare(committed, bytes) === 0;
  if (isSame && gzip <= one.budget) {
    console.log(`collector/static/${one.name} is what the source builds (${gzip} of ${one.budget} bytes after gzip -9).`);
    continue;
  }
  const what = isSame ? `has ${gzip} bytes after gzip -9; the budget is ${one.budget}` : "differs from what tracker-js/src builds";
  console.error(`collector/static/${one.name} ${what}: run \`npm run build\` in tracker-js/ and commit the result.`);
  process.exitCode = 1;
}
