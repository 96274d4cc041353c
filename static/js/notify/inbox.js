// The inbox: filtered on this device (also without a line), seen when opened, and renewed by itself when the bell hears of news.
import { hold } from "../web/outbox.js";

let filter = "";

/** @param {Element} row @returns {boolean} */
function shown(row) {
  if (!filter) return true;
  return filter === "new" ? row.hasAttribute("data-notification") : row.getAttribute("data-group") === filter;
}

function show() {
  let any = false;
  for (const day of document.querySelectorAll("[data-day]")) {
    let here = false;
    for (const row of day.querySelectorAll(".told")) {
      const on = shown(row);
      row.toggleAttribute("hidden", !on);
      here ||= on;
    }
    day.toggleAttribute("hidden", !here);
    any ||= here;
  }
  document.querySelector("[data-nothing]")?.toggleAttribute("hidden", any);
  for (const button of document.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(button.getAttribute("data-filter") === filter));
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest("[data-filter]");
  if (button) {
    filter = button.getAttribute("data-filter") ?? "";
    show();
  }
  const row = target?.closest("[data-notification]");
  if (row) void hold("notify.mark_seen", { notification_ids: [Number(row.getAttribute("data-notification"))] });
});

/** The server's newest list takes the place of what is shown; without a line the old one stays. */
async function renew() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(10000) });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["[data-inbox]", "[data-unseen-words]", "[data-filters]", "[data-told-actions]"]) {
      const old = document.querySelector(part);
      const next = fresh.querySelector(part);
      if (old && next) old.replaceWith(next);
    }
    show();
  } catch {
    // The line is down: the pill says so.
  }
}

document.addEventListener("bell:news", () => void renew());
