// "/" goes to the box (or to the search field where there is no box); the menu button on a narrow screen.
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
})();
