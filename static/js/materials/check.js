// The office's three questions: a no asks for its reason and turns the answer into a return; until all are answered yes is offered.

/** @param {HTMLElement} box @param {boolean} shown what is hidden is not sent */
function show(box, shown) {
  box.hidden = !shown;
  for (const control of box.querySelectorAll("input, textarea")) {
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.disabled = !shown;
  }
}

/** @param {HTMLFormElement} form */
function follow(form) {
  const returned = form.querySelector("[data-when-returned]");
  const accept = form.querySelector("[data-accepts]");
  const giveBack = form.querySelector("[data-returns]");
  const closed = accept instanceof HTMLButtonElement && accept.disabled;

  function paint() {
    const failed = [...form.querySelectorAll("[data-check]:checked")].some((each) => each instanceof HTMLInputElement && each.value === "no");
    for (const box of form.querySelectorAll("[data-when-no]")) {
      if (!(box instanceof HTMLElement)) continue;
      const answer = form.querySelector(`[name="${box.dataset.whenNo}"]:checked`);
      show(box, answer instanceof HTMLInputElement && answer.value === "no");
    }
    if (returned instanceof HTMLElement) show(returned, failed || opened);
    if (accept instanceof HTMLButtonElement) {
      accept.disabled = closed || failed || opened;
      accept.classList.toggle("btn-primary", !failed && !opened);
    }
    giveBack?.classList.toggle("btn-primary", failed || opened);
    giveBack?.classList.toggle("btn-quiet", !failed && !opened);
  }

  let opened = false;
  form.addEventListener("change", paint);
  giveBack?.addEventListener("click", (event) => {
    if (opened || form.querySelector('[data-check][value="no"]:checked')) return;
    event.preventDefault(); // a return needs its reason: ask for it first
    opened = true;
    paint();
    const reason = form.querySelector("[name=reason]");
    if (reason instanceof HTMLTextAreaElement) reason.focus();
  });
  paint();
}

const form = document.getElementById("check");
if (form instanceof HTMLFormElement) follow(form);
