// The time that is left, counted from what the server said. Near the end it asks whether more is needed; at the end the
// attempt is handed in as it stands.
(() => {
  const shown = document.querySelector("[data-seconds-left]");
  const form = document.querySelector("form[data-attempt]");
  if (!shown || !form) return;

  const WORTH_SAYING = [300, 120, 60, 10];
  // WCAG 2.2, criterion 2.2.1: warned, and 20 seconds at least to ask for more.
  const ASKS_AT = 120;
  const TIME_LIMIT_MS = 8000;
  const inMilliseconds = (seconds) => performance.now() + Number(seconds) * 1000;
  // The device's own clock may be wrong or be set meanwhile: only the time since the page came is counted.
  let end = inMilliseconds(shown.dataset.secondsLeft);
  const status = document.querySelector("[data-status]");
  let more = form.querySelector("[data-more-time]");
  let said = Infinity;

  const words = (seconds) =>
    seconds >= 60 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left` : `${seconds} s left`;

  // Where time was added since this page came, the site hands nothing in and shows the new clock. Said by a button, so that
  // no later sending says it too.
  function finish() {
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", name: "ran_out", value: "1", hidden: true });
    form.append(button);
    form.requestSubmit(button);
  }

  function ask(left) {
    if (!more) return;
    more.hidden = left > ASKS_AT;
    more.querySelector("[data-ending]").hidden = more.hidden;
  }

  function tick() {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    shown.textContent = words(left);
    shown.dataset.state = left <= 60 ? "short" : "";
    ask(left);
    const reached = WORTH_SAYING.find((mark) => left <= mark && said > mark);
    if (reached) {
      said = left;
      status.textContent = `${words(left)}.${more && !more.hidden ? ` ${more.innerText}` : ""}`;
    }
    if (left) return;
    clearInterval(timer);
    finish();
  }

  const toast = (detail) => document.dispatchEvent(new CustomEvent("dosay:toast", { detail }));

  // The page stays as it is: what is being typed needs no saving first. Where the site refuses, the form itself is sent,
  // and the site says why. Without a connection it is not: the browser's own error would take the page's place. The
  // button's value, how often time was added so far, makes a press that is sent again count once.
  async function lengthen(event) {
    event.preventDefault();
    const button = event.currentTarget;
    button.disabled = true;
    // Whoever signed in again in another tab has a new token since.
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
    const sent = { method: "POST", headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(TIME_LIMIT_MS) };
    const response = await fetch(`${more.dataset.extend}?extensions=${button.value}`, sent).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    button.disabled = false;
    if (response && !response.ok && response.status < 500) return form.requestSubmit(button);
    if (!answer) {
      button.focus();
      return toast("The site did not answer. The time runs on: press again.");
    }
    if (answer.minutes === null) return location.reload();
    button.value = answer.extensions;
    document.querySelector("[data-minutes]").textContent = `${answer.minutes} minutes from the start`;
    end = inMilliseconds(answer.seconds_left);
    said = Infinity;
    if (!answer.can_be_extended) {
      more.remove();
      more = null;
    }
    // The button goes; with the focus on “Finish”, an Enter that is still held would hand the attempt in.
    shown.focus();
    toast("You have more time.");
    tick();
  }

  more?.querySelector("button").addEventListener("click", lengthen);
  const timer = setInterval(tick, 1000);
  tick();
})();
