// What this device is able to keep, in plain words: room left, a promise not to clear it, the application on the home screen.
import { t } from "../web/i18n.js";
import { line, untrustedWords } from "../web/worker.js";
import { canKeep } from "./places.js";

/** @typedef {{persistent: boolean, installed: boolean, free_bytes: number | null}} Storage */

export const isInstalled = () => matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;
/** iPads say that they are Macs, but have a touch screen. */
export const isApple = () => /iPad|iPhone/.test(navigator.userAgent) || (navigator.userAgent.includes("Macintosh") && navigator.maxTouchPoints > 1);

/** @returns {Promise<Storage>} */
export async function storage() {
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  const free = estimate?.quota === undefined ? null : Math.max(0, estimate.quota - (estimate.usage ?? 0));
  const persistent = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
  return { persistent, installed: isInstalled(), free_bytes: free };
}

/** Ask the browser not to clear what is kept here; some ask the person, some decide by themselves. */
export async function askToPersist() {
  await navigator.storage?.persist?.().catch(() => false);
}

/** @param {number} bytes @returns {string} */
export function megabytes(bytes) {
  const [size, unit, digits] = bytes >= 1e9 ? [bytes / 1e9, "GB", 1] : [bytes / 1e6, "MB", bytes < 1e7 ? 1 : 0];
  return `${size.toLocaleString(document.documentElement.lang || "vi", { maximumFractionDigits: Number(digits) })} ${unit}`;
}

/** Why nothing can be kept here at all; empty when it can. @returns {string} */
export function whyNot() {
  if (line.value === "untrusted") return untrustedWords();
  if (canKeep()) return "";
  if (!window.isSecureContext) return t("This page came over http, so the browser keeps nothing for reading without a line. Open it over https (ask the office for the address).");
  return t("This browser cannot keep papers. Use a newer one, or leave its private window.");
}

/** What is missing for papers to stay; empty when all is well. @param {Storage} now @returns {{text: string, steps: string[]} | null} */
export function missing(now) {
  if (now.persistent || now.installed) return null;
  if (isApple()) return {
    text: t("Safari removes what is kept after 7 days without a visit. Put the application on the home screen and open it from there:"),
    steps: [t("Tap the Share button (a square with an arrow)"), t("Choose “Add to Home Screen”, then “Add”"), t("Open the application by its picture on the home screen, sign in, and keep the meeting there")],
  };
  return { text: t("The browser has not promised to keep the papers when the device runs short of room. Installing the application (in the browser's menu) makes them stay."), steps: [] };
}
