// The votes on the page of a meeting: questions are written, changed, put in order and voted on again without entering the room.
import { signal } from "@preact/signals-core";
import { render } from "preact";
import { newRequestId, sendAct } from "../web/acts.js";
import { t } from "../web/i18n.js";
import { html } from "../web/ui.js";
import { AgainDialog, voteAgain } from "./again.js";
import { moved } from "./lines_editor.js";
import { readQuestion } from "./offered.js";
import { Preparing } from "./prepare.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-votes]"));
const tools = document.getElementById("votes-tools");
const preparing = signal(/** @type {null | "new" | number} */ (null));

if (place && tools) {
  const door = { meetingId: Number(place.dataset.meeting), act: act(place) };
  render(html`<${Tools} door=${door} />`, tools);
  listen(place);
  const list = place.querySelector("[data-order]");
  if (list instanceof HTMLElement) order(list, door);
}

/** @param {HTMLElement} root */
function act(root) {
  return (/** @type {string} */ name, /** @type {Record<string, unknown>} */ input) => sendAct(name, { meeting_id: Number(root.dataset.meeting), ...input }, newRequestId());
}

/** @param {{door: import("./prepare.js").Door}} props */
function Tools({ door }) {
  const changed = typeof preparing.value === "number" ? preparing.value : null;
  const send = async (/** @type {string} */ name, /** @type {Record<string, unknown>} */ input) => {
    const answer = await door.act(name, input);
    if (answer.ok) location.reload();
    return answer;
  };
  return html`${preparing.value && html`<${Preparing} key=${String(preparing.value)} door=${{ ...door, act: send }} question=${changed} onClose=${() => { preparing.value = null; }} />`}
    <${AgainDialog} live=${door} done=${() => location.reload()} />`;
}

/** @param {HTMLElement} root */
function listen(root) {
  root.addEventListener("click", (event) => {
    const source = event.target instanceof Element ? event.target.closest("[data-new-question], [data-edit-question], [data-again]") : null;
    if (!(source instanceof HTMLElement)) return;
    const { editQuestion, again } = source.dataset;
    if (source.dataset.newQuestion !== undefined) preparing.value = "new";
    else if (editQuestion) preparing.value = Number(editQuestion);
    else if (again) void readQuestion(Number(again)).then((found) => { if (found) voteAgain(found); });
  });
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
const rows = (list) => /** @type {HTMLElement[]} */ (Array.from(list.querySelectorAll("[data-question]")));
/** @param {EventTarget | null} target @returns {HTMLElement | null} */
const rowOf = (target) => (target instanceof Element && target.closest("[data-grip]") ? target.closest("[data-question]") : null);

/** Rows are dragged by their grip or moved with the arrow keys on it; the server has the last word. @param {HTMLElement} list @param {import("./prepare.js").Door} door */
function order(list, door) {
  let drag = /** @type {HTMLElement | null} */ (null);
  let before = "";
  const ids = () => rows(list).map((each) => Number(each.dataset.question));
  const keep = async () => {
    if (ids().join() === before) return;
    const answer = await door.act("voting.order", { question_ids: ids() });
    say(list, answer.ok ? "" : (answer.message ?? ""));
  };
  list.addEventListener("pointerdown", (event) => {
    const row = rowOf(event.target);
    if (!row || event.button !== 0) return;
    event.preventDefault();
    const grip = /** @type {HTMLElement} */ (row.querySelector("[data-grip]"));
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    before = ids().join();
    drag = row;
    row.classList.add("dragged");
  });
  list.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const others = rows(list).filter((each) => each !== drag);
    const next = others.find((each) => event.clientY < middle(each));
    if (next) { if (drag.nextElementSibling !== next) next.before(drag); } else if (list.lastElementChild !== drag) list.append(drag);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    list.addEventListener(name, () => {
      drag?.classList.remove("dragged");
      if (drag) void keep();
      drag = null;
    });
  }
  list.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || !by) return;
    event.preventDefault();
    before = ids().join();
    const all = rows(list);
    list.append(...moved(all, all.indexOf(row), all.indexOf(row) + by));
    /** @type {HTMLElement} */ (row.querySelector("[data-grip]")).focus();
    void keep();
  });
}

/** @param {HTMLElement} row */
function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

/** @param {HTMLElement} list @param {string} sentence */
function say(list, sentence) {
  const root = list.parentElement;
  const [box, told] = [root?.querySelector("[data-votes-error]"), root?.querySelector("[data-votes-said]")];
  if (box) box.textContent = sentence;
  if (told) told.textContent = sentence ? "" : t("The order is kept");
}
