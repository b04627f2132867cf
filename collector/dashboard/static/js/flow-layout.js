// Where everything of a flow stands: columns of nodes, and the bands between them. Only numbers, no drawing.

const MOST_NODES = 8;
export const OTHERS = "(others)";
export const ENDS = ["(exit)", "(entry)"];

const GAP = 14;
const LEAST_HEIGHT = 3;

/**
 * `links`: [{ step, from, to, visits }] of the report. Gives `columns` of nodes `{ name, visits, y, height }`, `bands`
 * `{ step, from, to, visits, fromY, toY, height }`, and the drawing's `height`. The smaller stops of a column are one.
 */
export function layOutFlow(links, { height = 420 } = {}) {
  const steps = Math.max(...links.map(({ step }) => step));
  const kept = Array.from({ length: steps + 1 }, (_, at) => keepLargest(links, at));
  const named = (at, name) => (kept[at].has(name) ? name : OTHERS);
  const bands = joinBands(links.map((link) => ({ ...link, from: named(link.step - 1, link.from), to: named(link.step, link.to) })));

  const sums = kept.map((_, at) => sumNodes(bands, at));
  const total = Math.max(...sums.map((nodes) => [...nodes.values()].reduce((sum, visits) => sum + visits, 0)));
  const scale = height / total;
  const columns = sums.map((nodes) => stack([...nodes].map(([name, visits]) => ({ name, visits })).sort(byPlace), scale));
  const find = columns.map((nodes) => new Map(nodes.map((node) => [node.name, { ...node, outY: node.y, inY: node.y }])));
  const placed = bands.sort((a, b) => a.step - b.step || b.visits - a.visits).map((band) => {
    const from = find[band.step - 1].get(band.from);
    const to = find[band.step].get(band.to);
    const thickness = band.visits * scale;
    const place = { ...band, fromY: from.outY, toY: to.inY, height: thickness };
    from.outY += thickness;
    to.inY += thickness;
    return place;
  });
  return { columns, bands: placed, height: Math.max(...columns.map((nodes) => nodes.at(-1).y + nodes.at(-1).height)) };
}

// Those who leave stand at the foot of a column, whatever their number, and the small ones above them.
const rank = ({ name }) => (ENDS.includes(name) ? 2 : name === OTHERS ? 1 : 0);
const byPlace = (a, b) => rank(a) - rank(b) || b.visits - a.visits || (a.name < b.name ? -1 : 1);

function keepLargest(links, at) {
  const visits = new Map();
  for (const link of links) {
    const name = at === 0 ? (link.step === 1 ? link.from : null) : link.step === at ? link.to : null;
    if (name !== null) visits.set(name, (visits.get(name) ?? 0) + link.visits);
  }
  const largest = [...visits].sort((a, b) => b[1] - a[1]).slice(0, MOST_NODES).map(([name]) => name);
  return new Set([...largest, ...ENDS]);
}

function joinBands(links) {
  const joined = new Map();
  for (const { step, from, to, visits } of links) {
    const key = JSON.stringify([step, from, to]);
    joined.set(key, { step, from, to, visits: visits + (joined.get(key)?.visits ?? 0) });
  }
  return [...joined.values()];
}

// A stop is as tall as the larger of what comes in and what goes on: the report keeps the most frequent links only.
function sumNodes(bands, at) {
  const add = (of, key) => {
    const sums = new Map();
    for (const band of of) sums.set(band[key], (sums.get(band[key]) ?? 0) + band.visits);
    return sums;
  };
  const into = add(bands.filter(({ step }) => step === at), "to");
  const out = add(bands.filter(({ step }) => step === at + 1), "from");
  const names = new Set([...into.keys(), ...out.keys()]);
  return new Map([...names].map((name) => [name, Math.max(into.get(name) ?? 0, out.get(name) ?? 0)]));
}

function stack(nodes, scale) {
  let y = 0;
  return nodes.map((node) => {
    const placed = { ...node, y, height: Math.max(LEAST_HEIGHT, node.visits * scale) };
    y += placed.height + GAP;
    return placed;
  });
}
