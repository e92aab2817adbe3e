// A page with a box is there before the box has the focus. What is typed in between waits here for box.js, and is no key
// of anything else.
(() => {
  let typed = "";
  const note = (event) => {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isNowhere = event.target === document.body || event.target === document.documentElement;
    if (!isLetter || !isNowhere || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed += event.key;
  };
  addEventListener("keydown", note, true);
  globalThis.takeEarlyText = () => {
    removeEventListener("keydown", note, true);
    return typed;
  };
})();
