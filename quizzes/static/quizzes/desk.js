// Keys for the review desk: numbers and X tick, N writes, Enter decides, S skips, U takes the last one back.
(() => {
  const form = document.querySelector("form[data-desk]");
  const press = (selector) => document.querySelector(selector)?.click();
  const keys = {
    s: () => press("[data-skip]"),
    u: () => press("[data-undo] button"),
    n: () => document.getElementById("note")?.focus(),
    x: () => press("[data-spoilt]"),
    enter: () => (form ? form.requestSubmit() : press("[data-begin]")),
  };

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const isSending = key === "enter" && (event.ctrlKey || event.metaKey);
    if (event.target.closest?.("textarea, select, input:not([type=checkbox])") && !isSending) {
      if (key === "escape") event.target.blur();
      return;
    }
    if (event.altKey || event.repeat || ((event.ctrlKey || event.metaKey) && !isSending)) return;
    // Enter on a link or a button is that link's or button's own.
    if (key === "enter" && event.target.closest?.("a, button, summary")) return;
    const box = form?.querySelector(`[data-check="${CSS.escape(event.key)}"]`);
    const act = box ? () => box.click() : keys[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // What was pressed before this script was here. Nothing is decided or skipped that nobody has seen yet.
  const early = takeEarlyKeys();
  const at = early.findIndex((key) => key.toLowerCase() === "n");
  for (const key of at < 0 ? early : early.slice(0, at)) {
    if (key.toLowerCase() === "x") keys.x();
    else form?.querySelector(`[data-check="${CSS.escape(key)}"]`)?.click();
  }
  const note = document.getElementById("note");
  if (at >= 0 && note) {
    note.focus();
    note.setRangeText(early.slice(at + 1).join(""), note.value.length, note.value.length, "end");
  }

  // Sent twice it counts once; still, one key too many should not decide on the next one unseen.
  form?.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => delete form?.dataset.sent);
})();
