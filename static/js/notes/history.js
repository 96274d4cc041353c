// Steps back and forth. A step is what one movement of the hand changed: several notes at once when the eraser swept.

/** @typedef {import("./note.js").Content} Content */
/** @typedef {{key: string, before: Content | null, after: Content | null}} Change null: the note was not there */
/** @typedef {{changes: Change[], mark: string, at: number}} Step */

const STEPS = 100;
/** Letters typed one after another are one step, up to this pause. */
const PAUSE_MS = 2500;

export class History {
  constructor() {
    /** @type {Step[]} */
    this.done = [];
    /** @type {Step[]} */
    this.undone = [];
  }

  /** Remember a step; with the same `mark` soon after the last, it becomes part of that. @param {Change[]} changes @param {string} mark @param {number} now */
  add(changes, mark, now) {
    if (!changes.length) return;
    this.undone = [];
    const last = this.done.at(-1);
    const [only] = changes;
    if (mark && last && last.mark === mark && now - last.at < PAUSE_MS && last.changes.length === 1 && last.changes[0]?.key === only?.key) {
      const [first] = last.changes;
      if (first && only) last.changes = [{ key: first.key, before: first.before, after: only.after }];
      last.at = now;
      return;
    }
    this.done = [...this.done, { changes, mark, at: now }].slice(-STEPS);
  }

  /** The changes that take the last step back, or none. @returns {Change[]} */
  back() {
    const step = this.done.pop();
    if (!step) return [];
    this.undone.push(step);
    return step.changes.map(({ key, before, after }) => ({ key, before: after, after: before })).reverse();
  }

  /** @returns {Change[]} */
  forth() {
    const step = this.undone.pop();
    if (!step) return [];
    this.done.push(step);
    return step.changes;
  }

  /** A note goes on under another name: both stay, after a conflict. @param {string} key @param {string} renamed */
  rename(key, renamed) {
    for (const step of [...this.done, ...this.undone]) {
      step.changes = step.changes.map((change) => (change.key === key ? { ...change, key: renamed } : change));
    }
  }
}
