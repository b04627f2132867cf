import type { components, operations } from "./api.js";
import type { Connection, Options } from "./connection.js";

type Schemas = components["schemas"];
type Given<Operation extends keyof operations> = Omit<NonNullable<operations[Operation]["parameters"]["query"]>, "site">;

export type Overview = Schemas["Overview"];
export type Chart = Schemas["Chart"];
export type TopPages = Schemas["TopPages"];
export type TopCountries = Schemas["TopCountries"];

/** What a panel's front page needs, one request each. */
export class Shortcuts {
  constructor(private readonly connection: Connection) {}

  /** Today, yesterday, 7 and 30 days, each with its change. */
  overview(options?: Options): Promise<Overview> {
    return this.#ask("overview", {}, options);
  }

  chart(given: Given<"get_api_analytics_chart"> = {}, options?: Options): Promise<Chart> {
    return this.#ask("chart", given, options);
  }

  topPages(given: Given<"get_api_analytics_top_pages"> = {}, options?: Options): Promise<TopPages> {
    return this.#ask("top-pages", given, options);
  }

  topCountries(given: Given<"get_api_analytics_top_countries"> = {}, options?: Options): Promise<TopCountries> {
    return this.#ask("top-countries", given, options);
  }

  /** Forgets the answers that are kept for the site, and says how many; no event is touched. */
  clearCache(options?: Options): Promise<{ cleared: number }> {
    return this.connection.send("POST", "/api/analytics/clear-cache", undefined, { site: this.connection.site }, options);
  }

  #ask<Answer>(name: string, given: Record<string, string | number>, options?: Options): Promise<Answer> {
    return this.connection.json(`/api/analytics/${name}`, { site: this.connection.site, ...given }, options);
  }
}
