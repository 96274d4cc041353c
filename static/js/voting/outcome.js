// A closed vote: waiting for its result, or the result with its base, its need and its verdict.
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { TONES, inMyLanguage, label } from "./words.js";

/** @param {{question: any, short?: boolean}} props `short`: the whole sentence only when it is asked for */
export function Outcome({ question, short = false }) {
  const result = question.result;
  if (question.state === "cancelled") {
    return html`<section class="waiting" role="status"><${Icon} name="ban" size=${56} /><h2>${t("This vote was called off")}</h2><p class="muted">${question.reason}</p></section>`;
  }
  if (!result) {
    return html`<section class="waiting" role="status"><${Icon} name="clock" size=${56} /><h2>${t("The vote is closed")}</h2>
      <p class="muted">${t("%(cast)s of %(electors)s ballots were received. The chair will announce the result.", { cast: question.cast, electors: question.electors })}</p></section>`;
  }
  return html`<section class="outcome" role="status">
    <div class=${result.passed ? "verdict-line passed" : "verdict-line"}><span class="vi"><${Icon} name=${result.passed ? "check" : "x"} size=${40} /></span>
      <div><h2>${result.passed ? t("Passed") : t("Not passed")}</h2><p class="muted">${short ? t("%(votes)s in favour of %(count)s, %(needed)s needed", { votes: result.counts.for ?? 0, count: result.base_count, needed: result.needed }) : inMyLanguage(result.sentences)}</p></div></div>
    <${Counts} question=${question} />
    ${short && html`<details><summary class="sm">${t("Sentence for the minutes")}</summary><p class="sm muted">${inMyLanguage(result.sentences)}</p></details>`}
  </section>`;
}

/** The counts with bars over the base; the need is marked. @param {{question: any}} props */
export function Counts({ question }) {
  const result = question.result;
  const width = (/** @type {number} */ votes) => (result.base_count ? Math.min(100, (100 * votes) / result.base_count) : 0);
  return html`<div class="counts">
    ${question.options.map((/** @type {any} */ each) => html`<div class="count-row" key=${each.key}><span>${label(each.key)}</span>
      <span class="count-bar"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class=${`fill-${TONES[each.key]}`} x="0" y="0" height="1" width=${width(result.counts[each.key])}></rect>
        ${each.key === "for" && html`<rect class="need" x=${Math.min(99.5, width(result.needed))} y="0" height="1" width="0.5"></rect>`}</svg></span>
      <b class=${`num t-${TONES[each.key]}`}>${result.counts[each.key]}</b></div>`)}
    <p class="muted sm">${t("%(present)s present, %(silent)s gave no ballot. The mark shows how many are needed: %(needed)s.", { present: result.present, silent: result.silent, needed: result.needed })}</p>
  </div>`;
}
