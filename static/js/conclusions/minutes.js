// The minutes' editor: jumps to open places, warns before unsaved text is left, prints the page.
const area = document.querySelector("#minutes-text");
const OPEN_PLACE = "[…]";
let saved = area instanceof HTMLTextAreaElement ? area.value : "";

/** Select the next open place after the caret, going round. @param {HTMLTextAreaElement} text */
function nextPlace(text) {
  const from = text.value.indexOf(OPEN_PLACE, text.selectionEnd);
  const found = from >= 0 ? from : text.value.indexOf(OPEN_PLACE);
  if (found < 0) return;
  text.focus();
  text.setSelectionRange(found, found + OPEN_PLACE.length);
  const line = text.value.slice(0, found).split("\n").length;
  text.scrollTop = Math.max(0, line * parseFloat(getComputedStyle(text).lineHeight) - text.clientHeight / 2);
}

if (area instanceof HTMLTextAreaElement) {
  const unsaved = document.querySelector("[data-unsaved]");
  area.addEventListener("input", () => {
    if (unsaved instanceof HTMLElement) unsaved.hidden = area.value === saved;
  });
  area.form?.addEventListener("act:done", () => {
    saved = area.value;
  });
  addEventListener("beforeunload", (event) => {
    if (area.value !== saved) event.preventDefault();
  });
  document.querySelector("[data-next-place]")?.addEventListener("click", () => nextPlace(area));
}
document.querySelector("[data-print]")?.addEventListener("click", () => print());
