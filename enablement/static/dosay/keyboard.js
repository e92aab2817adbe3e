// "/" goes to the box (or to the search field where there is no box); the menus of the header.
(() => {
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const field = document.querySelector("[data-box] textarea") || document.querySelector("[data-find]");
    if (!field || field.offsetParent === null) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  document.querySelector("[data-menu]")?.addEventListener("click", (event) => {
    const open = event.currentTarget.closest(".header-row").classList.toggle("open");
    event.currentTarget.setAttribute("aria-expanded", String(open));
  });

  // An open menu closes on a click elsewhere, when the focus leaves it, and on Escape, which goes back to its word.
  const openMenus = () => document.querySelectorAll(".menu[open]");
  const closeUnlessIn = (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener("click", closeUnlessIn);
  document.addEventListener("focusin", closeUnlessIn);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });
})();
