// One written round: that it was opened is noted once; the answer can be unfolded again; "other opinion" asks for words.
import { post } from "../web/acts.js";

const page = document.querySelector("[data-round]");
if (page instanceof HTMLElement && page.dataset.asked !== undefined) void post("rounds.mark_seen", { round_id: Number(page.dataset.round) });

for (const button of document.querySelectorAll("[data-change]")) {
  button.addEventListener("click", () => {
    const answer = document.getElementById("answer");
    if (!answer) return;
    answer.hidden = !answer.hidden;
    button.setAttribute("aria-expanded", String(!answer.hidden));
    if (answer.hidden) return;
    answer.scrollIntoView({ block: "start", behavior: "instant" });
    const picked = answer.querySelector("input:checked");
    if (picked instanceof HTMLInputElement) picked.focus({ preventScroll: true });
  });
}

/** Words are needed with "other opinion" only. @param {HTMLFormElement} form */
function watch(form) {
  const words = form.querySelector("textarea[name=text]");
  if (!(words instanceof HTMLTextAreaElement)) return;
  const look = () => {
    const other = form.querySelector("input[name=choice][value=other]");
    words.required = other instanceof HTMLInputElement && other.checked;
  };
  form.addEventListener("change", look);
  look();
}

// The receipt stands at the top: after an answer the page begins there, wherever its form was.
document.querySelector("form[data-answer]")?.addEventListener("act:done", () => { history.scrollRestoration = "manual"; });

for (const form of document.querySelectorAll("form[data-act='rounds.answer'], form[data-act='rounds.enter_slip']")) {
  if (form instanceof HTMLFormElement) watch(form);
}
