// What is typed into a form is kept in this browser until it is saved: a session that ends, a closed tab or a
// crash loses nothing. One entry for each time the form is opened; the site names those that it has saved.
// A form that always has the same fields says `data-keep-fill`: what was kept is filled in where it stands.
// A form of one text says `data-keep-one`: who was offered an older text, passed it over and saved a newer one is not
// asked about the older one again.
const keepForm = (form) => {
  const list = form.querySelector("[data-unsaved-found]") ?? document.querySelector("[data-unsaved-found]");
  if (!list) return;
  const PAUSE = 400;
  const DAYS = 30;
  const place = `dosay-unsaved:${form.dataset.keep}`;
  const kept = document.querySelector("[data-kept]");
  const NOT_TEXT = new Set(["csrfmiddlewaretoken", "do", "draft_key", "removed"]);

  const fieldsOf = (of = form) => [...new FormData(of)].filter(([name]) => !NOT_TEXT.has(name));
  const textOf = (fields) => JSON.stringify(fields.filter(([name]) => name !== "edition" && name !== "began"));

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(place)) ?? {};
    } catch {
      return {};
    }
  };
  const write = (entries) => {
    try {
      if (Object.keys(entries).length) localStorage.setItem(place, JSON.stringify(entries));
      else localStorage.removeItem(place);
      return true;
    } catch {
      return false; // No room, or none is lent: the warning before leaving is what is left.
    }
  };
  const drop = (key) => {
    const entries = read();
    delete entries[key];
    write(entries);
  };

  const own = form.elements.draft_key;
  own.value ||= crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  // As the site sent it: something may have been typed before this script was there.
  const sent = form.cloneNode(true);
  sent.reset();
  let before = textOf(fieldsOf(sent));

  // What was kept and never saved, the newest first. A form that holds it already does not offer it.
  const offered = [];
  const oldest = Date.now() - DAYS * 24 * 60 * 60 * 1000;
  const line = list.querySelector("template");
  const found = Object.entries(read()).filter(([key]) => key !== own.value);
  for (const [key, entry] of found.sort(([, one], [, other]) => other.at - one.at)) {
    if (entry.at < oldest || textOf(entry.fields) === before) {
      drop(key);
      continue;
    }
    const row = line.content.firstElementChild.cloneNode(true);
    row.querySelector("time").textContent = new Date(entry.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
    row.querySelector("[data-bring-back]").addEventListener("click", () => bringBack(key, entry));
    row.querySelector("[data-drop]").addEventListener("click", () => {
      drop(key);
      row.remove();
      list.hidden = !list.querySelector("[data-bring-back]");
      form.querySelector("input:not([type=hidden]), textarea")?.focus();
    });
    list.append(row);
    list.hidden = false;
    offered.push(key);
  }

  const fill = (key, entry) => {
    for (const [name, value] of entry.fields) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value; // A group of radio buttons takes the value as a whole.
    }
    own.value = key;
    list.hidden = true;
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  };

  // Rows that were added since are not in this page's form, so the site makes the form again.
  const bringBack = (key, entry) => {
    if ("keepFill" in form.dataset) {
      fill(key, entry);
      return;
    }
    const again = document.createElement("form");
    again.method = "post";
    again.action = form.action;
    const token = form.elements.csrfmiddlewaretoken.value;
    const fields = [...entry.fields, ["csrfmiddlewaretoken", token], ["draft_key", key], ["do", "again"]];
    for (const [name, value] of fields) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      again.append(field);
    }
    document.body.append(again);
    again.submit();
  };

  let waiting;
  const keep = () => {
    clearTimeout(waiting);
    const fields = fieldsOf();
    if (textOf(fields) === before) return;
    before = textOf(fields);
    const passedOver = "keepOne" in form.dataset ? offered : [];
    const done = write({ ...read(), [own.value]: { at: Date.now(), fields, passedOver } });
    if (kept) kept.textContent = done ? kept.dataset.kept : "";
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "fields") keep();
  });
  form.addEventListener("submit", keep);
  window.addEventListener("pagehide", keep);
  keep();
};

// What the site has saved since is kept no more, on whichever page one comes to first.
const forgetSaved = () => {
  const saved = document.cookie.match(/(?:^|; )dosay_saved=([^;]*)/)?.[1];
  if (!saved) return;
  try {
    for (const place of Object.keys(localStorage).filter((name) => name.startsWith("dosay-unsaved:"))) {
      const entries = JSON.parse(localStorage.getItem(place)) ?? {};
      for (const key of saved.split(".")) {
        for (const older of entries[key]?.passedOver ?? []) delete entries[older];
        delete entries[key];
      }
      if (Object.keys(entries).length) localStorage.setItem(place, JSON.stringify(entries));
      else localStorage.removeItem(place);
    }
  } catch {
    return; // Nothing can be read here, so nothing was kept either.
  }
  document.cookie = "dosay_saved=; path=/; max-age=0; samesite=lax";
};

forgetSaved();
document.querySelectorAll("[data-keep]").forEach(keepForm);
