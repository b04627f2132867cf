// How numbers, durations and times are written. All of the page is plain English, so the locale is fixed.

const LOCALE = "en-GB";
export const NOTHING = "–";

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

export function formatCount(value) {
  return value === null ? NOTHING : whole.format(value);
}

/** 9,999 stays exact; from there on 12.3k, 4.5M. */
export function formatShort(value) {
  if (value === null) return NOTHING;
  if (value < 10_000) return tenths.format(value);
  if (value < 999_950) return `${tenths.format(value / 1000)}k`;
  return `${tenths.format(value / 1_000_000)}M`;
}

export function formatPercent(value) {
  if (value === null) return NOTHING;
  return value > 0 && value < 1 ? "<1%" : `${whole.format(value)}%`;
}

/** Seconds as "23s", "1m 23s", "1h 02m". */
export function formatDuration(value) {
  if (value === null) return NOTHING;
  if (value > 0 && value < 1) return "<1s";
  const seconds = Math.round(value);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  const pad = (number) => String(number).padStart(2, "0");
  if (minutes < 60) return `${minutes}m ${pad(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
}

// Time labels are wall-clock times of the site. They are read and written as if they were UTC, so that neither
// the viewer's time zone nor a change of clocks moves them.
function readLabel(label) {
  return new Date(`${label.slice(0, 10)}T${label.slice(11) || "00:00:00"}Z`);
}

function dateFormat(options) {
  const format = new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", ...options });
  return (label) => format.format(readLabel(label));
}

const shortDay = dateFormat({ day: "numeric", month: "short" });
const longDay = dateFormat({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
export const formatDate = dateFormat({ day: "numeric", month: "short", year: "numeric" });

export function formatTick(label) {
  return label.length > 10 ? label.slice(11, 16) : shortDay(label);
}

export function formatMoment(label) {
  return label.length > 10 ? `${longDay(label)}, ${label.slice(11, 16)}` : longDay(label);
}
