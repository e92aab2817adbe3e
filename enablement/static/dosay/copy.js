// Every element with data-copy gets a button that copies its text, also when it arrives later.
(() => {
  const textOf = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("button, .say-label, .chip").forEach((part) => part.remove());
    return copy.textContent.trim().replace(/\s+/g, " ");
  };

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const copy = async (element, button) => {
    try {
      await navigator.clipboard.writeText(textOf(element));
      button.textContent = "Copied";
      document.dispatchEvent(new CustomEvent("dosay:toast", { detail: "Copied. Paste it where you need it." }));
    } catch {
      // Without a secure address the clipboard is closed to scripts: select the line instead.
      select(element.querySelector("p") || element);
      button.textContent = "Selected: now press Ctrl+C";
    }
    setTimeout(() => (button.textContent = "Copy"), 2500);
  };

  const addButton = (element) => {
    if (element.querySelector(":scope > .copy")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet copy";
    button.textContent = "Copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(element, button));
    element.append(button);
  };

  const addButtons = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("[data-copy]")) addButton(node);
    node.querySelectorAll("[data-copy]").forEach(addButton);
  };

  addButtons(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(addButtons);
  }).observe(document.body, { childList: true, subtree: true });
})();
