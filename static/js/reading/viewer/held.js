// Whether the reader's hands are full: a note is being written, a stroke drawn, a page moved. Then nothing moves under them.

const WRITING = "textarea, input[type=text], input:not([type]), [contenteditable=true]";
let down = 0;
/** @type {Set<() => void>} */
const waiting = new Set();

/** @param {Element | null} element */
function writes(element) {
  if (!(element instanceof HTMLElement) || !element.matches(WRITING)) return false;
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value.trim() !== "" : (element.textContent ?? "").trim() !== "";
}

/** A text is being written, or a finger or pen is on the page. */
export function held() {
  return down > 0 || writes(document.activeElement) || document.querySelector("[data-editing]") !== null;
}

/** Does it once the hands are free. @param {() => void} then */
export function whenFree(then) {
  waiting.add(then);
}

function look() {
  setTimeout(() => {
    if (held()) return;
    const all = [...waiting];
    waiting.clear();
    for (const each of all) each();
  }, 300);
}

window.addEventListener("pointerdown", (event) => { if (event.target instanceof Element && event.target.closest(".vpage, .vstage")) down += 1; }, true);
for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) window.addEventListener(name, () => { down = Math.max(0, down - 1); look(); }, true);
window.addEventListener("blur", () => { down = 0; });
document.addEventListener("focusout", look);
document.addEventListener("click", look);
