// Reading the live state: what the screens of the room need of it. Nothing here decides; it only looks up what the server said.
import { ms } from "../web/format.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{id: number, number: number, label: string, parent_id: number | null, heading: boolean, title: string, kind: string, state: string, unit: string | null, presenter: string | null,
 *   minutes_planned: number, outside: boolean, started_at: string | null, ended_at: string | null, seconds_used: number, since: string | null}} Item */
/** @typedef {{id: number, name: string, position?: string}} Person */
/** @typedef {{id: number, person: Person, kind: string, subject: string, addressee: Person | null, item_id: number | null, asked_at: string,
 *   seconds: number, stands_for?: string | null, ahead_seconds: number, started_at?: string, ends_at?: string | null, paused_at?: string | null,
 *   paused_seconds?: number, left_seconds?: number | null, warn_seconds?: number, skipped?: number, spoken_seconds?: number, entered_by?: Person | null, later?: boolean, answers_id?: number | null}} Floor */
/** @typedef {{id: number, queue: string, kind: string, state: string, position: number | null, item_id?: number | null, ahead_seconds?: number | null,
 *   expected_at?: string | null}} Request */

/** @param {Live} live */
export const meeting = (live) => live.sections.value.meeting ?? {};
/** @param {Live} live @returns {Item[]} */
export const items = (live) => live.sections.value.agenda?.items ?? [];
/** @param {Live} live @returns {Item | undefined} */
export const currentItem = (live) => items(live).find((item) => item.id === live.sections.value.agenda?.current_id);
/** @param {Live} live */
export const attendance = (live) => live.sections.value.attendance ?? { present: 0, total: 0, guests: 0, quorum: { met: false, need: 0, rule: "" } };
/** @param {Live} live @param {string} action */
export const may = (live, action) => (live.me.value.can ?? []).includes(action);
/** Whether opinions and requests are taken now. @param {Live} live */
export const isOpen = (live) => ["issued", "in_session", "paused"].includes(meeting(live).state);
/** @param {Live} live */
export const inSession = (live) => meeting(live).state === "in_session";
/** @param {Live} live */
export const isRunning = (live) => ["in_session", "paused"].includes(meeting(live).state);
/** @param {Live} live */
export const isHere = (live) => ["present", "late", "remote"].includes(live.me.value.attendance?.presence ?? "");

/** Who speaks, from the queue of speeches or of questions. @param {Live} live @returns {Floor | null} */
export function speaker(live) {
  return live.sections.value.speaking?.current ?? live.sections.value.questioning?.current ?? null;
}

/** Who is called and has not begun. @param {Live} live @returns {Floor | null} */
export function called(live) {
  return live.sections.value.speaking?.called ?? live.sections.value.questioning?.called ?? null;
}

/** @param {Live} live @param {"speaking" | "questioning"} [queue] @returns {Floor[]} */
export function queueOf(live, queue = "speaking") {
  return live.sections.value[queue]?.queue ?? [];
}

/** My open requests for the floor. @param {Live} live @returns {Request[]} */
export const myRequests = (live) => live.me.value.floor?.requests ?? [];

/** Seconds of this item used so far, by the server's clock. @param {Item} item @param {number} now */
export function usedSeconds(item, now) {
  return item.seconds_used + (item.since ? Math.max(0, (now - ms(item.since)) / 1000) : 0);
}

/** The first item still planned, after the current one if there is one. @param {Live} live @returns {Item | undefined} */
export function nextItem(live) {
  const all = items(live);
  const after = all.findIndex((item) => item.id === currentItem(live)?.id);
  const planned = all.filter((item) => item.state === "planned" && !item.outside && !item.heading);
  return planned.find((item) => all.indexOf(item) > after) ?? planned[0];
}

/** When each planned item is expected to begin (server ms), from what is left of those before it. @param {Live} live @param {number} now @returns {Map<number, number>} */
export function expectedStarts(live, now) {
  const current = currentItem(live);
  const expected = new Map();
  const begins = Math.max(now, isRunning(live) ? now : ms(meeting(live).starts_at) || now);
  let at = begins + (current ? Math.max(0, current.minutes_planned * 60 - usedSeconds(current, now)) * 1000 : 0);
  for (const item of items(live)) {
    if (item.state !== "planned") continue;
    expected.set(item.id, at);
    at += item.minutes_planned * 60000;
  }
  return expected;
}

/** Minutes behind the programme (negative: ahead): what done items took beyond their plan, and the current one so far. @param {Live} live @param {number} now */
export function minutesBehind(live, now) {
  let seconds = 0;
  for (const item of items(live)) {
    const over = usedSeconds(item, now) - item.minutes_planned * 60;
    if (item.state === "done" && item.minutes_planned) seconds += over;
    if (item.state === "current" && item.minutes_planned) seconds += Math.max(0, over);
  }
  return Math.round(seconds / 60);
}

/** When a waiting person is expected to speak (server ms). @param {Live} live @param {Floor} floor @param {number} now */
export function expectedAt(live, floor, now) {
  const speaks = speaker(live);
  const free = speaks?.ends_at ? Math.max(now, ms(speaks.ends_at)) : now;
  return free + floor.ahead_seconds * 1000;
}

/** "Ông" or "Bà" as on file, else politely without a name. @param {Live} live */
export function myTitle(live) {
  return /^(Ông|Bà|Đồng chí)\s/u.exec(live.me.value.name ?? "")?.[1] ?? "Quý vị";
}
