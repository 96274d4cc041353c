// The side of the viewer: the notes of the open page, all notes of the paper, those that lost their place, and what is kept where.
import { useSignal } from "@preact/signals";
import { connection } from "../web/connection.js";
import { timeOfDay } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { NOTES, outbox } from "../web/outbox.js";
import { Button, html, Icon } from "../web/ui.js";
import { Card } from "./card.js";
import { content, numbered } from "./note.js";
import { notesOf } from "./store.js";
import { kindOf } from "./words.js";

/** @typedef {import("../reading/desk.js").Desk} Desk */
/** @typedef {import("./note.js").Note} Note */
/** @typedef {import("./store.js").Notes} Notes */

/** @param {{desk: Desk}} props */
export function NotesPanel({ desk }) {
  const notes = notesOf(desk);
  const whole = useSignal(false);
  const list = notes.list.value;
  const counted = list.filter((note) => note.kind !== "bookmark");
  return html`<section class="npanel" aria-label=${t("Notes")}>
    ${notes.moving.value && html`<div class="note note-warn" role="status"><${Icon} name="hand-finger" /><div>${t("Tap the page where the note shall stand.")} <button type="button" class="btn btn-ghost" onClick=${() => { notes.moving.value = null; desk.tool.value = "read"; }}>${t("Cancel")}</button></div></div>`}
    ${notes.said.value && html`<div class="note note-warn" role="alert"><${Icon} name="versions" /><div>${notes.said.value} <button type="button" class="btn btn-ghost" onClick=${() => { notes.said.value = ""; }}>${t("I have read this")}</button></div></div>`}
    ${desk.shown.value.map((page) => html`<${PageNotes} key=${page} desk=${desk} notes=${notes} page=${page} count=${counted.length} whole=${whole} />`)}
    <${Lost} notes=${notes} desk=${desk} list=${list} />
    ${whole.value && html`<${Whole} notes=${notes} desk=${desk} list=${list} close=${() => { whole.value = false; }} />`}
    <${State} notes=${notes} />
  </section>`;
}

/** @param {{desk: Desk, notes: Notes, page: number, count: number, whole: import("@preact/signals").Signal<boolean>}} props */
function PageNotes({ desk, notes, page, count, whole }) {
  const here = notes.list.value.filter((note) => note.page === page && !note.lost && note.kind !== "bookmark");
  const numbers = numbered(here);
  const open = notes.selected.value;
  const cards = here.filter((note) => numbers.has(note.key) || note.key === open || note.conflict_of);
  const marks = here.filter((note) => !cards.includes(note));
  const marked = notes.list.value.find((note) => note.mine && note.kind === "bookmark" && note.page === page && !note.lost);
  const write = () => {
    const at = /** @type {[number, number]} */ ([940, 60 + ((here.length * 55) % 880)]);
    notes.write(notes.add(content({ kind: "sticky", page, anchor: { at } })));
  };
  const mark = () => (marked ? notes.remove(marked.key) : void notes.add(content({ kind: "bookmark", page })));
  return html`<div class="nhead"><h2>${t("Notes on page %(n)s", { n: page })}</h2><button type="button" class="nall" aria-expanded=${whole.value} onClick=${() => { whole.value = !whole.value; }}>${t("Whole paper: %(n)s", { n: count })}</button></div>
    <div class="nacts"><${Button} kind="tint" icon="plus" onClick=${write}>${t("Add a note")}<//>
      <button type="button" class=${marked ? "btn btn-quiet btn-sq nmark on" : "btn btn-quiet btn-sq nmark"} aria-pressed=${Boolean(marked)} aria-label=${marked ? t("Take the bookmark off page %(n)s", { n: page }) : t("Bookmark page %(n)s", { n: page })} onClick=${mark}><${Icon} name="bookmark" /></button></div>
    ${here.length === 0 && notes.loaded.value && html`<p class="nempty">${t("Nothing noted on this page yet. Add a note, or take the highlighter or the pen.")}</p>`}
    ${cards.map((note) => html`<${Card} key=${note.key} note=${note} number=${numbers.get(note.key) ?? 0} desk=${desk} notes=${notes} />`)}
    ${marks.length > 0 && html`<div class="nmarklist">${marks.map((note) => html`<${Row} key=${note.key} note=${note} open=${() => { notes.selected.value = note.key; }} />`)}</div>`}`;
}

