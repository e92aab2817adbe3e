// The box on the home page: Enter does the chosen action, the choice is kept, Ask leaves the page.
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
    if (mode && !box.hasAttribute("data-fixed")) mode.checked = true;
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

  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.requestSubmit();
  });

  // Ask is a page of its own: keep htmx out of it, before htmx hears of the submit.
  document.addEventListener("submit", (event) => {
    if (event.target === box && chosen()?.value === "ask") event.stopPropagation();
  }, true);

  box.addEventListener("htmx:configRequest", (event) => {
    if (chosen()) event.detail.path = chosen().dataset.action;
  });
  box.addEventListener("htmx:beforeRequest", () => {
    document.querySelector("#result").setAttribute("aria-busy", "true");
  });
  box.addEventListener("htmx:afterRequest", () => {
    document.querySelector("#result").removeAttribute("aria-busy");
  });
})();
