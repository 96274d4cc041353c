// The evaluation form of a body: lines that are ticked are on it; the sum and each line's share of 100 are shown as one types.
import { sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";
import { gather } from "../web/gather.js";

const form = document.querySelector("form[data-form-of]");

/** @param {Element} line @param {string} name @returns {HTMLInputElement | HTMLSelectElement | null} */
function field(line, name) {
  const found = line.querySelector(`[data-name="${name}"]`);
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : null;
}

/** @param {Element} root @param {string} selector @returns {boolean} */
function ticked(root, selector) {
  const box = root.querySelector(selector);
  return box instanceof HTMLInputElement && box.checked;
}

/** @param {HTMLFormElement} of @returns {Element[]} lines on the form */
function taken(of) {
  return Array.from(of.querySelectorAll("[data-line]")).filter((line) => ticked(line, "[data-taken]"));
}

/** @param {HTMLFormElement} of */
function addUp(of) {
  const lines = taken(of);
  const sum = lines.reduce((so, line) => so + (Number(field(line, "points")?.value) || 0), 0);
  const total = of.querySelector("[data-sum]");
  if (total) total.textContent = String(sum);
  for (const line of of.querySelectorAll("[data-line]")) {
    line.classList.toggle("off", !lines.includes(line));
    const share = line.querySelector("[data-share]");
    const points = Number(field(line, "points")?.value) || 0;
    if (share) share.textContent = lines.includes(line) && sum ? (Math.round((1000 * points) / sum) / 10).toLocaleString(document.documentElement.lang) : "–";
  }
}

/** @param {HTMLFormElement} of */
function wanted(of) {
  const criteria = taken(of).map((line) => ({
    code: field(line, "code")?.value ?? "",
    label: field(line, "label")?.value ?? "",
    points: Math.trunc(Number(field(line, "points")?.value) || 0),
    way: field(line, "way")?.value ?? "measured",
  }));
  const failures = Array.from(of.querySelectorAll("[data-failure]:checked"), (box) => /** @type {HTMLInputElement} */ (box).value);
  const survey = Array.from(of.querySelectorAll("[data-question]"))
    .filter((each) => ticked(each, "[data-asked]"))
    .map((each) => ({ code: /** @type {HTMLElement} */ (each).dataset.question ?? "", text: /** @type {HTMLInputElement | null} */ (each.querySelector("[data-text]"))?.value ?? "" }));
  return { criteria, failures, survey };
}

/** @param {HTMLFormElement} of @param {import("../web/acts.js").Answer} answer */
function show(of, answer) {
  for (const slot of of.querySelectorAll(".field-error")) slot.textContent = "";
  const lines = taken(of);
  const rest = [];
  for (const [name, sentence] of Object.entries(answer.fields ?? answer.facts?.fields ?? {})) {
    const [group, place, part] = name.split(".");
    const slot = group === "criteria" && part ? lines[Number(place)]?.querySelector(`[data-error-for-name="${CSS.escape(part)}"]`) : of.querySelector(`[data-error-for="${CSS.escape(name)}"]`);
    if (slot) slot.textContent = String(sentence);
    else rest.push(String(sentence));
  }
  const words = [answer.message, ...rest].filter(Boolean).join(" ");
  const box = of.querySelector("[data-error]");
  box?.replaceChildren(icon("alert-circle"), element("span", {}, words));
  (of.querySelector(".field-error:not(:empty)") ?? box)?.scrollIntoView({ block: "center", behavior: "instant" });
}

if (form instanceof HTMLFormElement) {
  addUp(form);
  form.addEventListener("input", () => addUp(form));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await sendAct("evaluation.keep_form", { ...(await gather(form)), ...wanted(form), body_id: Number(form.dataset.formOf) });
    if (answer.ok) return location.assign(form.dataset.next ?? location.href);
    show(form, answer);
  });
}
