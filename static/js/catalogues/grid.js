// A plan as a grid one can walk through: one cell takes the focus, arrow keys move it, a tap or Enter does the work.
import { useRef } from "preact/hooks";
import { html } from "../web/ui.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Cell} Cell */
/** @typedef {{row: number, column: number}} Place */

const STEPS = /** @type {Record<string, [number, number]>} */ ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] });

/**
 * `draw(cell, row, column, attributes)` gives the button (with the attributes) or a mere picture of a cell.
 * @param {{plan: Plan, label: string, here: Place, go: (place: Place) => void, stops: (row: number, column: number) => boolean,
 *   onKey?: (key: string, place: Place) => boolean, draw: (cell: Cell | undefined, row: number, column: number, attributes: Record<string, unknown>) => any}} props
 */
export function Grid({ plan, label, here, go, stops, onKey, draw }) {
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const cells = new Map(plan.cells.map((cell) => [`${cell.row}:${cell.column}`, cell]));

  /** @param {Place} place */
  const reach = (place) => {
    go(place);
    requestAnimationFrame(() => {
      const found = root.current?.querySelector(`[data-at="${place.row}:${place.column}"]`);
      if (found instanceof HTMLElement) found.focus();
    });
  };

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const next = following(plan, here, step, stops);
      if (next) reach(next);
      return;
    }
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const columns = Array.from({ length: plan.columns }, (_, place) => place + 1).filter((column) => stops(here.row, column));
      const column = event.key === "Home" ? columns[0] : columns.at(-1);
      if (column) reach({ row: here.row, column });
      return;
    }
    if (onKey?.(event.key, here)) event.preventDefault();
  };

  const rows = Array.from({ length: plan.rows }, (_, place) => place + 1);
  const columns = Array.from({ length: plan.columns }, (_, place) => place + 1);
  return html`<div ref=${root} class="plan-grid" role="grid" aria-label=${label} onKeyDown=${press}>
    ${rows.map((row) => html`<div role="row" key=${row}>${columns.map((column) => {
      const focus = row === here.row && column === here.column;
      const attributes = { "data-at": `${row}:${column}`, tabindex: focus ? 0 : -1, onFocus: () => go({ row, column }) };
      return html`<div role="gridcell" key=${column}>${draw(cells.get(`${row}:${column}`), row, column, attributes)}</div>`;
    })}</div>`)}</div>`;
}

/**
 * The nearest stop in a direction: along the line first, then in the lines beside it, the nearest of them.
 * @param {Plan} plan @param {Place} from @param {[number, number]} step @param {(row: number, column: number) => boolean} stops
 * @returns {Place | null}
 */
export function following(plan, from, [down, right], stops) {
  let best = /** @type {Place | null} */ (null);
  let least = Infinity;
  for (let row = 1; row <= plan.rows; row += 1) {
    for (let column = 1; column <= plan.columns; column += 1) {
      const ahead = (row - from.row) * down + (column - from.column) * right;
      if (ahead <= 0 || !stops(row, column)) continue;
      const aside = Math.abs((row - from.row) * right) + Math.abs((column - from.column) * down);
      const far = ahead + aside * 3;
      if (far < least) [least, best] = [far, { row, column }];
    }
  }
  return best;
}
