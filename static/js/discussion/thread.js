// One opinion with its replies: who said it and when, agree, reply, take back; the chair and the desk hide it with a reason.
import { signal } from "@preact/signals-core";
import { useEffect, useRef, useState } from "preact/hooks";
import { timeOfDay } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { askText, confirmed } from "../web/dialogs.js";
import { Avatar, Button, Chip, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { isOpen, may, meeting, myTitle } from "../live/reading.js";
import { Held } from "./held.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{id: number, person: {id: number, name: string}, item_id: number | null, document_id: number | null, page: number | null, paper?: string, parent_id: number | null, text: string, at: string,
 *   before: boolean, hidden: boolean, gone: boolean, reason: string, agrees: number, replies?: Comment[]}} Comment */

/** To which opinion a reply is being written, and its text: kept while the room goes on. */
const replyTo = signal(/** @type {number | null} */ (null));
const reply = signal("");

/** @param {{live: Live, comment: Comment, held?: import("../web/outbox.js").Held[]}} props */
export function Thread({ live, comment, held = [] }) {
  const mine = comment.person.id === live.me.value.person_id;
  return html`<article class=${mine ? "cm mine" : "cm"}><${Avatar} name=${comment.person.name} tone=${["", "b", "e", "d"][comment.person.id % 4]} />
    <div class="grow"><${Said} live=${live} comment=${comment} />
      ${comment.document_id && html`<a class="cm-page" href=${`/documents/${comment.document_id}${comment.page ? `?page=${comment.page}` : ""}`}><${Icon} name="file-text" size=${20} /><span>${comment.page ? t("%(paper)s, page %(page)s", { paper: comment.paper, page: comment.page }) : comment.paper}</span></a>`}
      <${Acts} live=${live} comment=${comment} answerable />
      ${(comment.replies ?? []).map((each) => html`<div class=${each.person.id === live.me.value.person_id ? "cm-reply mine" : "cm-reply"} key=${each.id}><${Avatar} name=${each.person.name} /><div class="grow"><${Said} live=${live} comment=${each} /><${Acts} live=${live} comment=${each} /></div></div>`)}
      ${held.map((each) => html`<${Held} key=${each.request_id} live=${live} held=${each} />`)}
      ${replyTo.value === comment.id && html`<${ReplyField} live=${live} comment=${comment} />`}
    </div></article>`;
}

/** @param {{live: Live, comment: Comment}} props */
function Said({ live, comment }) {
  const mine = comment.person.id === live.me.value.person_id;
  const title = myTitle(live).toLocaleLowerCase("vi");
  const name = !mine ? comment.person.name : comment.parent_id ? t("%(title)s: your reply", { title }) : t("%(title)s: your opinion", { title });
  const when = comment.before ? html`<${Chip} tone="warn">${t("before the meeting")}<//>` : html`<span class="num">${timeOfDay(comment.at)}</span>`;
  const own = (live.me.value.discussion?.hidden ?? []).find((/** @type {{id: number}} */ each) => each.id === comment.id);
  const text = own?.text ?? comment.text;
  const reason = own?.reason ?? comment.reason;
  return html`<div class="cmh"><b>${name}</b><span class=${mine ? "t-agree row-x sm" : "faint sm row-x"}>${mine && !comment.hidden && html`<${Icon} name="checks" size=${20} />`}${mine && !comment.hidden ? t("Sent") : ""} ${when}</span></div>
    ${comment.gone ? html`<p class="cm-text muted">${t("(taken back)")}</p>` : !comment.hidden ? html`<${Words} text=${comment.text} />`
    : text ? html`<p class="cm-text cm-struck">${text}</p><p class="sm t-warn row-x"><${Icon} name="eye-off" size=${16} /><span>${t("Hidden by the presiding person: %(reason)s", { reason })}</span></p>` : html`<p class="cm-text muted">${t("Hidden by the presiding person")}</p>`}`;
}

