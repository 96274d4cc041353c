// The form of new rules: what changed is marked and no longer counts as verified; an example meeting shows what it would mean.
import { isoMoment } from "../web/dates.js";
import { element, icon } from "../web/elements.js";
import { date, timeOfDay } from "../web/format.js";
import { gather } from "../web/gather.js";
import { t } from "../web/i18n.js";

/** @typedef {{key: string, label: string, due_at: string, words: string, article: string, verified: boolean}} Due */

const form = document.querySelector("form[data-rules]");
if (form instanceof HTMLFormElement) {
  for (const rule of form.querySelectorAll("details[data-rule]")) if (rule instanceof HTMLElement) watch(rule);
  stages(form);
  preview(form);
  form.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && !target.closest("summary")) target.closest("details")?.setAttribute("open", "");
  });
}

/** A changed rule is unticked as verified, because its text no longer says it; put back, it is as before. @param {HTMLElement} rule */
function watch(rule) {
  const box = /** @type {HTMLElement} */ (rule.querySelector(".rb-controls"));
  const verified = /** @type {HTMLInputElement} */ (rule.querySelector("[data-verified]"));
  const [before, was] = [written(box), verified.checked];
  let changed = false;
  const look = () => {
    const now = written(box) !== before;
    if (now !== changed) verified.checked = now ? false : was;
    changed = now;
    mark(rule, "[data-changed]", changed);
    mark(rule, "[data-unread]", !verified.checked);
  };
  rule.addEventListener("input", look);
  rule.addEventListener("change", look);
  rule.addEventListener("stages:changed", look);
}

/** @param {HTMLElement} box */
function written(box) {
  const controls = Array.from(box.querySelectorAll("input, select, textarea"));
  return JSON.stringify(controls.map((one) => {
    if (one instanceof HTMLInputElement && ["checkbox", "radio"].includes(one.type)) return [one.name, one.value, one.checked];
    return [/** @type {HTMLInputElement} */ (one).name, /** @type {HTMLInputElement} */ (one).value];
  }));
}

/** @param {HTMLElement} rule @param {string} where @param {boolean} shown */
function mark(rule, where, shown) {
  const found = rule.querySelector(where);
  if (found instanceof HTMLElement) found.hidden = !shown;
}

/** Stages are added, moved up and removed; their names stay numbered in order. @param {HTMLFormElement} form */
function stages(form) {
  const list = form.querySelector("[data-stages]");
  const blank = form.querySelector("template[data-stage-new]");
  if (!(list instanceof HTMLElement) || !(blank instanceof HTMLTemplateElement)) return;
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const stage = button?.closest("[data-stage]");
    if (button?.matches("[data-stage-add]")) list.append(blank.content.cloneNode(true));
    else if (button?.matches("[data-stage-remove]")) stage?.remove();
    else if (button?.matches("[data-stage-up]")) stage?.previousElementSibling?.before(stage);
    else return;
    number(list);
    list.dispatchEvent(new CustomEvent("stages:changed", { bubbles: true }));
    const place = button.matches("[data-stage-add]") ? list.lastElementChild?.querySelector("input:not([type=hidden])") : null;
    if (place instanceof HTMLElement) place.focus();
  });
}

/** @param {HTMLElement} list */
function number(list) {
  Array.from(list.children).forEach((stage, place) => {
    for (const one of stage.querySelectorAll("[name], [id], [for], [data-error-for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "data-error-for", "aria-describedby"]) {
        const value = one.getAttribute(attribute);
        if (value) one.setAttribute(attribute, value.replace(/sequence([.-])(\d+|N)([.-])/g, `sequence$1${place}$3`));
      }
    }
  });
}

/** @param {HTMLFormElement} form */
function preview(form) {
  const place = /** @type {HTMLElement} */ (form.querySelector("[data-preview]"));
  let latest = 0;
  let waiting = 0;
  const look = async () => {
    const mine = ++latest;
    const found = await ask(form);
    if (mine !== latest) return;
    const wrong = /** @type {HTMLElement} */ (form.querySelector("[data-preview-wrong]"));
    wrong.hidden = found !== null;
    if (found) place.replaceChildren(table(found));
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
  };
  for (const name of ["input", "change", "stages:changed"]) form.addEventListener(name, soon);
  void look();
}

/** @param {HTMLFormElement} form @returns {Promise<Due[] | null>} null while the values cannot be followed */
async function ask(form) {
  const sample = form.querySelector("#sample");
  const startsAt = sample instanceof HTMLInputElement ? isoMoment(sample.value) : null;
  if (!startsAt) return null;
  const { sources: _sources, starts_on: _day, instrument: _text, ...values } = await gather(form);
  const query = new URLSearchParams({ starts_at: startsAt, values: JSON.stringify(values) });
  try {
    const response = await fetch(`/api/v1/rules/${form.dataset.type}/due-table?${query}`, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).data : null;
  } catch {
    return null;
  }
}

/** @param {Due[]} lines */
function table(lines) {
  return element("ol", { class: "due-lines" }, ...lines.map((line) => {
    const when = element("time", { class: "num", datetime: line.due_at }, element("b", {}, date(line.due_at)), element("span", {}, timeOfDay(line.due_at)));
    const words = element("div", {}, element("b", { class: "med" }, line.label), element("span", { class: "xs muted d-block" }, line.words));
    if (!line.verified) words.append(element("span", { class: "rb-unread xs" }, icon("help-circle", 16), t("Not verified")));
    return element("li", {}, when, words);
  }));
}
