// The classes of viewports, narrow to wide, as docs/query.md has them: a page looks different on each.

export const SCREENS = {
  mobile: { title: "Phone", width: 390 },
  tablet: { title: "Tablet", width: 768 },
  laptop: { title: "Laptop", width: 1280 },
  desktop: { title: "Desktop", width: 1680 },
  "(not set)": { title: "Unknown", width: 1280 },
};

/** Of all rows, how many clicks or page views each class has, the most first. */
export function countScreens(rows, key) {
  const counts = new Map();
  for (const row of rows) counts.set(row.screen, (counts.get(row.screen) ?? 0) + row[key]);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

export const screenTitle = (screen) => SCREENS[screen]?.title ?? screen;
