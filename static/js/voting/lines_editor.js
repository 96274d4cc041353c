// The lines of a ballot paper while it is written: people of the body or free text; added, put in order, removed, pasted.
import { useRef, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";

/** @typedef {{key: number, title: string, person_id: number | null, office: string, detail: string}} Line */
/** @typedef {import("./offered.js").OnFile} OnFile */

let last = 0;

/** @param {Partial<Line>} [from] @returns {Line} */
export const newLine = (from = {}) => ({ key: (last += 1), title: from.title ?? "", person_id: from.person_id ?? null, office: from.office ?? "", detail: from.detail ?? "" });

/** What the act takes of a line; empty lines are left out. @param {Line[]} lines */
export const spokenLines = (lines) => lines.filter((each) => each.title.trim() || each.person_id).map((each) => ({
  title: each.title.trim().normalize("NFC"), ...(each.person_id ? { person_id: each.person_id } : {}),
  ...(each.office.trim() ? { office: each.office.trim() } : {}), ...(each.detail.trim() ? { detail: each.detail.trim() } : {}),
}));

/** Text with several lines becomes several lines of the paper; a number or dash in front of each goes away. @param {string} text */
export function split(text) {
  return text.split(/\r?\n/).map((each) => each.replace(/^\s*(?:\d+\s*[.)]|[-–•*])\s+/u, "").trim()).filter(Boolean);
}

/** @template T @param {T[]} list @param {number} from @param {number} to @returns {T[]} */
export function moved(list, from, to) {
  if (to < 0 || to >= list.length) return list;
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** @param {{lines: Line[], set: (lines: Line[]) => void, people: OnFile[] | null, withOffice?: boolean}} props `people`: the lines are people */
export function LinesEditor({ lines, set, people, withOffice = false }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  /** @param {number} at @param {Partial<Line>} change */
  const turn = (at, change) => set(lines.map((each, place) => (place === at ? { ...each, ...change } : each)));
  /** @param {number} at @param {number} to */
  const move = (at, to) => {
    set(moved(lines, at, to));
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (box.current?.querySelectorAll("[data-grip]")[to])?.focus());
  };
  const add = () => {
    set([...lines, newLine()]);
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (box.current?.querySelector("li:last-child input"))?.focus());
  };
  /** @param {any} event @param {number} at */
  const pasted = (event, at) => {
    const found = split(event.clipboardData?.getData("text") ?? "");
    if (found.length < 2) return;
    event.preventDefault();
    set(lines.flatMap((each, place) => (place === at ? [...(each.title.trim() ? [each] : []), ...found.map((title) => named(title, people))] : [each])));
  };
  return html`<fieldset class="lines-editor" ref=${box}><legend class="label">${people ? t("People on the paper") : t("Lines of the paper")}</legend>
    <ol>${lines.map((line, at) => html`<${Row} key=${line.key} line=${line} at=${at} count=${lines.length} people=${people} withOffice=${withOffice} turn=${turn} move=${move} pasted=${pasted}
      remove=${() => set(lines.filter((each) => each.key !== line.key))} />`)}</ol>
    ${people ? html`<${Picker} people=${people} lines=${lines} pick=${(/** @type {OnFile} */ each) => set([...lines.filter((line) => line.title || line.person_id), newLine({ title: each.name, person_id: each.id })])} other=${add} />`
      : html`<div class="row-x wraps"><${Button} kind="tint" size="row" icon="plus" onClick=${add}>${t("Add a line")}<//><span class="sm muted">${t("Several lines can be pasted at once.")}</span></div>`}</fieldset>`;
}

/** A pasted name is the person on file where exactly one is called so. @param {string} title @param {OnFile[] | null} people */
function named(title, people) {
  const bare = (/** @type {string} */ name) => name.replace(/^(ông|bà|đồng chí)\s+/iu, "").toLocaleLowerCase("vi").normalize("NFC");
  const found = (people ?? []).filter((each) => bare(each.name) === bare(title));
  return newLine(found.length === 1 ? { title: found[0]?.name ?? title, person_id: found[0]?.id ?? null } : { title });
}

/** @param {{line: Line, at: number, count: number, people: OnFile[] | null, withOffice: boolean, turn: (at: number, change: Partial<Line>) => void, move: (at: number, to: number) => void,
 *   pasted: (event: any, at: number) => void, remove: () => void}} props */
function Row({ line, at, count, people, withOffice, turn, move, pasted, remove }) {
  const n = at + 1;
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(at, at + by);
  };
  return html`<li><span class="num line-no" aria-hidden="true">${n}</span>
    <div class="line-in"><input class="input" aria-label=${people ? t("Name on line %(n)s", { n }) : t("Line %(n)s", { n })} maxlength="300" value=${line.title} placeholder=${people ? t("Full name") : t("What this line proposes")}
        onPaste=${(/** @type {any} */ event) => pasted(event, at)} onInput=${(/** @type {any} */ event) => turn(at, { title: event.target.value, person_id: null })} />
      ${withOffice && html`<input class="input" aria-label=${t("Office on line %(n)s", { n })} maxlength="200" value=${line.office} placeholder=${t("Office of this person, where it differs")} onInput=${(/** @type {any} */ event) => turn(at, { office: event.target.value })} />`}</div>
    <button type="button" class="btn btn-ghost btn-sq" data-grip aria-label=${t("Move line %(n)s up; the arrow keys move it", { n })} disabled=${at === 0 && count < 2} onClick=${() => move(at, at - 1)} onKeyDown=${keys}><${Icon} name="arrow-up" /></button>
    <button type="button" class="btn btn-ghost btn-sq" aria-label=${t("Take line %(n)s away", { n })} onClick=${remove}><${Icon} name="x" /></button></li>`;
}

/** @param {{people: OnFile[], lines: Line[], pick: (person: OnFile) => void, other: () => void}} props */
function Picker({ people, lines, pick, other }) {
  const [wanted, want] = useState("");
  const bare = (/** @type {string} */ name) => name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const letters = bare(wanted.trim());
  const free = people.filter((each) => !lines.some((line) => line.person_id === each.id));
  const found = free.filter((each) => !letters || bare(each.name).includes(letters)).slice(0, letters ? 8 : 6);
  return html`<div class="line-picker"><div class="row-x wraps"><label class="grow"><span class="sr-only">${t("Find a name")}</span><input class="input" type="search" placeholder=${t("Find a name")} value=${wanted} onInput=${(/** @type {any} */ event) => want(event.target.value)} /></label>
      <${Button} kind="ghost" size="row" icon="plus" onClick=${other}>${t("A name not on file")}<//></div>
    <div class="picks" role="group" aria-label=${t("Add a person")}>${found.map((each) => html`<button key=${each.id} type="button" class="pick-x" onClick=${() => { pick(each); want(""); }}><${Icon} name="plus" size=${20} /><span><b>${each.name}</b>${each.position && html`<small class="muted clip">${each.position}</small>`}</span></button>`)}
      ${found.length === 0 && html`<p class="sm muted">${t("Nobody on file is called so.")}</p>`}</div></div>`;
}
