// The counting committee of the meeting: who counts paper ballots, who heads it; formed, looked up and dissolved here.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, Note, html } from "../web/ui.js";

/** @typedef {import("./ballot.js").Live} Live */

const choosing = signal(false);

/** @param {Live} live @returns {{id: number, people: {id: number, name: string, post: string}[]} | null} */
export const committeeOf = (live) => live.sections.value.voting?.committee ?? null;
/** @param {Live} live */
const mayKeep = (live) => (live.me.value.can ?? []).includes("voting.keep_committee");

/** Open the dialog that <CommitteeDialog> draws. */
export function formCommittee() {
  choosing.value = true;
}

/** Who counts, in one line; `asks`: a paper ballot needs them. @param {{live: Live, asks?: boolean}} props */
export function CommitteeLine({ live, asks = false }) {
  const found = committeeOf(live);
  if (!found && !asks) return null;
  if (!found) {
    return html`<${Note} tone="warn" icon="users-group"><div class="col-y"><span>${t("Paper ballots are counted by a counting committee. None has been formed yet.")}</span>
      ${mayKeep(live) && html`<div><${Button} kind="tint" icon="users-group" onClick=${formCommittee}>${t("Form the counting committee")}<//></div>`}</div><//>`;
  }
  const head = found.people.find((each) => each.post === "head");
  const others = found.people.filter((each) => each.post !== "head").map((each) => each.name);
  return html`<div class="committee-x"><${Icon} name="users-group" /><p class="grow"><b>${t("Counting committee")}</b><br />${head && t("%(name)s (head)", { name: head.name })}${others.length > 0 && `, ${others.join(", ")}`}</p>
    ${mayKeep(live) && html`<${Button} kind="ghost" size="row" onClick=${formCommittee}>${t("Change")}<//>`}</div>`;
}

/** Drawn once in a page. @param {{live: Live}} props */
export function CommitteeDialog({ live }) {
  return choosing.value ? html`<${Choice} live=${live} />` : null;
}

/** People whose names stand on a paper of this meeting: they do not count their own ballots. @param {Live} live @returns {Set<number>} */
function standing(live) {
  /** @type {any[]} */
  const questions = live.sections.value.voting?.questions ?? [];
  const open = questions.filter((each) => each.on_paper && !["published", "cancelled"].includes(each.state));
  return new Set(open.flatMap((each) => (each.lines ?? []).map((/** @type {any} */ line) => line.person_id)).filter(Boolean));
}

/** Open votes that were passed: one of them may have elected the committee. @param {Live} live @returns {any[]} */
const passed = (live) => (live.sections.value.voting?.questions ?? []).filter((/** @type {any} */ each) => each.kind === "open" && each.passed);

/** @param {{live: Live}} props */
function Choice({ live }) {
  const before = committeeOf(live);
  const [members, choose] = useState(/** @type {number[]} */ (before?.people.map((each) => each.id) ?? []));
  const [head, lead] = useState(before?.people.find((each) => each.post === "head")?.id ?? 0);
  const [by, setBy] = useState(0);
  const [problem, say] = useState("");
  const close = () => { choosing.value = false; };
  /** @type {any[]} */
  const people = (live.sections.value.attendance?.people ?? []).filter((/** @type {any} */ each) => each.voting !== false);
  const candidates = standing(live);
  /** @param {number} id @param {boolean} on */
  const tick = (id, on) => {
    choose(on ? [...members, id] : members.filter((each) => each !== id));
    if (!on && head === id) lead(0);
  };
  const save = async () => {
    const answer = await live.act("voting.form_committee", { people: members.map((id) => ({ person_id: id, post: id === head ? "head" : "member" })), ...(by ? { question_id: by } : {}) });
    if (answer.ok) close();
    else say(answer.message ?? "");
    return answer.ok;
  };
  const dissolve = async () => {
    if (!(await confirmed({ title: t("Dissolve the counting committee?"), yes: t("Dissolve it"), danger: true }))) return;
    const answer = await live.act("voting.dissolve_committee", {});
    if (answer.ok) close();
    else say(answer.message ?? "");
  };
  const votes = passed(live);
  return html`<${Dialog} title=${t("Counting committee")} onClose=${close}><div class="col-y">
    <p class="muted">${t("They hand out the paper ballots, count them and enter the figures on their own tablets. Whoever stands on the paper does not count.")}</p>
    <fieldset class="committee-people"><legend class="label">${t("Members of the committee")}</legend>${people.map((each) => html`<div key=${each.id} class="committee-row"><label class="check grow"><input type="checkbox" disabled=${candidates.has(each.id)} checked=${members.includes(each.id)} onChange=${(/** @type {any} */ event) => tick(each.id, event.target.checked)} />
        <span>${each.name}${candidates.has(each.id) && html` <small class="muted">${t("stands on the paper")}</small>`}</span></label>
      ${members.includes(each.id) && html`<label class="kind"><input type="radio" name="committee-head" checked=${head === each.id} onChange=${() => lead(each.id)} />${t("Head")}</label>`}</div>`)}</fieldset>
    ${votes.length > 0 && html`<div class="field"><label for="committee-by">${t("Elected by the open vote")}</label><select id="committee-by" class="input" value=${String(by)} onChange=${(/** @type {any} */ event) => setBy(Number(event.target.value))}><option value="0">${t("Not by a vote in the system")}</option>
      ${votes.map((each) => html`<option key=${each.id} value=${String(each.id)}>${each.title}</option>`)}</select></div>`}
    ${problem && html`<p class="t-oppose" role="alert">${problem}</p>`}
    <div class="btns">${before && html`<${Button} kind="ghost" onClick=${dissolve}>${t("Dissolve it")}<//>`}<${Button} kind="primary" icon="check" disabled=${members.length === 0 || !head} onClick=${save}>${members.length === 0 ? t("Choose who counts") : head ? t("Keep the committee") : t("Choose the head")}<//></div></div><//>`;
}
