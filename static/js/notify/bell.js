// The bell counts by itself: it asks every twenty seconds while the page is looked at, at once when somebody comes back to it and
// when this device was told something. One page asks for all: what it hears it passes on.
import { element } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { leaveDevice } from "./leaving.js";

const EVERY_MS = 20000;
const bell = document.querySelector("[data-bell]");
const others = "BroadcastChannel" in window ? new BroadcastChannel("bell") : null;
let newest = Number(bell?.getAttribute("data-newest") ?? -1);
let asked = Date.now();

/** @param {{unseen: number, newest: number}} heard */
function take(heard) {
  if (!bell) return;
  bell.setAttribute("aria-label", t("Notifications: %(n)s not seen", { n: heard.unseen }));
  const count = bell.querySelector(".count");
  if (!heard.unseen) count?.remove();
  else if (count) count.textContent = String(heard.unseen);
  else bell.append(element("span", { class: "count" }, String(heard.unseen)));
  if (newest >= 0 && heard.newest > newest) document.dispatchEvent(new CustomEvent("bell:news", { detail: heard }));
  newest = heard.newest;
}

async function ask() {
  asked = Date.now();
  try {
    const answer = await fetch("/api/v1/notifications/unseen", { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) return;
    const heard = await answer.json();
    take(heard);
    others?.postMessage(heard);
  } catch {
    // No line: the count stays as it was last known.
  }
}

function due() {
  if (document.visibilityState === "visible" && Date.now() - asked >= EVERY_MS) void ask();
}

if (bell) {
  others?.addEventListener("message", (event) => {
    asked = Date.now();
    take(event.data);
  });
  navigator.serviceWorker?.addEventListener("message", (event) => { if (event.data === "told") void ask(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") void ask(); });
  setInterval(due, 1000);
}
leaveDevice();
