// The button that turns the page light or dark, and the news of it for whoever paints on a canvas.

const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
}

export function startThemeSwitch(button, onSwitch) {
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("footfall.theme", theme);
    } catch {
      // Blocked storage: the choice lasts as long as the page.
    }
    onSwitch();
  });
  system.addEventListener("change", onSwitch);
}
