// Who reads a note: only its author unless chosen otherwise, said in a full sentence.
import { t } from "../web/i18n.js";
import { account } from "../web/kept.js";
import { html, Icon } from "../web/ui.js";
import { whoSees } from "./words.js";

/** @typedef {import("./note.js").Shared} Shared */

/** @param {{note: import("./note.js").Note, desk: import("../reading/desk.js").Desk, notes: import("./store.js").Notes}} props */
export function Sharing({ note, desk, notes }) {
  const { groups = [], meeting_id: meeting } = desk.opening.value;
  /** @type {{shared: Shared, group_id: number | null, name: string, icon: string}[]} */
  const choices = [
    { shared: "me", group_id: null, name: t("Only me"), icon: "lock" },
    ...groups.map((group) => ({ shared: /** @type {const} */ ("group"), group_id: group.id, name: group.name, icon: "users" })),
    ...(meeting ? [{ shared: /** @type {const} */ ("meeting"), group_id: null, name: t("The meeting"), icon: "building-community" }] : []),
  ];
  if (choices.length === 1 || !account) return null; // who came in by a link keeps notes to themselves
  return html`<fieldset class="nshare"><legend>${t("Who may read it?")}</legend>${choices.map(({ shared, group_id, name, icon }) => {
    const on = note.shared === shared && (shared !== "group" || note.group_id === group_id);
    return html`<label key=${`${shared}${group_id ?? ""}`} class=${on ? "on" : ""}><input type="radio" name=${`share-${note.key}`} checked=${on} onChange=${() => notes.change(note.key, { shared, group_id })} /><${Icon} name=${icon} size=${20} /><span>${name}</span></label>`;
  })}<p>${whoSees(note, groups)}</p></fieldset>`;
}
