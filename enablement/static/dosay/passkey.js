// Passkeys: shows the buttons where the browser knows them, and says what went wrong in words.
(() => {
  if (!window.PublicKeyCredential) return;
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = false;
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const problem = document.querySelector("[data-passkey-problem]");
    if (!problem) return;
    const stopped = event.detail.exception?.name === "NotAllowedError";
    problem.textContent = stopped
      ? "That was stopped before it was done. Try again when you are ready."
      : "The passkey could not be used here. Try another way.";
    problem.hidden = false;
  });
})();
