// Comments on the matter under discussion. What is half typed lives in a signal of its own: no update of the room can clear it.
import { signal } from "@preact/signals-core";
import { useEffect, useRef } from "preact/hooks";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { drop } from "../web/outbox.js";
import { askText, confirmed } from "../web/dialogs.js";
import { Avatar, Button, Icon, Queued, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { currentItem, isOpen, items, may, meeting, myTitle } from "../live/reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{id: number, person: {id: number, name: string}, item_id: number | null, text: string, at: string, before: boolean}} Comment */

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
  const mine = live.outbox.value.filter((held) => held.name === "discussion.post" && held.input.meeting_id === meeting(live).id);
  return html`<section class="card-x col-y comments"><div class="card-h">${heading ?? html`<h3>${t("Written opinions")}</h3>`}<span class="count count-soft">${rows.length}</span><span class="push sm faint">${t("Newest first")}</span></div>
    <div class="clist">${writing.value && html`<${Composer} live=${live} />`}
      ${mine.map((held) => html`<article class="cm held" key=${held.request_id}><${Avatar} name=${live.me.value.name ?? ""} /><div class="grow"><p class="cm-text">${held.input.text}</p>
        ${held.state === "refused" ? html`<span class="said said-refused">${held.message}</span> <${Button} kind="ghost" onClick=${() => drop(held.request_id)}>${t("Remove")}<//>` : html`<${Queued} />`}</div></article>`)}
      ${rows.map((each) => html`<${Row} key=${each.id} live=${live} comment=${each} />`)}
      ${rows.length === 0 && mine.length === 0 && !writing.value && html`<div class="es"><${Icon} name="messages" size=${40} /><b>${t("No opinion yet")}</b><p>${t("Written opinions on this item appear here.")}</p></div>`}
    </div></section>`;
}

/** @param {{live: Live, comment: Comment}} props */
function Row({ live, comment }) {
  const mine = comment.person.id === live.me.value.person_id;
  const takeOff = async () => {
    if (mine && (await confirmed({ title: t("Withdraw this opinion?"), yes: t("Withdraw") }))) await doing(live, "discussion.withdraw", { comment_id: comment.id });
    if (mine) return;
    const reason = await askText({ title: t("Take this opinion off the screens"), label: t("Why?") });
    if (reason) await doing(live, "discussion.withdraw", { comment_id: comment.id, reason });
  };
  const when = comment.before ? t("before the meeting") : html`<span class="num">${timeOfDay(comment.at)}</span>`;
  return html`<article class=${mine ? "cm mine" : "cm"}><${Avatar} name=${comment.person.name} tone=${["", "b", "e", "d"][comment.person.id % 4]} />
    <div class="grow"><div class="cmh"><b>${mine ? t("%(title)s: your opinion", { title: myTitle(live).toLocaleLowerCase("vi") }) : comment.person.name}</b>
      <span class=${mine ? "t-agree row-x sm" : "faint sm"}>${mine && html`<${Icon} name="checks" size=${20} />`}${mine ? t("Sent") : ""} ${when}</span></div><p class="cm-text">${comment.text}</p></div>
    ${isOpen(live) && (mine || may(live, "discussion.moderate")) && html`<${Button} kind="ghost" size="sq" cls="cm-off" aria-label=${mine ? t("Withdraw this opinion") : t("Take this opinion off the screens")} onClick=${takeOff}><${Icon} name="trash" /><//>`}</article>`;
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
