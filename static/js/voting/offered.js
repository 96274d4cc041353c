// What may be put to the vote in this meeting: lawful forms and ways with their reasons, rules, items, people. Read once a page.
import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";

/** @typedef {{id: number, name: string, position?: string, member?: boolean}} OnFile */
/** @typedef {{form: string, ways: string[], usual_way: string, why: any, fixed: string[], optional: string[], usual: string[], seats: boolean, rule: string}} OfferedForm */
/** @typedef {{items: {id: number, label: string, title: string}[], current_id: number | null, rules: {key: string, said: any}[], rule: string,
 *   forms: OfferedForm[], people: OnFile[], seconds: number}} Offered */

const read = signal(/** @type {Offered | null} */ (null));
const failed = signal(false);
let meetingRead = 0;

/** @param {number} meetingId */
async function load(meetingId) {
  failed.value = false;
  try {
    const answer = await fetch(`/api/v1/meetings/${meetingId}/voting/offered`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const body = await answer.json();
    meetingRead = meetingId;
    read.value = body.data ?? body;
  } catch {
    failed.value = true;
  }
}

/** @param {number} meetingId @returns {{offered: Offered | null, failed: boolean, again: () => void}} */
export function useOffered(meetingId) {
  useEffect(() => void load(meetingId), [meetingId]); // what was read before stands meanwhile
  const [found, lost] = [read.value, failed.value]; // both are looked at each time, so that a change of either draws anew
  return { offered: meetingRead === meetingId ? found : null, failed: lost && !found, again: () => void load(meetingId) };
}

/** One whole question, for the editor. @param {number} id @returns {Promise<any>} */
export async function readQuestion(id) {
  try {
    const answer = await fetch(`/api/v1/questions/${id}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    const body = answer.ok ? await answer.json() : null;
    return body?.data ?? body;
  } catch {
    return null;
  }
}
