// The state of the line, the same on every page: ok, slow (over 3 s), reconnecting, offline, resending. The pill shows it in words.
import { effect, signal } from "@preact/signals-core";
import { element, icon } from "./elements.js";
import { nt, t } from "./i18n.js";

/** @typedef {"ok" | "slow" | "reconnecting" | "offline" | "resending"} Connection */

/** @type {import("@preact/signals-core").Signal<Connection>} */
export const connection = signal("ok");
/** How many acts are held on this device. */
export const heldCount = signal(0);
/** Whether the line is known to be gone: what is shown was true a while ago, and what is sent waits. */
export const isLost = () => connection.value === "offline" || connection.value === "reconnecting";

/** @param {Connection} state @param {number} held @returns {string} */
export function connectionText(state, held) {
  if (state === "slow") return t("Slow line");
  if (state === "reconnecting") return t("Connecting again");
  if (state === "offline") return held ? nt("No line, %(n)s act kept", "No line, %(n)s acts kept", held) : t("No line, you can still read");
  if (state === "resending") return nt("Sending %(n)s act again", "Sending %(n)s acts again", held);
  return t("Connected");
}

/** The pill's class for each state. */
export const TONE = { ok: "conn", slow: "conn conn-off", reconnecting: "conn conn-off", offline: "conn conn-bad", resending: "conn conn-off" };

/**
 * Paint every pill that the server's template made. Text is only touched when it changed, so that nothing is told twice.
 * @param {Connection} state
 * @param {number} held
 */
function paint(state, held) {
  for (const pill of document.querySelectorAll("[data-conn]")) {
    const label = pill.querySelector("[data-conn-text]");
    const text = connectionText(state, held);
    if (label && label.textContent !== text) label.textContent = text;
    if (pill.getAttribute("data-conn") === state) continue;
    pill.setAttribute("data-conn", state);
    pill.className = TONE[state];
    pill.firstElementChild?.replaceWith(marker(state));
  }
}

/** @param {Connection} state @returns {Node} */
function marker(state) {
  if (state === "slow" || state === "offline") return icon("wifi-off", 18);
  return element("span", { class: state === "ok" ? "dot" : "spin spin-warn" });
}

effect(() => paint(connection.value, heldCount.value));
