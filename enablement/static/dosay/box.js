// The box on the home page: Enter does the chosen action, Enter once more copies the line, the choice is kept.
// Asking is ask-here.js's; sorting and checking are fragments that htmx fetches.
(() => {
  const box = document.querySelector("[data-box]");
  if (!box) return;
  const text = box.querySelector("textarea");
  const modes = [...box.querySelectorAll("[name=mode]")];
  const chosen = () => modes.find((mode) => mode.checked);

  const follow = () => {
    const mode = chosen();
    if (!mode) return; // A box with one action has it in its address.
    box.action = mode.dataset.action;
    text.placeholder = mode.dataset.placeholder;
  };

  try {
    const kept = localStorage.getItem("dosay-mode");
    const mode = modes.find((mode) => mode.value === kept);
    const named = box.hasAttribute("data-fixed") || new URLSearchParams(location.search).has("mode");
    if (mode && !named) mode.checked = true;
  } catch {
    // Without storage the first action is chosen on every visit.
  }
  follow();

  box.addEventListener("change", (event) => {
    if (event.target.name !== "mode") return;
    follow();
    try {
      localStorage.setItem("dosay-mode", chosen().value);
    } catch {
      // See above.
    }
  });

  // The browser gives the box the focus with the first frame it draws, which may be after this, or after the first letter.
  if (text.autofocus && document.activeElement === document.body) text.focus();
  const early = globalThis.takeEarlyText?.();
  if (early) {
    const caret = text.selectionEnd + early.length;
    text.setRangeText(early, 0, 0);
    text.setSelectionRange(caret, caret);
  }

  const isAsking = () => chosen()?.value === "ask";
  const result = document.querySelector("#result");
  const asked = () => `${chosen()?.value}\n${text.value.trim()}`;
  let sent = ""; // What was sent last, and what the result on the page is the answer to.
  let answered = "";

  const copyLine = () => {
    if (answered !== asked()) return false;
    const copy = result?.querySelector("[data-copy] > .copy");
    copy?.click();
    return Boolean(copy);
  };

  text.addEventListener("keydown", (event) => {
    const mode = event.altKey && modes["123".indexOf(event.key)];
    if (mode) {
      event.preventDefault();
      mode.click();
    }
    if (event.key === "Escape") text.blur(); // Out of the box, so that single keys are keys again.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const waits = result?.hasAttribute("aria-busy") && sent === asked();
    if (event.repeat || waits || copyLine()) return;
    box.requestSubmit();
  });

  // Without a modern browser's module asking is a page of its own; with it ask-here.js answers in place. Either way
  // htmx stays out of it, before it hears of the submit.
  document.addEventListener("submit", (event) => {
    if (event.target !== box) return;
    sent = asked();
    answered = ""; // The line on the page is another's until the answer is there.
    if (!isAsking()) return;
    event.stopPropagation();
    if (!("asksHere" in box.dataset)) return;
    event.preventDefault();
    box.dispatchEvent(new CustomEvent("dosay:ask"));
    answered = sent; // What was there has made room for the answer.
  }, true);

  box.addEventListener("htmx:configRequest", (event) => {
    if (chosen()) event.detail.path = chosen().dataset.action;
  });
  result?.addEventListener("htmx:afterSwap", () => (answered = sent));
  box.addEventListener("htmx:beforeRequest", () => result.setAttribute("aria-busy", "true"));
  box.addEventListener("htmx:afterRequest", () => result.removeAttribute("aria-busy"));
})();
