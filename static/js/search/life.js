// The life of a matter on paper: what is folded on the screen is printed in full.
document.querySelector("[data-print]")?.addEventListener("click", () => print());

addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details.life-minutes")) {
    each.toggleAttribute("data-was-open", each.hasAttribute("open"));
    each.setAttribute("open", "");
  }
});
addEventListener("afterprint", () => {
  for (const each of document.querySelectorAll("details.life-minutes")) each.toggleAttribute("open", each.hasAttribute("data-was-open"));
});
