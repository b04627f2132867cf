import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

/** Every built file: its entry, the parts that it has (src/parts.*.ts), and the most bytes it may have after gzip -9. */
export const BUILDS = [
  { name: "footfall.core.js", entry: "src/footfall.ts", parts: "core", budget: 2_560 },
  { name: "footfall.js", entry: "src/footfall.ts", parts: "full", budget: 4_300 },
  { name: "footfall.plus.js", entry: "src/footfall.ts", parts: "plus", budget: 4_800 },
  { name: "footfall.vitals.js", entry: "src/vitals.ts", parts: "core", budget: 3_600 },
  { name: "footfall.errors.js", entry: "src/errors.ts", parts: "core", budget: 500 },
  { name: "footfall.interactions.js", entry: "src/interactions.ts", parts: "core", budget: 1_500 },
];

/** Where the built scripts stand in the repository. */
export const FOLDER = new URL("../../collector/static/", import.meta.url);

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** One file of the source with all that it needs, not yet minified. */
export async function bundle({ entry, parts, format = "esm" }) {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    alias: { "#parts": `./src/parts.${parts}.ts` },
    bundle: true,
    minifySyntax: true,
    format,
    target: "es2020",
    charset: "ascii", // a page in another encoding reads it the same
    legalComments: "none",
    write: false,
  });
  return outputFiles[0].text;
}

/** A built script as bytes. The same source gives the same bytes: no time, path or host gets in. */
export async function bundleScript(one) {
  let code = await bundle(one);
  // An arrow takes fewer bytes than a declaration, and nothing here is called before the module that has it has run.
  code = code.replace(/^function (\w+)\((.*)\) \{$/gm, "var $1 = ($2) => {");
  const { code: small } = await minify(code, {
    module: true,
    ecma: 2020,
    compress: {
      passes: 6,
      hoist_funs: true,
      keep_fargs: false,
      booleans_as_integers: one.entry === "src/footfall.ts",
      pure_getters: true,
      lhs_constants: false,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_methods: true,
    },
    mangle: true,
  });
  return Buffer.from(`(()=>{${small}})()`);
}
