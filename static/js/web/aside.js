// An opening vote takes the whole tablet: dialogs that lie open step aside as they are and stand there again afterwards.

/** How many times a dialog still owes the news of its closing, which nobody may hear. @type {WeakMap<HTMLDialogElement, number>} */
const unheard = new WeakMap();

document.addEventListener("close", (event) => {
  const dialog = /** @type {HTMLDialogElement} */ (event.target);
  const owed = unheard.get(dialog) ?? 0;
  if (!owed) return;
  unheard.set(dialog, owed - 1);
  event.stopImmediatePropagation();
}, true);

/** @typedef {{start: number | null, end: number | null}} Caret */

/** Where somebody was writing. @param {Element | null} field @returns {Caret | null} */
function caretIn(field) {
  if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && ["text", "search"].includes(field.type))) return { start: field.selectionStart, end: field.selectionEnd };
  return null;
}

/**
 * Lets every open dialog step aside. What is answered brings them back in their order, with the focus and the caret where they were;
 * those that were answered or taken away meanwhile stay away.
 * @returns {() => void}
 */
export function stepAside() {
  const writing = /** @type {HTMLElement | null} */ (document.activeElement);
  const caret = caretIn(writing);
  const away = [...document.querySelectorAll("dialog")].filter((each) => each.matches(":modal"));
  for (const each of [...away].reverse()) {
    unheard.set(each, (unheard.get(each) ?? 0) + 1);
    each.close();
  }
  return () => {
    const back = away.filter((each) => each.isConnected && !each.open);
    for (const each of back) each.showModal();
    if (!writing || !back.some((each) => each.contains(writing))) return;
    writing.focus({ preventScroll: true });
    if (caret) /** @type {HTMLInputElement} */ (writing).setSelectionRange(caret.start, caret.end);
  };
}
