// Suggestions under the box while somebody types: arrows, Enter, Escape, touch. A late answer is dropped; nothing is asked while
// letters are still being put together by an input method.
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";

/** @typedef {{text: string, kind: string, url: string | null}} Suggestion */

const WAIT_MS = 120;
const ICONS = /** @type {Record<string, string>} */ ({ recent: "history", symbol: "file-text", title: "file-text", person: "user", unit: "building" });

/** @returns {Record<string, string>} */
function headings() {
  return { recent: t("Searched lately"), symbol: t("Symbols"), title: t("Titles"), person: t("People"), unit: t("Units") };
}

/**
 * @param {HTMLInputElement} box
 * @param {HTMLElement} list
 * @param {(suggestion: Suggestion) => void} choose
 */
export function suggesting(box, list, choose) {
  let asked = 0;
  let timer = 0;
  let at = -1;
  const spoken = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(spoken)) box.setAttribute(name, value);
  /** @type {{made: HTMLElement, suggestion: Suggestion}[]} */
  let options = [];

  const close = () => {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  /** @param {number} next */
  const point = (next) => {
    at = next;
    options.forEach(({ made }, place) => made.setAttribute("aria-selected", String(place === at)));
    const made = options[at]?.made;
    if (made) box.setAttribute("aria-activedescendant", made.id);
    else box.removeAttribute("aria-activedescendant");
    made?.scrollIntoView({ block: "nearest" });
  };

  /** @param {Suggestion} suggestion @param {number} place */
  const option = (suggestion, place) => {
    const made = element("div", { class: "opt", role: "option", id: `${list.id}-${place}`, "aria-selected": "false" }, icon(ICONS[suggestion.kind] ?? "search", 20), element("span", { class: "grow" }, suggestion.text));
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    made.addEventListener("click", () => { close(); choose(suggestion); });
    return { made, suggestion };
  };

  /** @param {Suggestion[]} found */
  const draw = (found) => {
    const names = headings();
    options = found.map(option);
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    for (const { made, suggestion } of options) {
      const name = names[suggestion.kind] ?? suggestion.kind;
      const group = groups.get(name) ?? element("div", { role: "group", "aria-label": name }, element("div", { class: "opth", "aria-hidden": "true" }, name));
      group.append(made);
      groups.set(name, group);
    }
    list.replaceChildren(...groups.values());
    list.hidden = !found.length;
    at = -1;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", String(found.length > 0));
  };

  const ask = async () => {
    const mine = (asked += 1);
    try {
      const answer = await fetch(`/api/v1/search/suggestions?q=${encodeURIComponent(box.value.normalize("NFC"))}`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(4000) });
      if (!answer.ok || mine !== asked) return;
      const found = (await answer.json()).data;
      if (mine === asked && document.activeElement === box) draw(found);
    } catch {
      if (mine === asked) close(); // no line: searching itself says so
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), WAIT_MS);
  };

  box.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) later();
  });
  box.addEventListener("compositionend", later);
  box.addEventListener("focus", () => { if (!box.value) later(); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); void ask(); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      point(at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length + 1) % (options.length + 1) === options.length ? -1 : (at + step + options.length) % options.length);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      const chosen = options[at]?.suggestion;
      close();
      if (!chosen) return;
      event.preventDefault();
      choose(chosen);
    }
  });
  return { close };
}
