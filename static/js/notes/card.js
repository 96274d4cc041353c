// One note at the side: whose it is and who reads it; its owner writes, shares, moves and removes it here.
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { toast } from "../web/dialogs.js";
import { date } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, html, Icon } from "../web/ui.js";
import { FloorDialog } from "./floor.js";
import { contentOf, LIMITS } from "./note.js";
import { Sharing } from "./sharing.js";
import { Swatches } from "./swatches.js";
import { kindOf, sharedWith } from "./words.js";

/** @typedef {import("../reading/desk.js").Desk} Desk */
/** @typedef {import("./note.js").Note} Note */
/** @typedef {import("./store.js").Notes} Notes */
/** @typedef {{note: Note, desk: Desk, notes: Notes}} Props */

/** @param {Props & {number: number}} props */
export function Card({ note, number, desk, notes }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const open = notes.selected.value === note.key;
  useEffect(() => { if (open) place.current?.scrollIntoView({ block: "nearest" }); }, [open]);
  const cls = ["snote", note.mine ? "" : "snote-shared", note.kind === "sticky" ? "" : "snote-mark", open ? "open" : ""].filter(Boolean).join(" ");
  return html`<article class=${cls} ref=${place} tabindex="-1" data-key=${note.key} aria-label=${number ? t("Note %(n)s", { n: number }) : kindOf(note)}>
    <${Head} note=${note} number=${number} desk=${desk} notes=${notes} />
    ${note.conflict_of && note.mine && html`<${Copy} note=${note} notes=${notes} />`}
    ${note.anchor.quote?.exact && html`<q class=${`c-${note.color}`}>${note.anchor.quote.exact}</q>`}
    ${open && note.mine ? html`<${Editor} note=${note} desk=${desk} notes=${notes} />` : html`<${Shown} note=${note} desk=${desk} notes=${notes} />`}
    <${Standing} note=${note} notes=${notes} />
  </article>`;
}

/** @param {Props & {number: number}} props */
function Head({ note, number, desk, notes }) {
  const groups = desk.opening.value.groups ?? [];
  const waits = note.mine && notes.waiting.value.has(note.key);
  return html`<div class="row-x">
    ${number ? html`<span class=${note.mine ? "pinno" : "pinno b"}>${number}</span>` : html`<i class=${`ndot c-${note.color} k-${note.kind}`}></i>`}
    <b class="grow">${note.mine ? (number ? t("Mine") : kindOf(note)) : note.person?.name}</b>
    ${note.mine && html`<span class="who">${waits ? html`<${Icon} name="clock" size=${16} />${t("waits to be sent")}` : html`<${Icon} name=${note.shared === "me" ? "lock" : "users"} size=${16} />${sharedWith(note, groups)}`}</span>`}
  </div>`;
}

/** @param {Props} props */
function Shown({ note, desk, notes }) {
  const asking = useSignal(false);
  const groups = desk.opening.value.groups ?? [];
  const live = desk.opening.value.live_meeting_id;
  const text = note.text.trim();
  return html`${text && html`<p class="ntext">${text}</p>`}
    ${note.mine && html`<div class="row-x nbtns">${live && text && html`<${Button} kind="tint" icon="hand-stop" onClick=${() => { asking.value = true; }}>${t("Use it to speak")}<//>`}
      <button type="button" class=${live && text ? "btn btn-ghost btn-sq push" : "btn btn-ghost push"} aria-label=${text ? t("Edit") : t("Write")} onClick=${() => notes.write(note.key)}><${Icon} name="pencil" size=${20} />${!(live && text) && (text ? t("Edit") : t("Write"))}</button></div>`}
    ${!note.mine && html`<span class="who"><${Icon} name="users" size=${16} />${sharedWith(note, groups)}${note.changed_at && html`, <span class="num">${date(note.changed_at).slice(0, 5)}</span>`}</span>`}
    ${asking.value && live && html`<${FloorDialog} meetingId=${live} text=${text} onClose=${() => { asking.value = false; }} />`}`;
}

