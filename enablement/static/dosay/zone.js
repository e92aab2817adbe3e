// Offers the time zone of the device where another one is chosen.
(() => {
  const form = document.querySelector("[data-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const select = form?.elements.time_zone;
  const hint = form?.querySelector("[data-zone-hint]");
  const known = select && [...select.options].some((option) => option.value === zone);
  if (!known || select.value === zone) return;
  form.querySelector("[data-zone-name]").textContent = zone.replaceAll("_", " ");
  hint.hidden = false;
  form.querySelector("[data-zone-use]").addEventListener("click", () => {
    select.value = zone;
    select.focus();
    hint.hidden = true;
  });
})();
