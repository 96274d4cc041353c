// Loaded before everything else, not as a module: on a slow tablet somebody may press a button before the scripts are here.
// What is pressed then is kept and done as soon as forms.js listens, instead of being lost to the browser's own way of sending.
(function () {
  /** @type {{form: HTMLFormElement | null, button: HTMLElement | null}[]} */
  const pressed = [];
  let ready = false;

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (ready || !(form instanceof HTMLFormElement) || form.dataset.act === undefined) return;
    event.preventDefault();
    pressed.push({ form: form, button: event.submitter });
  }, true);

  document.addEventListener("click", function (event) {
    const button = event.target instanceof Element ? event.target.closest("button[data-act]") : null;
    if (ready || !(button instanceof HTMLButtonElement) || button.type === "submit") return;
    event.preventDefault();
    pressed.push({ form: null, button: button });
  }, true);

  document.addEventListener("forms:ready", function () {
    ready = true;
    const last = pressed.pop();
    if (last && last.form) last.form.requestSubmit(last.button);
    else if (last && last.button) last.button.click();
  });
})();
