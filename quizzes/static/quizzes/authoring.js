// Writing a question: Ctrl+S, the cursor follows a row, what is beside the form follows it, and no leaving
// with words that are kept nowhere.
(() => {
  const form = document.querySelector("#editing");
  if (!form) return;
  let unkept = false;
  let leaving = false;

  form.addEventListener("input", () => { unkept = true; });
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unkept && !leaving) event.preventDefault();
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "beside") {
      if (document.querySelector("#beside [data-kept]")) unkept = false;
      return;
    }
    document.querySelector("#fields [autofocus]")?.focus();
    document.body.dispatchEvent(new Event("rows-changed"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[value=save]"));
  });

  document.querySelector("[data-problem]")?.focus();
})();
