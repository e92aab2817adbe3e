// Handing in documents: say what was chosen, mark the field while a file is held over it.
(() => {
  const drop = document.querySelector("[data-drop]");
  if (!drop) return;
  const input = drop.querySelector("input[type=file]");
  const chosen = drop.querySelector("[data-chosen]");

  const name = (file) => `${file.name} (${file.size < 1e6 ? Math.ceil(file.size / 1e3) + " kB" : (file.size / 1e6).toFixed(1) + " MB"})`;
  input.addEventListener("change", () => {
    chosen.textContent = [...input.files].map(name).join(", ");
  });
  for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, () => drop.classList.add("over"));
  for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("over"));

  // Sent once: a large file takes a while, and a second click would hand it in twice.
  drop.closest("form").addEventListener("submit", (event) => {
    const button = event.target.querySelector("button.primary");
    setTimeout(() => {
      button.disabled = true;
      button.textContent = "Handing it in";
    });
  });
  // Coming back by the browser's own button, what was typed is still there and can be sent.
  addEventListener("pageshow", () => {
    const button = drop.closest("form").querySelector("button.primary");
    button.disabled = false;
    button.textContent = "Read it in";
  });
})();
