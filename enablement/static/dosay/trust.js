// Flagging takes the words that are selected on the page; one tick ticks a whole list.

let selected = "";

document.addEventListener("selectionchange", () => {
  const selection = window.getSelection();
  const inForm = selection.anchorNode?.parentElement?.closest("form, summary");
  if (!inForm && !selection.isCollapsed) selected = selection.toString().trim().slice(0, 2000);
});

for (const box of document.querySelectorAll("[data-flag]")) {
  box.addEventListener("toggle", () => {
    const quote = box.querySelector("[data-flag-quote]");
    if (box.open && selected && !quote.value) quote.value = selected;
  });
}

for (const all of document.querySelectorAll("[data-tick-all]")) {
  all.hidden = false;
  const tick = all.querySelector("input");
  tick.addEventListener("change", () => {
    for (const box of all.closest("form").querySelectorAll("input[name=piece]")) box.checked = tick.checked;
  });
}
