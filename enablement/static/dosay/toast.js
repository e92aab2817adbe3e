// A word that comes up for a moment, and is said to screen readers: document.dispatchEvent(
// new CustomEvent("dosay:toast", { detail: "Copied" })).
(() => {
  const LASTS = 4000;
  const place = document.querySelector("[data-toasts]");
  const status = document.querySelector("[data-status]");

  document.addEventListener("dosay:toast", (event) => {
    const toast = document.createElement("p");
    toast.className = "toast";
    toast.setAttribute("aria-hidden", "true"); // The status line says it; twice would be a stammer.
    toast.textContent = event.detail;
    place.replaceChildren(toast);
    status.textContent = event.detail;
    setTimeout(() => toast.remove(), LASTS);
  });
})();
