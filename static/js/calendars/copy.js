// The calendar pages: copy the private address, print the week.

/** Copies text, also on plain http where the clipboard is closed to scripts. @param {HTMLElement} from @returns {Promise<void>} */
async function copy(from) {
  if (navigator.clipboard) return navigator.clipboard.writeText(from.textContent ?? "");
  const range = document.createRange();
  range.selectNodeContents(from);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
  document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy ?? "");
    if (!from) return;
    await copy(from);
    const words = button.querySelector("span");
    if (words) words.textContent = button.dataset.copied ?? "";
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
