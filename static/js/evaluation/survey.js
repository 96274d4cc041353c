// The half-minute survey: sent once. What was chosen is never kept on the device.
import { mayAskAgain, newRequestId, sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";

const form = document.querySelector("form[data-survey]");
let wish = newRequestId(); // the same for one wish until the server has answered it

if (form instanceof HTMLFormElement) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector('button[type="submit"]');
    if (button?.getAttribute("aria-busy") === "true") return;
    button?.setAttribute("aria-busy", "true");
    /** @type {Record<string, number>} */
    const answers = {};
    for (const chosen of form.querySelectorAll("input:checked")) if (chosen instanceof HTMLInputElement) answers[chosen.name] = Number(chosen.value);
    const comment = String(new FormData(form).get("comment") ?? "");
    const answer = await sendAct("evaluation.answer_survey", { meeting_id: Number(form.dataset.survey), answers, comment }, wish);
    if (answer.ok) return location.replace(form.dataset.next ?? "/");
    button?.removeAttribute("aria-busy");
    if (!mayAskAgain(answer)) wish = newRequestId();
    form.querySelector("[data-error]")?.replaceChildren(icon("alert-circle"), element("span", {}, answer.message ?? ""));
  });
}
