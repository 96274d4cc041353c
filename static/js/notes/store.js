// The notes of one paper: shown at once, kept on this device at once, told to the server by and by. Nothing is lost by a
// reload, a lost line or a device that is switched off.
import { computed, effect, signal, untracked } from "@preact/signals";
import { attends } from "./attended.js";
import * as device from "./device.js";
import { History } from "./history.js";
import { byPlace, contentOf, isBlank, newKey, same } from "./note.js";
import { refresh, resume, send } from "./sending.js";

/** @typedef {import("./note.js").Note} Note */
/** @typedef {import("./note.js").Content} Content */
/** @typedef {import("./note.js").Kept} Kept */
/** @typedef {import("./history.js").Change} Change */
/** @typedef {import("../reading/desk.js").Desk} Desk */

/** Changes are told after this pause, so that a sentence goes as one. */
const PAUSE_MS = 700;
const LOOK_AGAIN_MS = 20000;

export class Notes {
  /** @param {number} file */
  constructor(file) {
    this.file = file;
    /** @type {Map<string, Kept>} */
    this.kept = new Map();
    /** Revisions of what was removed here, for the way back. @type {Map<string, number>} */
    this.gone = new Map();
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    this.timers = new Map();
    this.history = new History();
    /** How many answers came; an older reading of the server is not believed. */
    this.answers = 0;
    this.version = -1;
    /** The server has answered since this page was opened. */
    this.heard = false;
    this.list = signal(/** @type {Note[]} */ ([]));
    this.waiting = signal(/** @type {Set<string>} */ (new Set()));
    this.refused = signal(/** @type {Map<string, string>} */ (new Map()));
    this.selected = signal(/** @type {string | null} */ (null));
    /** The note that was opened to write in: only then the tablet's keyboard comes up by itself. */
    this.writing = "";
    this.moving = signal(/** @type {string | null} */ (null));
    this.steps = signal({ back: 0, forth: 0 });
    this.savedAt = signal(0);
    this.said = signal("");
    this.loaded = signal(false);
    this.mine = computed(() => this.list.value.filter((note) => note.mine));
  }

  /** @param {string | null} key @returns {Note | undefined} */
  get(key) {
    return key ? this.list.peek().find((note) => note.key === key) : undefined;
  }

  /** Read what this device keeps, then what the server has. */
  async load() {
    for (const kept of await device.all(this.file)) if (!this.kept.has(kept.note.key)) this.kept.set(kept.note.key, kept);
    this.version = Math.max(this.version, await device.versionOf(this.file));
    this.show();
    this.loaded.value = true;
    resume(this);
    await refresh(this);
  }

  /** A new note; its key. @param {Content} made @returns {string} */
  add(made) {
    const key = newKey();
    this.apply([{ key, before: null, after: made }], "");
    return key;
  }

  /** Open a note to write in it. @param {string} key */
  write(key) {
    this.writing = key;
    this.selected.value = key;
  }

  /** Change parts of a note of mine. With a `mark`, steps soon after each other are taken back together. @param {string} key @param {Partial<Content>} parts @param {string} [mark] */
  change(key, parts, mark = "") {
    const before = this.get(key);
    if (!before?.mine) return;
    this.apply([{ key, before: contentOf(before), after: { ...contentOf(before), ...parts } }], mark);
  }

  /** @param {string} key */
  remove(key) {
    const before = this.get(key);
    if (before?.mine) this.apply([{ key, before: contentOf(before), after: null }], "");
  }

  /** A note that was begun and left empty goes away by itself. @param {string} key */
  dropBlank(key) {
    const note = this.get(key);
    if (note?.mine && note.kind === "sticky" && isBlank(note) && !note.revision) this.remove(key);
  }

  /** Several changes as one step. @param {Change[]} changes @param {string} mark */
  apply(changes, mark) {
    const real = changes.filter(({ before, after }) => !(before && after && same(before, after)));
    this.history.add(real, mark, Date.now());
    this.perform(real);
  }

  undo() {
    this.perform(this.history.back());
  }

  redo() {
    this.perform(this.history.forth());
  }

