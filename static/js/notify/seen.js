// A notification counts as seen when it is opened. The mark travels while the page changes; if it is lost, the dot simply stays.
import { csrfToken } from "../web/acts.js";

document.addEventListener("click", (event) => {
  const row = event.target instanceof Element ? event.target.closest("[data-notification]") : null;
  if (!row) return;
  const ids = [Number(row.getAttribute("data-notification"))];
  void fetch("/api/v1/acts/notify.mark_seen", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify({ notification_ids: ids }),
    keepalive: true,
  });
});
