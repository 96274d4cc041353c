// How far the worker is with files: asked each second until all are ready or refused.
import { t } from "../web/i18n.js";

/** @typedef {{id: number, name: string, state: string, pages_done: number, page_count: number, message: string, notes?: {code: string, message: string}[]}} Progress */

const POLL_MS = 1000;

/** @param {string} state */
export const isDone = (state) => !["waiting", "reading"].includes(state);

/** @param {Progress} file @returns {string} */
export function inWords(file) {
  if (file.state === "waiting") return t("Waiting to be read");
  if (file.state === "reading") return file.pages_done < file.page_count ? t("Page %(done)s of %(all)s ready", { done: file.pages_done, all: file.page_count }) : t("Reading the text");
  return file.state === "ready" ? t("All %(all)s pages ready", { all: file.page_count }) : file.message;
}

/** @param {number[]} ids @param {(files: Progress[]) => void} tell @returns {() => void} stops asking */
export function watch(ids, tell) {
  let stopped = false;
  async function ask() {
    if (stopped) return;
    const files = await progress(ids);
    if (stopped) return;
    if (files) tell(files);
    if (!files || !files.every((file) => isDone(file.state))) setTimeout(ask, POLL_MS);
  }
  void ask();
  return () => { stopped = true; };
}

/** @param {number[]} ids @returns {Promise<Progress[] | null>} */
async function progress(ids) {
  try {
    const answer = await fetch(`/api/v1/files/progress?ids=${ids.join(",")}`, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).data : null;
  } catch {
    return null;
  }
}

/** @param {ParentNode} box @param {Progress} file */
export function paint(box, file) {
  const bar = box.querySelector("[data-pages]");
  if (bar instanceof HTMLProgressElement) {
    bar.max = file.page_count || 1;
    bar.value = file.state === "ready" ? bar.max : file.pages_done;
  }
  const text = box.querySelector("[data-pages-text]");
  if (text) text.textContent = inWords(file);
}
