// The people of a meeting beside its plan: those without a seat first, then all others with theirs; narrowed while typing.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Chip, Icon, html } from "../web/ui.js";

/** @typedef {import("./seating.js").Person} Person */

/** @param {string} text */
const folded = (text) => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");

/** @returns {Record<string, string>} */
const groups = () => ({ chair: t("Chair"), secretary: t("Secretary"), guest: t("Guest"), member: "" });

/** @param {{people: Person[], waiting: Person[], seatOf: (id: number) => string | undefined, picked: number, tap: (id: number) => unknown}} props */
export function PeopleList({ people, waiting, seatOf, picked, tap }) {
  const [words, write] = useState("");
  const sought = folded(words.trim());
  const fits = (/** @type {Person} */ each) => folded(`${each.name} ${each.position}`).includes(sought);
  const others = people.filter((each) => !waiting.includes(each));
  const row = (/** @type {Person} */ each) => html`<li key=${each.id}><button type="button" class="btn btn-quiet" aria-pressed=${picked === each.id} onClick=${() => tap(each.id)}><span class="grow">${each.name}<small>${[groups()[each.group], each.position].filter(Boolean).join(" · ")}</small></span>${each.absent ? html`<${Chip} tone="oppose">${t("Absent")}<//>` : seatOf(each.id) ? html`<${Chip} tone="primary">${seatOf(each.id)}<//>` : null}</button></li>`;
  return html`<section class="card-x"><div class="card-pad col-y"><div class="input"><${Icon} name="search" size=${20} /><input id="seat-person" type="search" aria-label=${t("Find a person")} placeholder=${t("Find a person")} value=${words} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { const [one] = [...waiting, ...others].filter(fits); if (event.key === "Enter" && one && sought) { tap(one.id); write(""); } }} /></div>
      <h3>${t("Without a seat")} <span class="num">${waiting.length}</span></h3>
      ${waiting.length ? html`<ul class="seat-list">${waiting.filter(fits).map(row)}</ul>` : html`<p class="muted sm row-x"><${Icon} name="check" size=${20} />${t("Everybody who comes has a seat.")}</p>`}
      ${others.length > 0 && html`<h3>${t("The others")} <span class="num">${others.length}</span></h3><ul class="seat-list">${others.filter(fits).map(row)}</ul>`}</div></section>`;
}
