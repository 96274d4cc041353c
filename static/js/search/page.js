// The page of searching: marks the words in the document beside the hits, goes from place to place, narrows at once.
import { element } from "../web/elements.js";

/** Every text node under a root that holds one of the words. @param {Element} root @param {RegExp} words @returns {Text[]} */
function textsWith(root, words) {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    words.lastIndex = 0;
    if (words.test(node.data)) found.push(node);
  }
  return found;
}

/** @param {string} text */
function literally(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
}

/** Wraps the words in marks. @param {Element} root @param {string[]} marks */
function mark(root, marks) {
  if (!marks.length) return;
  const words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${marks.map(literally).join("|")})(?![\\p{L}\\p{N}])`, "gu");
  for (const node of textsWith(root, words)) {
    /** @type {Node[]} */
    const parts = [];
    let at = 0;
    for (const hit of node.data.matchAll(words)) {
      parts.push(document.createTextNode(node.data.slice(at, hit.index)), element("mark", { class: "hit" }, hit[0]));
      at = hit.index + hit[0].length;
    }
    node.replaceWith(...parts, document.createTextNode(node.data.slice(at)));
  }
}

/** The buttons that go from one place to the next. @param {HTMLElement} aside @param {Element} root */
function places(aside, root) {
  const hits = Array.from(root.querySelectorAll("mark, .hit")).filter((hit, at, all) => all.indexOf(hit) === at);
  const text = aside.querySelector("[data-place-text]");
  let now = 0;
  /** @param {boolean} scroll */
  const show = (scroll) => {
    hits.forEach((hit, at) => hit.classList.toggle("now", at === now));
    if (text instanceof HTMLElement) text.textContent = (text.dataset.pattern ?? "").replace("{at}", String(now + 1)).replace("{all}", String(hits.length));
    if (scroll) hits[now]?.scrollIntoView({ block: "center", behavior: "instant" });
  };
  const [top] = hits;
  if (!top) return;
  for (const button of aside.querySelectorAll("[data-place]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = hits.length < 2;
    button.addEventListener("click", () => {
      now = (now + Number(button.dataset.place) + hits.length) % hits.length;
      show(true);
    });
  }
  show(false);
  const box = root.getBoundingClientRect();
  const first = top.getBoundingClientRect();
  if (first.bottom > box.bottom) root.scrollTop = first.top - box.top - box.height / 3;
}

for (const aside of document.querySelectorAll("[data-preview]")) {
  const root = aside.querySelector("[data-markable]");
  if (!(aside instanceof HTMLElement) || !root) continue;
  mark(root, JSON.parse(aside.dataset.marks || "[]"));
  places(aside, root);
}

for (const choice of document.querySelectorAll("[data-narrows]")) {
  choice.addEventListener("change", () => /** @type {HTMLSelectElement} */ (choice).form?.requestSubmit());
}

const box = document.querySelector("[data-search-box]");
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || !(box instanceof HTMLInputElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  box.focus();
  box.select();
}, { capture: true });

for (const form of document.querySelectorAll("[data-search]")) {
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("select, input")) {
      if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.disabled = !field.value;
    }
  });
}
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("[data-search] :disabled")) field.removeAttribute("disabled");
});
