// Saves each answer as it is chosen or typed. “Saved” is shown on the server's word alone. What cannot be sent is kept on this device and sent later, in order.
(() => {
  const form = document.querySelector("form[data-attempt]");
  if (!form) return;

  const RETRY_MS = 4000;
  // With this limit an answer that finds no connection is shown as such within ten seconds.
  const TIME_LIMIT_MS = 8000;
  // Typing is kept on this device with every key, and sent when it pauses.
  const PAUSE_MS = 700;
  const kept = keptAnswers(form.dataset.attempt);
  const status = form.querySelector("[data-save-state]");
  const fieldsets = [...form.querySelectorAll("[data-question]")];
  const byId = new Map(fieldsets.map((fieldset) => [fieldset.dataset.question, fieldset]));
  const waiting = new Map();
  let sending = false;
  let retry = 0;
  // The button by which the attempt is to be handed in once everything is sent and the site answers.
  let finishing = null;
  let reached = false;

  const seqOf = (fieldset) => fieldset.querySelector("[data-seq]");
  const boxesOf = (fieldset) => [...fieldset.querySelectorAll("input:not([type=hidden])")];
  const selectsOf = (fieldset) => [...fieldset.querySelectorAll("select")];
  const textOf = (fieldset) => fieldset.querySelector("textarea");

  function chosenIn(fieldset) {
    const checked = boxesOf(fieldset).filter((box) => box.checked);
    return [...checked, ...selectsOf(fieldset)].map((field) => field.value).filter(Boolean);
  }

  function responseOf(fieldset) {
    const text = textOf(fieldset);
    return text ? { text: text.value } : { chosen: chosenIn(fieldset) };
  }

  function show(fieldset, response, seq) {
    if (textOf(fieldset)) textOf(fieldset).value = response.text ?? "";
    const chosen = response.chosen ?? [];
    for (const box of boxesOf(fieldset)) box.checked = chosen.includes(box.value);
    for (const select of selectsOf(fieldset)) {
      select.value = [...select.options].map((option) => option.value).find((value) => value && chosen.includes(value)) ?? "";
    }
    seqOf(fieldset).value = seq;
  }

  // A question with parts is answered when each of them is.
  function isAnswered(fieldset) {
    if (textOf(fieldset)) return Boolean(textOf(fieldset).value.trim());
    const parts = [...fieldset.querySelectorAll("[data-part]")];
    return (parts.length ? parts : [fieldset]).every((part) => chosenIn(part).length);
  }

  function tell(state, text) {
    status.dataset.state = state;
    if (status.textContent !== text) status.textContent = text;
  }

  function refuse(fieldset, text) {
    const problem = fieldset.querySelector("[data-problem]");
    problem.textContent = text;
    problem.hidden = !text;
  }

  function count() {
    const answered = fieldsets.filter(isAnswered).length;
    form.querySelector("[data-answered]").textContent = answered;
    form.querySelector("[data-progress]").value = answered;
  }

  async function send(question, answer) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
    const response = await fetch(form.dataset.answers, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify({
        attempt: form.dataset.attempt,
        question: Number(question),
        response: answer.response,
        client_seq: answer.seq,
      }),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => ({})) };
  }

  // Only what was sent is settled: a newer choice made meanwhile goes on waiting.
  function settle(question, answer) {
    if (waiting.get(question)?.seq === answer.seq) waiting.delete(question);
    kept.drop(question, answer.seq);
  }

  function take(question, answer, { status: code, body }) {
    const fieldset = byId.get(question);
    if (code === 200) {
      settle(question, answer);
      refuse(fieldset, "");
      if (!body.stored && !waiting.has(question)) {
        show(fieldset, body.response, body.client_seq);
        refuse(fieldset, "You answered this in another window since. The newer answer is shown.");
        count();
      }
      return true;
    }
    if (code === 400 || code === 404) {
      settle(question, answer);
      refuse(fieldset, body.detail || "This answer could not be saved. Reload the page and choose again.");
      return true;
    }
    if (code === 409) {
      nameLate();
      waiting.clear();
      kept.clear();
      location.reload();
      return true;
    }
    if (code === 401 || code === 403) {
      tell("kept", "You are signed out. Sign in again in another tab; your answers are kept here until then.");
    } else {
      tell("kept", "Not saved yet: the site did not take it. It is kept on this device and sent again.");
    }
    return false;
  }

  // For the page of results: which answers came after the attempt had ended.
  function nameLate() {
    const numbers = fieldsets.flatMap((fieldset, index) => (waiting.has(fieldset.dataset.question) ? [index + 1] : []));
    try {
      sessionStorage.setItem(`dosay-late-${form.dataset.attempt}`, numbers.join(", "));
    } catch {
      // Without storage it goes unsaid.
    }
  }

  async function flush() {
    if (sending) return;
    sending = true;
    clearTimeout(retry);
    try {
      while (waiting.size) {
        const [question, answer] = waiting.entries().next().value;
        tell("saving", "Saving…");
        if (!take(question, answer, await send(question, answer))) break;
      }
      if (!waiting.size && finishing) await reach();
      if (!waiting.size) arrived();
    } catch {
      tell("kept", unreached());
    } finally {
      sending = false;
      if (waiting.size || finishing) retry = setTimeout(flush, RETRY_MS);
    }
  }

  // Without it an error would take the page's place where the form is sent and nobody is there, or too many are.
  async function reach() {
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    const { status: code } = await fetch(form.dataset.alive, { method: "HEAD", signal });
    if (code >= 502) throw new Error("The site is away.");
  }

  function unreached() {
    if (!waiting.size) return "No connection. All answers are saved; the attempt is finished as soon as it is back.";
    const then = finishing ? " Then the attempt is finished." : "";
    return `Not saved yet: no connection. Kept on this device and sent as soon as it is back.${then}`;
  }

  function arrived() {
    tell("saved", "All answers saved");
    const button = finishing;
    finishing = null;
    if (!button) return;
    reached = true;
    form.requestSubmit(button === form ? null : button);
    reached = false;
  }

  function note(fieldset) {
    const seq = Math.max(Number(seqOf(fieldset).value) + 1, Date.now());
    seqOf(fieldset).value = seq;
    finishing = null;
    // Deleting first moves the question to the end, so that answers are sent in the order of choosing.
    waiting.delete(fieldset.dataset.question);
    waiting.set(fieldset.dataset.question, { response: responseOf(fieldset), seq });
    kept.put(fieldset.dataset.question, waiting.get(fieldset.dataset.question));
    refuse(fieldset, "");
    count();
  }

  form.addEventListener("input", (event) => {
    const fieldset = event.target.closest("[data-question]");
    if (!fieldset || event.target !== textOf(fieldset)) return;
    note(fieldset);
    if (sending) return;
    tell("saving", "Saving…");
    clearTimeout(retry);
    retry = setTimeout(flush, PAUSE_MS);
  });

  form.addEventListener("change", (event) => {
    const fieldset = event.target.closest("[data-question]");
    if (!fieldset) return;
    if (event.target !== textOf(fieldset)) note(fieldset);
    if (waiting.size) flush();
  });

  form.addEventListener("submit", (event) => {
    if (reached) {
      form.dataset.submitted = "yes";
      return;
    }
    // The last answers go first, so that finishing without a connection cannot lose them.
    event.preventDefault();
    if (form.dataset.submitted) return;
    finishing = event.submitter ?? form;
    flush();
  });

  addEventListener("online", flush);
  addEventListener("offline", () => tell("kept", "No connection. Go on: answers are kept on this device and sent later."));
  addEventListener("pageshow", () => delete form.dataset.submitted);

  for (const [question, answer] of kept.all()) {
    const fieldset = byId.get(question);
    if (fieldset && answer.seq > Number(seqOf(fieldset).value)) {
      show(fieldset, answer.response, answer.seq);
      waiting.set(question, answer);
    } else kept.drop(question, answer.seq);
  }
  count();
  document.querySelector("[data-unanswered]")?.focus();
  if (waiting.size) flush();
})();
