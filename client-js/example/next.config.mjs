import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
export default {
  // The client is a link to the folder above; with the package installed none of this is needed.
  turbopack: { root: fileURLToPath(new URL("..", import.meta.url)) },
};
