// Notes whose paper was left in the moment they were written: the page that is open now tells the server of them.
import { kept } from "../web/kept.js";
import { nobodyElse } from "./attended.js";
import { Notes } from "./store.js";

/** What is younger may still wait for its pause on a page that is just being left. */
const SETTLED_MS = 3000;

/** Papers that lie open on another page of this browser are looked after there. */
export async function sendLeft() {
  const before = Date.now() - SETTLED_MS;
  const notes = /** @type {import("./note.js").Kept[]} */ (await kept.all("notes"));
  const left = notes.filter(({ dirty, sent, refused, note }) => dirty && !sent && !refused && Date.parse(note.changed_at) < before);
  for (const file of new Set(left.map(({ note }) => note.file_id))) await nobodyElse(file, () => new Notes(file).load());
}
