// The printed run sheet: the button of the browser's own printing.
document.querySelector("[data-print]")?.addEventListener("click", () => print());
