// The palette: "/" or Ctrl-K, a few letters, Enter. The places are fetched when it is first opened.
(() => {
  const dialog = document.querySelector("[data-palette]");
  if (!dialog) return;
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const MOST = 12;
  const KEPT = `dosay-recent-${dialog.dataset.person}`;
  let places = null;
  let chosen = 0;

  const recent = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) || [];
    } catch {
      return [];
    }
  };

  // Where one has been lately, newest first; what is no longer open to one is not among the places.
  const remember = () => {
    try {
      const others = recent().filter((url) => url !== location.pathname);
      localStorage.setItem(KEPT, JSON.stringify([location.pathname, ...others].slice(0, 12)));
    } catch {
      // Without storage nothing is remembered.
    }
  };
  remember();

  const load = async () => {
    if (places) return;
    try {
      const response = await fetch(dialog.dataset.url, { headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) throw new Error();
      places = (await response.json()).places;
    } catch {
      places = null;
      say("The places could not be fetched. Enter searches instead.");
      return;
    }
    show();
  };

  // 0: no match. Every word must be found; titles that begin with it come first, then words in the title.
  const score = (place, words) => {
    const title = place.title.toLowerCase();
    let sum = 0;
    for (const word of words) {
      if (title.startsWith(word)) sum += 8;
      else if (title.includes(` ${word}`)) sum += 5;
      else if (title.includes(word)) sum += 3;
      else if (place.words.toLowerCase().includes(word)) sum += 2;
      else if (place.kind.toLowerCase().startsWith(word)) sum += 1;
      else return 0;
    }
    return sum + 1 / (1 + title.length);
  };

  const matches = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) {
      const here = location.pathname;
      const been = recent().map((url) => places.find((place) => place.url.split("#")[0] === url));
      const known = been.filter((place) => place && place.url !== here && place.kind !== "Page");
      const pinned = places.filter((place) => place.kind === "Pinned");
      const first = [...pinned, ...known.slice(0, 5), ...places];
      return first.filter((place, at) => first.findIndex((one) => one.url === place.url) === at).slice(0, MOST);
    }
    return places
      .filter((place) => place.kind !== "Pinned") // It is there by its own kind as well.
      .map((place) => [score(place, words), place])
      .filter(([points]) => points > 0)
      .sort((one, other) => other[0] - one[0])
      .slice(0, MOST)
      .map(([, place]) => place);
  };

  const option = (kind, title, url, number) => {
    const item = document.createElement("li");
    item.role = "option";
    item.id = `palette-place-${number}`;
    const link = document.createElement("a");
    link.href = url;
    link.tabIndex = -1;
    const name = document.createElement("span");
    name.textContent = title;
    const badge = document.createElement("small");
    badge.textContent = kind;
    link.append(name, badge);
    item.append(link);
    return item;
  };

  const say = (text) => {
    const item = document.createElement("li");
    item.className = "soft";
    item.textContent = text;
    list.replaceChildren(item);
  };

  const show = () => {
    if (!places) return;
    const found = matches().map((place, number) => option(place.kind, place.title, place.url, number));
    const text = field.value.trim();
    if (text) {
      const url = `${field.form.getAttribute("action")}?q=${encodeURIComponent(text)}`;
      found.push(option("Search", `Search for “${text.slice(0, 60)}”`, url, found.length));
    }
    list.replaceChildren(...found);
    choose(0);
  };

  const choose = (number) => {
    const options = list.querySelectorAll("[role=option]");
    if (!options.length) return;
    chosen = (number + options.length) % options.length;
    options.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    field.value = "";
    say("One moment …");
    show();
    load();
  };

  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose(chosen + steps[event.key]);
    }
    if (event.key === "Enter" && !event.isComposing) {
      const link = list.querySelector("[aria-selected=true] a");
      if (!link) return; // The form searches.
      event.preventDefault();
      link.click();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-palette-close], a")) dialog.close();
  });
  document.addEventListener("dosay:palette", open);
  document.querySelectorAll("[data-palette-open]").forEach((link) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    }),
  );
})();
