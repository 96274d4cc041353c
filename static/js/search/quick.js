// The small box at the head of office pages: the same suggestions as on the page of searching.
import { element } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { suggesting } from "./suggesting.js";

const box = document.querySelector("[data-quick-search]");
const form = box instanceof HTMLInputElement ? box.form : null;
if (box instanceof HTMLInputElement && form) {
  const list = element("div", { class: "suggest", id: "quick-suggestions", role: "listbox", "aria-label": t("Suggestions"), hidden: true });
  form.append(list);
  box.autocomplete = "off";
  suggesting(box, list, ({ text, url }) => location.assign(url ?? `${form.action}?q=${encodeURIComponent(text)}`));
}
