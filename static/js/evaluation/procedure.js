// The form of a procedure: steps with role and norm, left out and taken up again, sent as one act.
import { sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";

const form = document.querySelector("[data-procedure]");
const body = document.querySelector("[data-steps]");
const leftOut = document.querySelector("[data-left]");
/** Rows that are not part of the procedure now, by key. @type {Map<string, Element>} */
const spare = new Map();
for (const holder of document.querySelectorAll("template[data-rows]")) {
  if (!(holder instanceof HTMLTemplateElement)) continue;
  for (const row of Array.from(holder.content.querySelectorAll("[data-step]"))) spare.set(keyOf(row), row);
}

/** @param {Element} row */
function keyOf(row) {
  return row instanceof HTMLElement ? row.dataset.step ?? "" : "";
}

/** @param {Element} row @param {string} what */
function value(row, what) {
  const field = row.querySelector(`[data-${what}]`);
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value.trim() : "";
}

function numbered() {
  body?.querySelectorAll("[data-place]").forEach((cell, at) => { cell.textContent = String(at + 1); });
}

/** A step as the act takes it. @param {Element} row */
function step(row) {
  const rule = value(row, "rule");
  const own = rule === "own";
  return {
    key: keyOf(row),
    name: value(row, "name"),
    role: value(row, "role"),
    rule,
    norm: own && value(row, "norm") !== "" ? Number(value(row, "norm")) : null,
    unit: own ? value(row, "unit") : "",
  };
}

/** Takes a step out; a button takes it up again. @param {Element} row */
function leave(row) {
  spare.set(keyOf(row), row);
  row.remove();
  const list = document.querySelector("[data-left-list]");
  const again = element("button", { type: "button", class: "btn btn-quiet", "data-take": keyOf(row) });
  again.append(icon("plus", 20), element("span", {}, value(row, "name")));
  list?.append(again);
  if (leftOut instanceof HTMLElement) leftOut.hidden = false;
  numbered();
  again.focus();
}

/** @param {HTMLElement} button */
function take(button) {
  const row = spare.get(button.dataset.take ?? "");
  if (!row || !body) return;
  body.append(row);
  button.remove();
  if (leftOut instanceof HTMLElement) leftOut.hidden = !document.querySelector("[data-take]");
  numbered();
  const name = row.querySelector("[data-name]");
  if (name instanceof HTMLElement) name.focus();
}

/** @param {string} sentence @param {Record<string, string>} fields */
function refuse(sentence, fields) {
  const box = form?.querySelector("[data-error]");
  box?.replaceChildren(...(sentence ? [icon("alert-circle"), element("span", {}, sentence)] : []));
  const rows = Array.from(body?.querySelectorAll("[data-step]") ?? []);
  rows.forEach((row, at) => {
    const fault = row.querySelector("[data-fault]");
    if (fault) fault.textContent = fields[`steps.${at}`] ?? "";
  });
  if (sentence) box?.scrollIntoView({ block: "center", behavior: "instant" });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const out = target?.closest("[data-leave]")?.closest("[data-step]");
  const again = target?.closest("[data-take]");
  if (out) leave(out);
  else if (again instanceof HTMLElement) take(again);
});

document.addEventListener("change", (event) => {
  const rule = event.target instanceof HTMLSelectElement && event.target.matches("[data-rule]") ? event.target : null;
  const own = rule?.closest("[data-step]")?.querySelector("[data-own-norm]");
  if (rule && own instanceof HTMLElement) own.hidden = rule.value !== "own";
});

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!(form instanceof HTMLFormElement)) return;
  const fields = new FormData(form);
  const steps = Array.from(body?.querySelectorAll("[data-step]") ?? [], step);
  form.setAttribute("aria-busy", "true");
  const answer = await sendAct("evaluation.keep_procedure", {
    body_id: Number(form.dataset.body),
    code: String(fields.get("code") ?? ""),
    name: String(fields.get("name") ?? ""),
    starts_on: String(fields.get("starts_on") ?? ""),
    steps,
  });
  form.removeAttribute("aria-busy");
  if (answer.ok) window.location.assign(form.dataset.next ?? "/reports/procedure");
  else refuse(answer.message ?? "", answer.fields ?? answer.facts?.fields ?? {});
});
