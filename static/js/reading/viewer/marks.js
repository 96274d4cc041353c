// Tells the server which pages were looked at for about a second, and for how long; kept on the tablet while the line is lost.
import { effect } from "@preact/signals-core";
import { post } from "../../web/acts.js";
import { hold } from "../../web/outbox.js";

const SEEN_MS = 900;
const EVERY_MS = 20000;
/** Nobody reads one page for longer without touching the glass: then the tablet merely lies there. */
const IDLE_MS = 5 * 60000;

/** @param {import("../desk.js").Desk} desk */
export function keepMarks(desk) {
  /** @type {Set<number>} */
  const seen = new Set();
  let counted = 0; // milliseconds not told yet
  let since = performance.now();
  let touched = performance.now();
  let telling = false;

  const count = () => {
    const now = performance.now();
    if (document.visibilityState === "visible") counted += Math.max(0, Math.min(now, touched + IDLE_MS) - since);
    since = now;
  };

  /** What is to be told; what was counted starts anew. */
  const taken = () => {
    count();
    const input = { file_id: desk.opening.value.id, page: desk.page.value, seen: [...seen].slice(0, 2000), seconds: Math.min(3600, Math.round(counted / 1000)) };
    seen.clear();
    counted = 0;
    return input;
  };

  async function tell() {
    if (telling || !desk.opening.value.pages.length || !seen.size) return;
    telling = true;
    const input = taken();
    const answer = await post("materials.mark_read", input);
    telling = false;
    if (answer.ok || answer.code !== "offline") return;
    for (const page of input.seen) seen.add(page);
    counted += input.seconds * 1000;
  }

  /** The page is left: what is not told yet waits in the outbox. */
  const leave = () => {
    if (document.visibilityState !== "hidden") { since = performance.now(); return; }
    // The seconds up to now count, though the page has just become hidden.
    counted += Math.max(0, Math.min(performance.now(), touched + IDLE_MS) - since);
    since = performance.now();
    if (desk.opening.value.pages.length && (seen.size || counted > 3000)) void hold("materials.mark_read", taken());
  };

  let dwell = 0;
  effect(() => {
    const open = desk.shown.value.filter((page) => page <= desk.opening.value.pages.length);
    clearTimeout(dwell);
    touched = performance.now();
    dwell = window.setTimeout(() => {
      const fresh = open.filter((page) => !desk.opening.peek().seen.includes(page));
      for (const page of open) seen.add(page);
      if (fresh.length) desk.opening.value = { ...desk.opening.peek(), seen: [...desk.opening.peek().seen, ...fresh] };
      void tell();
    }, SEEN_MS);
  });
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    for (const page of desk.shown.peek()) if (page <= desk.opening.peek().pages.length) seen.add(page);
    void tell();
  }, EVERY_MS);
  document.addEventListener("visibilitychange", leave);
  for (const name of ["pointerdown", "keydown", "wheel"]) document.addEventListener(name, () => { count(); touched = performance.now(); }, { passive: true });
}
