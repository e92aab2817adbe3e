// For all fragments that htmx fetches: the current form token, a word to screen readers, and plain words
// in the place of the answer when there is none.
(() => {
  const NO_ANSWER =
    "The site did not answer. What you typed is still here. Check your connection and try again.";
  const OUT_OF_DATE =
    "This page is out of date. What you typed is still here: copy it, reload the page and try again.";
  const WENT_WRONG =
    "Something went wrong on our side. What you typed is still here. Try again in a minute.";

  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]+)`)?.[1];

  const announce = (text) => {
    const status = document.querySelector("[data-status]");
    if (status) status.textContent = text;
  };

  const show = (target, text) => {
    const notice = document.createElement("div");
    notice.className = "notice bad";
    notice.textContent = text;
    target.replaceChildren(notice);
    announce(text);
  };

  // After signing in again in another tab the token in this page is old; the cookie has the new one.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = cookie("csrftoken");
    if (!token || event.detail.verb === "get") return;
    event.detail.headers["X-CSRFToken"] = token;
    delete event.detail.parameters.csrfmiddlewaretoken;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const spoken = event.detail.target.querySelector("[data-announce]");
    if (spoken) announce(spoken.dataset.announce);
  });

  document.addEventListener("htmx:sendError", (event) => show(event.detail.target, NO_ANSWER));
  document.addEventListener("htmx:timeout", (event) => show(event.detail.target, NO_ANSWER));

  // Answers with a fragment of their own (400, 401, 404, 413, 503) have been swapped in by now.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, shouldSwap, target } = event.detail;
    if (shouldSwap || xhr.status < 400) return;
    show(target, xhr.status === 403 ? OUT_OF_DATE : WENT_WRONG);
  });
})();
