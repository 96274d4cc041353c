// A unit sends a paper: the file goes up as soon as it is chosen, its pages are followed, then one button sends it.
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { upload } from "../web/upload.js";
import { isDone, paint, watch } from "./progress.js";

/** @param {HTMLFormElement} form */
function prepare(form) {
  const find = (/** @type {string} */ mark) => /** @type {HTMLElement} */ (form.querySelector(mark));
  const choose = /** @type {HTMLInputElement} */ (find("#paper"));
  const number = /** @type {HTMLInputElement} */ (find("[name=file_id]"));
  const send = /** @type {HTMLButtonElement} */ (find("[data-send]"));
  const [label, sent, error, chip, open] = [find("[data-send-label]"), find("[data-sent]"), find("[data-file-error]"), find("[data-chip]"), find("[data-open]")];
  let stop = () => {};

  /** @param {string} text @param {string} tone @param {string} sign */
  const state = (text, tone, sign) => chip.replaceChildren(...(text ? [element("span", { class: `chip chip-${tone}` }, icon(sign, 16), text)] : []));

  /** @param {boolean} may @param {string} text */
  const sendable = (may, text) => { send.disabled = !may; label.textContent = text; };

  /** The upload's own bar has done its work. */
  function quiet() {
    const bar = find("[data-progress]");
    bar.hidden = true;
    find("[data-progress-text]").textContent = "";
  }

  /** @param {string} sentence */
  function refused(sentence) {
    error.replaceChildren(icon("alert-circle"), element("span", {}, sentence));
    state(t("Not accepted"), "oppose", "x");
    number.value = "";
    sent.hidden = true;
    quiet();
    sendable(false, t("Choose another file"));
  }

  choose.addEventListener("change", async () => {
    const file = choose.files?.[0];
    if (!file) return;
    stop();
    error.replaceChildren();
    sent.hidden = true;
    state("", "", "");
    sendable(false, t("The file is being sent"));
    try {
      const answer = await upload(file, choose);
      number.value = String(answer.file_id);
      follow(Number(answer.file_id), file.name);
    } catch (problem) {
      if (!(problem instanceof Error) || !("answer" in problem)) throw problem;
      refused(/** @type {any} */ (problem).answer.message);
    }
  });

  if (choose.files?.length) choose.dispatchEvent(new Event("change")); // chosen before this script was here

  /** @param {number} id @param {string} name */
  function follow(id, name) {
    sent.hidden = false;
    quiet();
    find("[data-sent-name]").textContent = name;
    sendable(true, label.dataset.ready ?? "");
    state(t("Being read"), "primary", "hourglass");
    stop = watch([id], ([file]) => {
      if (!file) return;
      paint(sent, file);
      if (open instanceof HTMLAnchorElement) {
        open.hidden = !file.pages_done;
        open.href = `/documents/${id}`;
        open.target = "_blank";
      }
      if (!isDone(file.state)) return;
      if (file.state === "ready") state(t("Ready to send"), "agree", "check");
      else refused(file.message);
    });
  }
}

const form = document.getElementById("send");
if (form instanceof HTMLFormElement) prepare(form);

/** A version that was sent while it was still being read. */
for (const row of document.querySelectorAll("[data-follow]")) {
  if (!(row instanceof HTMLElement) || isDone(row.dataset.state ?? "")) continue;
  watch([Number(row.dataset.follow)], ([file]) => {
    if (!file) return;
    paint(row, file);
    if (isDone(file.state)) location.reload();
  });
}
