import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** Sizes in bytes and the subresource integrity hash of a built script. */
export function getSizes(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
    integrity: "sha384-" + createHash("sha384").update(bytes).digest("base64"),
  };
}

/** The most bytes that the script may have after gzip -9: `footfall.gzipBudget` in package.json. */
export async function getGzipBudget() {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return JSON.parse(text).footfall.gzipBudget;
}
