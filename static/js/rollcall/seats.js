// The seating plan in colours: who is here, who speaks, and, once published, how an open vote was cast seat by seat.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Empty, ErrorBox, Icon, Loading, html } from "../web/ui.js";
import { meeting, speaker } from "../live/reading.js";
import { ICONS as VOTE_ICONS, label as voteLabel } from "../voting/words.js";
import { ICONS, bare, short, words } from "./words.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{id: number, name: string, position: string, voting: boolean, presence: string, stands_for: string | null}} Sitter */
/** @typedef {{row: number, column: number, kind: string, label: string}} Cell */
/** @typedef {{plan: {rows: number, columns: number, cells: Cell[]} | null, seats: Record<string, Sitter>, without: Sitter[], speaker: number | null, own: string,
 *   vote: {question_id: number, title: string, options: {key: string, label: any}[], choices: Record<string, string>} | null}} Map */

const MEMBERS_WAIT_MS = 15000; // a member's plan is read anew at most this often

/** The question whose votes may be shown: the open one that is published just now. @param {Live} live */
function votedOn(live) {
  const current = live.sections.value.voting?.current;
  return current && current.kind === "open" && current.state === "published" ? current.id : 0;
}

/** @param {Live} live @returns {{map: Map | null, failed: boolean, look: () => void}} */
function useMap(live) {
  const [map, know] = useState(/** @type {Map | null} */ (null));
  const [failed, fail] = useState(false);
  const readAt = useRef(0);
  const number = meeting(live).id;
  const named = Boolean(live.sections.value.attendance?.people);
  const question = votedOn(live);
  const counts = named ? "" : JSON.stringify(live.sections.value.attendance ?? {});
  const look = () => {
    readAt.current = Date.now();
    void fetch(`/api/v1/meetings/${number}/seat-map${question ? `?question=${question}` : ""}`)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error()))).then((found) => { know(found); fail(false); }, () => fail(true));
  };
  useEffect(look, [question, number]);
  useEffect(() => {
    if (!readAt.current || named) return undefined;
    const timer = setTimeout(look, Math.max(0, readAt.current + MEMBERS_WAIT_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [counts]);
  return { map, failed: failed && !map, look };
}

/**
 * `people`: the list a clerk has; `pick`: what a tap on somebody does (none: the plan is only looked at).
 * @param {{live: Live, compact?: boolean, people?: Sitter[], pick?: (id: number) => void}} props
 */
export function SeatMap({ live, compact = false, people, pick }) {
  const { map, failed, look } = useMap(live);
  const [seesVotes, see] = useState(true);
  if (failed) return html`<${ErrorBox} title=${t("The seats could not be read")} retry=${look} />`;
  if (!map) return html`<${Loading} rows=${3} />`;
  const newest = new globalThis.Map((people ?? live.sections.value.attendance?.people ?? []).map((/** @type {any} */ each) => [each.id, each.presence]));
  const fresh = (/** @type {Sitter} */ who) => ({ ...who, presence: newest.get(who.id) ?? who.presence });
  const vote = map.vote && votedOn(live) === map.vote.question_id && seesVotes ? map.vote : null;
  const speaks = speaker(live)?.person.id ?? 0;
  const all = [...Object.values(map.seats), ...map.without].map(fresh);
  const mark = (/** @type {Sitter} */ who) => lookOf(who, vote, speaks);
  return html`<section class=${compact ? "seatmap compact" : "seatmap"} aria-label=${t("Seats in colours")}>
    ${votedOn(live) > 0 && map.vote && html`<div class="seg" role="group" aria-label=${t("What the colours say")}><button type="button" class=${seesVotes ? "" : "on"} aria-pressed=${!seesVotes} onClick=${() => see(false)}>${t("Presence")}</button><button type="button" class=${seesVotes ? "on" : ""} aria-pressed=${seesVotes} onClick=${() => see(true)}>${t("Votes")}</button></div>`}
    ${vote && !compact && html`<p class="sm"><b>${vote.title}</b></p>`}
    <${Legend} people=${all} mark=${mark} />
    ${map.plan ? html`<${Plan} map=${map} fresh=${fresh} mark=${mark} compact=${compact} pick=${pick} />` : !compact && html`<${Empty} icon="armchair" title=${t("No seats have been laid out")} text=${t("Everybody stands in the list below.")} />`}
    ${map.without.length > 0 && (!compact || !map.plan) && html`<div class="seatless"><h3>${map.plan ? t("Without a seat on the plan") : t("Everybody invited")} <span class="num muted">${map.without.length}</span></h3><ul>${map.without.map(fresh).map((who) => html`<li key=${who.id}><${Person} who=${who} look=${mark(who)} pick=${pick} /></li>`)}</ul></div>`}</section>`;
}

/** How somebody is drawn: a class, an icon, a word. @param {Sitter} who @param {Map["vote"]} vote @param {number} speaks @returns {{cls: string, icon: string, word: string}} */
function lookOf(who, vote, speaks) {
  if (who.id === speaks) return { cls: "sp-speaker", icon: "microphone", word: t("Speaks now") };
  if (vote) {
    const choice = vote.choices[who.id];
    if (choice) return { cls: `sv-${choice}`, icon: VOTE_ICONS[choice] ?? "circle", word: voteLabel(choice) };
    return who.voting ? { cls: "sv-none", icon: "circle-dashed", word: t("No ballot") } : { cls: "sv-none", icon: "", word: t("Has no vote") };
  }
  return { cls: `sp-${who.presence}`, icon: ICONS[who.presence] ?? "circle-dashed", word: words()[who.presence] ?? "" };
}

/** @param {{map: Map, fresh: (who: Sitter) => Sitter, mark: (who: Sitter) => any, compact: boolean, pick?: (id: number) => void}} props */
function Plan({ map, fresh, mark, compact, pick }) {
  if (!map.plan) return null;
  const { rows, columns, cells } = map.plan;
  const grid = { "--columns": columns, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridTemplateRows: `repeat(${rows}, auto)` };
  return html`<div class="seatplan-x"><div class="seatplan" style=${grid}>${cells.map((cell) => {
    const place = { gridRow: cell.row, gridColumn: cell.column };
    if (!cell.label) return html`<span key=${`${cell.row}:${cell.column}`} class=${`sthing sthing-${cell.kind}`} style=${place} aria-hidden="true">${thing(cells, cell)}</span>`;
    const who = map.seats[cell.label];
    return html`<${Seat} key=${cell.label} cell=${cell} who=${who ? fresh(who) : null} look=${who ? mark(fresh(who)) : null} own=${cell.label === map.own} compact=${compact} place=${place} pick=${pick} />`;
  })}</div></div>`;
}

const THINGS = /** @type {Record<string, string>} */ ({ screen: "presentation", podium: "podium", door: "door" });

/** The sign of a thing, once where several cells of it stand side by side. @param {Cell[]} cells @param {Cell} cell */
function thing(cells, cell) {
  const before = cells.some((other) => other.row === cell.row && other.column === cell.column - 1 && other.kind === cell.kind);
  return THINGS[cell.kind] && !before ? html`<${Icon} name=${THINGS[cell.kind] ?? ""} size=${20} />` : "";
}

/** @param {{cell: Cell, who: Sitter | null, look: any, own: boolean, compact: boolean, place: any, pick?: (id: number) => void}} props */
function Seat({ cell, who, look, own, compact, place, pick }) {
  const cls = ["seat-x", `seat-x-${cell.kind}`, look?.cls ?? "sp-free", own && "own"].filter(Boolean).join(" ");
  const words = who ? t("Seat %(label)s: %(name)s, %(state)s", { label: cell.label, name: who.name, state: look.word }) : t("Seat %(label)s: free", { label: cell.label });
  const inside = html`<span class="sr-only">${words}</span><span class="seat-top" aria-hidden="true"><small>${cell.label}</small>${look?.icon && html`<${Icon} name=${look.icon} size=${compact ? 16 : 20} />`}</span>${who && !compact && html`<b aria-hidden="true">${short(who.name)}</b>`}`;
  if (who && pick) return html`<button type="button" class=${cls} style=${place} title=${words} onClick=${() => pick(who.id)}>${inside}</button>`;
  return html`<span class=${cls} style=${place} title=${words}>${inside}</span>`;
}

/** @param {{who: Sitter, look: any, pick?: (id: number) => void}} props */
function Person({ who, look, pick }) {
  const inside = html`${look.icon && html`<${Icon} name=${look.icon} size=${20} />`}<span class="grow">${bare(who.name)}<small>${look.word}</small></span>`;
  return pick ? html`<button type="button" class=${`loose ${look.cls}`} onClick=${() => pick(who.id)}>${inside}</button>` : html`<span class=${`loose ${look.cls}`}>${inside}</span>`;
}

/** Words, signs and numbers of what is on the plan now. @param {{people: Sitter[], mark: (who: Sitter) => any}} props */
function Legend({ people, mark }) {
  /** @type {globalThis.Map<string, {look: any, n: number}>} */
  const seen = new globalThis.Map();
  for (const who of people) {
    const look = mark(who);
    seen.set(look.cls + look.word, { look, n: (seen.get(look.cls + look.word)?.n ?? 0) + 1 });
  }
  return html`<ul class="seat-legend">${[...seen.values()].map(({ look, n }) => html`<li key=${look.cls + look.word}><span class=${`swatch ${look.cls}`}>${look.icon && html`<${Icon} name=${look.icon} size=${16} />`}</span>${look.word} <b class="num">${n}</b></li>`)}</ul>`;
}
