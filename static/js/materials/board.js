// Keeps the board true while it is looked at: pages being made count up, and when anything else changed it is read anew.
import { inWords, isDone } from "./progress.js";

const POLL_MS = 3000;

/** @typedef {{state: string, pages_done: number, page_count: number}} Made */
/** @typedef {{id: number, state: string, due_at: string, submissions: {number: number, state: string, file_id: number, file: Made}[]}} Row */

const board = document.getElementById("board");
let before = "";

/** What the board shows of all rows, apart from counting pages. @param {Row[]} rows */
function gist(rows) {
  return JSON.stringify(rows.map((row) => [row.id, row.state, row.due_at, row.submissions.map((each) => [each.number, each.state, isDone(each.file.state)])]));
}

/** A question being answered or a word being written is never torn away. */
const inUse = () => Boolean(document.querySelector("dialog[open]")) || document.activeElement?.matches("input, textarea, select") || false;

async function look() {
  if (document.hidden || !board) return;
  let rows = /** @type {Row[]} */ ([]);
  try {
    const answer = await fetch(`/api/v1/meetings/${board.dataset.meeting}/requirements`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    rows = (await answer.json()).data;
  } catch {
    return;
  }
  for (const { file_id, file } of rows.flatMap((row) => row.submissions)) {
    const place = board.querySelector(`[data-file="${file_id}"]`);
    if (place && !isDone(file.state)) place.textContent = inWords({ id: file_id, name: "", message: "", ...file });
  }
  const now = gist(rows);
  if (before && now !== before && !inUse()) location.reload();
  else if (!before) before = now;
}

if (board) {
  void look();
  setInterval(look, POLL_MS);
}
