// Keeps a page of one paper true: when something happened to the paper it is read anew, but never under somebody's hands.
const POLL_MS = 4000;

/** @typedef {{state: string, due_at: string, late_decision: string, submissions: {number: number, state: string, taken_up_at: string | null}[], extensions: {id: number, state: string}[]}} Paper */

const place = document.querySelector("[data-anew]");
const address = place instanceof HTMLElement ? (place.dataset.anew ?? "") : "";
let before = "";

/** What the page says of the paper. @param {Paper} paper */
function gist(paper) {
  const versions = paper.submissions.map((each) => [each.number, each.state, each.taken_up_at]);
  return JSON.stringify([paper.state, paper.due_at, paper.late_decision, versions, paper.extensions.map((each) => [each.id, each.state])]);
}

/** A question being answered, words being written or a file on its way are never torn away. */
function inUse() {
  const chosen = document.querySelector("#paper");
  if (chosen instanceof HTMLInputElement && chosen.files?.length) return true;
  const written = [...document.querySelectorAll("textarea, input.input")].some((each) => (each instanceof HTMLTextAreaElement || each instanceof HTMLInputElement) && each.value !== each.defaultValue);
  return written || Boolean(document.querySelector("dialog[open]")) || document.activeElement?.matches("input, textarea, select") || false;
}

async function look() {
  if (document.hidden || !address) return;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const now = gist(await answer.json());
    if (before && now !== before && !inUse()) location.reload();
    else if (!before) before = now;
  } catch {
    return;
  }
}

void look();
setInterval(look, POLL_MS);

export {};
