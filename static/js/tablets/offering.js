// Asks the server for a one-time address for somebody's tablet. It comes to this screen only, and only once.
import { csrfToken, lineDown, read } from "../web/acts.js";

/** @typedef {{qr: string, address: string, typed_at: string, code: string, ends_at: string}} Offer */

/** @param {number} personId @returns {Promise<(Offer & {ok: true}) | (import("../web/acts.js").Answer & {ok: false})>} */
export async function begin(personId) {
  try {
    const answer = await fetch("/desk/tablets/pairing", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ person_id: personId }),
      signal: AbortSignal.timeout(15000),
    });
    return /** @type {any} */ (await read(answer));
  } catch {
    return /** @type {any} */ (lineDown());
  }
}
