// The service worker carries reading without a line and notifications. A browser that somebody led past a warning about the
// certificate takes every page and calls the line safe, but registers no worker: only a try tells.
import { signal } from "@preact/signals-core";
import { t } from "./i18n.js";

/** @typedef {"" | "safe" | "open" | "untrusted" | "unable"} Line "": not known yet; open: http; unable: this browser has no worker, or got none this time */

/** @type {import("@preact/signals-core").Signal<Line>} */
export const line = signal(!window.isSecureContext ? "open" : "serviceWorker" in navigator ? "" : "unable");

/** @type {Promise<Line> | undefined} */
let asked;

/** Registers the worker, once for each page, and tells what kind of line this is. @returns {Promise<Line>} */
export function engaged() {
  asked ??= register();
  return asked;
}

async function register() {
  if (line.value) return line.value;
  try {
    await navigator.serviceWorker.register("/service-worker.js");
    line.value = "safe";
  } catch (error) {
    const refused = location.protocol === "https:" && error instanceof DOMException && error.name === "SecurityError";
    line.value = refused ? "untrusted" : "unable";
  }
  return line.value;
}

/** What somebody reads where such a function would be. */
export const untrustedWords = () => t("This device does not trust the certificate of this system, so the browser keeps this switched off even after “Continue anyway”. The page “Safe line” shows what to do.");
