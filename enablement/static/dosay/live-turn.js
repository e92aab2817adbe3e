// A turn on the page while its answer is being written. Text goes in as text, never as HTML; when the answer
// is over, the server's own fragment takes the place of all of it.

// Put the turn as the server shows it in place of `article` once its answer is over. Returns what is on the page.
export const refresh = async (article) => {
  let html;
  try {
    const response = await fetch(article.dataset.url, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return article;
    html = await response.text();
  } catch {
    return article;
  }
  const fresh = document.importNode(new DOMParser().parseFromString(html, "text/html").querySelector("article"), true);
  if (fresh.dataset.state === "streaming") return article;
  article.replaceWith(fresh);
  return fresh;
};

// Ask once a second until the answer is over.
export const waitFor = async (article) => {
  let current = article;
  while (current.isConnected && current.dataset.state === "streaming") {
    await new Promise((done) => setTimeout(done, 1000));
    current = await refresh(current);
  }
};

const chip = (number, cited) => {
  const link = document.createElement("a");
  link.className = "chip";
  link.textContent = number;
  if (cited) {
    link.href = cited.url;
    link.title = cited.quote;
    link.setAttribute("aria-label", `Source ${number}`);
  }
  return link;
};

export const liveTurn = (question) => {
  const article = document.querySelector("[data-live-turn]").content.firstElementChild.cloneNode(true);
  const find = (name) => article.querySelector(`[data-${name}]`);
  const answer = find("answer");
  let citations = new Map();
  find("question").textContent = question;

  const show = {
    turn: (data) => {
      article.dataset.turn = data.turn;
      article.dataset.url = data.fragment;
      find("stop").hidden = false;
    },
    understood: (data) => {
      find("understood").textContent = `Understood as: ${data.text}`;
      find("understood").hidden = false;
    },
    verdict: (data) => {
      find("verdict").classList.add(data.outcome);
      find("verdict-title").textContent = data.title;
      find("verdict-say").textContent = data.say;
      find("verdict").hidden = false;
    },
    say: (data) => {
      find("say").textContent = data.text;
      find("say").parentElement.hidden = false;
    },
    citations: (data) => {
      citations = new Map(data.citations.map((cited) => [String(cited.n), cited]));
      const line = data.citations.find((cited) => cited.quote === find("say").textContent);
      if (line) find("say").append(chip(String(line.n), line));
    },
    token: (data) => {
      const parts = data.text.split(/\[(\d+)\]/);
      const last = parts.length - 1;
      const text = (part, at) => (at === last ? part : part.trimEnd()); // A number stays with its sentence.
      answer.append(...parts.map((part, at) => (at % 2 ? chip(part, citations.get(part)) : text(part, at))));
    },
    withdrawn: () => answer.replaceChildren(),
    note: (data) => {
      find("note").textContent = data.text;
      find("note").hidden = false;
    },
  };
  return { article, on: (name, data) => show[name]?.(data) };
};
