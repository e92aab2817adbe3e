// Merging: to write in a field of one's own words is to choose them; to choose a text fills in the words.
(() => {
  for (const own of document.querySelectorAll("[data-own]")) {
    const choices = [...document.getElementsByName(own.dataset.own)];
    own.addEventListener("input", () => {
      const mine = choices.find((choice) => choice.value === "own");
      if (mine) mine.checked = true;
    });
  }
})();
