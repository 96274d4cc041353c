// Questioning on the live screens. `compact`: on the console and the desk, with everything the podium does about it;
// else the delegate's: what is asked, who answers, what was promised, may I ask further?
import { date } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Avatar, Button, Chip, Empty, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { Podium } from "./podium.js";
import { groupState, mine, numbered, respondent, section } from "./state.js";
import { Vows } from "./vows.js";

export { QuestionButton } from "./asking.js";

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live, compact?: boolean}} props */
export function QuestioningPanel({ live, compact = false }) {
  if (compact) return html`<${Podium} live=${live} />`;
  const { question, group, groups } = section(live);
  if (!question && !group && groups.length === 0) {
    return html`<${Empty} icon="message-question" title=${t("No question has been put yet")} text=${t("Questions are called as they were registered.")} />`;
  }
  return html`<div class="questioning">${groups.length > 1 && html`<${Answerers} live=${live} />`}
    ${question ? html`<${Question} live=${live} />` : html`<${Before} live=${live} />`}
    ${question && html`<${Answering} live=${live} />`}<${Vows} live=${live} /><${Clear} live=${live} /></div>`;
}

/** Who answers today, one after the other. @param {{live: Live}} props */
function Answerers({ live }) {
  const { group, groups } = section(live);
  return html`<ol class="q-answerers" aria-label=${t("Who answers")}>${groups.map((each) => html`<li key=${each.id} class=${each.id === group?.id ? "on" : ""} aria-current=${each.id === group?.id ? "step" : null}>
    <${Avatar} name=${each.respondent.name} tone=${["b", "c", "e", "d"][each.respondent.id % 4]} /><span class="grow"><b class="clip">${each.respondent.name}</b><small class="clip">${[t("%(n)s questions", { n: each.questions }), groupState(each.state)].join(", ")}</small></span></li>`)}</ol>`;
}

/** @param {{live: Live}} props */
function Before({ live }) {
  const { group } = section(live);
  if (!group) return html`<p class="muted q-none">${t("The chair opens the first group of questions.")}</p>`;
  return html`<section class="q-asked"><${Chip} tone="primary">${groupState(group.state)}<//><h2>${group.title}</h2><p class="muted">${t("%(name)s answers. Questions can be registered now.", { name: group.respondent.name })}</p></section>`;
}

/** @param {{live: Live}} props */
function Question({ live }) {
  const { question, group, groups } = section(live);
  if (!question) return null;
  const asked = question.before ? t("%(name)s asks, sent on %(day)s", { name: question.person.name, day: date(question.asked_at) }) : t("%(name)s asks", { name: question.person.name });
  return html`<section class="q-asked"><div class="row-x wraps"><${Chip} tone="primary">${numbered(question)}<//><span class="muted sm">${asked}</span></div>
    ${group && groups.length === 1 && html`<div class="sm faint">${group.title}</div>`}
    <h2 class=${question.text.length > 180 ? "long" : ""}>${question.text}</h2></section>`;
}

/** @param {{live: Live}} props */
function Answering({ live }) {
  const { question, group } = section(live);
  const answers = respondent(live);
  if (!question || !answers) return null;
  const said = { asking: t("The question is being put"), answering: t("Answering now"), debating: t("The answer is debated") }[question.stage] ?? (question.answered ? t("Has answered") : t("Answers next"));
  return html`<div class="row-x q-answering" role="status"><${Avatar} name=${answers.name} tone="b" size="lg" /><div class="grow"><span class="sm muted">${group?.state === "stopped" ? groupState("stopped") : said}</span>
    <h3>${mine(live).answers ? t("You answer") : answers.name}</h3><span class="sm faint">${answers.position ?? ""}</span></div></div>`;
}

/** Was the answer clear? Only the number is shown, and only to the podium and the desk. @param {{live: Live}} props */
function Clear({ live }) {
  const { question } = section(live);
  const own = mine(live);
  if (!question || !own.may_judge) return null;
  /** @param {boolean} clear */
  const judge = (clear) => doing(live, "questioning.judge", { floor_id: question.id, clear });
  return html`<section class="q-clear"><h3>${t("Was the answer clear?")}</h3><div class="q-choices">
    <${Button} icon="thumb-up" cls=${own.clear === true ? "on" : ""} aria-pressed=${own.clear === true ? "true" : "false"} onClick=${() => judge(true)}>${t("It was clear")}<//>
    <${Button} icon="help-circle" cls=${own.clear === false ? "on" : ""} aria-pressed=${own.clear === false ? "true" : "false"} onClick=${() => judge(false)}>${t("Not clear yet")}<//></div>
    <p class="sm muted row-x"><${Icon} name="lock" size=${16} />${t("Only the chair and the desk see how many, and nobody sees who.")}</p></section>`;
}
