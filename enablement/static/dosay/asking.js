// What the box on the home page and the page of a conversation have in common when they ask.

// A key of its own for every question: sent twice, it is asked once.
export const newKey = () => {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("");
};

// Stop the answer that is being written into `article`. What the site says where it cannot is given to `complain`.
const stopWriting = async (article, csrf, complain) => {
  if (!article?.dataset.url) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", csrf);
  const response = await fetch(`${article.dataset.url}stop/`, { method: "POST", body });
  if (response.status === 503) complain((await response.json()).message);
};

// Escape and the button stop what `writing()` names, with the token of `form`.
export const stopsWriting = (form, writing, complain) => {
  const stop = () => stopWriting(writing(), form.elements.csrfmiddlewaretoken.value, complain);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) stop();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-stop]")) stop();
  });
};
