// Signing out removes the papers from this device. What was written and not sent yet is named first, with the offer to send it.
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { account } from "../web/kept.js";
import { flush, loaded } from "../web/outbox.js";
import { staysForSitting } from "./alive.js";
import { LEFT } from "./contact.js";
import { wipeAll } from "./places.js";
import { counted, shown } from "./waiting.js";

const SEND_MS = 12000;

/** @returns {Promise<"send" | "leave" | "stay">} */
function asked() {
  const send = element("button", { type: "submit", value: "send", class: "btn btn-primary" }, t("Send them, then sign out"));
  const leave = element("button", { type: "submit", value: "leave", class: "btn btn-oppose-line" }, t("Sign out and lose them"));
  const stay = element("button", { type: "submit", value: "stay", class: "btn btn-quiet" }, t("Stay signed in"));
  const text = t("Not sent yet: %(what)s. Signing out removes everything from this device, these too.", { what: counted(shown()) });
  const form = element("form", { method: "dialog" }, element("h2", { id: "leaving" }, t("Something was not sent yet")), element("p", { class: "muted" }, text), element("div", { class: "btns" }, stay, leave, send));
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "leaving" }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((settle) => dialog.addEventListener("close", () => { dialog.remove(); settle(/** @type {any} */ (dialog.returnValue || "stay")); }));
}

/** @returns {Promise<boolean>} whether everything has left */
async function sentAll() {
  const until = Date.now() + SEND_MS;
  while (shown().length && Date.now() < until) {
    await flush();
    await new Promise((again) => setTimeout(again, 300));
  }
  return !shown().length;
}

/** @returns {Promise<boolean>} whether to go on with signing out */
async function mayLeave() {
  await loaded;
  while (shown().length) {
    const said = await asked();
    if (said === "stay") return false;
    if (said === "leave" || (await sentAll())) return true;
  }
  return true;
}

/** @returns {Promise<boolean>} */
async function reached() {
  try {
    return (await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/** Everything is gone from here; the server hears of it as soon as the line is back (contact.js). */
function farewell() {
  const words = element("div", { class: "es", role: "alert" }, icon("circle-check", 56), element("h1", {}, t("The papers were removed from this device")),
    element("p", {}, t("There is no line now. This device signs out by itself as soon as the line is back; leave this page open, or switch the device off.")));
  document.body.replaceChildren(element("div", { class: "alone" }, element("main", { class: "card-x", id: "main" }, words)));
  setInterval(() => void reached().then((back) => { if (back) location.replace("/"); }), 2000);
}

/** Before all others that listen: nothing of the account stays here, even when the server cannot be told now. */
export function leaving() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/sign-out") || form.dataset.emptied !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void staysForSitting().then((stays) => !stays && mayLeave()).then(async (may) => {
      if (!may) return;
      localStorage.setItem(LEFT, account);
      await Promise.race([wipeAll(), new Promise((go) => setTimeout(go, 5000))]);
      if (!(await reached())) return farewell();
      form.dataset.emptied = "";
      form.requestSubmit();
    });
  }, true);
}
