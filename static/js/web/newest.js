// The newest state of one meeting on this screen. A join replaces everything; after it a section is taken when it is equal or
// newer, and left when it is older; another epoch (a restored server) asks for a new join. Nothing is merged or replayed.
import { batch, signal } from "@preact/signals-core";

/** @typedef {{epoch: string | number, seq: number, state: Record<string, any>, me?: Record<string, any>}} Joined */
/** @typedef {{meeting_id: number, epoch: string | number, seq: number, sections: Record<string, any>}} StateMessage */
/** @typedef {{meeting_id: number, epoch: string | number, seq: number, me: Record<string, any>}} MeMessage */

/** What became of a message: "early" ones wait for the join's answer, "foreign" ones ask for a new join. @typedef {"taken" | "older" | "early" | "foreign" | "elsewhere"} Taken */

/** @param {number} meetingId @param {() => number} now the server's clock in milliseconds */
export function newest(meetingId, now) {
  /** @type {import("@preact/signals-core").Signal<Record<string, any>>} */
  const sections = signal({});
  /** @type {import("@preact/signals-core").Signal<Record<string, any>>} */
  const me = signal({});
  /** When something last arrived, by the server's clock: what is shown was true then. */
  const knownAt = signal(0);
  /** @type {Record<string, number>} */
  let seqs = {};
  let meSeq = -1;
  /** @type {string | number | null} */
  let epoch = null;
  /** @type {(() => void)[] | null} messages that came before the join's answer; null while no join is under way */
  let early = [];

  /** A join begins: what arrives from now on waits for its answer. */
  function expect() {
    early = [];
  }

  /** The join's answer replaces everything; then what arrived meanwhile is looked at. @param {Joined} answer */
  function replace(answer) {
    batch(() => {
      epoch = answer.epoch;
      meSeq = answer.seq;
      seqs = Object.fromEntries(Object.keys(answer.state).map((name) => [name, answer.seq]));
      sections.value = answer.state;
      me.value = answer.me ?? {};
      knownAt.value = now();
    });
    const waiting = early ?? [];
    early = null;
    waiting.forEach((take) => take());
  }

  /** @param {StateMessage | MeMessage} message @param {() => void} take @returns {Taken} */
  function judged(message, take) {
    if (message.meeting_id !== meetingId) return "elsewhere";
    if (early) {
      early.push(take);
      return "early";
    }
    if (message.epoch !== epoch) return "foreign";
    knownAt.value = now();
    return "taken";
  }

  /** @param {StateMessage} message @returns {Taken} */
  function takeState(message) {
    const judgement = judged(message, () => takeState(message));
    if (judgement !== "taken") return judgement;
    const fresh = Object.entries(message.sections).filter(([name]) => message.seq >= (seqs[name] ?? -1));
    if (!fresh.length) return "older";
    for (const [name] of fresh) seqs[name] = message.seq;
    sections.value = { ...sections.value, ...Object.fromEntries(fresh) };
    return "taken";
  }

  /** @param {MeMessage} message @returns {Taken} */
  function takeMe(message) {
    const judgement = judged(message, () => takeMe(message));
    if (judgement !== "taken") return judgement;
    if (message.seq < meSeq) return "older";
    meSeq = message.seq;
    me.value = message.me;
    return "taken";
  }

  return { sections, me, knownAt, expect, replace, takeState, takeMe };
}
