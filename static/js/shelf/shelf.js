// Files go onto one's own shelf: several at once, one after another, each with its progress; papers being read are followed.
import { newRequestId, sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { upload } from "../web/upload.js";
import { inWords, isDone, watch } from "../materials/progress.js";

const AGAIN_MS = 3000;

/** @param {HTMLElement} box */
function accept(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-coming]");
  if (!(input instanceof HTMLInputElement) || !(list instanceof HTMLElement)) return;
  const folder = box.dataset.folder ? Number(box.dataset.folder) : null;
  /** @type {{file: File, row: ReturnType<typeof rowFor>, request: string}[]} */
  const waiting = [];
  let busy = false;
  let landed = 0;

  async function work() {
    if (busy) return;
    busy = true;
    for (let next = waiting[0]; next; next = waiting[0]) {
      const done = await bring(next, folder);
      if (!done) await new Promise((later) => setTimeout(later, AGAIN_MS));
      else waiting.shift();
      if (done === "landed") landed += 1;
    }
    busy = false;
    if (landed && !list?.querySelector("[data-refused]")) location.reload();
  }

  input.addEventListener("change", () => {
    for (const file of input.files ?? []) {
      const row = rowFor(file.name);
      list.append(row.line);
      waiting.push({ file, row, request: newRequestId() });
    }
    list.hidden = false;
    input.value = "";
    void work();
  });
  for (const kind of ["dragenter", "dragover"]) box.addEventListener(kind, () => box.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("over"));
}

/** @param {string} name */
function rowFor(name) {
  const bar = element("progress", { class: "bar bar-thin", max: "100", value: "0", "aria-label": t("Sent") });
  const said = element("span", { class: "sm muted d-block" }, t("Waiting for its turn"));
  const line = element("li", {}, icon("file-text"), element("span", { class: "grow" }, element("b", { class: "med d-block" }, name), said, bar));
  return { line, bar, said };
}

/**
 * One file: up, then onto the shelf. Nothing when the line is down, so that it is tried again.
 * @param {{file: File, row: ReturnType<typeof rowFor>, request: string}} one @param {number | null} folder
 * @returns {Promise<"landed" | "refused" | "">}
 */
async function bring({ file, row, request }, folder) {
  row.said.textContent = t("Going up");
  try {
    const sent = await upload(file, undefined, (share) => { row.bar.value = Math.round(share * 100); });
    const title = file.name.normalize("NFC").replace(/\.[^.]{1,5}$/u, "").slice(0, 200);
    const put = await sendAct("shelf.put", { file_id: sent.file_id, folder_id: folder, title }, request);
    if (put.code === "offline") return waits(row);
    if (!put.ok) return refused(row, put.message ?? "");
    row.said.textContent = t("Laid onto the shelf");
    row.bar.value = 100;
    return "landed";
  } catch (problem) {
    const answer = problem instanceof Error && "answer" in problem ? /** @type {any} */ (problem).answer : null;
    if (!answer) throw problem;
    return answer.code === "offline" ? waits(row) : refused(row, answer.message);
  }
}

/** @param {ReturnType<typeof rowFor>} row @returns {""} */
function waits(row) {
  row.said.textContent = t("Waiting for the line");
  return "";
}

/** @param {ReturnType<typeof rowFor>} row @param {string} sentence @returns {"refused"} */
function refused(row, sentence) {
  row.line.dataset.refused = "";
  row.bar.hidden = true;
  row.said.className = "sm t-oppose d-block";
  row.said.setAttribute("role", "alert");
  row.said.textContent = sentence;
  return "refused";
}

/** Papers that are being read say how far they are, and open by themselves once they can be. */
function followReading() {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-paper]")]).filter((row) => !isDone(row.dataset.state ?? ""));
  if (!rows.length) return;
  const ids = rows.map((row) => Number(row.dataset.paper));
  watch(ids, (files) => {
    for (const file of files) {
      const said = rows.find((row) => Number(row.dataset.paper) === file.id)?.querySelector("[data-pages-text]");
      if (said) said.textContent = inWords(file);
    }
    const idle = !document.querySelector("dialog[open]") && !document.querySelector("[data-coming] li");
    if (files.length && files.every((file) => isDone(file.state)) && idle) location.reload();
  });
}

for (const box of document.querySelectorAll("[data-shelf-up]")) if (box instanceof HTMLElement) accept(box);
followReading();
