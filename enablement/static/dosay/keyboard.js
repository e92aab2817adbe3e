// The keys that hold on every page (see palette/keys.html), and the menus of the header.
(() => {
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  const keys = document.querySelector("dialog[data-keys]");
  const GO = { h: "/", p: "/practice/", l: "/lessons/", c: "/cards/", q: "/quizzes/" };
  let going = 0; // When "g" was pressed.

  // Pages have single keys of their own (the desk, practice, a review). Whoever has turned them off, or is in a
  // dialog, means none of them.
  document.addEventListener("keydown", (event) => {
    const inDialog = document.querySelector("dialog[open]");
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    const isSingle = event.key.length === 1 && !chord && !isTyping(event.target);
    const isOff = document.documentElement.dataset.keys === "off";
    if ((isSingle && (isOff || inDialog)) || (inDialog && event.key === "Enter" && chord)) {
      event.stopImmediatePropagation();
    }
  }, true);

  const openPalette = () => document.dispatchEvent(new CustomEvent("dosay:palette"));
  const single = {
    "/": openPalette,
    "?": () => keys.showModal(),
    g: () => (going = Date.now()),
    p: () => document.querySelector("[data-pin] button")?.click(),
    c: () => document.querySelector("main [data-copy] > .copy")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (!keys || event.defaultPrevented || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isGoing = Date.now() - going < 1000;
    going = 0;
    const pinned = isGoing && document.querySelectorAll("[data-at-hand] a")[Number(event.key) - 1];
    if (pinned) pinned.click();
    else if (isGoing && event.key in GO) location.assign(GO[event.key]);
    else if (event.key in single) single[event.key]();
    else return;
    event.preventDefault();
  });

  keys?.addEventListener("click", (event) => {
    if (event.target === keys || event.target.closest("[data-keys-close]")) keys.close();
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
