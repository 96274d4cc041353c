// What has happened so far, as the journal tells it: read again whenever the room changes, and only what is new.
import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";
import { dateTime, duration, timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Empty, ErrorBox, Icon, html } from "../web/ui.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{seq: number, at: string, event: string, actor: {id: number, name: string}, facts: Record<string, any>}} Entry */

const entries = signal(/** @type {Entry[]} */ ([]));
const failed = signal(false);
let reading = false;
let again = false;

/** @param {number} meetingId */
async function readOn(meetingId) {
  if (reading) { again = true; return; }
  reading = true;
  try {
    const since = entries.value.at(-1)?.seq ?? 0;
    const answer = await fetch(`/api/v1/meetings/${meetingId}/journal?since=${since}`);
    if (!answer.ok) throw new Error(String(answer.status));
    /** @type {Entry[]} */
    const fresh = (await answer.json()).data;
    if (fresh.length) entries.value = [...entries.value, ...fresh];
    again = again || fresh.length >= 500;
    failed.value = false;
  } catch {
    failed.value = true;
  } finally {
    reading = false;
    if (again) { again = false; setTimeout(() => void readOn(meetingId), 300); }
  }
}

/** @type {Record<string, (entry: Entry) => {icon: string, tone?: string, title: string, text?: string}>} */
const TOLD = {
  "live.meeting_opened": ({ facts }) => ({ icon: "flag", tone: "v", title: t("The meeting was opened"), text: t("%(present)s of %(total)s present, %(need)s needed", facts) }),
  "live.meeting_paused": ({ facts }) => ({ icon: "player-pause", title: facts.until ? t("Recess until %(time)s", { time: timeOfDay(facts.until) }) : t("Recess") }),
  "live.meeting_resumed": ({ facts }) => ({ icon: "player-play", title: t("The meeting goes on"), text: facts.adjourned ? t("After the adjournment: %(present)s of %(total)s present", facts) : "" }),
  "live.meeting_adjourned": ({ facts }) => ({ icon: "calendar-event", tone: "v", title: t("Adjourned to %(when)s", { when: dateTime(facts.resumes_at) }), text: facts.reason }),
  "live.item_taken_ahead": ({ facts }) => ({ icon: "arrow-up", title: t("Taken ahead: %(title)s, now item %(n)s", { title: facts.title, n: facts.label }), text: facts.reason }),
  "agenda.item_set_aside": ({ facts }) => ({ icon: "clock-pause", title: t("Taken off this meeting: %(title)s", { title: facts.title }), text: facts.reason }),
  "agenda.item_restored": ({ facts }) => ({ icon: "arrow-back-up", title: t("Back on the programme: %(title)s", { title: facts.title }) }),
  "live.handed_over": ({ facts }) => ({ icon: "user-share", title: facts.item_id ? t("Item %(n)s handed to %(name)s", { n: facts.label, name: facts.name }) : t("The meeting handed to %(name)s", { name: facts.name }), text: facts.reason }),
  "live.presider_changed": ({ facts }) => ({ icon: "gavel", tone: "v", title: facts.deputy ? t("%(name)s presides", { name: facts.name }) : t("The chair presides again") }),
  "live.meeting_closed": () => ({ icon: "flag", tone: "v", title: t("The meeting was closed") }),
  "live.item_started": ({ facts }) => ({ icon: "list-numbers", title: t("Item %(n)s: %(title)s", { n: facts.label ?? facts.number, title: facts.title }) }),
  "live.attendance_corrected": ({ facts, actor }) => ({ icon: "user-check", title: t("Attendance put right: %(name)s", { name: facts.name }), text: `${facts.reason} (${actor.name})` }),
  "live.notice_told": ({ facts, actor }) => ({ icon: "speakerphone", title: t("Told to all: %(text)s", { text: facts.text || "…" }), text: actor.name }),
  "speaking.speech_stopped": ({ facts }) => ({ icon: "microphone", tone: "s", title: t("%(name)s spoke, %(time)s", { name: facts.name, time: duration(facts.seconds) }), text: facts.over_seconds ? t("%(time)s over time", { time: duration(facts.over_seconds) }) : "" }),
  "speaking.speaker_skipped": ({ facts }) => ({ icon: "player-skip-forward", title: t("%(name)s was passed over for now", { name: facts.name }) }),
  "speaking.handed_to_writing": ({ facts }) => ({ icon: "pencil", tone: "s", title: t("%(name)s hands the words in writing", { name: facts.name }), text: facts.subject }),
  "discussion.opinion_posted": ({ facts, actor }) => ({ icon: "message", title: t("Opinion of %(name)s", { name: actor.name }), text: facts.text }),
  "voting.vote_opened": ({ facts }) => ({ icon: "checkbox", title: t("Vote opened: %(title)s", { title: facts.title ?? "" }) }),
  "voting.result_published": ({ facts }) => ({ icon: "checkbox", tone: "v", title: t("Vote: %(title)s", { title: facts.title ?? "" }), text: result(facts) }),
};

/** @param {Record<string, any>} facts */
function result(facts) {
  const counts = facts.counts ?? {};
  const votes = t("%(for)s in favour, %(against)s against of %(base)s", { for: counts.for ?? 0, against: counts.against ?? 0, base: facts.base_count ?? facts.total });
  return facts.passed === undefined ? votes : `${votes}. ${facts.passed ? t("Passed") : t("Not passed")}.`;
}

/** @param {{live: Live, meetingId: number}} props */
export function Course({ live, meetingId }) {
  const sections = live.sections.value;
  useEffect(() => { void readOn(meetingId); }, [sections]);
  const shown = entries.value.filter((entry) => TOLD[entry.event]).slice(-80).reverse();
  if (failed.value && shown.length === 0) return html`<${ErrorBox} title=${t("The record could not be read")} retry=${() => readOn(meetingId)} />`;
  if (shown.length === 0) return html`<${Empty} icon="notes" title=${t("Nothing recorded yet")} text=${t("Speeches, opinions and votes appear here as they happen.")} />`;
  return html`<ol class="mfeed" tabindex="0">${shown.map((entry) => html`<${Line} key=${entry.seq} entry=${entry} />`)}</ol>`;
}

/** @param {{entry: Entry}} props */
function Line({ entry }) {
  const told = TOLD[entry.event]?.(entry);
  if (!told) return null;
  return html`<li class="mrow"><span class="num faint">${timeOfDay(entry.at)}</span><span class=${`mk${told.tone ? ` mk-${told.tone}` : ""}`}><${Icon} name=${told.icon} size=${18} /></span>
    <div class="grow"><b>${told.title}</b>${told.text && html`<p>${told.text}</p>`}</div></li>`;
}
