// The time that is left, counted from what the server said; at its end the attempt is handed in as it stands.
(() => {
  const shown = document.querySelector("[data-seconds-left]");
  const form = document.querySelector("form[data-attempt]");
  if (!shown || !form) return;

  const WORTH_SAYING = [300, 60, 10];
  // The device's own clock may be wrong or be set meanwhile: only the time since the page came is counted.
  const end = performance.now() + Number(shown.dataset.secondsLeft) * 1000;
  const status = document.querySelector("[data-status]");
  let said = Infinity;

  const words = (seconds) =>
    seconds >= 60 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left` : `${seconds} s left`;

  function finish() {
    const confirm = document.createElement("input");
    Object.assign(confirm, { type: "hidden", name: "confirm", value: "1" });
    form.append(confirm);
    form.requestSubmit();
  }

  function tick() {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    shown.textContent = words(left);
    shown.dataset.state = left <= 60 ? "short" : "";
    const reached = WORTH_SAYING.find((mark) => left <= mark && said > mark);
    if (reached) {
      said = left;
      status.textContent = words(left);
    }
    if (left) return;
    clearInterval(timer);
    finish();
  }

  const timer = setInterval(tick, 1000);
  tick();
})();
