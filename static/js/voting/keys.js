// Boxes of which one is marked behave like radio buttons on the keyboard: arrows go round, Tab leaves.

const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });

/** On the element with role radiogroup. The arrow marks the box it comes to, as radio buttons do. @param {any} event */
export function radioKeys(event) {
  const step = STEPS[event.key];
  if (!step) return;
  const boxes = /** @type {HTMLElement[]} */ ([...event.currentTarget.querySelectorAll("[role=radio]:not(:disabled)")]);
  const at = boxes.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = boxes[(at + step + boxes.length) % boxes.length];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** Only the marked box of a group, or its first, is reached by Tab. @param {boolean} marked @param {boolean} anyMarked @param {boolean} first */
export const tabStop = (marked, anyMarked, first) => (marked || (!anyMarked && first) ? 0 : -1);
