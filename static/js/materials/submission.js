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
  const sends = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll("[data-send]")]);
  const keep = /** @type {HTMLButtonElement} */ (find("[data-keep]"));
  const list = find("[data-checks]");
  const [label, sent, error, chip, open] = [find("[data-send-label]"), find("[data-sent]"), find("[data-file-error]"), find("[data-chip]"), find("[data-open]")];
  let stop = () => {};

  /** @param {string} text @param {string} tone @param {string} sign */
  const state = (text, tone, sign) => chip.replaceChildren(...(text ? [element("span", { class: `chip chip-${tone}` }, icon(sign, 16), text)] : []));

  /** @param {boolean} may @param {string} text */
  const sendable = (may, text) => {
    for (const send of sends) send.disabled = !may;
    keep.disabled = !may;
    label.textContent = text;
  };

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
    list.hidden = true;
    quiet();
    sendable(false, t("Choose another file"));
  }

  /** What the machine found in the file, before it is sent. @param {number} id */
  async function showChecks(id) {
    const answer = await fetch(`/api/v1/files/${id}/checks`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const found = /** @type {{page_count: number, with_text: number, recognised: number}} */ (await answer.json());
    const line = (/** @type {boolean} */ good, /** @type {string} */ sign, /** @type {string} */ words, /** @type {string} */ detail) =>
      element("div", { class: "row-x" }, element("span", { class: good ? "ck" : "ck ck-w" }, icon(sign, 18)), element("span", { class: "grow" }, words), element("span", { class: "sm faint num" }, detail));
    const whole = found.with_text === found.page_count;
    const lines = [line(whole, whole ? "check" : "alert-triangle", t("The text can be read and searched"), t("%(n)s of %(all)s pages", { n: found.with_text, all: found.page_count }))];
    if (found.recognised) lines.push(line(false, "scan", t("Scanned pages were read by recognition"), String(found.recognised)));
    lines.push(line(true, "shield-check", t("No mark of state secrecy was found"), ""));
    list.replaceChildren(...lines);
    list.hidden = false;
  }

  keep.addEventListener("click", () => {
    const message = form.querySelector("[name=message]");
    const words = message instanceof HTMLTextAreaElement ? message.value : "";
    keep.dataset.input = JSON.stringify({ ...JSON.parse(keep.dataset.input ?? "{}"), file_id: Number(number.value), message: words });
  }, { capture: true });

  choose.addEventListener("change", async () => {
    const file = choose.files?.[0];
    if (!file) return;
    stop();
    error.replaceChildren();
    sent.hidden = true;
    list.hidden = true;
    sent.querySelector("[data-draft-note]")?.remove();
    state("", "", "");
    sendable(false, t("The file is being sent"));
    try {
      const answer = await upload(file, choose);
      number.value = String(answer.file_id);
      follow(Number(answer.file_id), file.name);
    } catch (problem) {
      if (!(problem instanceof Error) || !("answer" in problem)) throw problem;
      const { code, message } = /** @type {any} */ (problem).answer;
      refused(message);
      if (code === "offline") waitForLine(file);
    }
  });

  /** The line is down: the same file goes up by itself once it is back, unless another one was chosen. @param {File} file */
  function waitForLine(file) {
    state(t("Waiting for the line"), "warn", "clock");
    sendable(false, t("Waiting for the line"));
    const again = () => { if (choose.files?.[0] === file) choose.dispatchEvent(new Event("change", { bubbles: true })); };
    if (navigator.onLine) setTimeout(again, 3000);
    else window.addEventListener("online", again, { once: true });
  }

  if (choose.files?.length) choose.dispatchEvent(new Event("change")); // chosen before this script was here

  if (sent.dataset.draft && !choose.files?.length) {
    sendable(true, label.dataset.ready ?? "");
    state(t("Draft of the unit"), "primary", "pencil");
    void showChecks(Number(sent.dataset.draft));
    if (open instanceof HTMLAnchorElement) {
      open.hidden = false;
      open.href = `/documents/${sent.dataset.draft}`;
    }
  }

  /** @param {number} id @param {string} name */
  function follow(id, name) {
    sent.hidden = false;
    quiet();
    find("[data-sent-name]").textContent = name;
    sendable(true, label.dataset.ready ?? "");
    state(t("Being read"), "primary", "hourglass");
    stop = watch([id], ([file]) => {
      if (!file) return;
      find("[data-sent-name]").textContent = file.name;
      find("[data-sent-kind]").textContent = file.name.split(".").pop()?.slice(0, 5).toUpperCase() ?? "";
      paint(sent, file);
      if (open instanceof HTMLAnchorElement) {
        open.hidden = !file.pages_done;
        open.href = `/documents/${id}`;
        open.target = "_blank";
      }
      if (!isDone(file.state)) return;
      if (file.state === "ready") {
        state(t("Ready to send"), "agree", "check");
        if (file.notes?.length) find("[data-pages-text]").textContent = file.notes.map((note) => note.message).join(" ");
        void showChecks(id);
      } else refused(file.message);
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
