// The document beside the hits: fetched after they are shown, its words marked, buttons from place to place and page to page.
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { markIn } from "./marks.js";

const WIDE = matchMedia("(min-width: 1100px)");

/** @typedef {{name: string, typed: string, page?: number, last?: boolean}} Wish */

/** The fragment of a page as nodes; it comes from our own server and holds no scripts. @param {string} text @returns {DocumentFragment} */
export function nodesOf(text) {
  const parsed = new DOMParser().parseFromString(text, "text/html");
  const made = document.createDocumentFragment();
  made.append(...parsed.body.childNodes);
  return made;
}

/** @param {HTMLElement} aside the place beside the hits */
export function makeBeside(aside) {
  let asked = 0;
  /** @type {Wish | null} */
  let shown = null;

  /** @param {HTMLElement} inside @param {Wish} wish */
  const places = (inside, wish) => {
    const root = inside.querySelector("[data-markable]");
    if (!(root instanceof HTMLElement)) return;
    const marks = markIn([root], JSON.parse(inside.dataset.needs || "[]"));
    const boxes = Array.from(root.querySelectorAll("rect.hit"));
    const all = boxes.length ? boxes.map((box) => [box]) : marks;
    const pages = /** @type {number[]} */ (JSON.parse(inside.dataset.pages || "[]"));
    const here = pages.indexOf(Number(inside.dataset.page));
    const text = inside.querySelector("[data-place-text]");
    let now = wish.last ? Math.max(all.length - 1, 0) : 0;
    /** @param {boolean} scroll */
    const paint = (scroll) => {
      all.forEach((each, at) => each.forEach((mark) => mark.classList.toggle("now", at === now)));
      if (text instanceof HTMLElement && all.length) {
        const said = (text.dataset.pattern ?? "").replace("{at}", String(now + 1)).replace("{all}", String(all.length));
        text.textContent = inside.dataset.page ? `${t("Page %(page)s", { page: inside.dataset.page ?? "" })}, ${said}` : said;
      }
      const top = all[now]?.[0];
      if (top && scroll) top.scrollIntoView({ block: "center", behavior: "instant" });
      else if (top) root.scrollTop += Math.max(0, top.getBoundingClientRect().top - root.getBoundingClientRect().top - root.clientHeight / 3);
    };
    for (const button of inside.querySelectorAll("[data-place]")) {
      if (!(button instanceof HTMLElement)) continue;
      const step = Number(button.dataset.place);
      button.hidden = all.length < 2 && pages.length < 2;
      button.addEventListener("click", () => {
        const next = now + step;
        if (pages.length > 1 && (next < 0 || next >= all.length)) {
          void show({ ...wish, page: pages[(here + step + pages.length) % pages.length] ?? pages[0], last: step < 0 }, step);
          return;
        }
        now = (next + all.length) % Math.max(all.length, 1);
        paint(true);
      });
    }
    const picture = root.querySelector("img");
    if (picture && !picture.complete) picture.addEventListener("load", () => paint(false), { once: true });
    paint(false);
  };

  /** @param {Wish} wish */
  const failed = (wish) => {
    const again = element("button", { type: "button", class: "btn btn-quiet" }, icon("refresh"), t("Try again"));
    again.addEventListener("click", () => void show(wish));
    const words = t("The document cannot be shown here now.");
    aside.replaceChildren(element("div", { class: "srpage" }, element("div", { class: "es", role: "alert" }, icon("wifi-off", 40), element("b", {}, words), again)));
  };

  /**
   * Shows one hit; a later wish wins over an earlier answer.
   * @param {Wish} wish
   * @param {number} [step] the button that was pressed, so that it keeps the focus
   */
  async function show(wish, step) {
    if (!WIDE.matches) return;
    const mine = (asked += 1);
    shown = wish;
    aside.hidden = false;
    aside.setAttribute("aria-busy", "true");
    const parts = new URLSearchParams({ hit: wish.name, q: wish.typed, ...(wish.page ? { page: String(wish.page) } : {}) });
    try {
      const answer = await fetch(`/search/preview?${parts}`, { signal: AbortSignal.timeout(15000) });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const nodes = nodesOf(await answer.text());
      if (mine !== asked) return;
      aside.replaceChildren(nodes);
      const inside = aside.querySelector("[data-preview]");
      if (inside instanceof HTMLElement) places(inside, wish);
      if (step) /** @type {HTMLElement | null} */ (aside.querySelector(`[data-place="${step}"]`))?.focus();
    } catch {
      if (mine === asked) failed(wish);
    } finally {
      if (mine === asked) aside.removeAttribute("aria-busy");
    }
  }

  const hide = () => {
    asked += 1;
    shown = null;
    aside.hidden = true;
  };

  WIDE.addEventListener("change", () => {
    if (WIDE.matches && shown) void show(shown);
  });
  return { show, hide, isWide: () => WIDE.matches, wish: (/** @type {Wish} */ wish) => { shown = wish; } };
}
