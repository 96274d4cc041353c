// The list of notes: a copy of a paper with one's notes drawn in, asked for by a tap.
import { signal } from "@preact/signals";
import { askForCopy } from "../reading/viewer/copies.js";

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-noted-copy]"))) {
  const opening = { id: Number(button.dataset.notedCopy) };
  const desk = /** @type {import("../reading/desk.js").Desk} */ (/** @type {unknown} */ ({ opening: signal(opening) }));
  button.addEventListener("click", () => askForCopy(desk, "noted"));
}
