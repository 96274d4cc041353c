// The paper on the desk: opened from the page's own words or over the API, and asked about while its pages are being made.
import { useEffect, useState } from "preact/hooks";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("../desk.js").Opening} Opening */
/** @typedef {{kind: "offline" | "gone" | "refused" | "signed_out", message: string}} Problem */

const POLL_MS = 1000;

/** @param {string} address @returns {Promise<{ok: boolean, status: number, body: any}>} status 0: the line is down */
export async function get(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}

/** @param {number} id @returns {Promise<Opening | Problem>} */
export async function fetchOpening(id) {
  const { ok, status, body } = await get(`/api/v1/documents/${id}/reading`);
  if (ok && body) return body;
  if (status === 401) return { kind: "signed_out", message: "" };
  if (status === 0 || status >= 500) return { kind: "offline", message: "" };
  return { kind: status === 404 ? "gone" : "refused", message: body?.message ?? "" };
}

/** While pages are being made the paper is asked about each second. @param {Desk} desk @returns {string} why it was refused, else "" */
export function useMaking(desk) {
  const [refusal, setRefusal] = useState("");
  const { id, state, pages } = desk.opening.value;
  const making = (state === "waiting" || state === "reading") && !refusal;
  useEffect(() => {
    if (!making) return undefined;
    const timer = setInterval(async () => {
      const { ok, body } = await get(`/api/v1/documents/${id}`);
      if (!ok) return tellRefusal(id, setRefusal);
      if (body.state === "ready") {
        const opened = await fetchOpening(id);
        if ("id" in opened) desk.opening.value = opened;
      } else if (body.page_count !== desk.opening.peek().page_count || body.pages.length !== pages.length) {
        desk.opening.value = { ...desk.opening.peek(), state: body.state, page_count: body.page_count, pages: body.pages };
      }
      return undefined;
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [making, pages.length]);
  return refusal;
}

/** @param {number} id @param {(message: string) => void} setRefusal */
async function tellRefusal(id, setRefusal) {
  const { body } = await get(`/api/v1/files/progress?ids=${id}`);
  const message = body?.data?.[0]?.message;
  if (message) setRefusal(message);
}
