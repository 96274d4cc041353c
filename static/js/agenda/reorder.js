// Items can be dragged to their place; the buttons up and down do the same without a mouse.
import { sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";

const list = document.querySelector("[data-reorder]");
if (list instanceof HTMLElement) listen(list);

/** @param {HTMLElement} list */
function listen(list) {
  let dragged = /** @type {HTMLElement | null} */ (null);
  list.addEventListener("dragstart", (event) => {
    dragged = row(event.target);
    if (!dragged || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.item ?? "");
    dragged.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = row(event.target);
    if (!dragged || !over) return;
    event.preventDefault();
    for (const each of list.children) each.classList.toggle("over", each === over && over !== dragged);
  });
  list.addEventListener("drop", (event) => {
    const over = row(event.target);
    event.preventDefault();
    if (dragged && over && over !== dragged) void move(list, dragged, Number(over.dataset.position));
  });
  list.addEventListener("dragend", () => {
    for (const each of list.children) each.classList.remove("dragged", "over");
    dragged = null;
  });
}

/** @param {EventTarget | null} target */
function row(target) {
  const found = target instanceof Element ? target.closest("li[data-item]") : null;
  return found instanceof HTMLElement ? found : null;
}

/** @param {HTMLElement} list @param {HTMLElement} item @param {number} position */
async function move(list, item, position) {
  const answer = await sendAct("agenda.move_item", { item_id: Number(item.dataset.item), position });
  if (answer.ok) return location.reload();
  const box = list.parentElement?.querySelector("[data-error]");
  box?.replaceChildren(icon("alert-circle"), element("span", {}, answer.message ?? ""));
}
