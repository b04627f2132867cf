// When things happen by themselves: a beat while the page is visible, and once when it is looked at again.

export function every(seconds, beat) {
  setInterval(() => {
    if (document.visibilityState === "visible") beat();
  }, seconds * 1000);
}

/** Coming back to a tab fires both visibilitychange and focus; they count as one. */
export function whenLookedAt(react) {
  let last = 0;
  function once() {
    if (document.visibilityState !== "visible" || performance.now() - last < 1000) return;
    last = performance.now();
    react();
  }
  document.addEventListener("visibilitychange", once);
  window.addEventListener("focus", once);
}
