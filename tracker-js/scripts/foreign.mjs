// Bundles foreign/*.js, six pages as six well-known libraries make them, into a folder: `node scripts/foreign.mjs OUT`.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "svelte/compiler";

const svelte = {
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, "utf8"), { filename: path, css: "injected" });
      return { contents: js.code };
    });
  },
};

await build({
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  entryPoints: ["react", "vue", "svelte", "jquery", "htmx", "lit"].map((name) => `foreign/${name}.js`),
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  format: "iife",
  define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
  plugins: [svelte],
  conditions: ["svelte", "browser"],
  charset: "ascii",
  logLevel: "warning",
});
