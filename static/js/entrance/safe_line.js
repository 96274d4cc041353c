// Which of the two this line is: the browser itself says whether it counts as safe.
const line = window.isSecureContext ? "safe" : "open";
for (const place of document.querySelectorAll(`[data-line="${line}"]`)) place.removeAttribute("hidden");
