// What a connected system may read: each switch is one act at once. Of the Party's only after a second word.
import { sendAct } from "../web/acts.js";
import { confirmed } from "../web/dialogs.js";

const box = document.querySelector("[data-right-error]");

/** @param {string} sentence */
function say(sentence) {
  if (box) box.textContent = sentence;
}

/** @param {HTMLInputElement} control */
async function change(control) {
  const { client, body, kind, party } = control.dataset;
  const granted = control.checked;
  const put = () => { control.checked = !granted; };
  say("");
  if (granted && party && !(await confirmed({ title: party, danger: true }))) return put();
  control.disabled = true;
  control.setAttribute("aria-busy", "true");
  const input = { client_id: Number(client), body_id: Number(body), kind, granted, confirm_party: Boolean(party) };
  const answer = await sendAct("exchange.set_right", input);
  control.disabled = false;
  control.removeAttribute("aria-busy");
  if (!answer.ok) {
    put();
    say(answer.message ?? "");
  }
  control.focus();
}

for (const control of document.querySelectorAll("[data-right]")) {
  if (control instanceof HTMLInputElement) control.addEventListener("change", () => change(control));
}
