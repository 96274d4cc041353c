// Presence by item: how many were here, who was missing, and whether there were enough all the while.
import { useEffect, useState } from "preact/hooks";
import { timeOfDay } from "../web/format.js";
import { language, t } from "../web/i18n.js";
import { Chip, Empty, ErrorBox, Icon, Loading, html } from "../web/ui.js";
import { meeting } from "../live/reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{id: number, label: string, title: string, state: string, started_at: string, ended_at: string | null, present: number, throughout: number, fewest: number, enough: boolean, missing: number[]}} Line */

/** @param {{live: Live, people: import("./words.js").Attender[]}} props */
export function ByItem({ live, people }) {
  const [read, know] = useState(/** @type {{data: Line[], need: number, total: number, rules: Record<string, string>} | null} */ (null));
  const [failed, fail] = useState(false);
  const number = meeting(live).id;
  const { people: _names, ...counts } = live.sections.value.attendance ?? {};
  const look = () => fetch(`/api/v1/meetings/${number}/attendance/items`).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error()))).then((body) => { know(body); fail(false); }, () => fail(true));
  useEffect(() => { void look(); }, [JSON.stringify(counts), live.sections.value.agenda?.current_id]);
  if (failed && !read) return html`<${ErrorBox} title=${t("The list could not be read")} retry=${look} />`;
  if (!read) return html`<${Loading} rows=${4} />`;
  if (read.data.length === 0) return html`<${Empty} icon="list-numbers" title=${t("No item has begun yet")} text=${t("Here stands who was present at each item.")} />`;
  const names = new Map(people.map((person) => [person.id, person.name]));
  return html`<p class="sm muted">${t("%(need)s of %(total)s needed", { need: read.need, total: read.total })}: ${read.rules[language]}</p>
    <ul class="by-item">${read.data.map((line) => html`<li key=${line.id} class="card-x card-pad"><div class="row-x wraps"><b class="grow">${line.label}. ${line.title}</b>
        <span class="sm muted num">${timeOfDay(line.started_at)} – ${line.ended_at ? timeOfDay(line.ended_at) : t("now")}</span>
        <${Chip} tone=${line.enough ? "agree" : "oppose"} icon=${line.enough ? "check" : "alert-triangle"}>${line.enough ? t("Enough all the time") : t("Too few at times")}<//></div>
      <dl class="by-item-n"><div><dt>${t("Present")}</dt><dd class="num">${line.present}</dd></div><div><dt>${t("From beginning to end")}</dt><dd class="num">${line.throughout}</dd></div><div><dt>${t("Fewest at one time")}</dt><dd class="num">${line.fewest}</dd></div></dl>
      ${line.missing.length > 0 && html`<details><summary>${t("%(n)s were missing", { n: line.missing.length })}</summary><p class="sm">${line.missing.map((id) => names.get(id) ?? "").filter(Boolean).join(", ")}</p></details>`}
      <div class="row-x wraps"><a class="btn btn-ghost btn-row" href=${`/meetings/${number}/attendance.pdf?item=${line.id}`} target="_blank" rel="noopener"><${Icon} name="printer" size=${20} />${t("Sheet of this item")}</a></div></li>`)}</ul>`;
}
