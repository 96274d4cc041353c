// Words of the interface. Message ids are English; the catalogue of the page's language comes through the import map.
import messages from "messages";

/** @typedef {Record<string, string | number | null | undefined>} Facts */

/**
 * The sentence in the page's language, with its facts filled in: t("%(n)s present", {n: 5}).
 * @param {string} id
 * @param {Facts} [facts]
 * @returns {string}
 */
export function t(id, facts) {
  return fill(messages[id] || id, facts);
}

/**
 * The same for a count; Vietnamese has one form, English two: nt("%(n)s person", "%(n)s people", n).
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Facts} [facts]
 * @returns {string}
 */
export function nt(one, many, n, facts = {}) {
  return fill(messages[one] || (n === 1 ? one : many), { n, ...facts });
}

/**
 * @param {string} text
 * @param {Facts} [facts]
 * @returns {string}
 */
function fill(text, facts) {
  if (!facts) return text;
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in facts ? String(facts[name] ?? "") : whole)).replaceAll("%%", "%");
}

export const language = document.documentElement.lang || "vi";
