import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const BANNER = "/*! Footfall tracker | MIT License */";

/** The built script as bytes. The same source gives the same bytes: no time, path or host gets in. */
export async function bundleTracker() {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
    entryPoints: ["src/footfall.ts"],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2018",
    charset: "ascii", // a page in another encoding reads it the same
    legalComments: "none",
    banner: { js: BANNER },
    write: false,
  });
  return outputFiles[0].contents;
}

/** Where the built script stands in the repository. */
export const BUILT_FILE = new URL("../../collector/static/footfall.js", import.meta.url);
