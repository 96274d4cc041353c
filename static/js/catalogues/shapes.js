// Begin with a common shape: the server draws it from a few numbers, and it can be put right cell by cell.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {{rows: string, seats: string, usual: [number, number, number]}} Asked */

/** What the numbers of each shape are called; an empty name: the shape does not ask for it. @returns {Record<string, Asked>} */
const all = () => ({
  hall: { rows: t("Rows"), seats: t("Seats in a row"), usual: [5, 8, 3] },
  u: { rows: t("Seats on each arm"), seats: t("Seats at the foot (0: open)"), usual: [6, 0, 3] },
  long: { rows: "", seats: t("Seats on each side"), usual: [1, 8, 1] },
  groups: { rows: t("Tables"), seats: t("Seats at a table"), usual: [6, 6, 3] },
});

/** @param {string} shape @returns {Asked} */
const asked = (shape) => /** @type {Asked} */ (all()[shape]);

/** @param {{shapes: [string, string][], empty: boolean, take: (plan: Plan) => void}} props */
export function Shapes({ shapes, empty, take }) {
  const [shape, choose] = useState("hall");
  const [numbers, write] = useState(asked("hall").usual);
  const [aisle, part] = useState(true);
  const [refused, say] = useState("");
  const names = asked(shape);
  const put = (/** @type {number} */ place) => (/** @type {any} */ event) => write(/** @type {any} */ (numbers.map((n, index) => (index === place ? Number(event.currentTarget.value) : n))));
  const draw = async () => {
    const [rows, seats, heads] = numbers;
    const query = new URLSearchParams({ shape, rows: String(rows), seats: String(seats), heads: String(heads), aisle: aisle ? "1" : "0" });
    try {
      const heard = await fetch(`/api/v1/room-plans?${query}`);
      const body = await heard.json();
      say(heard.ok ? "" : body.message);
      if (heard.ok) take(body.plan);
    } catch {
      say(t("The line to the server is down. Nothing was recorded yet."));
    }
  };
  const field = (/** @type {string} */ id, /** @type {string} */ label, /** @type {number} */ place) => html`<div class="field"><label for=${id}>${label}</label><input id=${id} class="input" type="number" min="0" max="30" inputmode="numeric" value=${numbers[place]} onInput=${put(place)} /></div>`;
  return html`<details class="card-x" open=${empty}><summary class="card-h"><h3>${t("Begin with a shape")}</h3></summary><div class="card-pad col-y">
    <div class="field"><label for="shape">${t("Shape")}</label><select id="shape" class="input" value=${shape} onChange=${(/** @type {any} */ event) => { choose(event.currentTarget.value); write(asked(event.currentTarget.value).usual); }}>${shapes.map(([key, label]) => html`<option key=${key} value=${key}>${label}</option>`)}</select></div>
    ${names.rows && field("shape-rows", names.rows, 0)}${field("shape-seats", names.seats, 1)}${field("shape-heads", t("Presiding seats"), 2)}
    ${shape === "hall" && html`<label class="check"><input type="checkbox" checked=${aisle} onChange=${(/** @type {any} */ event) => part(event.currentTarget.checked)} /><span>${t("An aisle down the middle")}</span></label>`}
    ${refused && html`<div class="form-error" role="alert"><${Icon} name="alert-circle" /><span>${refused}</span></div>`}
    <${Button} icon="wand" onClick=${draw}>${empty ? t("Draw") : t("Draw in place of this plan")}<//></div></details>`;
}
