// Parts of a page that stay true while they are looked at: when a number of the server has risen, the page is read anew and its
// parts marked data-fresh="name" are put in place. What is being used is never torn away: it waits until it is let go.
const POLL_MS = 2000;
const MINUTE_MS = 60000; // words about time left grow old by themselves

/** @param {Element} part */
const inUse = (part) =>
  Boolean(document.querySelector("dialog[open]")) ||
  Boolean(part.querySelector("[aria-busy=true], details[open]")) ||
  (part.contains(document.activeElement) && Boolean(document.activeElement?.matches("input, textarea, select")));

/** What had the focus, so that it has it again: its key, or its place among the controls. @param {Element} part */
function focused(part) {
  const on = document.activeElement;
  if (!on || !part.contains(on)) return null;
  return on.closest("[data-key]")?.getAttribute("data-key") ?? on.getAttribute("href");
}

/** @param {Element} part @param {string | null} key */
function focusAgain(part, key) {
  if (!key) return;
  const row = part.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? part.querySelector(`[href="${CSS.escape(key)}"]`);
  const control = row?.matches("a, button") ? row : row?.querySelector("a, button");
  if (control instanceof HTMLElement) control.focus({ preventScroll: true });
}

/** Reads the page anew. True when every part was put in place. */
async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let whole = true;
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const newer = page.querySelector(`[data-fresh="${part.getAttribute("data-fresh")}"]`);
    if (!newer) continue;
    if (inUse(part)) {
      whole = false;
      continue;
    }
    const key = focused(part);
    part.replaceChildren(...newer.childNodes);
    focusAgain(part, key);
  }
  return whole;
}

/**
 * Keeps the marked parts of this page true.
 * @param {string} address answers {version: number}
 * @param {number} version what the page shows now
 */
export function keepFresh(address, version) {
  let shown = version;
  let renewedAt = Date.now();

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const now = (await answer.json()).version;
      const old = Date.now() - renewedAt > MINUTE_MS;
      if (now === shown && !old) return;
      if (await renew()) {
        shown = now;
        renewedAt = Date.now();
      }
    } catch {
      // without a line the page keeps what it shows; the pill above says so
    }
  }

  setInterval(look, POLL_MS);
  document.addEventListener("visibilitychange", look);
}
