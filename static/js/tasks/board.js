// The board: a choice in the filters shows at once, on a phone one column at a time, arrows go from card to card.

/** Filters are an ordinary form; a choice sends it without a press. */
function filters() {
  for (const form of document.querySelectorAll("form[data-filter]")) {
    if (!(form instanceof HTMLFormElement)) continue;
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement || (event.target instanceof HTMLInputElement && event.target.type === "checkbox")) tidy(form);
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); tidy(form); });
  }
}

/** The address holds only what is set, so that it can be read and passed on. @param {HTMLFormElement} form */
function tidy(form) {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) asked.set(name, value.trim());
  const query = asked.toString();
  location.assign(form.getAttribute("action") + (query ? `?${query}` : ""));
}

/** On a phone the columns are tabs; which one is open stays in the address. */
function tabs() {
  const bar = document.querySelector("[data-column-tabs]");
  const board = document.querySelector("[data-columns]");
  if (!(bar instanceof HTMLElement) || !(board instanceof HTMLElement)) return;
  const buttons = /** @type {HTMLButtonElement[]} */ ([...bar.querySelectorAll("[data-column]")]);
  /** @param {string} key */
  const show = (key) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.column === key));
    for (const column of board.children) column.classList.toggle("on", column instanceof HTMLElement && column.dataset.key === key);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      show(button.dataset.column ?? "");
      history.replaceState(null, "", `#${button.dataset.column}`);
    });
  }
  const named = location.hash.slice(1);
  const filled = [...board.children].find((column) => column.querySelector(".tcard.late, .tcard.soon")) ?? [...board.children].find((column) => column.querySelector(".tcard"));
  const first = filled instanceof HTMLElement ? filled.dataset.key : buttons[0]?.dataset.column;
  show(buttons.some((button) => button.dataset.column === named) ? named : first ?? "");
  bar.hidden = false;
  board.dataset.tabbed = "";
}

/** Arrow keys: up and down in a column, left and right to the next one at the same height. */
function arrows() {
  const board = document.querySelector("[data-columns]");
  board?.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLAnchorElement)) return;
    const card = event.target.closest(".tcard");
    const column = event.target.closest(".tcol");
    if (!card || !column) return;
    const to = target(event.key, card, column);
    if (!to) return;
    event.preventDefault();
    to.querySelector("a")?.focus();
    to.scrollIntoView({ block: "nearest" });
  });
}

/** @param {string} key @param {Element} card @param {Element} column @returns {Element | null} */
function target(key, card, column) {
  if (key === "ArrowDown") return card.nextElementSibling;
  if (key === "ArrowUp") return card.previousElementSibling;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const forward = key === "ArrowRight";
  for (let next = forward ? column.nextElementSibling : column.previousElementSibling; next; next = forward ? next.nextElementSibling : next.previousElementSibling) {
    const cards = [...next.querySelectorAll(".tcard")];
    const height = card.getBoundingClientRect().top;
    const near = cards.sort((one, other) => Math.abs(one.getBoundingClientRect().top - height) - Math.abs(other.getBoundingClientRect().top - height))[0];
    if (near) return near;
  }
  return null;
}

filters();
tabs();
arrows();
