// What lies in the hand: the colour of each tool and the width of the pen, the same as last time.
import { signal } from "@preact/signals";
import { t } from "../web/i18n.js";

/** @typedef {"highlight" | "ink"} Coloured */

/** Colours of each tool with their names. @returns {Record<Coloured, {color: string, name: string}[]>} */
export const colors = () => ({
  highlight: [{ color: "yellow", name: t("Yellow") }, { color: "green", name: t("Green") }, { color: "pink", name: t("Pink") }],
  ink: [{ color: "red", name: t("Red") }, { color: "blue", name: t("Blue") }, { color: "ink", name: t("Black") }],
});

/** How wide the pen draws, in thousandths of the page. */
export const widths = () => [{ width: 2, name: t("Thin line") }, { width: 4, name: t("Medium line") }, { width: 8, name: t("Thick line") }];

const PLACE = "notes.choices";

/** @returns {{highlight: string, ink: string, width: number}} */
function remembered() {
  const usual = { highlight: "yellow", ink: "red", width: 4 };
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(PLACE) ?? "{}") };
  } catch {
    return usual;
  }
}

export const choices = signal(remembered());

/** @param {Partial<{highlight: string, ink: string, width: number}>} chosen */
export function choose(chosen) {
  choices.value = { ...choices.peek(), ...chosen };
  try {
    localStorage.setItem(PLACE, JSON.stringify(choices.value));
  } catch {
    // Remembered as long as the page is open.
  }
}

/** The next width, round and round. */
export function nextWidth() {
  const at = widths().findIndex((each) => each.width === choices.peek().width);
  choose({ width: widths()[(at + 1) % widths().length]?.width ?? 4 });
}
