// The pages on which a PIN is chosen or entered while there is a line: the server judges it. What opens the kept papers without a
// line is made ready here and holds once the server has let somebody in.
import { listenTo } from "./keypad.js";
import { setWho, TOUCHED, who } from "./places.js";
import { drop, prepare } from "./without_line.js";

for (const form of document.querySelectorAll("[data-pin-form]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  let ready = false;
  form.addEventListener("submit", (event) => {
    if (ready) return;
    event.preventDefault();
    ready = true;
    localStorage.setItem(TOUCHED, String(Date.now()));
    const pin = /** @type {HTMLInputElement} */ (form.elements.namedItem("pin")).value;
    void prepare(pin).catch(() => undefined).then(() => form.submit());
  });
  listenTo(form);
}

void drop(); // of a PIN that the server refused
/** The server itself shows this page, so it knows of the lock. */
if (document.querySelector("[data-locked-page]")) void who().then((noted) => noted && setWho({ ...noted, locked: true, owed: false }));
