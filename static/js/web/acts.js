// Sends acts over HTTP. The answer is always a value, never an exception: {ok: true, …} or {ok: false, code, message}.
import { t } from "./i18n.js";

/**
 * @typedef {{ok: boolean, code?: string, message?: string, facts?: Record<string, any>,
 *   fields?: Record<string, string>, [name: string]: any}} Answer
 */

/** Codes after which the same request may be asked again with the same request_id: nothing was saved. */
const ASK_AGAIN = new Set(["offline", "busy", "not_saved", "stopping"]);

/** @param {Answer} answer @returns {boolean} */
export function mayAskAgain(answer) {
  return !answer.ok && ASK_AGAIN.has(answer.code ?? "");
}

/** A name for one wish of a person; works on plain http too, where crypto.randomUUID is missing. @returns {string} */
export function newRequestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @returns {Answer} */
export function lineDown() {
  return { ok: false, code: "offline", message: t("The line to the server is down. Nothing was recorded yet.") };
}

/** @returns {Answer} */
export function signedOut() {
  return { ok: false, code: "sign_in_first", message: t("You have been signed out. Please sign in again.") };
}

/** @returns {string} */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/**
 * One try. A lost line, or no answer in 15 seconds, is the code "offline".
 * @param {string} name
 * @param {Record<string, unknown>} input
 * @returns {Promise<Answer>}
 */
export async function post(name, input) {
  try {
    const response = await fetch(`/api/v1/acts/${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(input),
      credentials: "same-origin",
      signal: AbortSignal.timeout(15000),
    });
    return await read(response);
  } catch {
    return lineDown();
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
export async function read(response) {
  if (response.status === 401) return signedOut();
  try {
    const body = await response.json();
    return { ...body, ok: response.ok };
  } catch {
    return { ok: false, code: "unreadable", message: t("The server could not answer. Please try again.") };
  }
}

/**
 * Send an act, asking again a few times with the same request_id while the server says that nothing was saved.
 * @param {string} name
 * @param {Record<string, unknown>} input
 * @param {string} [requestId]
 * @returns {Promise<Answer>}
 */
export async function sendAct(name, input, requestId = newRequestId()) {
  const body = { ...input, request_id: requestId };
  let answer = await post(name, body);
  for (let again = 0; again < 3 && mayAskAgain(answer) && answer.code !== "offline"; again += 1) {
    await new Promise((resume) => setTimeout(resume, 400 * 2 ** again));
    answer = await post(name, body);
  }
  return answer;
}
