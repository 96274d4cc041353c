// Switches notifications on and off on this device, and says in words why it cannot.
import { sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { engaged, untrustedWords } from "../web/worker.js";
import { end, subscription } from "./leaving.js";

const place = document.querySelector("[data-push]");
const words = place?.querySelector("[data-push-words]");
const on = place?.querySelector("[data-push-on]");
const off = place?.querySelector("[data-push-off]");
const key = place?.getAttribute("data-key") ?? "";

/** @param {string} sentence */
function say(sentence) {
  if (words) words.textContent = sentence;
}

/** @param {string} [sentence] */
function refuse(sentence) {
  place?.querySelector("[data-error]")?.replaceChildren(...(sentence ? [icon("alert-circle"), element("span", {}, sentence)] : []));
}

/** Why this device cannot; empty when it can. @returns {Promise<string>} */
async function hindrance() {
  const line = await engaged();
  if (line === "untrusted") return untrustedWords();
  if (line === "open") return t("Notifications need the https address of this system.");
  if (line === "unable" || !("PushManager" in window) || !("Notification" in window)) {
    return t("This browser cannot take notifications. On an iPhone or iPad, add the application to the home screen first.");
  }
  if (Notification.permission === "denied") return t("Notifications are blocked in this browser. Allow them in its settings for this site.");
  return "";
}

async function show() {
  const why = await hindrance();
  if (why) say(why);
  const held = why ? null : await subscription();
  if (held) say(t("Notifications are switched on on this device."));
  on?.toggleAttribute("hidden", Boolean(why) || Boolean(held));
  off?.toggleAttribute("hidden", !held);
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function bytes(text) {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

/** A short name by which people know the device. @returns {string} */
function deviceName() {
  const agent = navigator.userAgent;
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrom/.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : "Web";
  const system = /iPad|iPhone/.test(agent) ? "iOS" : /Android/.test(agent) ? "Android" : /Windows/.test(agent) ? "Windows" : /Mac OS/.test(agent) ? "macOS" : "Linux";
  return `${browser}, ${system}`;
}

async function switchOn() {
  refuse();
  if ((await Notification.requestPermission()) !== "granted") return show();
  try {
    const registered = await navigator.serviceWorker.ready;
    const held = await registered.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
    const { keys } = held.toJSON();
    const answer = await sendAct("notify.add_device", { endpoint: held.endpoint, p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "", name: deviceName() });
    if (answer.ok) return location.reload();
    await held.unsubscribe();
    refuse(answer.message);
  } catch {
    refuse(t("The browser's notification service could not be reached. Please try again later."));
  }
  return show();
}

async function switchOff() {
  refuse();
  const held = await subscription();
  if (held) await end(held);
  location.reload();
}

if (place && key) {
  on?.addEventListener("click", () => void switchOn());
  off?.addEventListener("click", () => void switchOff());
  void show();
}