/** Notes whose passage is not in this version: never thrown away. @param {{notes: Notes, desk: Desk, list: Note[]}} props */
function Lost({ notes, desk, list }) {
  const lost = list.filter((note) => note.lost);
  if (!lost.length) return null;
  return html`<div class="nhead"><h2>${nt("%(n)s note is no longer in this version", "%(n)s notes are no longer in this version", lost.length)}</h2></div>
    ${lost.map((note) => html`<${Card} key=${note.key} note=${note} number=${0} desk=${desk} notes=${notes} />`)}`;
}

/** The list of all notes of the paper's meeting; guests by a personal link have none. @param {Desk} desk @returns {string} */
function ofMeeting(desk) {
  const meeting = desk.opening.value.meeting_id;
  const visiting = Number(document.documentElement.dataset.account || document.body.dataset.account || 0) < 0;
  return meeting && !visiting ? `/meetings/${meeting}/notes` : "";
}

/** @param {{notes: Notes, desk: Desk, list: Note[], close: () => void}} props */
function Whole({ notes, desk, list, close }) {
  const placed = list.filter((note) => !note.lost);
  const open = (/** @type {Note} */ note) => {
    desk.turn(note.page);
    notes.selected.value = note.key;
    close();
  };
  return html`<div class="nwhole"><div class="nhead"><h2>${t("All notes of this paper")}</h2><button type="button" class="btn btn-ghost btn-sq" aria-label=${t("Close")} onClick=${close}><${Icon} name="x" /></button></div>
    ${ofMeeting(desk) && html`<a class="btn btn-quiet btn-row" href=${ofMeeting(desk)}><${Icon} name="notes" size=${20} />${t("All notes of the meeting")}</a>`}
    ${placed.length === 0 && html`<p class="nempty">${t("No notes yet.")}</p>`}
    ${placed.map((note) => html`<${Row} key=${note.key} note=${note} page=${note.page} open=${() => open(note)} />`)}</div>`;
}

/** One line for a note. @param {{note: Note, page?: number, open: () => void}} props */
function Row({ note, page = 0, open }) {
  const icon = note.shared === "me" ? "lock" : "users";
  return html`<button type="button" class="nrow" data-key=${note.key} onClick=${open}>${page > 0 && html`<span class="num npage"><span class="sr-only">${t("Page")} </span>${page}</span>`}<i class=${`ndot c-${note.color} k-${note.kind}`}></i>
    <span class="nline">${note.text || note.anchor.quote?.exact || kindOf(note)}${!note.mine && html`<small>${note.person?.name}</small>`}</span>${note.mine && html`<${Icon} name=${icon} size=${16} label=${icon === "lock" ? t("Only me") : t("Shared")} />`}</button>`;
}

/** Kept by the server, waiting on this device, or refused. @param {{notes: Notes}} props */
function State({ notes }) {
  const waiting = notes.waiting.value.size;
  const refused = notes.refused.value.size;
  if (refused) return html`<div class="saved not" role="alert"><${Icon} name="alert-circle" size=${20} />${nt("%(n)s note is only on this device.", "%(n)s notes are only on this device.", refused)}</div>`;
  const lost = connection.value === "offline" || outbox.value.some((held) => NOTES.has(held.name) && held.state !== "refused" && held.code);
  if (waiting && lost) return html`<div class="saved not" role="status"><${Icon} name="cloud-off" size=${20} />${nt("%(n)s note waits on this device for the line.", "%(n)s notes wait on this device for the line.", waiting)}</div>`;
  if (waiting) return html`<div class="saved not" role="status"><${Icon} name="clock" size=${20} />${t("Keeping…")}</div>`;
  if (connection.value === "offline") return html`<div class="saved not" role="status"><${Icon} name="cloud-off" size=${20} />${t("No line: you can write, it is kept on this device.")}</div>`;
  if (!notes.savedAt.value) return null;
  return html`<div class="saved" role="status"><${Icon} name="cloud-check" size=${20} /><span>${t("All notes kept at")} <span class="num">${timeOfDay(notes.savedAt.value)}</span></span></div>`;
}
