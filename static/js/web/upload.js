// A file goes up with its progress shown; the same file chosen again is not sent twice from one page.
import { csrfToken, lineDown } from "./acts.js";
import { t } from "./i18n.js";

/** @typedef {import("./acts.js").Answer} Answer */

/** @type {WeakMap<File, Answer>} */
const sent = new WeakMap();

/** The server's refusal of a file, to be shown where the form shows its own. */
export class UploadRefused extends Error {
  /** @param {Answer} answer */
  constructor(answer) {
    super(answer.message);
    this.answer = answer;
  }
}

/**
 * Send one file; the answer has file_id and sha256.
 * @param {File} file
 * @param {HTMLInputElement} [control] the field whose progress bar moves
 * @param {(share: number) => void} [onProgress] 0 to 1
 * @returns {Promise<Answer>}
 */
export async function upload(file, control, onProgress) {
  const before = sent.get(file);
  if (before) return before;
  const answer = await send(file, (share) => {
    if (control) paint(control, share);
    onProgress?.(share);
  });
  if (!answer.ok) {
    if (control) paint(control, null);
    throw new UploadRefused(answer);
  }
  sent.set(file, answer);
  return answer;
}

/** @param {HTMLInputElement} control @param {number | null} share */
function paint(control, share) {
  const box = control.closest("[data-drop]") ?? control.parentElement;
  const bar = box?.querySelector("[data-progress]");
  const text = box?.querySelector("[data-progress-text]");
  if (bar instanceof HTMLProgressElement) {
    bar.hidden = share === null;
    bar.value = Math.round((share ?? 0) * 100);
  }
  if (!text) return;
  if (share === null) text.textContent = "";
  else text.textContent = share < 1 ? t("%(percent)s percent sent", { percent: Math.round(share * 100) }) : t("Sent. The server is checking the file.");
}

/** fetch cannot tell how much has gone up, so this is an XMLHttpRequest. @param {File} file @param {(share: number) => void} progress @returns {Promise<Answer>} */
function send(file, progress) {
  return new Promise((settle) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file, file.name.normalize("NFC"));
    request.open("POST", "/api/v1/files");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
    request.addEventListener("error", () => settle(lineDown()));
    request.addEventListener("load", () => settle(understood(request)));
    request.send(body);
  });
}

/** @param {XMLHttpRequest} request @returns {Answer} */
function understood(request) {
  try {
    return { ...JSON.parse(request.responseText), ok: request.status >= 200 && request.status < 300 };
  } catch {
    const tooLarge = request.status === 413;
    return { ok: false, code: tooLarge ? "too_large" : "unreadable", message: tooLarge ? t("The file is too large.") : t("The server could not answer. Please try again.") };
  }
}

/** Say which files were chosen, in the field itself. */
export function showChosen() {
  document.addEventListener("change", (event) => {
    const control = event.target;
    if (!(control instanceof HTMLInputElement) || control.type !== "file") return;
    const place = control.parentElement?.querySelector("[data-file-name]");
    const names = Array.from(control.files ?? [], (file) => file.name);
    if (place) place.textContent = names.length ? names.join(", ") : t("Choose a file or drop it here");
    paint(control, null);
  });
}
