// Asking without leaving the page: send, stream, stop, and take up answers that wait.
import { newKey, stopsWriting } from "./asking.js";
import { NoStream, openStream } from "./event-stream.js";
import { liveTurn, refresh, waitFor } from "./live-turn.js";

const form = document.querySelector("[data-ask]");
const turns = document.querySelector("[data-turns]");
const field = form.elements.text;
let current = null; // The turn that this page is writing.

const csrf = () => form.elements.csrfmiddlewaretoken.value;

const complain = (text) => {
  const problem = form.querySelector("[data-problem]");
  problem.textContent = text;
  problem.hidden = !text;
};

const busy = (on) => {
  form.querySelector("[type=submit]").disabled = on;
};

const settle = async (article) => waitFor(await refresh(article));

const stream = async (live, body) => {
  current = live.article;
  busy(true);
  try {
    await openStream(form.dataset.ask, body, (name, data) => {
      live.on(name, data);
      if (name === "turn") begin(data);
    });
  } finally {
    current = null;
    busy(false);
  }
  if (!live.article.dataset.url) throw new NoStream("The connection broke. What you typed is still here. Send it again.");
  await settle(live.article);
};

// The question is stored: the page becomes that conversation's, and the box is free for the next one.
const begin = (data) => {
  form.elements.conversation.value = data.conversation;
  form.elements.key.value = newKey();
  document.querySelectorAll("[data-before-first]").forEach((part) => part.remove());
  history.replaceState(null, "", data.url);
};

const send = async () => {
  if (current || !field.value.trim()) return;
  complain("");
  const live = liveTurn(field.value.trim());
  const text = field.value;
  const body = new FormData(form);
  turns.append(live.article);
  field.value = "";
  live.article.scrollIntoView({ block: "nearest" });
  try {
    await stream(live, body);
  } catch (error) {
    if (!(error instanceof NoStream)) throw error;
    live.article.remove();
    field.value = text;
    complain(error.message);
  }
};

const takeUp = async (article) => {
  const live = liveTurn(article.querySelector(".asked").textContent);
  live.article.dataset.url = article.dataset.url;
  live.article.dataset.turn = article.dataset.turn;
  article.replaceWith(live.article);
  live.article.querySelector("[data-stop]").hidden = false;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", csrf());
  body.set("turn", article.dataset.turn);
  try {
    await stream(live, body);
  } catch (error) {
    if (!(error instanceof NoStream)) throw error;
    complain(error.message);
    await settle(live.article);
  }
};

// A question that was changed is another question.
field.addEventListener("input", () => (form.elements.key.value = newKey()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
stopsWriting(form, () => current, complain);
document.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (!example) return;
  field.value = example.textContent;
  send();
});

for (const article of turns.querySelectorAll("[data-state=streaming]")) {
  // Waiting for a writer or with one already: either way the stream tells it from the beginning.
  if (!current) takeUp(article);
  else waitFor(article);
}
