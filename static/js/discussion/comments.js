// Opinions on the matter under discussion: those given before and in the meeting, with replies and marks of agreement.
// What is half typed lives in a signal of its own: no update of the room can clear it.
import { signal } from "@preact/signals-core";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { currentItem, isOpen, items, may, meeting } from "../live/reading.js";
import { Held } from "./held.js";
import { Older } from "./older.js";
import { Thread } from "./thread.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./thread.js").Comment} Comment */

export const writing = signal(false);
const KEY = `draft:${location.pathname}`;
/** Half-typed text and the item it was begun for: it stays with that item when the meeting goes on. */
const draft = signal(sessionStorage.getItem(KEY) ?? "");
const about = signal(/** @type {number | null} */ (Number(sessionStorage.getItem(`${KEY}:item`)) || null));
if (draft.value) writing.value = true;

/** Open the field for the current item, unless something half typed is kept for another. @param {Live} live */
function begin(live) {
  if (!draft.value) about.value = currentItem(live)?.id ?? null;
  sessionStorage.setItem(`${KEY}:item`, String(about.value ?? ""));
  writing.value = true;
}

/** @param {string} text */
function keep(text) {
  draft.value = text;
  sessionStorage.setItem(KEY, text);
}

/** The newest comments on the current item (before the first item: all). @param {Live} live @returns {Comment[]} */
function shown(live) {
  const item = currentItem(live)?.id ?? null;
  const all = live.sections.value.discussion?.comments ?? [];
  return item === null ? all : all.filter((/** @type {Comment} */ each) => each.item_id === item || each.item_id === null);
}

/** @param {{live: Live, heading?: any}} props */
export function Comments({ live, heading }) {
  const rows = shown(live);
  const held = live.outbox.value.filter((each) => each.name === "discussion.post" && each.input.meeting_id === meeting(live).id);
  const mine = held.filter((each) => !each.input.parent_id);
  const replies = held.filter((each) => each.input.parent_id);
  return html`<section class="card-x col-y comments"><div class="card-h">${heading ?? html`<h3>${t("Written opinions")}</h3>`}<span class="count count-soft">${rows.length}</span><span class="push sm faint">${t("Newest first")}</span></div>
    <div class="clist">${writing.value && html`<${Composer} live=${live} />`}
      ${mine.map((each) => html`<${Held} key=${each.request_id} live=${live} held=${each} />`)}
      ${rows.map((each) => html`<${Thread} key=${each.id} live=${live} comment=${each} held=${replies.filter((reply) => reply.input.parent_id === each.id)} />`)}
      ${rows.length === 0 && mine.length === 0 && !writing.value && html`<div class="es"><${Icon} name="messages" size=${40} /><b>${t("No opinion yet")}</b><p>${t("Written opinions on this item appear here.")}</p></div>`}
      ${live.sections.value.discussion?.older && html`<${Older} live=${live} known=${rows} />`}
    </div></section>`;
}

/** @param {{live: Live}} props */
function Composer({ live }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => { field.current?.focus(); }, []);
  const item = items(live).find((each) => each.id === about.value);
  const open = isOpen(live);
  const close = () => { writing.value = false; };
  const send = () => {
    const text = draft.value.trim().normalize("NFC");
    if (!text) return;
    keep("");
    close();
    void doing(live, "discussion.post", { text, ...(item ? { item_id: item.id } : {}) }).then((done) => {
      if (!done && !draft.value) { keep(text); writing.value = true; }
    });
  };
  return html`<div class="composer"><div class="field"><label for="comment">${item ? t("Your opinion on item %(n)s", { n: item.label }) : t("Your opinion on the meeting")}</label>
    <textarea id="comment" class="input" rows="3" maxlength="4000" ref=${field} value=${draft.value} onInput=${(/** @type {any} */ event) => keep(event.currentTarget.value)}></textarea></div>
    <div class="btns"><${Button} onClick=${close}>${t("Put aside")}<//><${Button} kind="primary" icon="send" disabled=${!open || !draft.value.trim()} onClick=${send}>${!open ? t("The meeting has closed") : draft.value.trim() ? t("Send opinion") : t("Write something first")}<//></div></div>`;
}

/** @param {{live: Live}} props */
export function CommentButton({ live }) {
  if (!may(live, "discussion.post") || !isOpen(live)) return null;
  const label = draft.value ? t("Go on writing") : t("Write an opinion");
  return html`<${Button} icon="message-plus" onClick=${() => { begin(live); requestAnimationFrame(() => document.getElementById("comment")?.focus()); }}>${label}<//>`;
}
