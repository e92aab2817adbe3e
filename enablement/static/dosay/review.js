// The review of a document: a draft's line and its sentence are shown together; everything by keyboard.
// Keys work while a draft has the focus. Without this script links and buttons do the same.
(() => {
  const review = document.querySelector("[data-review]");
  if (!review) return;
  const text = review.querySelector("[data-document]");
  const list = review.querySelector("[data-drafts]");
  const begin = review.querySelector("[data-begin]");
  let lastDecided = "";
  let early = null; // What is typed after E, until the form is there.
  let wanted = null; // Where the focus goes once the answer is there: { from, next }.

  const panels = () => [...list.querySelectorAll(".draft-item")];
  const panelOf = (target) => target.closest?.(".draft-item");
  const panel = (pk) => list.querySelector(`#draft-${CSS.escape(pk)}`);
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // Marks. "here" is the draft that is looked at, "now" one line of it, "near" what the pointer is over.
  const clear = (name) => review.querySelectorAll(`.${name}`).forEach((one) => one.classList.remove(name));
  const placesOf = (part) => {
    const draft = part.split(":")[0];
    const own = [...text.querySelectorAll(`[data-parts~="${part}"]`)];
    return own.length ? own : [...text.querySelectorAll(`[data-draft="${draft}"]`)];
  };

  const scrollText = (place) => {
    const top = place.offsetTop - text.clientHeight / 4;
    text.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  };

  const look = (part, scroll) => {
    ["now", "here"].forEach(clear);
    const places = placesOf(part);
    places.forEach((place) => place.classList.add(part.endsWith(":") ? "here" : "now"));
    if (scroll && places[0]) scrollText(places[0]);
    return places.length > 0;
  };

  const go = (one) => {
    if (!one) return;
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  };

  list.addEventListener("focusin", (event) => {
    const line = event.target.closest("[data-part]");
    const one = panelOf(event.target);
    if (line) look(line.dataset.part, true);
    else if (event.target === one) look(`${one.dataset.draft}:`, true);
  });

  list.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    clear("near");
    const line = event.target.closest("[data-part]");
    if (line) placesOf(line.dataset.part).forEach((place) => place.classList.add("near"));
  });

  // A tap on a line shows its sentence; a link "¶" does it too, and does not leave the drafts.
  review.addEventListener("click", (event) => {
    const passage = event.target.closest("[data-until]");
    if (passage) return showPassage(event, Number(passage.dataset.goto));
    const line = event.target.closest("[data-drafts] [data-part]");
    if (line && !isTyping(event.target) && look(line.dataset.part, true)) {
      review.querySelector(".review-text").open = true;
      if (event.target.closest("[data-goto]")) event.preventDefault();
    }
  });

  const showPassage = (event, at) => {
    // Plain text has no element of its own: the marked piece before it is near enough.
    event.preventDefault();
    const before = [...text.querySelectorAll("[id^='t-']")].filter((one) => Number(one.id.slice(2)) <= at);
    text.scrollTo({ top: (before.at(-1)?.offsetTop ?? 0) - 40 });
    text.focus();
  };

  // From the text to the draft that was read from it. Drafts that are filtered out: the link leads there.
  text.addEventListener("click", (event) => {
    const piece = event.target.closest("a[data-draft]");
    const one = piece && panel(piece.dataset.draft);
    if (!one) return;
    event.preventDefault();
    go(one);
    const parts = piece.dataset.parts.split(" ");
    const line = [...one.querySelectorAll("dd[data-part]")].find((row) => parts.includes(row.dataset.part));
    clear("now");
    piece.classList.add("now");
    line?.classList.add("now");
  });

  // Keys.
  const step = (by) => {
    const all = panels();
    const at = all.indexOf(panelOf(document.activeElement));
    go(all[Math.min(all.length - 1, Math.max(0, at + by))]);
  };
  const press = (one, key) => one?.querySelector(`[data-key="${key}"]`)?.click();

  list.addEventListener("keydown", (event) => {
    const one = panelOf(event.target);
    if (!one || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) && event.target.type !== "checkbox") {
      if (event.key === "Escape") one.querySelector("[data-cancel]")?.click();
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "t") { look(`${one.dataset.draft}:`, true); text.focus(); }
    else if (key === "u") press(one.querySelector('[data-key="u"]') ? one : panel(lastDecided), "u");
    else if ("abremdox".includes(key)) {
      press(one, key);
      if (key === "e" && wanted) early = "";
    }
    else return;
    event.preventDefault();
  });

  text.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = text.querySelector(".now, .here");
    go((now && panel(now.dataset.draft)) || panels()[0]);
  });

  // What is typed while the form is on its way belongs into it, and is no key of the page.
  document.addEventListener("keydown", (event) => {
    if (early === null || event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return;
    early += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  const typeInto = (field, text) => {
    field.focus();
    if (!text || !field.setRangeText) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // Answers: the panel is replaced; the focus goes on to the next draft that waits.
  list.addEventListener("htmx:beforeRequest", (event) => {
    const from = panelOf(event.detail.elt);
    const all = panels();
    const after = [...all.slice(all.indexOf(from) + 1), ...all].find((one) => one !== from && "waiting" in one.dataset);
    wanted = { from: from.id, next: after?.id };
    from.setAttribute("aria-busy", "true");
  });

  document.body.addEventListener("htmx:afterSettle", () => {
    const one = wanted && document.getElementById(wanted.from);
    const typed = early;
    early = null;
    if (!one) return;
    const { next } = wanted;
    wanted = null;
    const state = one.dataset.state;
    text.querySelectorAll(`[data-draft="${one.dataset.draft}"]`).forEach((place) => (place.dataset.state = state));
    const field = one.querySelector("form[data-dirty] .missing :is(input, textarea, select), form[data-dirty] :is(input, textarea, select):not([type=hidden])");
    if (field) return typeInto(field, typed);
    if ("waiting" in one.dataset || !next) return go(one);
    lastDecided = one.dataset.draft;
    go(document.getElementById(next));
  });

  // What went wrong is said in the panel, and what was typed in it stays.
  const complain = (one, words) => {
    let notice = one.querySelector("[data-trouble]");
    if (!notice) {
      notice = document.createElement("div");
      notice.className = "notice bad";
      notice.dataset.trouble = "";
      notice.setAttribute("role", "alert");
      one.querySelector(".draft-head").after(notice);
    }
    notice.textContent = words;
    one.removeAttribute("aria-busy");
    wanted = early = null;
  };
  const AWAY = "The site did not answer. Nothing is lost: check your connection and try again.";
  const SIGNED_OUT = "You have been signed out. Sign in again in another tab, then try again here: nothing is lost.";
  const WRONG = "That did not work. Nothing is lost: try again, or reload the page.";

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    list.addEventListener(name, (event) => {
      event.stopPropagation();
      complain(panelOf(event.detail.elt), AWAY);
    });
  }
  list.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, elt } = event.detail;
    if (xhr.status < 400 || xhr.status === 400) return;
    event.stopPropagation();
    event.detail.shouldSwap = false;
    complain(panelOf(elt), xhr.status === 401 ? SIGNED_OUT : WRONG);
  });

  // Typed and not yet saved: ask before the page is left.
  list.addEventListener("input", (event) => {
    const form = event.target.closest("[data-dirty]");
    if (form) form.dataset.dirty = "yes";
  });
  addEventListener("beforeunload", (event) => {
    if (list.querySelector('[data-dirty="yes"]') && !wanted) event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-cancel]");
    const dirty = cancel?.closest('[data-dirty="yes"]');
    if (dirty && !confirm("Drop what you have typed here?")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // One tick ticks every draft that is shown and waits.
  const tickAll = review.querySelector("[data-tick-drafts]");
  if (tickAll) {
    tickAll.hidden = false;
    tickAll.addEventListener("change", (event) => {
      for (const box of list.querySelectorAll('input[name="draft"]')) box.checked = event.target.checked;
    });
  }

  // The lesson is saved as it is chosen.
  document.querySelector("[data-submits]")?.addEventListener("change", (event) => event.target.form.requestSubmit());

  review.querySelector("[data-keys]").hidden = false;
  if (panels().length) begin.hidden = false;
  begin.addEventListener("click", () => go(panels().find((one) => "waiting" in one.dataset) || panels()[0]));

  const aimed = location.hash.startsWith("#draft-") && document.querySelector(location.hash);
  if (aimed) go(aimed);
})();