  /** @param {Change[]} changes */
  perform(changes) {
    for (const { key, after } of changes) {
      this.lay(key, after);
      const kept = this.kept.get(key);
      if (kept) void device.keep(this.file, kept);
      else void device.forget(this.file, key);
      this.soon(key);
    }
    this.show();
  }

  /** @param {string} key @param {Content | null} after */
  lay(key, after) {
    const kept = this.kept.get(key);
    if (after) {
      const standing = kept?.note ?? unsaid(key, this.file, this.gone.get(key) ?? 0);
      const note = { ...standing, ...after, mine: true, changed_at: new Date().toISOString(), lost: kept ? kept.note.lost && kept.note.anchor === after.anchor : false };
      this.kept.set(key, { note, dirty: true, removed: false, sent: kept?.sent ?? null, refused: "" });
    } else if (kept && (kept.sent || kept.note.revision)) {
      this.kept.set(key, { ...kept, dirty: true, removed: true, refused: "" });
    } else this.kept.delete(key);
    if (!after && this.selected.peek() === key) this.selected.value = null;
  }

  /** Tell the server after a pause. @param {string} key */
  soon(key) {
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => this.tell(key), PAUSE_MS));
  }

  /** @param {string} key */
  tell(key) {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    void send(this, key);
  }

  /** Try again what the server has refused. @param {string} key */
  again(key) {
    const kept = this.kept.get(key);
    if (!kept) return;
    this.kept.set(key, { ...kept, refused: "" });
    this.show();
    this.tell(key);
  }

  /** Tell all that waits for its pause, now: the page is being left. */
  tellAll() {
    for (const key of [...this.timers.keys()]) this.tell(key);
  }

  /** Paint anew what is known. */
  show() {
    const all = [...this.kept.values()];
    this.list.value = all.filter((kept) => !kept.removed).map((kept) => kept.note).sort(byPlace);
    this.waiting.value = new Set(all.filter((kept) => kept.sent || (kept.dirty && (kept.removed || !isBlank(kept.note)))).map((kept) => kept.note.key));
    this.refused.value = new Map(all.filter((kept) => kept.refused).map((kept) => [kept.note.key, kept.refused]));
    this.steps.value = { back: this.history.done.length, forth: this.history.undone.length };
  }
}

/** @param {string} key @param {number} file @param {number} revision @returns {import("./note.js").Standing} */
function unsaid(key, file, revision) {
  return { key, file_id: file, revision, mine: true, person: null, changed_at: "", carried_from: null, lost: false, conflict_of: null };
}

/** @type {WeakMap<Desk, {notes: Notes, leave: () => void}>} */
const open = new WeakMap();

/** The notes of the paper on this desk; read once, looked after until another paper lies there. @param {Desk} desk @returns {Notes} */
export function notesOf(desk) {
  const known = open.get(desk);
  const file = desk.opening.value.id;
  if (known?.notes.file === file) return known.notes;
  known?.leave();
  const notes = new Notes(file);
  open.set(desk, { notes, leave: attend(notes, desk) });
  void notes.load();
  return notes;
}

/** @param {Notes} notes @param {Desk} desk @returns {() => void} */
function attend(notes, desk) {
  const gone = new AbortController();
  const { signal: until } = gone;
  attends(notes.file, until);
  window.addEventListener("pagehide", () => notes.tellAll(), { signal: until });
  window.addEventListener("online", () => void refresh(notes), { signal: until });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") notes.tellAll();
    else void refresh(notes);
  }, { signal: until });
  const look = setInterval(() => { if (document.visibilityState === "visible") void refresh(notes); }, LOOK_AGAIN_MS);
  const unmark = untracked(() => effect(() => ticks(desk, notes)));
  return () => {
    gone.abort();
    clearInterval(look);
    unmark();
    notes.tellAll();
  };
}

/** Pages with notes are marked on the slider. @param {Desk} desk @param {Notes} notes */
function ticks(desk, notes) {
  const pages = [...new Set(notes.list.value.filter((note) => !note.lost).map((note) => note.page))];
  const others = desk.marks.peek().filter((mark) => mark.cls !== "note");
  desk.marks.value = [...others, ...pages.map((page) => ({ page, cls: "note" }))];
}
