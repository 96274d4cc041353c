// The minutes' editor: saved by itself at every pause, several may write at once; the printed pages beside it follow.
import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, ErrorBox, Icon, Loading, html } from "../web/ui.js";
import { heldBefore, makeDraft } from "./draft_store.js";
import { CLASH } from "./merging.js";
import { Versions } from "./versions.js";

/** @typedef {import("./draft_store.js").Draft} Draft */
/** @typedef {{version: number, text: string, at: string, by: {id: number, name: string} | null, correcting: string, state: string}} Stand */

const OPEN_PLACE = "[…]";
const LOOK_MS = 5000; // what others write is asked for so often, while the page is seen
const WRITING_MS = 20000; // somebody who wrote so lately is writing
const DRAW_MS = 400; // after a text was saved its pages are drawn

const looking = signal(false);
const other = signal("");
const sheets = signal(/** @type {string[] | null} */ (null));
const undrawn = signal(false);

/** @param {string} address @returns {Promise<any>} null when the server cannot be asked */
async function ask(address) {
  try {
    const response = await fetch(`/api/v1${address}`, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

let drawing = 0;
/** The pages anew, once nothing is on its way. @param {number} meetingId */
function drawSoon(meetingId) {
  clearTimeout(drawing);
  drawing = window.setTimeout(async () => {
    const found = await ask(`/meetings/${meetingId}/minutes/pages`);
    undrawn.value = !found;
    if (found) sheets.value = found.pages;
  }, DRAW_MS);
}

/** @param {{meetingId: number}} props */
function Pages({ meetingId }) {
  if (undrawn.value && !sheets.value) return html`<${ErrorBox} title=${t("The pages could not be drawn.")} retry=${() => drawSoon(meetingId)} />`;
  const found = sheets.value;
  if (!found) return html`<${Loading} rows=${4} />`;
  return html`${found.map((source, place) => html`<img key=${place} src=${source} alt=${t("Page %(n)s of %(total)s as it will be printed", { n: place + 1, total: found.length })} width="794" height="1123" />`)}`;
}

/** Where the text is: typed, on its way, kept here, saved. @param {{draft: Draft}} props */
function Standing({ draft }) {
  const state = draft.state.value;
  if (state === "saving" || state === "typing") return html`<span class="said" role="status"><span class="spin"></span>${t("Saving")}</span>`;
  if (state === "waiting") return html`<span class="said said-queued" role="status"><${Icon} name="cloud-off" size=${20} />${t("Not saved yet: kept on this device")}</span>`;
  if (state === "refused") return html`<span class="said said-refused" role="alert"><${Icon} name="alert-circle" size=${20} />${draft.message.value} <${Button} kind="ghost" size="row" onClick=${() => draft.save()}>${t("Try again")}<//></span>`;
  if (state === "saved") return html`<span class="said said-sent" role="status"><${Icon} name="cloud-check" size=${20} /><span>${t("Saved")} <span class="num">${timeOfDay(draft.savedAt.value)}</span></span></span>`;
  return html`<span class="sm faint">${t("Saved by itself")}</span>`;
}

/** Who else writes, and where two changed the same lines. @param {{draft: Draft, area: HTMLTextAreaElement}} props */
function Said({ draft, area }) {
  const clashes = draft.text.value.split(CLASH).length - 1;
  return html`${clashes > 0 && html`<div class="note note-warn" role="status"><${Icon} name="arrows-split" /><div class="grow">${t("Two people changed the same lines. Keep the right one and delete the line between.")}</div><${Button} kind="ghost" onClick=${() => go(area, CLASH)}>${t("Go there")}<//></div>`}
    ${other.value && html`<p class="sm t-primary row-x" role="status"><${Icon} name="pencil" size=${18} />${t("%(name)s is writing here too", { name: other.value })}</p>`}`;
}

/** Select the next place of these words after the caret, going round. @param {HTMLTextAreaElement} area @param {string} words */
function go(area, words) {
  const from = area.value.indexOf(words, area.selectionEnd);
  const found = from >= 0 ? from : area.value.indexOf(words);
  if (found < 0) return;
  area.focus();
  area.setSelectionRange(found, found + words.length);
  const line = area.value.slice(0, found).split("\n").length;
  area.scrollTop = Math.max(0, line * parseFloat(getComputedStyle(area).lineHeight) - area.clientHeight / 2);
}

/** @param {HTMLElement} root @param {HTMLTextAreaElement} area @param {number} meetingId */
async function write(root, area, meetingId) {
  const name = `minutes:${meetingId}`;
  const act = (/** @type {import("./draft_store.js").Sent} */ sent) => ({ name: "conclusions.edit_minutes", input: { meeting_id: meetingId, text: sent.text ?? sent.base.text, version: sent.base.version } });
  const draft = makeDraft({ name, filled: true, act, taken: () => drawSoon(meetingId) }, { text: area.value.normalize("NFC"), version: Number(root.dataset.version) });
  draft.attach(area);
  area.addEventListener("input", () => draft.type(area.value));
  area.addEventListener("blur", () => void draft.save());
  const held = (await heldBefore(name)).get(name);
  if (held) void draft.takeUp(held);
  show(root, draft, area, meetingId);
  follow(root, draft, meetingId);
}

/** @param {HTMLElement} root @param {Draft} draft @param {HTMLTextAreaElement} area @param {number} meetingId */
function show(root, draft, area, meetingId) {
  const places = { standing: root.querySelector("[data-standing]"), said: root.querySelector("[data-said]"), dialog: root.querySelector("[data-dialog]") };
  if (places.standing) render(html`<${Standing} draft=${draft} />`, places.standing);
  if (places.said) render(html`<${Said} draft=${draft} area=${area} />`, places.said);
  const part = { text: draft.text, versions: `/api/v1/meetings/${meetingId}/minutes/versions`, replace: (/** @type {string} */ text) => draft.replace(text) };
  const close = () => { looking.value = false; };
  effect(() => { if (places.dialog) render(looking.value ? html`<${Versions} part=${part} writes=${true} onClose=${close} />` : null, places.dialog); });
  const next = root.querySelector("[data-next-place]");
  const open = root.querySelector("[data-open-places]");
  next?.addEventListener("click", () => go(area, OPEN_PLACE));
  root.querySelector("[data-versions]")?.addEventListener("click", () => { looking.value = true; });
  effect(() => {
    const count = draft.text.value.split(OPEN_PLACE).length - 1;
    if (next instanceof HTMLElement) next.hidden = count === 0;
    if (!(open instanceof HTMLElement)) return;
    open.hidden = count === 0;
    open.textContent = count === 1 ? t("1 place still open") : t("%(num)s places still open", { num: count });
  });
}

/** Take in what others write, and notice when the minutes are signed or a correction begins. @param {HTMLElement} root @param {Draft} draft @param {number} meetingId */
function follow(root, draft, meetingId) {
  const look = async () => {
    if (document.visibilityState !== "visible") return;
    /** @type {Stand | null} */
    const found = await ask(`/meetings/${meetingId}/minutes/writing`);
    if (!found) return;
    const [state, correcting] = (root.dataset.state ?? "").split(":");
    if (found.state !== state || found.correcting.length !== Number(correcting)) return void (draft.settled() && location.reload());
    const mine = String(found.by?.id ?? "") === root.dataset.me;
    other.value = found.by && !mine && Date.now() - Date.parse(found.at) < WRITING_MS ? found.by.name : "";
    if (found.version > draft.version()) {
      draft.follow(found, {});
      drawSoon(meetingId);
    }
  };
  setInterval(() => void look(), LOOK_MS);
  window.addEventListener("online", () => void look());
  document.addEventListener("visibilitychange", () => void look());
}

const root = document.querySelector("[data-minutes]");
if (root instanceof HTMLElement) {
  const meetingId = Number(root.dataset.minutes);
  const pages = root.querySelector("[data-pages]");
  if (pages) {
    pages.replaceChildren();
    render(html`<${Pages} meetingId=${meetingId} />`, pages);
    drawSoon(meetingId);
  }
  const area = root.querySelector("#minutes-text");
  if (area instanceof HTMLTextAreaElement) void write(root, area, meetingId);
}
