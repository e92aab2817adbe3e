// Server-sent events over a POST: sends the form and hands each event to `on(name, data)`.

// What stands between the person and an answer, worded for them.
export class NoStream extends Error {}

export const openStream = async (url, form, on) => {
  let response;
  try {
    response = await fetch(url, { method: "POST", body: form, headers: { Accept: "text/event-stream" } });
  } catch {
    throw new NoStream("The site did not answer. What you typed is still here. Check your connection and try again.");
  }
  const type = response.headers.get("Content-Type") || "";
  if (type.startsWith("application/json")) throw new NoStream((await response.json()).message);
  if (!response.ok || !type.startsWith("text/event-stream")) throw new NoStream(reasonFor(response));
  await readEvents(response.body, on);
};

const reasonFor = (response) => {
  if (response.redirected || response.status === 403) {
    return "You were signed out. Sign in again in another tab, then send it once more; what you typed is still here.";
  }
  return `The site could not take the question (status ${response.status}). Try again in a moment.`;
};

const readEvents = async (body, on) => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    let part;
    try {
      part = await reader.read();
    } catch {
      return; // The connection broke: the answer goes on, and the page asks for it.
    }
    text += decoder.decode(part.value || new Uint8Array(), { stream: !part.done });
    const events = text.split("\n\n");
    text = events.pop();
    events.forEach((event) => tell(event, on));
    if (part.done) return;
  }
};

const tell = (event, on) => {
  if (event.startsWith(":")) return; // A sign of life.
  const [first, second] = event.split("\n");
  on(first.replace(/^event: /, ""), JSON.parse(second.replace(/^data: /, "")));
};
