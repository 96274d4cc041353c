// Who can carry a task out depends on the unit: the list of people follows the choice of the unit, its head first.

/** Every <select data-unit-of="id of the list of people">. @param {boolean} [proposeHead] choose the head of the unit at once */
export function byUnit(proposeHead = false) {
  for (const units of document.querySelectorAll("select[data-unit-of]")) {
    const people = document.getElementById(/** @type {HTMLSelectElement} */ (units).dataset.unitOf ?? "");
    if (!(units instanceof HTMLSelectElement) || !(people instanceof HTMLSelectElement)) continue;
    const all = [...people.options];
    const follow = (/** @type {boolean} */ changed) => {
      const chosen = people.value;
      const fitting = all.filter((option) => !option.dataset.unit || option.dataset.unit === units.value);
      people.replaceChildren(...fitting);
      const kept = fitting.find((option) => option.value === chosen && chosen);
      const head = fitting.find((option) => option.dataset.head !== undefined);
      people.value = kept?.value ?? (proposeHead && changed ? head?.value ?? "" : "");
      people.dispatchEvent(new Event("input", { bubbles: true }));
    };
    units.addEventListener("change", () => follow(true));
    follow(false);
  }
}
