import { createHash } from "node:crypto";
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
