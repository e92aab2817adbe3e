// Coach mode: what is typed is kept on this device until it was said; Ctrl+Enter says it, once.
(() => {
  const form = document.querySelector("form[data-coach]");
  const last = [...document.querySelectorAll(".coach-turn")].pop();
  if (last && location.hash) last.focus();
  if (!form) return;

  const key = `dosay-coach-${location.pathname}-${form.elements.number.value}`;
  const text = form.elements.text;

  function storage(use) {
    try {
      return use(localStorage);
    } catch {
      return null; // Without storage the text is on this page alone.
    }
  }

  if (!text.value) text.value = storage((kept) => kept.getItem(key)) ?? "";
  text.addEventListener("input", () => storage((kept) => kept.setItem(key, text.value)));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelector("button").textContent = "The buyer listens…";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);

  // What was said before is no longer needed.
  const said = Number(form.elements.number.value) - 1;
  if (said >= 0) storage((kept) => kept.removeItem(`dosay-coach-${location.pathname}-${said}`));
})();
