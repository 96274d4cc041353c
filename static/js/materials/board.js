// The board stays true while it is looked at: who has sent, what is late, how much time is left.
import { keepFresh } from "../web/fresh.js";

const board = document.getElementById("board");

if (board) {
  keepFresh(`/api/v1/meetings/${board.dataset.meeting}/board/version`, Number(board.dataset.version));
  const filters = document.querySelector("form[data-filters]");
  filters?.addEventListener("change", (change) => {
    if (change.target instanceof HTMLSelectElement && filters instanceof HTMLFormElement) filters.requestSubmit();
  });
}
