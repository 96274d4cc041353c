// Votes of this meeting that are over: looked up again without leaving the room, with the way to vote again.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Chip, Dialog, ErrorBox, Icon, Loading, html } from "../web/ui.js";
import { mayRepeat, voteAgain } from "./again.js";
import { kindLine, stateWord } from "./chair_words.js";
import { readQuestion } from "./offered.js";
import { Tally } from "./tally.js";

/** @typedef {import("./ballot.js").Live} Live */

/** The question that was tapped. */
const looked = signal(/** @type {number | null} */ (null));

/** @param {{live: Live}} props */
export function VotesOver({ live }) {
  /** @type {any[]} */
  const all = live.sections.value.voting?.questions ?? [];
  const over = all.filter((each) => each.state === "published" || each.state === "cancelled").reverse();
  if (!over.length) return null;
  return html`<details class="votes-over"><summary>${t("Votes that are over")}<span class="count count-soft num">${over.length}</span></summary>
    ${over.map((each) => html`<button key=${each.id} type="button" class="over-row" aria-haspopup="dialog" onClick=${() => { looked.value = each.id; }}><span class="grow"><b class="clip2">${each.title}</b><small class="faint">${kindLine(each)}</small></span><${Chip}>${stateWord(each.state)}<//></button>`)}</details>`;
}

/** Drawn once in a page. @param {{live: Live}} props */
export function OverDialog({ live }) {
  return looked.value === null ? null : html`<${Look} key=${looked.value} live=${live} id=${looked.value} />`;
}

/** @param {{live: Live, id: number}} props */
function Look({ live, id }) {
  const [found, know] = useState(/** @type {any} */ (undefined));
  const close = () => { looked.value = null; };
  const load = () => void readQuestion(id).then((question) => know(question ?? null));
  useEffect(load, [id]);
  const repeats = found && (live.me.value.can ?? []).includes("voting.prepare") && mayRepeat(found);
  return html`<${Dialog} title=${found?.title ?? t("The vote")} onClose=${close} wide>${found === undefined ? html`<${Loading} />` : found === null ? html`<${ErrorBox} title=${t("The vote could not be read")} retry=${load} />`
    : html`<div class="col-y vnow"><p class="muted">${kindLine(found)} · ${stateWord(found.state)}</p>${found.state === "cancelled" ? html`<p>${found.reason}</p>` : html`<${Tally} question=${found} />`}
      <div class="btns"><a class="btn btn-quiet" href=${`/questions/${id}/result.pdf`} target="_blank" rel="noopener" hidden=${found.state !== "published"}><${Icon} name="file-type-pdf" />${t("Result sheet")}</a>
        ${(live.me.value.can ?? []).includes("voting.take_evidence") && found.state === "published" && html`<a class="btn btn-quiet" href=${`/questions/${id}/evidence.zip`}><${Icon} name="shield-check" />${t("Evidence pack")}</a>`}
        ${repeats && html`<${Button} icon="repeat" onClick=${() => { close(); voteAgain(found); }}>${t("Vote again")}<//>`}</div></div>`}<//>`;
}
