// The list of questions before the votes: looked through by all while the chair lets it stand, put in order, changed, taken away.
import { signal } from "@preact/signals-core";
import { askText, confirmed } from "../web/dialogs.js";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { kindLine } from "./chair_words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** The number of the question that was tapped. */
export const question = signal(/** @type {number | null} */ (null));

/** @param {Live} live @param {string} action */
const may = (live, action) => (live.me.value.can ?? []).includes(action);
/** @param {Live} live @returns {any[]} */
const drafts = (live) => (live.sections.value.voting?.questions ?? []).filter((/** @type {any} */ each) => each.state === "draft" || each.state === "ready");

/** Started and ended by whoever presides; everybody sees the list meanwhile. @param {{live: Live, waiting: number}} props */
export function ReviewLine({ live, waiting }) {
  const review = live.sections.value.voting?.review ?? null;
  const runs = may(live, "voting.run");
  if (review) {
    return html`<div class="note review-on" role="status"><${Icon} name="eye" /><div class="col-y"><span><b>${t("Everybody is looking through the list of questions")}</b> <span class="muted sm">${t("since %(time)s", { time: timeOfDay(review.since) })}</span></span>
      ${runs && html`<div><${Button} icon="check" onClick=${() => doing(live, "voting.end_review")}>${t("End the review")}<//></div>`}</div></div>`;
  }
  if (!runs || waiting === 0 || live.sections.value.meeting?.state !== "in_session") return null;
  return html`<div><${Button} kind="quiet" size="row" icon="eye" onClick=${() => doing(live, "voting.start_review")}>${t("Let everybody look through the list")}<//></div>`;
}

/** One question of the list with its lines and all that can be done about it. Drawn once in a page. @param {{live: Live, edit: (id: number) => void, open: (question: any) => void}} props */
export function QuestionSheet({ live, edit, open }) {
  const list = drafts(live);
  const found = list.find((each) => each.id === question.value);
  if (!found) return null;
  const at = list.indexOf(found);
  const close = () => { question.value = null; };
  /** @param {() => unknown} does */
  const then = (does) => { close(); void does(); };
  /** @param {number} to */
  const move = (to) => {
    const ids = list.map((each) => each.id);
    ids.splice(to, 0, ...ids.splice(at, 1));
    return doing(live, "voting.order", { question_ids: ids });
  };
  const remove = async () => {
    if (await confirmed({ title: t("Take this question away?"), text: found.title, yes: t("Take it away"), danger: true })) await doing(live, "voting.remove", { question_id: found.id });
  };
  const cancel = async () => {
    const reason = await askText({ title: t("Why is this vote called off?"), label: t("Reason") });
    if (reason) await doing(live, "voting.cancel", { question_id: found.id, reason });
  };
  const draft = found.state === "draft";
  const prepares = may(live, "voting.prepare");
  return html`<${Dialog} title=${found.title} onClose=${close}><div class="col-y"><p class="muted">${kindLine(found)}</p>
    ${(found.lines ?? []).length > 0 && html`<ol class="opening-lines">${found.lines.map((/** @type {any} */ each) => html`<li key=${each.id}><span>${each.title}</span>${each.office && html`<small class="muted">${each.office}</small>`}</li>`)}</ol>`}
    <div class="col-y item-choices">
      ${may(live, "voting.run") && html`<${Button} kind="primary" cls="w-full" icon="checkbox" onClick=${() => then(() => open(found))}>${t("Open the vote")}<//>`}
      ${prepares && draft && html`<${Button} cls="w-full" icon="pencil" onClick=${() => then(() => edit(found.id))}>${t("Change the question")}<//>`}
      ${prepares && list.length > 1 && html`<div class="row-x"><${Button} cls="grow" icon="arrow-up" disabled=${at === 0} onClick=${() => move(at - 1)}>${t("Earlier")}<//><${Button} cls="grow" icon="arrow-down" disabled=${at === list.length - 1} onClick=${() => move(at + 1)}>${t("Later")}<//></div>`}
      ${prepares && draft && html`<${Button} cls="w-full" kind="oppose-line" icon="trash" onClick=${() => then(remove)}>${t("Take it away")}<//>`}
      ${may(live, "voting.run") && !draft && html`<${Button} cls="w-full" kind="oppose-line" icon="ban" onClick=${() => then(cancel)}>${t("Call it off")}<//><p class="sm muted">${t("The list of voters is fixed. To change the question, call it off and prepare it anew.")}</p>`}</div></div><//>`;
}
