/** How long somebody looked at one pageview: two cumulative counters and what they depend on. All in ms. */
export interface Attention {
  readonly visible_ms: number;
  readonly active_ms: number;
  readonly settled_at: number;
  readonly is_visible: boolean;
  readonly is_focused: boolean;
  readonly input_at: number;
}

/** A gap longer than this was sleep or a frozen timer: the tick comes every 5 s. */
export const MAX_GAP_MS = 15_000;
/** Without input for this long, nobody is active. */
export const IDLE_MS = 60_000;

/** Nothing seen yet, at `now` of a monotonic clock. */
export function startAttention(now: number): Attention {
  return { visible_ms: 0, active_ms: 0, settled_at: now, is_visible: false, is_focused: false, input_at: -Infinity };
}

/** Counts the time since the last call by the state that held since then. All arithmetic on time is here. */
export function settle(attention: Attention, now: number): Attention {
  const { settled_at, is_visible, is_focused, input_at } = attention;
  const gap = Math.min(Math.max(now - settled_at, 0), MAX_GAP_MS);
  const visible = is_visible ? gap : 0;
  const active = is_focused ? Math.min(visible, Math.max(0, input_at + IDLE_MS - settled_at)) : 0;
  return {
    ...attention,
    visible_ms: attention.visible_ms + visible,
    active_ms: attention.active_ms + active,
    settled_at: now,
  };
}

/** Settles, then notes what is true from now on. Coming to see the page is an act, so it counts as input. */
export function look(attention: Attention, now: number, is_visible: boolean, is_focused: boolean): Attention {
  const was = attention.is_visible && attention.is_focused;
  const settled = settle(attention, now);
  const input_at = is_visible && is_focused && !was ? now : attention.input_at;
  return { ...settled, is_visible, is_focused, input_at };
}

/** Settles, then notes an input. */
export function noteInput(attention: Attention, now: number): Attention {
  return { ...settle(attention, now), input_at: now };
}
