// Words picked by hand: from the one that was held or clicked to the one that is reached; its grips move either end.
import { choose, nearestWord, placeOn, sheetAt, wordAt } from "./select.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("../desk.js").Word} Word */
/** @typedef {{kind: string}} Begun the movement under way and what became of it */

export class Picking {
  /** @param {Desk} desk @param {{current: HTMLElement | null}} stage @param {() => Begun | null} begun */
  constructor(desk, stage, begun) {
    this.desk = desk;
    this.stage = stage;
    this.begun = begun;
    this.waits = false; // for the words of the page: what a movement means is not known yet
    this.under = /** @type {{page: number, words: Word[], anchor: number} | null} */ (null);
  }

  /** @param {{clientX: number, clientY: number}} event @param {boolean} long held or clicked twice: the word is selected at once */
  async begin(event, long) {
    const sheet = this.stage.current && sheetAt(this.stage.current, event);
    if (!sheet) return;
    const place = placeOn(sheet, event);
    const page = Number(sheet.dataset.page);
    this.waits = true;
    const words = await this.desk.words(page).finally(() => { this.waits = false; });
    const anchor = wordAt(words, place, long ? 12 : 4);
    const begun = this.begun();
    if (anchor < 0 || (!long && !begun) || begun?.kind === "pan" || begun?.kind === "swipe") return;
    this.under = { page, words, anchor };
    if (!long) return;
    if (begun) begun.kind = "select";
    this.desk.gesture.value = "select";
    choose(this.desk, page, words, anchor, anchor, false);
    navigator.vibrate?.(12);
    if (!begun) this.end(); // the finger was up before the words were there
  }

  /** A grip is moved: the other end stays. @param {PointerEvent} event @param {string} end */
  async regrip(event, end) {
    const chosen = this.desk.selection.value;
    const begun = this.begun();
    if (!chosen || !begun) return;
    begun.kind = "select";
    this.desk.gesture.value = "select";
    this.stage.current?.setPointerCapture(event.pointerId);
    this.under = { page: chosen.page, words: await this.desk.words(chosen.page), anchor: end === "from" ? chosen.to : chosen.from };
  }

  /** @param {PointerEvent} event */
  to(event) {
    const { under } = this;
    const sheet = this.stage.current?.querySelector(`.vview.open .vpage[data-page="${under?.page}"]`);
    if (!under || !sheet) return;
    choose(this.desk, under.page, under.words, under.anchor, nearestWord(under.words, placeOn(sheet, event)), false);
  }

  /** The finger is up. */
  end() {
    const chosen = this.desk.selection.value;
    this.under = null;
    if (chosen && !chosen.settled) this.desk.selection.value = { ...chosen, settled: true };
  }
}
