// Large cards to choose from: one option of a secret matter, one of several alternatives, or as many people as there are seats.
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { radioKeys, tabStop } from "./keys.js";
import { formOf, hasLines, linesOf, offered, seatsOf } from "./marks.js";
import { besides } from "./rows.js";
import { label } from "./words.js";

/** @typedef {import("./marks.js").Marked} Marked */
/** @typedef {{key: string, line: number | null, mark: string, name: string, more: string, on: boolean}} Card */

/** @param {any} question @param {Marked} marked @returns {Card[]} */
export function cardsOf(question, marked) {
  const lines = linesOf(question).map((line) => ({ key: `l${line.id}`, line: line.id, mark: "for", name: line.title, more: besides(line), on: marked.choices[line.id] === "for" }));
  const options = hasLines(question) ? offered(question).filter((key) => key === "abstain" && formOf(question) === "alternatives") : offered(question);
  return [...lines, ...options.map((key) => ({ key, line: null, mark: key, name: label(key), more: "", on: marked.choice === key }))];
}

/** @param {{question: any, marked: Marked, mark: (line: number | null, mark: string) => void}} props */
export function Cards({ question, marked, mark }) {
  const cards = cardsOf(question, marked);
  const several = formOf(question) === "choose";
  const any = cards.some((each) => each.on);
  const full = several && Object.keys(marked.choices).length >= seatsOf(question);
  return html`<div class="cards" role=${several ? "group" : "radiogroup"} aria-label=${question.title} onKeyDown=${several ? undefined : radioKeys}>
    ${cards.map((card, place) => html`<button key=${card.key} type="button" class=${`cand${card.on ? " on" : ""}${full && !card.on ? " shut" : ""}`} role=${several ? "checkbox" : "radio"}
      aria-checked=${card.on ? "true" : "false"} aria-disabled=${full && !card.on ? "true" : null} tabIndex=${several ? 0 : tabStop(card.on, any, place === 0)} onClick=${() => mark(card.line, card.mark)}>
      <span class=${several ? "pick" : "pick round"}><${Icon} name="check" size=${40} /></span>
      <span class="grow"><span class="nm">${card.name}</span>${card.more && html`<span class="muted cand-more">${card.more}</span>`}</span>
      <span class="lbl">${card.on ? t("Chosen") : t("Not chosen")}</span></button>`)}
  </div>`;
}
