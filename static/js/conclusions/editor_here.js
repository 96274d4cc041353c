// Who else has the document open, and on which line: asked every few seconds while the page is seen. A newer version is fetched.
import { signal } from "@preact/signals";
import { newRequestId } from "../web/acts.js";
import { connection } from "../web/connection.js";
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { address, ask, at, doc, lines, refresh, whole } from "./editor_state.js";

const LOOK_MS = 4000;
const windowName = newRequestId().slice(0, 12);

/** @typedef {{person_id: number, name: string, line: string}} Other */
/** @type {import("@preact/signals").Signal<Other[]>} */
export const others = signal([]);

/** What this window is on, as other windows know it. */
function place() {
  const line = lines.value.find((each) => each.key === at.value);
  return line ? (line.id.value ? `line-${line.id.value}` : "") : at.value;
}

/** @param {string} name @returns {string[]} */
export const whoIsOn = (name) => (name ? [...new Set(others.value.filter((each) => each.line === name).map((each) => each.name))] : []);

async function look() {
  if (document.visibilityState !== "visible" || !whole.value) return;
  const found = await ask(address(`standing?window=${windowName}&line=${encodeURIComponent(place())}`));
  if (!found) {
    if (connection.value === "ok") connection.value = "offline";
    return;
  }
  if (connection.value !== "ok") connection.value = "ok";
  if (JSON.stringify(found.here) !== JSON.stringify(others.value)) others.value = found.here;
  if (found.state !== doc().state) return void location.reload();
  if (found.version !== doc().version) await refresh();
}

/** Begin to look, and go on. */
export function watch() {
  if (doc().state !== "draft") return; // what is fixed does not change under anybody's eyes
  setInterval(() => void look(), LOOK_MS);
  document.addEventListener("visibilitychange", () => void look());
  window.addEventListener("online", () => void look());
  window.addEventListener("pagehide", () => { void fetch(address(`standing?window=${windowName}&leaves=1`), { keepalive: true }).catch(() => undefined); });
  void look();
}

/** The others, by name. */
export function Here() {
  const names = [...new Set(others.value.map((each) => (each.person_id === doc().me ? t("you, on another screen") : each.name)))];
  if (!names.length) return null;
  return html`<p class="sm row-x here" role="status"><${Icon} name="users" size=${20} />${t("Also open here: %(names)s", { names: names.join(", ") })}</p>`;
}
