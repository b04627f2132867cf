import { Footfall } from "footfall-client";

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}: see README.md`);
  return value;
}

/** Made on the server alone: the token must not reach a browser. */
export function connect(): Footfall {
  return new Footfall({
    url: process.env.FOOTFALL_URL ?? "http://localhost:8000",
    token: needed("FOOTFALL_TOKEN"),
    site: process.env.FOOTFALL_SITE ?? "demo",
  });
}
