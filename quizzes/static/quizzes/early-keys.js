// Keys that are pressed while a page still loads wait here for the page's own script, which takes them once.
(() => {
  const keys = [];
  const note = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key.length === 1 && !event.target.closest?.("input, textarea, select")) keys.push(event.key);
  };
  document.addEventListener("keydown", note);
  globalThis.takeEarlyKeys = () => {
    document.removeEventListener("keydown", note);
    return document.documentElement.dataset.keys === "off" ? [] : keys;
  };
})();