/** A long opinion is folded: it does not push the others off the tablet. @param {{text: string}} props */
function Words({ text }) {
  const [whole, show] = useState(text.length <= 500);
  return html`<p class=${whole ? "cm-text" : "cm-text cm-long"}>${text}</p>${!whole && html`<${Button} kind="ghost" size="row" cls="opinion-more" onClick=${() => show(true)}>${t("Show all")}<//>`}`;
}

/** @param {{live: Live, comment: Comment, answerable?: boolean}} props */
function Acts({ live, comment, answerable = false }) {
  const open = isOpen(live);
  const mine = comment.person.id === live.me.value.person_id;
  const posts = open && may(live, "discussion.post");
  const moderates = open && may(live, "discussion.moderate");
  const agreed = (live.me.value.discussion?.agreed ?? []).includes(comment.id);
  const count = comment.agrees ? nt("%(n)s person agrees", "%(n)s people agree", comment.agrees) : "";
  if (comment.gone) return null;
  if (comment.hidden) return moderates && html`<div class="cm-acts"><${Button} kind="ghost" size="row" icon="eye" onClick=${() => doing(live, "discussion.show_again", { comment_id: comment.id })}>${t("Show again")}<//></div>`;
  const hide = async () => {
    const reason = await askText({ title: t("Hide this opinion"), text: t("Its author reads the reason; the others see that it is hidden."), label: t("Why?"), yes: t("Hide") });
    if (reason) await doing(live, "discussion.hide", { comment_id: comment.id, reason });
  };
  const withdraw = async () => {
    if (await confirmed({ title: t("Withdraw this opinion?"), yes: t("Withdraw") })) await doing(live, "discussion.withdraw", { comment_id: comment.id });
  };
  return html`<div class="cm-acts">
    ${posts && !mine ? html`<${Button} kind="ghost" size="row" icon="thumb-up" aria-pressed=${agreed ? "true" : "false"} onClick=${() => doing(live, agreed ? "discussion.disagree" : "discussion.agree", { comment_id: comment.id })}>${t("Agree")}${comment.agrees ? html` <b class="num">${comment.agrees}</b><span class="sr-only">${count}</span>` : null}<//>` : count && html`<span class="sm muted">${count}</span>`}
    ${posts && answerable && html`<${Button} kind="ghost" size="row" icon="corner-down-right" onClick=${() => { if (replyTo.value !== comment.id) reply.value = ""; replyTo.value = comment.id; }}>${t("Reply")}<//>`}
    ${open && mine && html`<${Button} kind="ghost" size="row" icon="trash" aria-label=${t("Withdraw this opinion")} onClick=${withdraw}>${t("Withdraw")}<//>`}
    ${moderates && !mine && html`<${Button} kind="ghost" size="row" icon="eye-off" aria-label=${t("Hide this opinion")} onClick=${hide}>${t("Hide")}<//>`}</div>`;
}

/** @param {{live: Live, comment: Comment}} props */
function ReplyField({ live, comment }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => { field.current?.focus(); }, []);
  const send = () => {
    const text = reply.value.trim().normalize("NFC");
    if (!text) return;
    replyTo.value = null;
    reply.value = "";
    void doing(live, "discussion.post", { meeting_id: meeting(live).id, parent_id: comment.id, text }).then((done) => {
      if (!done && replyTo.value === null) { reply.value = text; replyTo.value = comment.id; }
    });
  };
  const id = `reply-${comment.id}`;
  return html`<div class="composer"><div class="field"><label for=${id}>${t("Your reply to %(name)s", { name: comment.person.name })}</label>
    <textarea id=${id} class="input" rows="2" maxlength="4000" ref=${field} value=${reply.value} onInput=${(/** @type {any} */ event) => { reply.value = event.currentTarget.value; }}></textarea></div>
    <div class="btns"><${Button} onClick=${() => { replyTo.value = null; }}>${t("Put aside")}<//><${Button} kind="primary" icon="send" disabled=${!reply.value.trim()} onClick=${send}>${t("Send reply")}<//></div></div>`;
}
