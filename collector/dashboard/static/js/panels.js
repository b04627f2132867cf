// The breakdown panels and their tabs. The first tab is open at the start; the first metric orders the rows.

const VISIT = ["visitors", "visits", "bounce_rate", "visit_duration"];
const SHARE = ["visitors", "share"];

// What the tracker sends by itself on every page says nothing in a list of what visitors did.
const NOT_AUTOMATIC = [["is_not", "event:name", ["pageview", "engagement", "scroll", "web_vital"]]];
const CLICKS = [["is", "event:name", ["click"]]];

export const PANELS = [
  {
    name: "pages",
    title: "Pages",
    tabs: [
      { name: "top", title: "Top pages", dimension: "event:page", metrics: ["visitors", "pageviews", "time_on_page", "scroll_depth"] },
      { name: "entry", title: "Entry pages", dimension: "visit:entry_page", metrics: VISIT },
      { name: "exit", title: "Exit pages", dimension: "visit:exit_page", metrics: ["visitors", "visits"] },
    ],
  },
  {
    name: "sources",
    title: "Sources",
    tabs: [
      { name: "source", title: "Sources", dimension: "visit:source", metrics: VISIT },
      { name: "channel", title: "Channels", dimension: "visit:channel", metrics: VISIT },
      { name: "referrer", title: "Referrers", dimension: "visit:referrer", metrics: VISIT },
      { name: "campaign", title: "Campaigns", dimension: "visit:utm_campaign", metrics: VISIT },
    ],
  },
  {
    name: "countries",
    title: "Countries",
    tabs: [
      {
        name: "country",
        title: "Countries",
        dimension: "visit:country",
        metrics: SHARE,
        unknownHint: "Countries come from a database that you bring: FOOTFALL_GEO_DATABASE names its file. All else works without.",
      },
    ],
  },
  {
    name: "devices",
    title: "Devices",
    tabs: [
      { name: "device", title: "Devices", dimension: "visit:device", metrics: SHARE },
      { name: "browser", title: "Browsers", dimension: "visit:browser", metrics: SHARE },
      { name: "os", title: "Systems", dimension: "visit:os", metrics: SHARE },
    ],
  },
  {
    name: "events",
    title: "Events",
    wide: true,
    tabs: [
      { name: "name", title: "Events", dimension: "event:name", metrics: ["visitors", "events"], filters: NOT_AUTOMATIC },
      { name: "goal", title: "Goals", dimension: "event:goal", metrics: ["visitors", "events", "conversion_rate"] },
      { name: "element", title: "Clicked elements", dimension: "event:element", metrics: ["visitors", "events"], filters: CLICKS },
    ],
  },
];
