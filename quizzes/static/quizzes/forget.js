// Once an attempt is finished, nothing of it is kept on this device.
(() => {
  const finished = document.querySelector("[data-finished]");
  try {
    if (finished) localStorage.removeItem(`dosay-attempt-${finished.dataset.finished}`);
  } catch {
    // Without storage there is nothing to forget.
  }
})();
