// The questioning on the console and the desk: the groups, the question being dealt with, whom to call, what was promised.
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Avatar, Button, Chip, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { inSession, may } from "../live/reading.js";
import { groupState, numbered, respondent, section } from "./state.js";
import { Vows } from "./vows.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./state.js").Group} Group */
/** @typedef {import("../live/reading.js").Floor} Floor */

/** @param {{live: Live}} props */
export function Podium({ live }) {
  const found = section(live);
  return html`<div class="questioning podium"><${Groups} live=${live} />
    ${found.question && html`<${Asked} live=${live} /><${Vows} live=${live} />`}
    <${Waiting} live=${live} />${!found.question && html`<${Vows} live=${live} />`}<${Heard} live=${live} /></div>`;
}

/** @param {{live: Live}} props */
function Groups({ live }) {
  const { group, groups, loose } = section(live);
  const rest = groups.filter((each) => each.id !== group?.id);
  return html`<section class="col-y q-groups">${group && html`<${GroupBar} live=${live} group=${group} big />`}
    ${!group && groups.length === 0 && html`<p class="muted q-none">${t("No group of questions is planned. Questions are called as they were registered.")}</p>`}
    ${(!group || group.state !== "open") && rest.filter((each) => each.state !== "ended").map((each) => html`<${GroupBar} key=${each.id} live=${live} group=${each} />`)}
    ${loose > 0 && html`<p class="sm muted">${t("%(n)s registered questions belong to no group yet.", { n: loose })}</p>`}</section>`;
}

/** @param {{live: Live, group: Group, big?: boolean}} props */
function GroupBar({ live, group, big = false }) {
  const runs = may(live, "questioning.run") && inSession(live);
  const about = { group_id: group.id };
  const left = group.questions - group.put;
  const end = async () => {
    const text = left > 0 ? t("%(n)s questions that were not put are answered in writing within 20 days.", { n: left }) : t("All questions of the group were put.");
    if (await confirmed({ title: t("End this group of questions?"), text, yes: t("End the group"), danger: true })) await doing(live, "questioning.end_group", about);
  };
  const told = [t("%(name)s answers", { name: group.respondent.name }), t("%(put)s of %(n)s questions put", { put: group.put, n: group.questions })].join(" · ");
  return html`<div class=${big ? "q-group on" : "q-group"}><div class="grow"><b class="clip2">${group.title}</b><div class="sm muted">${told}</div></div>
    ${group.state !== "open" && html`<${Chip} tone=${group.state === "stopped" ? "warn" : ""}>${groupState(group.state)}<//>`}
    ${runs && html`<div class="btns">${group.state === "open" ? html`<${Button} kind="ghost" size="sq" aria-label=${t("Stop the group")} title=${t("Stop the group")} onClick=${() => doing(live, "questioning.stop_group", about)}><${Icon} name="player-pause" /><//>`
      : html`<${Button} kind=${big ? "primary" : "tint"} icon="player-play" aria-label=${`${t("Open the group")}: ${group.title}`} onClick=${() => doing(live, "questioning.open_group", about)}>${t("Open the group")}<//>`}
      ${group.state !== "planned" && html`<${Button} kind="ghost" size="sq" aria-label=${t("End the group")} title=${t("End the group")} onClick=${end}><${Icon} name="flag" /><//>`}</div>`}</div>`;
}

/** The question being dealt with, and the respondent's turn. @param {{live: Live}} props */
function Asked({ live }) {
  const { question, group } = section(live);
  const answers = respondent(live);
  if (!question) return null;
  const runs = may(live, "questioning.run") && inSession(live) && (!group || group.state === "open");
  return html`<section class="col-y q-asked"><div class="row-x wraps"><${Chip} tone="primary">${numbered(question)}<//><span class="muted sm">${t("%(name)s asks", { name: question.person.name })}</span>
      ${question.clear && question.answered && html`<span class="push sm muted row-x"><${Icon} name="thumb-up" size=${20} />${t("clear to %(yes)s, not clear to %(no)s", question.clear)}</span>`}</div>
    <p class="q-text clip2">${question.text}</p>
    ${runs && answers && question.stage !== "answering" && html`<${Button} kind="primary" icon="microphone" onClick=${() => doing(live, "questioning.answer", { floor_id: question.id })}>${question.answered ? t("Let %(name)s answer again", { name: answers.name }) : t("Let %(name)s answer", { name: answers.name })}<//>`}</section>`;
}

/** @param {{live: Live}} props */
function Waiting({ live }) {
  const { queue } = section(live);
  const debates = queue.filter((floor) => floor.kind === "debate");
  const questions = queue.filter((floor) => floor.kind === "question");
  return html`<${Rows} live=${live} rows=${debates} label=${t("Want to debate the answer")} /><${Rows} live=${live} rows=${questions} label=${t("Not called yet")} empty=${t("No question waits.")} />`;
}

/** @param {{live: Live, rows: Floor[], label: string, empty?: string}} props */
function Rows({ live, rows, label, empty = "" }) {
  if (rows.length === 0 && !empty) return null;
  const runs = may(live, "speaking.run") && inSession(live);
  return html`<section class="q-rows" aria-label=${label}><div class="queue-part">${label}<span class="push num">${rows.length}</span></div>
    ${rows.length === 0 && html`<p class="muted q-none">${empty}</p>`}
    <ol>${rows.map((floor, index) => html`<li key=${floor.id} class="qrow"><span class="num faint semi">${index + 1}</span><${Avatar} name=${floor.person.name} tone=${["", "b", "e", "d"][floor.person.id % 4]} />
      <div class="grow"><b>${floor.person.name}</b><span class="sm faint clip2">${floor.subject || (floor.kind === "debate" ? t("about the answer") : t("No subject given"))}</span></div>
      ${runs && html`<${Button} kind="tint" aria-label=${t("Call %(name)s", { name: floor.person.name })} onClick=${() => doing(live, "speaking.call", { floor_id: floor.id, instead: true })}>${t("Call")}<//>`}</li>`)}</ol></section>`;
}

/** @param {{live: Live}} props */
function Heard({ live }) {
  const { done } = section(live);
  if (done.length === 0) return null;
  return html`<section class="q-rows" aria-label=${t("Called already")}><div class="queue-part">${t("Called already")}<span class="push num">${done.length}</span></div>
    <ol>${done.map((each, index) => html`<li key=${each.id} class="qrow done"><span class="num faint semi">${index + 1}</span><div class="grow"><b>${each.person.name}</b><span class="sm faint clip2">${each.subject}</span></div>
      ${each.answered ? html`<${Chip} tone="agree" icon="check">${t("Answered")}<//>` : html`<${Chip} tone="warn">${t("Not answered")}<//>`}</li>`)}</ol></section>`;
}
