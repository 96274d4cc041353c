// The scenes of the big screen that need no room of their own: welcome, programme, item, speaker, recess, a notice, nothing.
import { useEffect, useState } from "preact/hooks";
import { date, dateTime, duration, ms, timeOfDay } from "../web/format.js";
import { language, t } from "../web/i18n.js";
import { Icon, html, useNow } from "../web/ui.js";
import { standing } from "../speaking/names.js";
import { SpeechTimer } from "../speaking/timer.js";
import { attendance, called, currentItem, expectedStarts, isOpen, items, meeting, queueOf, speaker, usedSeconds } from "./reading.js";
import { asked, pinned, sceneItem } from "./scene.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Floor} Floor */
/** @typedef {import("./reading.js").Item} Item */

const LINES = 7;
const SOON_MS = 15000;

/**
 * The code at the door, as it is now; fetched again when it changes. Until it is known, and where the line is down, the code that
 * leads to the room.
 * @param {Live} live @param {string} plain
 */
function useDoorCode(live, plain) {
  const [code, know] = useState(/** @type {{picture: string, until: string | null}} */ ({ picture: plain, until: null }));
  const id = meeting(live).id;
  useEffect(() => {
    let gone = false;
    let timer = 0;
    const look = async () => {
      const found = await doorCode(id);
      if (gone) return;
      if (found) know(found);
      const left = found?.until ? ms(found.until) - live.now() : SOON_MS;
      timer = window.setTimeout(look, Math.max(1000, Math.min(left, 60000)));
    };
    void look();
    return () => { gone = true; clearTimeout(timer); };
  }, [id]);
  return code.picture;
}

