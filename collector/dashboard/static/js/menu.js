// The menus are <details>: they open without script. Here they learn to close.

export function startMenus(menus) {
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      closeMenu(menu);
    });
    menu.addEventListener("toggle", () => {
      if (!menu.open) return;
      for (const other of menus) if (other !== menu) other.open = false;
    });
  }
}

/** Closes and gives the keyboard its place back. */
export function closeMenu(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}
