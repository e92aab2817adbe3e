// Asking from the home page's box: the answer is written in its place below, the page stays.
import { newKey, stopsWriting } from "./asking.js";
import { NoStream, openStream } from "./event-stream.js";
import { liveTurn, refresh, waitFor } from "./live-turn.js";

const box = document.querySelector("[data-box][data-ask]");
const result = document.querySelector("#result");
let current = null; // The answer that is being written; a newer question takes its place.

const complain = (text) => {
  const notice = document.createElement("div");
  notice.className = "notice bad";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  result.replaceChildren(notice);
};

const wayOn = (url) => {
  const link = document.createElement("a");
  link.className = "button quiet";
  link.href = url;
  link.textContent = "Go on in a conversation";
  const line = document.createElement("p");
  line.append(link);
  return line;
};

const ask = async () => {
  const text = box.elements.text.value.trim();
  if (!text) return;
  const live = liveTurn(text);
  const body = new FormData(box);
  body.set("key", newKey());
  current = live;
  result.replaceChildren(live.article);
  let url = "";
  try {
    await openStream(box.dataset.ask, body, (name, data) => {
      if (current !== live) return;
      live.on(name, data);
      if (name === "turn") url = data.url;
    });
    if (!url) throw new NoStream("The connection broke. What you typed is still here. Send it again.");
  } catch (error) {
    if (!(error instanceof NoStream)) throw error;
    if (current === live) complain(error.message);
    return;
  }
  if (current !== live) return;
  const settled = await refresh(live.article);
  if (settled.isConnected) settled.after(wayOn(url));
  await waitFor(settled);
  if (current === live) current = null;
};

box.dataset.asksHere = "";
box.addEventListener("dosay:ask", ask);
// What the box does next takes the place of the answer that is being written.
box.addEventListener("htmx:beforeRequest", () => (current = null));
stopsWriting(box, () => current?.article, complain);
