// Runs before the first paint, as a classic script: a module would come too late and flash the wrong theme.
// Without a choice the page follows the system (color-scheme: light dark in the stylesheet).
try {
  const chosen = localStorage.getItem("footfall.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be blocked; the system's theme is fine then.
}
