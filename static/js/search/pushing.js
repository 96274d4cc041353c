// A row of chips too long for its line: it is pushed sideways, by hand, by wheel or by a button at the end where there is more.
import { element, icon } from "../web/elements.js";

const STEP = 0.7; // of what is seen

/** Buttons and fading ends for a row that was just put on the page. @param {HTMLElement | null} row */
export function pushing(row) {
  if (!row) return;
  // By keyboard and reader the chips themselves are walked, and bring themselves into sight.
  const button = (/** @type {string} */ sign, /** @type {number} */ way) => {
    const made = element("button", { type: "button", class: "btn btn-ghost kpush", tabindex: "-1", "aria-hidden": "true", hidden: "" }, icon(sign));
    made.addEventListener("click", () => row.scrollBy({ left: way * STEP * row.clientWidth }));
    return made;
  };
  const before = button("chevron-left", -1);
  const after = button("chevron-right", 1);
  row.before(before);
  row.after(after);
  const shown = () => {
    const there = row.scrollLeft > 4;
    const more = row.scrollLeft + row.clientWidth < row.scrollWidth - 4;
    before.hidden = !there;
    after.hidden = !more;
    row.classList.toggle("on-before", there);
    row.classList.toggle("on-after", more);
  };
  row.addEventListener("scroll", shown, { passive: true });
  row.addEventListener("wheel", (event) => {
    if (!event.deltaY || event.shiftKey || row.scrollWidth <= row.clientWidth) return;
    const left = row.scrollLeft;
    row.scrollLeft += event.deltaY;
    if (row.scrollLeft !== left) event.preventDefault();
  });
  new ResizeObserver(shown).observe(row);
}