/** @param {number} id @returns {Promise<{picture: string, until: string | null} | null>} */
async function doorCode(id) {
  try {
    const answer = await fetch(`/api/v1/meetings/${id}/hall-code`, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Before the opening: which meeting, when, where, and the code to scan. @param {{live: Live, code: string}} props */
export function Welcome({ live, code }) {
  const { title, body_name: body, place, starts_at: starts, state } = meeting(live);
  const { present, total } = attendance(live);
  const door = useDoorCode(live, code);
  const soon = state === "issued" && ms(starts) > live.now();
  return html`<main class="hwelcome appear"><section><p class="hlabel">${body}</p><h1>${title}</h1>
      <p class="hwho">${[soon ? t("Begins at %(time)s, %(date)s", { time: timeOfDay(starts), date: date(starts) }) : date(starts), place].filter(Boolean).join(" · ")}</p>
      <p class="hhere"><b class="num">${present}<i>/${total}</i></b> ${t("members have checked in")}</p></section>
    ${door && html`<section class="hcode"><img src=${door} alt=${t("Code that leads to this meeting")} /><p><b>${t("Scan to check in")}</b>${t("with your tablet or telephone")}</p></section>`}</main>`;
}

/** The programme around the item under discussion. @param {{live: Live}} props */
export function Agenda({ live }) {
  const now = useNow(live.now, 15000);
  const all = items(live).filter((item) => !item.parent_id);
  const at = Math.max(0, all.findIndex((item) => item.id === currentItem(live)?.id || item.id === currentItem(live)?.parent_id));
  const first = Math.max(0, Math.min(at - 1, all.length - LINES));
  const expected = isOpen(live) ? expectedStarts(live, now) : new Map();
  const rest = all.length - first - LINES;
  return html`<main class="hagenda appear"><p class="hlabel">${t("The programme")}</p><ol>${all.slice(first, first + LINES).map((item) => html`<${Line} key=${item.id} item=${item} now=${all[at]?.id === item.id && Boolean(currentItem(live))} at=${expected.get(item.id)} />`)}</ol>
    ${rest > 0 && html`<p class="hwho">${t("and %(n)s more items", { n: rest })}</p>`}</main>`;
}

/** @param {{item: Item, now: boolean, at: number | undefined}} props */
function Line({ item, now, at }) {
  const done = item.state === "done";
  const said = now ? t("Under discussion") : done ? t("Done %(time)s", { time: timeOfDay(item.ended_at) }) : item.state === "deferred" ? t("Deferred") : at ? t("about %(time)s", { time: timeOfDay(at) }) : "";
  return html`<li class=${now ? "now" : done ? "done" : ""} aria-current=${now ? "step" : null}><span class="n num">${done ? html`<${Icon} name="check" size=${40} />` : item.label}</span><span class="grow clip2">${item.title}</span><small class="num">${said}</small></li>`;
}

/** @param {{live: Live}} props */
export function OneItem({ live }) {
  const item = sceneItem(live);
  const now = useNow(live.now, 5000);
  if (!item) return null;
  const by = [item.presenter && t("%(name)s presents", { name: item.presenter }), item.unit].filter(Boolean).join(" · ");
  const left = item.minutes_planned && item.since ? item.minutes_planned - usedSeconds(item, now) / 60 : null;
  return html`<main class="hidle hitem appear"><p class="hno">${t("Item %(n)s", { n: item.label })}</p><h1>${item.title}</h1>${by && html`<p>${by}</p>`}
    ${left !== null && html`<p class=${left > 0 ? "hleft" : "hleft t-oppose"}>${left > 0 ? t("%(n)s minutes left for this item", { n: Math.ceil(left) }) : t("%(n)s minutes over the plan", { n: Math.ceil(-left) })}</p>`}
    <${Word} live=${live} /></main>`;
}

/** @param {{live: Live}} props */
export function Roll({ live }) {
  const { present, total, quorum } = attendance(live);
  return html`<main class="hidle"><p>${t("Roll call")}</p><h1 class="num hroll">${present}/${total}</h1><p>${quorum.met ? t("Enough members to meet") : t("%(need)s needed", { need: quorum.need })}</p><p class="hsmall">${quorum.rules?.[language] ?? quorum.rule}</p></main>`;
}

/** Who speaks and how long still, who is next; in questioning also what is asked, and of whom. @param {{live: Live}} props */
export function Speaking({ live }) {
  const floor = speaker(live) ?? called(live);
  const question = asked(live);
  const next = [...queueOf(live, "questioning"), ...queueOf(live)].filter((each) => each.id !== floor?.id).slice(0, 4);
  if (question) return html`<${Asking} live=${live} floor=${floor} question=${question} />`;
  if (!floor) return html`<${OneItem} live=${live} />`;
  return html`<main class="hspk"><section><p class="hlabel">${floor.started_at ? t("Speaking now") : t("Invited to speak")}</p><div class="hname">${floor.person.name}</div>
      <p class="hwho">${[floor.person.position, standing(floor.stands_for), floor.subject].filter(Boolean).join(" · ")}</p><${Time} live=${live} floor=${floor} /></section>
    <section class="hnext"><p class="hlabel">${t("Next")}</p>${next.length ? html`<ol>${next.map((each, index) => html`<li key=${each.id}><span class="n num">${index + 1}</span><span>${each.person.name}</span></li>`)}</ol>` : html`<p class="hwho">${t("Nobody waits")}</p>`}</section></main>`;
}

/** @param {{live: Live, floor: Floor | null, question: any}} props */
function Asking({ live, floor, question }) {
  const group = live.sections.value.questioning?.group;
  const number = question.of ? t("Question %(n)s of %(total)s", { n: question.number, total: question.of }) : t("Question");
  return html`<main class="hask"><p class="hlabel">${[group?.title, number].filter(Boolean).join(" · ")}</p><h1 class=${(question.text || question.subject || "").length > 130 ? "long clip4" : "clip4"}>${question.text || question.subject}</h1>
    <p class="hwho">${t("%(name)s asks", { name: question.person?.name ?? "" })}</p>
    <section class="hanswer"><div class="grow"><p class="hlabel">${floor?.started_at ? said(floor) : t("Answers")}</p><b>${floor?.person.name ?? group?.respondent?.name ?? ""}</b><span>${floor?.person.position ?? group?.respondent?.position ?? ""}</span></div>
      ${floor && html`<${Time} live=${live} floor=${floor} bare />`}</section></main>`;
}

/** @param {Floor} floor */
const said = (floor) => (floor.kind === "explain" ? t("Answering now") : floor.kind === "debate" ? t("Follow-up debate") : t("Asking now"));

/** @param {{live: Live, floor: any, bare?: boolean}} props */
function Time({ live, floor, bare = false }) {
  const now = useNow(live.now, 500);
  if (!floor.started_at && !floor.ends_at) return null;
  if (floor.paused_at || !floor.ends_at) {
    const stands = floor.left_seconds ?? floor.seconds;
    return html`<div class="htimes"><b class=${stands > 0 ? "num htime paused" : "num htime over"}>${duration(stands)}</b><span class="hof">${stands > 0 ? "" : html`<span class="t-oppose">${t("over time")}</span><br />`}${t("paused")}</span></div>`;
  }
  const left = (ms(floor.ends_at) - now) / 1000;
  return html`<div class="htimes"><${SpeechTimer} live=${live} floor=${floor} cls="htime" /><span class=${left > 0 ? "hof" : "hof t-oppose"}>${left > 0 ? t("left") : t("over time")}<br />${t("of %(time)s", { time: duration(floor.seconds) })}</span></div>
    ${!bare && html`<progress class=${left > 0 ? "bar hbar-time" : "bar hbar-time bar-oppose"} value=${Math.max(0, floor.seconds - Math.max(0, left))} max=${floor.seconds}></progress>`}`;
}

/** @param {{live: Live}} props */
export function Recess({ live }) {
  const { name, until, text } = pinned(live);
  const now = useNow(live.now, 1000);
  const ends = name === "break" ? until : null;
  const left = ends ? ms(ends) - now : null;
  const word = (name === "break" && text) || live.sections.value.notice?.text;
  if (meeting(live).adjourned) return html`<main class="hidle hbreak appear"><p>${t("Adjourned")}</p><h1>${t("Goes on: %(when)s", { when: dateTime(meeting(live).resumes_at) })}</h1></main>`;
  return html`<main class="hidle hbreak appear"><p>${t("Recess")}</p>
    ${left === null ? html`<h1>${t("The meeting goes on soon")}</h1>` : left > 0 ? html`<h1 class="num hroll">${timeOfDay(ends)}</h1><p>${t("The meeting goes on in %(n)s minutes", { n: Math.ceil(left / 60000) })}</p>` : html`<h1>${t("The meeting goes on now. Please take your seats.")}</h1>`}
    ${word && html`<p class="hnotice">${word}</p>`}</main>`;
}

/** @param {{live: Live}} props */
export function Notice({ live }) {
  const text = pinned(live).text || live.sections.value.notice?.text || "";
  return html`<main class="hidle hword appear"><${Icon} name="speakerphone" size=${56} /><h1 class=${text.length > 90 ? "long" : ""}>${text}</h1></main>`;
}

/** The chair's word to all, under whatever is shown. @param {{live: Live}} props */
function Word({ live }) {
  const told = live.sections.value.notice;
  return told ? html`<p class="hnotice">${told.text}</p>` : null;
}

/** @param {{live: Live}} props */
export function Closed({ live }) {
  const { title, state, closed_at: at } = meeting(live);
  const text = state === "cancelled" ? t("The meeting is cancelled") : state === "postponed" ? t("The meeting is postponed") : t("The meeting has closed");
  return html`<main class="hidle appear"><h1>${title}</h1><p>${text}${at ? ` · ${timeOfDay(at)}` : ""}</p></main>`;
}

/** A dark wall with the mark, so that nobody thinks it broken. */
export function Blank() {
  return html`<main class="hidle hblank"><${Icon} name="building-bank" size=${56} label=${t("Nothing is shown")} /></main>`;
}
