// Two versions as the screen shows them: rows of pages, the changes in reading order, and the passages on each page.

/** @typedef {[number, number, number, number]} Box */
/** @typedef {{page: number, boxes: Box[]}} Place */
/** @typedef {{gone: string, come: string, old: Place[], new: Place[]}} Mark */
/** @typedef {"changed" | "added" | "removed" | "moved" | "unread" | "unchanged"} Fate */
/** @typedef {{kind: Fate, old_page: number | null, new_page: number | null, recognised: boolean, rough: boolean, marks: Mark[]}} Row */
/** @typedef {{submission_id: number, number: number, id: number, sha256: string, widths: number[], pages: [number, number][]}} Version */
/**
 * @typedef {{title: string, back: string, here: string, text_url: string, read_number: number | null, reader: string, marked: boolean,
 *   older: Version, newer: Version, versions: {number: number, read: boolean}[], pages: Row[]}} Comparing
 */
/** @typedef {{row: number, mark: Mark | null}} Change one thing to look at: a passage, or a page as a whole */
/** @typedef {{change: number, boxes: Box[], empty: boolean}} Drawn a passage on one page; empty: words stand only in the other version */

/** The changes in reading order: each passage; a page that came, went, moved or could not be read counts once. @param {Row[]} rows @returns {Change[]} */
export function changesOf(rows) {
  return rows.flatMap((row, at) => {
    if (row.kind === "unchanged") return [];
    const marks = /** @type {(Mark | null)[]} */ (row.marks.length ? row.marks : [null]);
    return marks.map((mark) => ({ row: at, mark }));
  });
}

/** The passages on each page of one side. @param {Change[]} changes @param {"old" | "new"} side @returns {Map<number, Drawn[]>} */
export function drawnOn(changes, side) {
  /** @type {Map<number, Drawn[]>} */
  const pages = new Map();
  changes.forEach(({ mark }, change) => {
    for (const { page, boxes } of mark?.[side] ?? []) {
      const empty = !(side === "old" ? mark?.gone : mark?.come);
      pages.set(page, [...(pages.get(page) ?? []), { change, boxes, empty }]);
    }
  });
  return pages;
}

/** The page of one side that a change is looked at on: where its words stand, else the row's. @param {Change | undefined} change @param {Row} row @param {"old" | "new"} side */
export function pageOf(change, row, side) {
  const own = side === "old" ? row.old_page : row.new_page;
  return change?.mark?.[side][0]?.page ?? own;
}

/** The rows listed: all, or only those that differ. @param {Row[]} rows @param {boolean} all @returns {number[]} */
export const listed = (rows, all) => rows.flatMap((row, at) => (all || row.kind !== "unchanged" ? [at] : []));
