// Once an attempt is finished, nothing of it is kept on this device. What did not arrive in time is named once.
(() => {
  const finished = document.querySelector("[data-finished]");
  if (!finished) return;
  const attempt = finished.dataset.finished;
  keptAnswers(attempt).clear();
  try {
    const late = sessionStorage.getItem(`dosay-late-${attempt}`);
    sessionStorage.removeItem(`dosay-late-${attempt}`);
    const notice = document.querySelector("[data-late]");
    if (!late || !notice) return;
    notice.querySelector("p").textContent =
      `These answers reached the site only after the attempt had ended, so they do not count: question ${late}.`;
    notice.hidden = false;
  } catch {
    // Without storage there is nothing to tell.
  }
})();
