// Copies the personal link that is shown once.
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.copies ?? "");
    if (!(field instanceof HTMLInputElement)) return;
    field.select();
    void (navigator.clipboard?.writeText(field.value) ?? Promise.resolve(document.execCommand("copy"))).then(() => {
      const label = button.querySelector("span");
      if (label) label.textContent = button.dataset.copied ?? "";
    });
  });
}
