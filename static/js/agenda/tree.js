// The programme as a tree: items are dragged by their grip (finger, pen or mouse), moved with the arrow keys on the grip, or with the
// buttons beside them. The server says where an item may go; the list is then read anew without leaving the page.
import { sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";

/** @typedef {{item: HTMLElement, rows: HTMLElement[], height: number, startX: number, depth: number, line: HTMLElement, place: Place | null}} Drag */
/** @typedef {{parent_id: number | null, rank: number}} Place */

const STEP = 30; // pixels to the side for one level
const LEVELS = 3;
const WAYS = /** @type {Record<string, string>} */ ({ ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" });

const tree = document.querySelector("[data-tree]");
if (tree instanceof HTMLElement) listen(tree);

/** @param {HTMLElement} tree */
function listen(tree) {
  let drag = /** @type {Drag | null} */ (null);
  tree.addEventListener("pointerdown", (event) => {
    const grip = gripOf(event.target);
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    drag = begin(tree, row(grip), event.clientX);
  });
  tree.addEventListener("pointermove", (event) => {
    if (drag) aim(drag, event.clientX, event.clientY);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    tree.addEventListener(name, () => {
      const ended = drag;
      drag = null;
      if (!ended) return;
      tidy(ended);
      if (name === "pointerup" && ended.place) void move(tree, ended.item, { ...ended.place });
    });
  }
  tree.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const grip = gripOf(event.target);
    if (event.key === "Escape" && drag) {
      tidy(drag);
      drag = null;
    }
    if (!way || !grip) return;
    event.preventDefault();
    void move(tree, row(grip), { to: way });
  });
  tree.addEventListener("act:done", (event) => {
    const source = event.target;
    if (source instanceof HTMLElement && source.dataset.stay !== undefined) void refresh(tree, source.dataset.key ?? "");
  });
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function gripOf(target) {
  const found = target instanceof Element ? target.closest("[data-grip]") : null;
  return found instanceof HTMLElement ? found : null;
}

/** @param {HTMLElement} inside */
function row(inside) {
  return /** @type {HTMLElement} */ (inside.closest("li[data-item]"));
}

/** @param {HTMLElement} one */
const depthOf = (one) => Number(one.dataset.depth);

/** The item, what lies under it, and the rows it can go between. @param {HTMLElement} tree @param {HTMLElement} item @param {number} startX @returns {Drag} */
function begin(tree, item, startX) {
  const all = /** @type {HTMLElement[]} */ (Array.from(tree.querySelectorAll("li[data-item]")));
  const from = all.indexOf(item);
  let until = from + 1;
  while (until < all.length && depthOf(/** @type {HTMLElement} */ (all[until])) > depthOf(item)) until += 1;
  const under = all.slice(from, until);
  for (const each of under) each.classList.add("dragged");
  const height = Math.max(...under.map(depthOf)) - depthOf(item);
  const rows = all.filter((each) => !under.includes(each));
  return { item, rows, height, startX, depth: depthOf(item), line: element("li", { class: "drop-line", "aria-hidden": "true" }), place: null };
}

/** @param {Drag} drag @param {number} x @param {number} y */
function aim(drag, x, y) {
  const { rows, line } = drag;
  const index = rows.filter((each) => middle(each) < y).length;
  const before = rows[index - 1];
  const after = rows[index];
  const deepest = Math.min(before ? depthOf(before) + 1 : 0, LEVELS - 1 - drag.height);
  const wanted = drag.depth + Math.round((x - drag.startX) / STEP);
  const depth = Math.max(Math.min(wanted, deepest), Math.min(after ? depthOf(after) : 0, deepest));
  line.dataset.depth = String(depth);
  if (after) after.before(line);
  else if (before) before.after(line);
  drag.place = placeAt(rows.slice(0, index), depth);
}

/** @param {HTMLElement} one */
function middle(one) {
  const box = one.getBoundingClientRect();
  return box.top + box.height / 2;
}

/** The parent and the rank that a depth means after these rows. @param {HTMLElement[]} rows @param {number} depth @returns {Place} */
function placeAt(rows, depth) {
  let parent = /** @type {HTMLElement | null} */ (null);
  let rank = 1;
  for (const each of rows) {
    if (depthOf(each) === depth - 1) [parent, rank] = [each, 1];
    else if (depthOf(each) === depth) rank += 1;
  }
  return { parent_id: parent ? Number(parent.dataset.item) : null, rank };
}

/** @param {Drag} drag */
function tidy(drag) {
  drag.line.remove();
  for (const each of document.querySelectorAll(".dragged")) each.classList.remove("dragged");
}

/** @param {HTMLElement} tree @param {HTMLElement} item @param {Record<string, unknown>} where */
async function move(tree, item, where) {
  if (tree.getAttribute("aria-busy") === "true") return;
  tree.setAttribute("aria-busy", "true");
  const answer = await sendAct("agenda.move_item", { item_id: Number(item.dataset.item), ...where });
  if (answer.ok) await refresh(tree, `grip-${item.dataset.item}`);
  else tell(tree, answer.message ?? "");
  tree.removeAttribute("aria-busy");
}

/** @param {HTMLElement} tree @param {string} sentence */
function tell(tree, sentence) {
  tree.querySelector("[data-error]")?.replaceChildren(...(sentence ? [icon("alert-circle"), element("span", {}, sentence)] : []));
}

/** Reads the list anew and gives the focus back to what was used. @param {HTMLElement} tree @param {string} key */
async function refresh(tree, key) {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-tree]") : null;
  if (!fresh) return location.reload();
  tree.replaceChildren(...fresh.childNodes);
  const used = tree.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!(used instanceof HTMLElement)) return;
  const again = used instanceof HTMLButtonElement && used.disabled ? used.closest("li")?.querySelector("[data-grip]") : used;
  if (again instanceof HTMLElement) again.focus();
  say(tree, used);
}

/** Tells a screen reader where the item is now. @param {HTMLElement} tree @param {HTMLElement} used */
function say(tree, used) {
  const title = used.closest("li")?.querySelector("h3")?.textContent ?? "";
  tree.querySelector("[data-said]")?.replaceChildren(t("Now at %(place)s", { place: title.trim() }));
}
