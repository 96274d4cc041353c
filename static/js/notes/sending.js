// Telling the server of notes and hearing of them. One message for a note is under way at a time; what was changed meanwhile
// waits on the device and follows. The same message is sent again with the same name, so that none counts twice.
import { newRequestId } from "../web/acts.js";
import { t } from "../web/i18n.js";
import { hold } from "../web/outbox.js";
import * as device from "./device.js";
import { contentOf, isBlank } from "./note.js";

/** @typedef {import("./store.js").Notes} Notes */
/** @typedef {import("./note.js").Kept} Kept */
/** @typedef {import("./note.js").Note} Note */
/** @typedef {import("../web/acts.js").Answer} Answer */

/** Codes after which the change is tried again by itself, later. */
const LATER = new Set(["offline", "busy", "not_saved", "stopping", "sign_in_first", "too_many", "unreadable"]);
const LATER_MS = 5000;

/** Tell the last state of a note, unless it is under way already. @param {Notes} notes @param {string} key */
export async function send(notes, key) {
  const kept = notes.kept.get(key);
  if (!kept?.dirty || kept.sent || kept.refused || (!kept.removed && isBlank(kept.note))) return;
  const base = { file_id: notes.file, key, base_revision: kept.note.revision };
  const sent = kept.removed ? message("notes.remove", base) : message("notes.put", { ...base, ...contentOf(kept.note) });
  notes.kept.set(key, { ...kept, sent, dirty: false });
  notes.show();
  await deliver(notes, key, sent);
}

/** @param {"notes.put" | "notes.remove"} name @param {Record<string, unknown>} input @returns {import("./note.js").Sent} */
function message(name, input) {
  return { request_id: newRequestId(), name, input };
}

/** After the page was opened: what was under way goes on, what was never sent is sent. @param {Notes} notes */
export function resume(notes) {
  for (const [key, kept] of notes.kept) {
    if (kept.sent) void deliver(notes, key, kept.sent);
    else if (kept.dirty && !kept.removed && isBlank(kept.note) && !kept.note.revision) {
      notes.kept.delete(key);
      void device.forget(notes.file, key);
    } else if (kept.dirty) {
      notes.kept.set(key, { ...kept, refused: "" });
      void send(notes, key);
    }
  }
}

/** @param {Notes} notes @param {string} key @param {import("./note.js").Sent} sent */
async function deliver(notes, key, sent) {
  const kept = notes.kept.get(key);
  const written = kept && device.keep(notes.file, kept); // not waited for: a page that is being left does nothing later
  const answer = await hold(sent.name, sent.input, sent.request_id);
  await written;
  notes.answers += 1;
  await heard(notes, key, sent, answer);
}

/** @param {Notes} notes @param {string} key @param {import("./note.js").Sent} sent @param {Answer} answer */
async function heard(notes, key, sent, answer) {
  const kept = notes.kept.get(key);
  if (!kept || kept.sent?.request_id !== sent.request_id) return;
  const done = (answer.ok && !answer.replaced) || (sent.name === "notes.remove" && answer.code === "not_found");
  if (!done) return void (await undelivered(notes, kept, answer));
  const revision = Number(answer.revision ?? kept.note.revision + 1);
  const next = { ...kept, sent: null, refused: "", note: { ...kept.note, revision } };
  notes.savedAt.value = Date.now();
  // The server is newer now than all it told before: an older answer, kept for reading without a line, is not believed.
  notes.version += 1;
  const remembered = device.keepVersion(notes.file, notes.version);
  if (answer.conflict) await (sent.name === "notes.remove" ? stays(notes, next) : keepBoth(notes, next, answer));
  else {
    const written = sent.name === "notes.remove" && next.removed && !next.dirty ? drop(notes, next) : put(notes, next);
    notes.show();
    await written;
    await send(notes, key);
  }
  await remembered;
}

/** @param {Notes} notes @param {Kept} kept @param {Answer} answer */
async function undelivered(notes, kept, answer) {
  const later = answer.replaced || LATER.has(answer.code ?? "");
  const written = put(notes, { ...kept, sent: null, dirty: true, refused: later ? "" : answer.message || t("This note could not be kept on the server.") });
  notes.show();
  await written;
  if (later) setTimeout(() => notes.tell(kept.note.key), LATER_MS);
}

/** Another device of the same person was faster: its note keeps the name, ours goes on as a copy beside it. @param {Notes} notes @param {Kept} kept @param {Answer} answer */
async function keepBoth(notes, kept, answer) {
  const { key } = kept.note;
  const renamed = String(answer.kept_key ?? key);
  notes.said.value = t("This note was also changed on another device. Both are kept.");
  if (renamed !== key) {
    const revision = Number(answer.kept_revision ?? 1);
    const written = [drop(notes, kept), put(notes, { ...kept, note: { ...kept.note, key: renamed, revision, conflict_of: key } })];
    notes.gone.delete(key);
    notes.history.rename(key, renamed);
    if (notes.selected.peek() === key) notes.selected.value = renamed;
    notes.show();
    await Promise.all(written);
  } else await put(notes, kept);
  notes.show();
  await refresh(notes);
  await send(notes, renamed);
}

/** Removed here, but changed on another device meanwhile: what was written there stays. @param {Notes} notes @param {Kept} kept */
async function stays(notes, kept) {
  notes.said.value = t("This note was changed on another device meanwhile, so it stays.");
  const written = drop(notes, kept);
  notes.gone.delete(kept.note.key);
  await written;
  await refresh(notes);
}

/** Known at once, written by and by: what the person changes while the device writes comes on top of it. @param {Notes} notes @param {Kept} kept */
async function put(notes, kept) {
  notes.kept.set(kept.note.key, kept);
  await device.keep(notes.file, kept);
}

/** @param {Notes} notes @param {Kept} kept */
async function drop(notes, kept) {
  notes.gone.set(kept.note.key, kept.note.revision);
  notes.kept.delete(kept.note.key);
  await device.forget(notes.file, kept.note.key);
}

/** Ask the server; without a line what is kept here stands. @param {Notes} notes */
export async function refresh(notes) {
  const before = notes.answers;
  const found = await ask(notes.file, notes.heard ? notes.version : -1);
  if (!found || found.same || found.version < notes.version) return;
  if (notes.answers !== before) return void (await refresh(notes));
  notes.version = found.version;
  notes.heard = true;
  await merge(notes, found.data);
  await device.keepVersion(notes.file, found.version);
  notes.show();
}

/** @param {number} file @param {number} since @returns {Promise<{data: Note[], version: number, same?: boolean} | null>} */
async function ask(file, since) {
  try {
    const answer = await fetch(`/api/v1/documents/${file}/notes${since >= 0 ? `?since=${since}` : ""}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** What the server says, but for notes with changes that it does not know yet. @param {Notes} notes @param {Note[]} found */
async function merge(notes, found) {
  const there = new Set(found.map((note) => note.key));
  const written = [];
  for (const note of found) {
    const kept = notes.kept.get(note.key);
    if (kept && (kept.dirty || kept.sent)) continue;
    if (kept && kept.note.revision === note.revision && kept.note.shared === note.shared && kept.note.lost === note.lost) continue;
    written.push(put(notes, { note, dirty: false, removed: false, sent: null, refused: "" }));
  }
  for (const kept of [...notes.kept.values()]) {
    if (!there.has(kept.note.key) && !kept.dirty && !kept.sent) written.push(drop(notes, kept));
  }
  await Promise.all(written);
}
