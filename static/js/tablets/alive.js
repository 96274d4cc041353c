// On pages of a paired tablet: tells each minute that it is there and how its battery is, and locks it when nobody touches it.
// What is kept is shown by the service worker only until the moment noted here, so that the lock holds without a line, too.
import { csrfToken, post } from "../web/acts.js";
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { anythingKept, setWho, TOUCHED, who } from "./places.js";
import { settle } from "./without_line.js";

const BEAT_MS = 60 * 1000;
const LOOK_MS = 5 * 1000;
const SITTING_MS = 12 * 60 * 60 * 1000;

const tablet = Number(document.documentElement.dataset.tablet || 0);
/** What the server said last. */
const rules = { sitting: false, lock_seconds: 0 };
let openUntil = 0; // without another touch
let touchedSince = true; // since the last beat; a page that opens was asked for by somebody
let locking = false;

export const isPaired = tablet > 0;

function touch() {
  touchedSince = true;
  localStorage.setItem(TOUCHED, String(Date.now()));
}

const touchedAt = () => Number(localStorage.getItem(TOUCHED) ?? Date.now());

/** @returns {Promise<{battery: number | null, charging: boolean | null}>} where the browser tells of it */
async function power() {
  const told = await /** @type {any} */ (navigator).getBattery?.().catch(() => null);
  return told ? { battery: Math.round(told.level * 100), charging: Boolean(told.charging) } : { battery: null, charging: null };
}

async function beat() {
  if (document.visibilityState !== "visible") return;
  const touched = touchedSince;
  touchedSince = false;
  try {
    const answer = await fetch("/tablets/alive", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ touched, ...(await power()) }),
      redirect: "manual",
      signal: AbortSignal.timeout(10000),
    });
    if (answer.type === "opaqueredirect" || answer.status === 401) return toKeypad(true);
    if (answer.ok) Object.assign(rules, await answer.json());
    if (answer.ok) await settle();
    await extend(answer.ok);
  } catch {
    touchedSince = touchedSince || touched; // no line: told with the next beat
    await extend(false);
  }
}

/** Until when the kept papers may be shown without another touch. Without a line a sitting counts as going on. @param {boolean} fresh */
async function extend(fresh) {
  const noted = await who();
  rules.lock_seconds ||= (noted?.lock_ms ?? 0) / 1000;
  if (!rules.lock_seconds) return;
  const own = touchedAt() + rules.lock_seconds * 1000;
  openUntil = rules.sitting ? Date.now() + SITTING_MS : fresh ? own : Math.max(own, openUntil, noted?.until ?? 0);
  if (noted && !noted.locked && (await anythingKept())) await setWho({ ...noted, until: openUntil, lock_ms: rules.lock_seconds * 1000 });
}

/** Nobody has touched it for so long that it locks itself. */
const isIdle = () => rules.lock_seconds > 0 && !rules.sitting && Date.now() > Math.max(openUntil, touchedAt() + rules.lock_seconds * 1000);

/** @param {boolean} told whether the server has locked it already */
async function toKeypad(told) {
  if (locking) return;
  locking = true;
  const noted = await who();
  if (noted) await setWho({ ...noted, locked: true, owed: !told });
  location.replace(`/tablets/unlock?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Lock this tablet now; without a line the server hears of it at the next contact. */
export async function lockNow() {
  const noted = await who();
  if (noted) await setWho({ ...noted, locked: true, owed: true });
  const answer = await post("tablets.lock", { tablet_id: tablet });
  await toKeypad(answer.ok || answer.code === "sign_in_first");
}

/** Whether a meeting of this tablet's owner is in session: then nobody signs out here. @returns {Promise<boolean>} whether it was said */
export async function staysForSitting() {
  if (!isPaired) return false;
  await beat();
  if (!rules.sitting) return false;
  const lock = await confirmed({ title: t("The meeting is in session"), text: t("This tablet stays signed in until the sitting ends, so that nobody is missing at a vote. It can be locked; the PIN opens it again."), yes: t("Lock the tablet"), no: t("Close") });
  if (lock) await lockNow();
  return true;
}

export function stayAlive() {
  if (!isPaired) return;
  touch();
  for (const event of ["pointerdown", "keydown", "wheel", "scroll"]) document.addEventListener(event, touch, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-lock-tablet]")) void lockNow();
  });
  document.addEventListener("visibilitychange", () => void beat());
  void beat();
  setInterval(() => void beat(), BEAT_MS);
  setInterval(() => { if (isIdle()) void lockNow(); }, LOOK_MS);
}
