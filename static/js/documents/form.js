// The form of a body's documents: how the signature will look follows every choice, by the server's own rule.
import { element } from "../web/elements.js";

const REST_MS = 250;

/** @param {HTMLFormElement} form */
function follow(form) {
  const box = form.querySelector("[data-signature-lines]");
  const person = form.querySelector("[data-person]");
  const address = form.dataset.signature;
  if (!(box instanceof HTMLElement) || !(person instanceof HTMLElement) || !address) return;
  let timer = 0;
  let asked = 0;

  function choose() {
    person?.toggleAttribute("hidden", new FormData(form).get("signer") !== "person");
  }

  async function show() {
    const mine = ++asked;
    const values = new FormData(form);
    const query = new URLSearchParams();
    for (const name of ["signer", "signer_id", "authority"]) {
      const value = String(values.get(name) ?? "").trim();
      if (value) query.set(name, value);
    }
    const heard = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!heard?.ok || mine !== asked || !box) return;
    /** @type {{lines: string[], name: string}} */
    const said = await heard.json();
    box.replaceChildren(
      ...said.lines.map((line) => element("b", {}, line)),
      element("span", { class: "sigbox-gap" }),
      element("b", { "data-signature-name": "" }, said.name || "…"),
    );
  }

  form.addEventListener("input", () => {
    choose();
    clearTimeout(timer);
    timer = setTimeout(() => void show(), REST_MS);
  });
  choose();
}

for (const form of document.querySelectorAll("form[data-signature]")) {
  if (form instanceof HTMLFormElement) follow(form);
}
