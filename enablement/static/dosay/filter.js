// A field with data-filter="#list" hides the [data-filter-item]s of the list that lack the words typed.
(() => {
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  for (const field of document.querySelectorAll("[data-filter]")) {
    const list = document.querySelector(field.dataset.filter);
    const items = [...list.querySelectorAll("[data-filter-item]")];
    const texts = items.map((item) => item.textContent.toLowerCase());
    const status = field.closest(".filter").querySelector("[role=status]");

    field.addEventListener("input", () => {
      const wanted = words(field.value);
      items.forEach((item, at) => (item.hidden = !wanted.every((word) => texts[at].includes(word))));
      for (const group of list.querySelectorAll("[data-filter-group]")) {
        group.hidden = !group.querySelector("[data-filter-item]:not([hidden])");
      }
      const left = items.filter((item) => !item.hidden).length;
      status.textContent = left ? `${left} of ${items.length}` : `None of ${items.length} has these words. Try fewer.`;
    });
  }
})();
