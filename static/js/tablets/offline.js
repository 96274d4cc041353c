// On the page that says that the line is down: the way to what is kept here, when somebody keeps something here; on a paired tablet
// that is locked, the keypad first.
import { t } from "../web/i18n.js";
import { drawn, listenTo } from "./keypad.js";
import { setWho, TOUCHED, who } from "./places.js";
import { opens, triesLeft } from "./without_line.js";

const OPEN_MS = 15 * 60 * 1000; // where the server has not said how long

/** @param {import("./places.js").Who} noted @param {HTMLElement} place */
function askFor(noted, place) {
  const form = drawn();
  place.replaceChildren(form);
  place.hidden = false;
  const wrong = /** @type {HTMLElement} */ (form.querySelector("[data-pin-wrong]"));
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("pin"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await opens(field.value)) {
      localStorage.setItem(TOUCHED, String(Date.now()));
      await setWho({ ...noted, locked: false, owed: false, until: Date.now() + (noted.lock_ms ?? OPEN_MS) });
      return location.replace("/kept");
    }
    const left = (await triesLeft()) ?? 0;
    field.value = "";
    wrong.textContent = left ? t("The PIN is not right. Tries left: %(left)s.", { left }) : t("The PIN was wrong five times. The tablet opens again when the line is back.");
    wrong.hidden = false;
    if (!left) form.querySelectorAll("input, button").forEach((each) => each.setAttribute("disabled", ""));
  });
  listenTo(form);
}

async function show() {
  const way = document.querySelector("[data-kept-way]");
  const noted = await who();
  if (!(way instanceof HTMLElement) || !noted) return;
  const some = (await caches.keys()).some((name) => name.startsWith(`kept-${noted.account}-`));
  const locked = noted.locked || Boolean(noted.until && Date.now() > noted.until);
  const left = some && locked ? await triesLeft() : null;
  way.hidden = !some || locked;
  const shut = document.querySelector("[data-kept-locked]");
  const pad = document.querySelector("[data-kept-pad]");
  if (left && pad instanceof HTMLElement) askFor(noted, pad);
  else if (shut instanceof HTMLElement) shut.hidden = !some || !locked;
}

void show();