/** @param {Props} props */
function Editor({ note, desk, notes }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => {
    if (notes.writing === note.key) field.current?.focus({ preventScroll: true });
    else if (document.activeElement === document.body) field.current?.closest("article")?.focus({ preventScroll: true });
    notes.writing = "";
  }, []);
  useEffect(() => () => notes.dropBlank(note.key), [note.key]);
  const close = () => {
    notes.selected.value = null;
    desk.sheet.value = false; // where the side lies over the page, the page is wanted again
    requestAnimationFrame(() => { /** @type {HTMLElement | null} */ (document.querySelector(`.npanel [data-key="${note.key}"]`))?.focus({ preventScroll: true }); });
  };
  const remove = () => {
    const before = contentOf(note);
    notes.remove(note.key);
    toast(t("The note was removed."), () => notes.apply([{ key: note.key, before: null, after: before }], ""));
  };
  const move = () => {
    notes.moving.value = note.key;
    desk.tool.value = "sticky";
    desk.sheet.value = false;
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return html`<textarea ref=${field} class="input" maxlength=${LIMITS.text} aria-label=${t("Text of the note")} placeholder=${t("Write here; it is kept by itself.")} value=${note.text}
      onInput=${(/** @type {any} */ event) => notes.change(note.key, { text: event.currentTarget.value.normalize("NFC") }, "text")} onBlur=${() => notes.tell(note.key)} onKeyDown=${pressed}></textarea>
    ${(note.kind === "highlight" || note.kind === "ink") && html`<${Swatches} tool=${note.kind} chosen=${note.color} choose=${(/** @type {string} */ color) => notes.change(note.key, { color })} />`}
    <${Sharing} note=${note} desk=${desk} notes=${notes} />
    <div class="row-x nbtns"><${Button} kind="tint" icon="check" onClick=${close}>${t("Finish")}<//>
      <span class="push"></span>${note.kind === "sticky" && html`<button type="button" class="btn btn-ghost btn-sq" aria-label=${t("Put it elsewhere on the page")} onClick=${move}><${Icon} name="arrows-move" /></button>`}
      <button type="button" class="btn btn-ghost btn-sq" aria-label=${t("Remove this note")} onClick=${remove}><${Icon} name="trash" /></button></div>`;
}

/** Two devices changed it: this is the one that came later. @param {{note: Note, notes: Notes}} props */
function Copy({ note, notes }) {
  const other = notes.list.value.find((each) => each.key === note.conflict_of);
  const take = () => notes.apply([
    ...(other?.mine ? [{ key: other.key, before: contentOf(other), after: { ...contentOf(note) } }] : []),
    { key: note.key, before: contentOf(note), after: null },
  ], "");
  const leave = () => notes.remove(note.key);
  return html`<div class="ncopy"><span><${Icon} name="versions" size=${20} />${t("Changed on two devices; this copy was kept beside the other.")}</span>
    ${other && html`<div class="row-x"><button type="button" class="btn btn-quiet" onClick=${take}>${t("Keep only this one")}</button><button type="button" class="btn btn-ghost" onClick=${leave}>${t("Remove the copy")}</button></div>`}</div>`;
}

/** Where it came from, and what the server said against it. @param {{note: Note, notes: Notes}} props */
function Standing({ note, notes }) {
  const refused = notes.refused.value.get(note.key);
  const older = note.carried_from?.file_id;
  return html`${note.lost && html`<span class="who t-warn"><${Icon} name="unlink" size=${16} />${note.carried_from ? t("Not in this version; page %(page)s of version %(version)s", { page: note.carried_from.page, version: note.carried_from.version }) : t("Not in this version; old page %(page)s", { page: note.page })}</span>${older && html`<a class="btn btn-quiet" href=${`/documents/${older}?page=${note.carried_from?.page ?? note.page}`}>${t("Open the old version")}</a>`}`}
    ${!note.lost && note.carried_from && note.mine && html`<span class="who"><${Icon} name="history" size=${16} />${t("From version %(version)s, page %(page)s", { version: note.carried_from.version, page: note.carried_from.page })}</span>`}
    ${refused && html`<span class="form-error" role="alert">${refused}</span><button type="button" class="btn btn-ghost" onClick=${() => notes.again(note.key)}>${t("Try again")}</button>`}`;
}
