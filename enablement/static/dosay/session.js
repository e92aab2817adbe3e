// Who did nothing for hours is signed out. Ten minutes before, this asks whether one is still there (WCAG 2.2, criterion
// 2.2.1). What other tabs do counts too: each notes when it last asked the site for something.
(() => {
  const notice = document.querySelector("[data-session-seconds]");
  if (!notice) return;
  const ASKS_BEFORE_MS = 600_000;
  const LOOKS_EVERY_MS = 15_000;
  const PLACE = "dosay-last-request";
  const lasts = Number(notice.dataset.sessionSeconds) * 1000;
  let own = Date.now();

  function note() {
    own = Date.now();
    try {
      localStorage.setItem(PLACE, String(own));
    } catch {
      // Without storage this tab counts for itself.
    }
  }

  function last() {
    try {
      return Math.max(own, Number(localStorage.getItem(PLACE)) || 0);
    } catch {
      return own;
    }
  }

  function look() {
    const left = last() + lasts - Date.now();
    notice.hidden = left > ASKS_BEFORE_MS || left <= 0;
  }

  async function stay() {
    const answer = await fetch(notice.dataset.stay).catch(() => null);
    const detail = answer?.ok ? "You stay signed in." : "That did not work. Try again, or sign in in another tab.";
    document.dispatchEvent(new CustomEvent("dosay:toast", { detail }));
    if (!answer?.ok) return;
    note();
    look();
  }

  notice.querySelector("button").addEventListener("click", stay);
  document.addEventListener("htmx:afterRequest", note);
  note();
  setInterval(look, LOOKS_EVERY_MS);
})();
