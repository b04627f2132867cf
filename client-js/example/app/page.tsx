import { Problem } from "footfall-client";
import { connect } from "../lib/footfall";
import { ClearCache } from "./clear-cache";

// Numbers of now, so the page is made for each request.
export const dynamic = "force-dynamic";

export default async function Page() {
  const footfall = connect();
  try {
    const [overview, pages, sources] = await Promise.all([
      footfall.shortcuts.overview(),
      footfall.shortcuts.topPages({ days: 30, limit: 10 }),
      footfall.rows({ metrics: ["visitors", "bounce_rate"], dimensions: ["visit:source"], date_range: "30d" }),
    ]);
    const periods = [
      ["Today", overview.today],
      ["Yesterday", overview.yesterday],
      ["7 days", overview.last_7_days],
      ["30 days", overview.last_30_days],
    ] as const;
    return (
      <main>
        <h1>Visits</h1>
        <dl style={{ display: "grid", gridTemplateColumns: "repeat(4, 1fr)" }}>
          {periods.map(([label, numbers]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd style={{ margin: 0, fontSize: "1.6rem" }}>{numbers.visits}</dd>
            </div>
          ))}
        </dl>
        <h2>Pages</h2>
        <table>
          <tbody>
            {pages.results.map((page) => (
              <tr key={page.path}>
                <td>{page.path}</td>
                <td>{page.pageviews}</td>
                <td>{page.share_percent} %</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h2>Sources</h2>
        <table>
          <tbody>
            {sources.map((row) => (
              <tr key={row["visit:source"]}>
                <td>{row["visit:source"]}</td>
                <td>{row.visitors}</td>
                <td>{row.bounce_rate === null ? "–" : `${row.bounce_rate} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <ClearCache />
      </main>
    );
  } catch (error) {
    if (error instanceof Problem) return <p role="alert">Footfall refused: {error.detail}</p>;
    throw error;
  }
}
