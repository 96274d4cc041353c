// My notes on the papers of a kept meeting: what the server had when they were kept, under what was written on this device since.
import { useEffect, useState } from "preact/hooks";
import { html, Icon } from "../web/ui.js";
import { t } from "../web/i18n.js";
import { kept } from "../web/kept.js";

/** @typedef {import("./shelf.js").Paper} Paper */
/** @typedef {{key: string, file_id: number, page: number, kind: string, text: string, mine: boolean, anchor?: {quote?: {exact: string}}, waits?: boolean}} Line */

/** @param {number} file @returns {Promise<Line[]>} */
async function notesOf(file) {
  /** @type {Map<string, Line>} */
  const found = new Map();
  try {
    const answer = await fetch(`/api/v1/documents/${file}/notes`);
    if (answer.ok) for (const note of (await answer.json()).data) found.set(note.key, note);
  } catch {
    // Not kept: what this device wrote is shown all the same.
  }
  for (const { note, dirty, removed, sent } of await kept.all("notes", `${file}/`)) {
    if (removed) found.delete(note.key);
    else if (dirty || sent) found.set(note.key, { ...note, waits: true });
  }
  return [...found.values()].filter((note) => note.mine).sort((one, other) => one.page - other.page);
}

/** @param {Line} note */
function words(note) {
  const quote = note.anchor?.quote?.exact;
  if (note.text) return note.text;
  if (quote) return `“${quote}”`;
  return note.kind === "bookmark" ? t("Bookmark") : t("Drawing");
}

/** @param {{papers: Paper[]}} props */
export function MyNotes({ papers }) {
  const [all, setAll] = useState(/** @type {{paper: Paper, notes: Line[]}[]} */ ([]));
  useEffect(() => {
    void Promise.all(papers.map(async (paper) => ({ paper, notes: await notesOf(paper.document_id) }))).then((each) => setAll(each.filter(({ notes }) => notes.length)));
  }, [papers]);
  if (!all.length) return null;
  return html`<section class="card-x"><div class="card-h"><h3>${t("My notes")}</h3></div><div class="kept-list">${all.map(({ paper, notes }) => html`<div key=${paper.document_id} class="kept-item">
    <b class="sm">${paper.title}</b>
    ${notes.map((note) => html`<a key=${note.key} class="row-link kept-note" href=${`/documents/${note.file_id}?page=${note.page}`}><span class="sm faint num nowrap">${t("Page %(n)s", { n: note.page })}</span><span class="grow clip2">${words(note)}</span>${note.waits && html`<${Icon} name="clock" size=${20} cls="t-warn" label=${t("Waiting to be sent")} />`}</a>`)}
  </div>`)}</div></section>`;
}
