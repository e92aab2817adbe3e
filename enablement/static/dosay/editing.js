// Writing without losing anything: a warning before leaving unsaved text, Ctrl+S, and the place of a problem.
(() => {
  const form = document.querySelector("[data-guard]");
  if (!form) return;
  let unsaved = "unsaved" in form.dataset;
  let leaving = false;

  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { leaving = true; });
  document.querySelector("[data-leave]")?.addEventListener("click", () => { leaving = true; });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "fields") unsaved = true;
  });

  // A field that was drawn taller stays so. Set from here: a style written into the page is not allowed.
  let heights = [];
  document.addEventListener("htmx:beforeSwap", () => {
    heights = [...form.querySelectorAll("textarea[style]")].map((one) => [one.id, one.style.height]);
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const [id, height] of heights) document.getElementById(id)?.style.setProperty("height", height);
  });

  // The cursor follows a row that was added, moved or put back.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "fields") document.querySelector("#fields [autofocus]")?.focus();
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !leaving) event.preventDefault();
  });

  // Coming back by the browser's own button, the page guards again.
  window.addEventListener("pageshow", () => { leaving = false; });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    noteCaret();
    form.requestSubmit(form.querySelector("button[value=save]"));
  });

  // Saving by keyboard makes the page anew: the cursor goes on where it was.
  const CARET = "dosay-caret";
  const noteCaret = () => {
    const { id, selectionStart: at } = document.activeElement;
    if (!id || !form.contains(document.activeElement)) return;
    // Where the browser keeps nothing, the cursor does not come back; saving goes on.
    try { sessionStorage.setItem(CARET, JSON.stringify({ id, at, page: location.pathname })); } catch { /* kept nowhere */ }
  };
  const kept = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(CARET) ?? "{}");
      sessionStorage.removeItem(CARET);
      return found;
    } catch {
      return {};
    }
  };
  const goOn = () => {
    const { id, at, page } = kept();
    const field = id && page === location.pathname && form.querySelector(`#${CSS.escape(id)}`);
    field?.focus();
    if (field && at != null) field.setSelectionRange(at, at);
  };

  const problem = document.querySelector("[data-problem]");
  if (problem) problem.focus();
  else goOn();
})();
