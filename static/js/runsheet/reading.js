// The run sheet as the screens read it: every item with its words, the written ones or the usual ones of its kind.
import { t } from "../web/i18n.js";

/** @typedef {"opening" | "words" | "question" | "closing"} Field */
/** @typedef {{item_id: number, label: string, title: string, kind: string, kind_name: string, state: string, outside: boolean, heading: boolean,
 *   presenters: {id: number, name: string, position: string}[], unit: string | null, minutes_planned: number, minutes_written: number | null, minutes: number,
 *   written: Record<Field, string>, usual: Record<Field, string>, version: number, edited_at: string | null, edited_by: {id: number, name: string} | null,
 *   questions: {id: number, title: string, state: string, kind: string}[], papers: {document_id: number, title: string, pages: number}[]}} Line */
/** @typedef {{meeting_id: number, title: string, state: string, mark: number, may_write: boolean, minutes: number, items: Line[]}} Sheet */

/** @type {Field[]} */
export const FIELDS = ["opening", "words", "question", "closing"];

/** @param {Field} field */
export function nameOf(field) {
  return { opening: t("To begin"), words: t("Meanwhile"), question: t("To be put"), closing: t("To end") }[field];
}

/** What is said: the written words, else the usual ones. @param {Line} line @param {Field} field */
export const said = (line, field) => line.written[field] || line.usual[field];

/** @param {number} meetingId @returns {Promise<Sheet>} */
export async function readSheet(meetingId) {
  const answer = await fetch(`/api/v1/meetings/${meetingId}/script`, { signal: AbortSignal.timeout(15000) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
