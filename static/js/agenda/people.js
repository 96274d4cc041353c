// The list of people who can be invited: narrowed while typing, without marks; the ticked items go with the invitation of a guest.
const search = document.querySelector("[data-people-search]");
const list = document.querySelector("[data-people]");

/** @param {string} text */
function folded(text) {
  return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
}

if (search instanceof HTMLInputElement && list) {
  const rows = Array.from(list.children).map((row) => ({ row, words: folded(row.getAttribute("data-words") ?? "") }));
  search.addEventListener("input", () => {
    const sought = folded(search.value.trim());
    for (const { row, words } of rows) row.toggleAttribute("hidden", !words.includes(sought));
  });
  search.form?.addEventListener("submit", (event) => event.preventDefault(), true);
}

document.addEventListener("change", (event) => {
  if (!(event.target instanceof HTMLInputElement) || event.target.dataset.limit === undefined) return;
  const limit = Array.from(document.querySelectorAll("input[data-limit]:checked"), (box) => Number(/** @type {HTMLInputElement} */ (box).value));
  for (const button of document.querySelectorAll("button[data-invites]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const input = JSON.parse(button.dataset.input ?? "{}");
    const guest = !input.add[0].voting;
    input.add[0].item_ids = guest && limit.length ? limit : null;
    button.dataset.input = JSON.stringify(input);
  }
});
