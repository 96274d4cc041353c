// The large keypad of a PIN: taps go into the field that is being filled in, the sixth digit goes on by itself. A keyboard works as
// well. A screen reader hears how many digits there are, never which.
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";

const LENGTH = 6;

/** @param {HTMLFormElement} form with one or two fields, a keypad, and a place to say how many digits there are */
export function listenTo(form) {
  const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=pin], [name=again]")]);
  const keys = form.querySelector("[data-keypad]");
  const said = form.querySelector("[data-pin-said]");
  let active = /** @type {HTMLInputElement} */ (fields[0]);
  const filled = () => {
    active.value = active.value.replace(/\D/g, "").slice(0, LENGTH);
    active.setCustomValidity("");
    if (said) said.textContent = t("%(n)s of 6 digits", { n: active.value.length });
    if (active.value.length < LENGTH) return;
    const next = fields.find((field) => field.value.length < LENGTH);
    if (next) { active = next; next.focus(); } else if (fields.length === 1) form.requestSubmit();
  };
  for (const field of fields) {
    if (keys && matchMedia("(pointer: coarse)").matches) field.inputMode = "none"; // the keypad here instead of the device's own
    field.addEventListener("focus", () => { active = field; });
    field.addEventListener("input", filled);
    field.addEventListener("invalid", () => field.setCustomValidity(t("A PIN has six digits.")));
  }
  keys?.addEventListener("click", (event) => {
    const key = event.target instanceof Element ? event.target.closest("[data-digit]") : null;
    if (!(key instanceof HTMLElement)) return;
    const digit = key.dataset.digit ?? "";
    active.value = digit === "all" ? "" : digit === "back" ? active.value.slice(0, -1) : active.value + digit;
    filled();
  });
  if (keys instanceof HTMLElement) keys.hidden = false;
  active.focus();
}

/** The same form as the server's, for the page that stands in while there is no line. @returns {HTMLFormElement} */
export function drawn() {
  const digit = (/** @type {string} */ name, /** @type {Node | string} */ shown, label = "") => element("button", { type: "button", class: label ? "btn btn-ghost" : "btn btn-quiet num", "data-digit": name, ...(label ? { "aria-label": label } : {}) }, shown);
  const keys = [..."123456789"].map((each) => digit(each, each));
  const field = element("input", { class: "input pin-input num", id: "pin", name: "pin", type: "password", inputmode: "numeric", maxlength: "6", autocomplete: "off", required: true });
  return element("form", { class: "fields", "data-pin-form": true },
    element("div", { class: "field pin-field" }, element("label", { for: "pin" }, t("PIN")), field),
    element("p", { class: "form-error", role: "alert", hidden: true, "data-pin-wrong": true }),
    element("div", { class: "keypad", role: "group", "aria-label": t("Keypad"), "data-keypad": true }, ...keys, digit("all", icon("x"), t("Delete all")), digit("0", "0"), digit("back", icon("backspace"), t("Delete the last digit"))),
    element("p", { class: "sr-only", role: "status", "data-pin-said": true }),
    element("button", { type: "submit", class: "btn btn-primary btn-lg" }, icon("lock-open"), t("Unlock")));
}
