// Says that the device has no connection for as long as it has none.
(() => {
  const notice = document.querySelector("[data-offline]");
  if (!notice) return;
  const follow = () => (notice.hidden = navigator.onLine);
  addEventListener("online", follow);
  addEventListener("offline", follow);
  follow();
})();
