// The queue as delegates see it: one's own row stands out, with place and expected time; the tablet vibrates when the turn is near.
import { useEffect, useState } from "preact/hooks";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Chip, Icon, html, useNow } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { items, myRequests, myTitle, queueOf } from "../live/reading.js";
import { kindName, ruleWords, wish } from "./names.js";
import { expected, vibrate } from "./timer.js";
import { WriteDialog } from "./writing.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */

/** @param {{live: Live}} props */
export function QueueCard({ live }) {
  const now = useNow(live.now, 5000);
  const speeches = queueOf(live).filter((floor) => !floor.later);
  const later = queueOf(live).filter((floor) => floor.later);
  const questions = queueOf(live, "questioning");
  useTurn(live, speeches[0] ?? questions[0] ?? null);
  const closed = live.sections.value.speaking?.closed;
  return html`<section class="card-x col-y queue-card"><div class="card-h"><h3>${t("Order of speaking")}</h3>${closed ? html`<span class="push"><${Chip} icon="lock">${t("List closed")}<//></span>` : html`<span class="push muted sm"><span class="num">${speeches.length}</span> ${t("people")}</span>`}</div>
    <${ToWrite} live=${live} />
    <div class="queue-scroll" tabindex="0" aria-label=${t("Order of speaking")}>
    ${speeches.length ? html`<${Rows} live=${live} rows=${speeches} now=${now} />` : html`<p class="muted queue-none">${t("Nobody has asked for the floor.")}</p>`}
    ${questions.length > 0 && html`<div class="queue-part">${t("Questions")}<span class="push num">${questions.length}</span></div><${Rows} live=${live} rows=${questions} now=${now} />`}
    ${later.length > 0 && html`<div class="queue-part">${t("For later items")}<span class="push num">${later.length}</span></div><${Rows} live=${live} rows=${later} now=${0} />`}
    ${speeches.length > 1 && html`<p class="faint sm queue-rule">${ruleWords(live)}</p>`}</div></section>`;
}

/** Vibrates when one is next and again when one is called. @param {Live} live @param {Floor | null} first */
function useTurn(live, first) {
  const next = first !== null && first.person.id === live.me.value.person_id;
  const mineCalled = myRequests(live).some((request) => request.state === "called");
  useEffect(() => { if (next || mineCalled) vibrate([200, 100, 200]); }, [next, mineCalled]);
}

/** @param {{live: Live, rows: Floor[], now: number}} props */
function Rows({ live, rows, now }) {
  return html`<ol class="queue">${rows.map((floor, index) => html`<${Row} key=${floor.id} live=${live} floor=${floor} place=${index + 1} now=${now} />`)}</ol>`;
}

/** @param {{live: Live, floor: Floor, place: number, now: number}} props */
function Row({ live, floor, place, now }) {
  const at = now ? timeOfDay(expected(live, floor, now)) : "";
  if (floor.person.id === live.me.value.person_id) {
    const said = floor.skipped && place > 1 ? t("Your turn was passed over; you wait again") : place === 1 && now ? t("You are next") : t("The tablet vibrates when your turn is near");
    return html`<li class="me" aria-current="true"><span class="qn num">${place}</span><span class="grow"><b>${at ? t("%(title)s, about %(time)s", { title: myTitle(live), time: at }) : myTitle(live)}</b><small>${now ? said : itemWords(live, floor)}</small></span></li>`;
  }
  const sub = !now ? itemWords(live, floor) : floor.kind === "speech" ? "" : floor.kind === "question" ? wish(floor) : kindName(floor.kind);
  return html`<li><span class="qn num">${place}</span><span class="grow"><span class="q-name">${floor.person.name}</span>${sub && html`<small class="faint clip2">${sub}</small>`}</span><span class="num faint sm">${at}</span></li>`;
}

/** @param {Live} live @param {Floor} floor */
export function itemWords(live, floor) {
  const item = items(live).find((each) => each.id === floor.item_id);
  return item ? t("Item %(n)s", { n: item.label }) : "";
}

/** What the chair asked to have in writing, until it is written. @param {{live: Live}} props */
function ToWrite({ live }) {
  const [writing, write] = useState(/** @type {any} */ (null));
  const wanted = live.me.value.floor?.to_write ?? [];
  return html`${wanted.map((/** @type {any} */ each) => html`<div class="to-write" key=${each.id} role="status"><${Icon} name="pencil" cls="t-warn" /><div class="grow"><b>${t("Please give your statement in writing")}</b>${each.subject && html`<div class="sm clip2">${each.subject}</div>`}
      <div class="btns"><${Button} kind="tint" onClick=${() => write(each)}>${t("Write it")}<//><${Button} kind="ghost" onClick=${() => doing(live, "speaking.withdraw", { floor_id: each.id })}>${t("I will not")}<//></div></div></div>`)}
    ${writing && html`<${WriteDialog} live=${live} wanted=${writing} onClose=${() => write(null)} />`}`;
}
