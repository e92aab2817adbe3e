// Keys for practice: a number chooses the option with that place, Enter answers or goes on.
(() => {
  const form = document.querySelector("form[data-practice]");
  const next = document.querySelector("[data-next]");
  next?.focus();
  if (!form) return;

  const boxes = [...form.querySelectorAll("input[type=radio], input[type=checkbox]")];
  form.querySelector("input:not([type=hidden]), select, textarea")?.focus();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, input[type=text], select")) return;
    const box = boxes[Number(event.key) - 1];
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.click();
  });

  // Sent twice it counts once; still, one click too many should not lead back.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
})();
