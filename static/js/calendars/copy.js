// The calendar pages: copy the private address, print the week.

/** Copies text, also where scripts may not write to the clipboard: then it is selected and copied as by hand. @param {HTMLElement} from @returns {Promise<boolean>} */
async function copy(from) {
  try {
    await navigator.clipboard.writeText(from.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(from);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy ?? "");
    if (!from) return;
    const words = button.querySelector("span");
    if ((await copy(from)) && words) words.textContent = button.dataset.copied ?? "";
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
