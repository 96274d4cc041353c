// The text of the paper's pages with the places of the words, fetched fifty pages at a time and kept small in memory.

/** @typedef {import("./desk.js").Word} Word */
/** @typedef {import("./desk.js").Opening} Opening */
/** One page: words joined by line ends, their boxes four numbers each. */
/** @typedef {{number: number, source: "text" | "ocr" | "none", text: string, joined: string, boxes: Uint16Array}} PageText */

export const CHUNK = 50;

/** @param {{value: Opening}} opening */
export function openWords(opening) {
  /** @type {Map<number, Promise<Map<number, PageText>>>} */
  const chunks = new Map();

  /** @param {number} first @returns {Promise<Map<number, PageText>>} */
  async function fetched(first) {
    const answer = await fetch(`/api/v1/documents/${opening.value.id}/words?from=${first}&to=${first + CHUNK - 1}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`words: ${answer.status}`);
    /** @type {{data: {number: number, source: PageText["source"], text: string, words: Word[]}[]}} */
    const heard = await answer.json();
    return new Map(heard.data.map((page) => [page.number, small(page)]));
  }

  /** The page, or null where it is not made yet. Rejects while the line is lost. @param {number} number @returns {Promise<PageText | null>} */
  async function page(number) {
    const first = Math.floor((number - 1) / CHUNK) * CHUNK + 1;
    const asked = chunks.get(first) ?? fetched(first);
    chunks.set(first, asked);
    try {
      const found = (await asked).get(number) ?? null;
      if (!found) chunks.delete(first); // still being made: asked again next time
      return found;
    } catch (problem) {
      chunks.delete(first);
      throw problem;
    }
  }

  return {
    page,
    /** @param {number} number @returns {Promise<Word[]>} */
    async of(number) {
      try {
        const found = await page(number);
        return found ? wordsOf(found) : [];
      } catch {
        return [];
      }
    },
  };
}

/** @typedef {ReturnType<typeof openWords>} Words */

/** @param {{number: number, source: PageText["source"], text: string, words: Word[]}} page @returns {PageText} */
function small({ number, source, text, words }) {
  return { number, source, text, joined: words.map((word) => word[4]).join("\n"), boxes: Uint16Array.from(words.flatMap((word) => word.slice(0, 4).map((edge) => Math.max(0, Number(edge))))) };
}

/** @param {PageText} page @returns {Word[]} */
export function wordsOf(page) {
  if (!page.joined) return [];
  return page.joined.split("\n").map((word, at) => /** @type {Word} */ ([...page.boxes.subarray(at * 4, at * 4 + 4), word]));
}
