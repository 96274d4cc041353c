// A room's plan as the editors hold it: what stands in which cell. Every change gives a new plan, so that each can be taken back.
// The server decides what can be kept (meeting/catalogues/plans.py); this only draws and counts labels the same way.

/** @typedef {{row: number, column: number, kind: string, label: string}} Cell */
/** @typedef {{rows: number, columns: number, cells: Cell[]}} Plan */

export const SEATS = ["seat", "head", "guest"];
const LETTERS = "ABCDEFGHIJLMNOPQRSTUVWXYZ";
const PREFIXES = /** @type {Record<string, string>} */ ({ head: "CT", guest: "K" });

/** @param {Plan} plan @param {number} row @param {number} column @returns {Cell | undefined} */
export function at(plan, row, column) {
  return plan.cells.find((cell) => cell.row === row && cell.column === column);
}

/** @param {Plan} plan @returns {Cell[]} front row first, from the left */
export function seats(plan) {
  return plan.cells.filter((cell) => SEATS.includes(cell.kind)).sort((one, other) => one.row - other.row || one.column - other.column);
}

/** Put a thing into a cell, or take out what is there already. A new seat gets the next free label of its row. @param {Plan} plan @param {number} row @param {number} column @param {string} kind "" takes out @returns {Plan} */
export function placed(plan, row, column, kind) {
  const before = at(plan, row, column);
  const rest = { ...plan, cells: plan.cells.filter((cell) => cell !== before) };
  if (!kind || before?.kind === kind) return rest;
  const kept = before && SEATS.includes(before.kind) && SEATS.includes(kind) && before.label;
  const label = SEATS.includes(kind) ? kept || freeLabel(rest, row, kind) : "";
  return { ...rest, cells: [...rest.cells, { row, column, kind, label }] };
}

/** @param {Plan} plan @param {number} row @param {string} kind */
function freeLabel(plan, row, kind) {
  const beside = plan.cells.find((cell) => cell.row === row && cell.kind === kind && /^[A-Z]+\d+$/.test(cell.label));
  const prefix = PREFIXES[kind] ?? beside?.label.replace(/\d+$/, "") ?? freeLetter(plan);
  const taken = new Set(plan.cells.map((cell) => cell.label));
  let number = 1;
  while (taken.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

/** The first row letter that no seat bears. @param {Plan} plan */
function freeLetter(plan) {
  const taken = new Set(plan.cells.map((cell) => cell.label.replace(/\d+$/, "")));
  let place = 0;
  while (taken.has(letter(place))) place += 1;
  return letter(place);
}

/** @param {number} place */
export function letter(place) {
  const first = Math.floor(place / LETTERS.length);
  return (first ? LETTERS.charAt(first - 1) : "") + LETTERS.charAt(place % LETTERS.length);
}

/** Fresh labels: rows by letter from the front. @param {Plan} plan @returns {Plan} */
export function numbered(plan) {
  const rows = [...new Set(plan.cells.filter((cell) => cell.kind === "seat").map((cell) => cell.row))].sort((one, other) => one - other);
  /** @type {Record<string, number>} */
  const counts = {};
  const labels = new Map();
  for (const cell of seats(plan)) {
    const prefix = PREFIXES[cell.kind] ?? letter(rows.indexOf(cell.row));
    counts[prefix] = (counts[prefix] ?? 0) + 1;
    labels.set(cell, `${prefix}${counts[prefix]}`);
  }
  return { ...plan, cells: plan.cells.map((cell) => ({ ...cell, label: labels.get(cell) ?? "" })) };
}

/** @param {Plan} plan @param {Cell} cell @param {string} label @returns {Plan} */
export function relabelled(plan, cell, label) {
  return { ...plan, cells: plan.cells.map((each) => (each === cell ? { ...each, label } : each)) };
}

/** Another row or column at the end, or one less; what stood there goes. @param {Plan} plan @param {number} rows @param {number} columns @returns {Plan} */
export function sized(plan, rows, columns) {
  return { rows, columns, cells: plan.cells.filter((cell) => cell.row <= rows && cell.column <= columns) };
}

/** @param {Plan} plan @param {number} before the new empty row stands before this one @returns {Plan} */
export function withRow(plan, before) {
  const moved = plan.cells.map((cell) => (cell.row >= before ? { ...cell, row: cell.row + 1 } : cell));
  return { ...plan, rows: plan.rows + 1, cells: moved };
}

/** @param {Plan} plan @param {number} before the new empty column stands before this one @returns {Plan} */
export function withColumn(plan, before) {
  const moved = plan.cells.map((cell) => (cell.column >= before ? { ...cell, column: cell.column + 1 } : cell));
  return { ...plan, columns: plan.columns + 1, cells: moved };
}

/** @param {Plan} plan @param {number} row @returns {Plan} */
export function withoutRow(plan, row) {
  const rest = plan.cells.filter((cell) => cell.row !== row);
  return { ...plan, rows: plan.rows - 1, cells: rest.map((cell) => (cell.row > row ? { ...cell, row: cell.row - 1 } : cell)) };
}

/** @param {Plan} plan @param {number} column @returns {Plan} */
export function withoutColumn(plan, column) {
  const rest = plan.cells.filter((cell) => cell.column !== column);
  return { ...plan, columns: plan.columns - 1, cells: rest.map((cell) => (cell.column > column ? { ...cell, column: cell.column - 1 } : cell)) };
}
