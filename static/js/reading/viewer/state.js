// What the viewer knows: how far the paper is made, which pages were seen, where the sought words stand.
import { useEffect, useRef, useState } from "preact/hooks";
import { sendAct } from "../../web/acts.js";

/** @typedef {import("../viewer.js").Opening} Opening */
/** @typedef {{state: string, page_count: number, pages: [number, number][], refusal: string}} Paper */

const POLL_MS = 1000;
const SEEN_MS = 900;

/** @template T @param {string} address @returns {Promise<T | null>} */
export async function get(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** The paper, asked about each second while its pages are being made. @param {Opening} opening @returns {Paper} */
export function useDocument(opening) {
  const [paper, setPaper] = useState(/** @type {Paper} */ ({ state: opening.state, page_count: opening.page_count, pages: opening.pages, refusal: "" }));
  const done = paper.state !== "waiting" && paper.state !== "reading";
  useEffect(() => {
    if (done) return undefined;
    const timer = setInterval(async () => {
      const now = /** @type {Paper | null} */ (await get(`/api/v1/documents/${opening.id}`));
      if (now) setPaper({ ...now, refusal: "" });
      else await tellRefusal(opening.id, setPaper);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [done]);
  return paper;
}

/** @param {number} id @param {(change: (before: Paper) => Paper) => void} setPaper */
async function tellRefusal(id, setPaper) {
  const found = /** @type {{data: {state: string, message: string}[]} | null} */ (await get(`/api/v1/files/progress?ids=${id}`));
  const said = found?.data[0];
  if (said?.message) setPaper((before) => ({ ...before, state: said.state, refusal: said.message }));
}

/** Tells the server which pages were looked at for about a second. @param {number} id @param {number} page @param {number} count */
export function useMarks(id, page, count) {
  const unsent = useRef(/** @type {Set<number>} */ (new Set()));
  useEffect(() => {
    if (!count) return undefined;
    const timer = setTimeout(async () => {
      const seen = [...unsent.current, page];
      const answer = await sendAct("materials.mark_read", { file_id: id, page, seen });
      if (answer.ok) for (const each of seen) unsent.current.delete(each);
      else if (answer.code === "offline") unsent.current.add(page);
    }, SEEN_MS);
    return () => clearTimeout(timer);
  }, [id, page, count > 0]);
}

/** @typedef {{page: number, count: number}} Hit */

/** The words looked for, from the address or the box in the bar. @param {Opening} opening */
export function useFound(opening) {
  const [sought, setSought] = useState(opening.q);
  const [pages, setPages] = useState(/** @type {Hit[]} */ ([]));
  const [fresh, setFresh] = useState(false);
  useEffect(() => bindBox(setSought, () => setFresh(true), Boolean(opening.q)), []);
  useEffect(() => {
    if (!sought) return setPages([]);
    const address = `/api/v1/documents/${opening.id}/find?q=${encodeURIComponent(sought)}`;
    void get(address).then((/** @type {any} */ heard) => setPages(heard?.data ?? []));
    return undefined;
  }, [sought]);
  const firstAfter = (/** @type {number} */ page) => (pages.find((hit) => hit.page >= page) ?? pages[0])?.page;
  return { sought, pages, fresh, firstAfter, clear: () => setSought("") };
}

/** @param {(sought: string) => void} found @param {() => void} asked @param {boolean} open */
function bindBox(found, asked, open) {
  const form = document.querySelector("[data-find]");
  const toggle = document.querySelector("[data-find-toggle]");
  const box = form?.querySelector("input");
  if (!(form instanceof HTMLFormElement) || !box) return;
  form.hidden = !open;
  toggle?.addEventListener("click", () => {
    form.hidden = !form.hidden;
    if (!form.hidden) box.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked();
    found(box.value.trim().normalize("NFC"));
  });
  box.addEventListener("search", () => { if (!box.value) found(""); });
}
