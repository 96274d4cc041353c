// Loaded with the page of a paper itself, not as a module: the first page lies on the glass before the viewer's many scripts
// are there. The viewer then takes the same picture over (images.js). Whoever reads two pages, large text or easily waits for it.
(function () {
  const root = document.getElementById("viewer");
  const stage = root && root.querySelector(".vstage");
  if (!root || !root.dataset.opening || !(stage instanceof HTMLElement)) return;
  const chosen = function (/** @type {string} */ name) {
    try { return localStorage.getItem("viewer." + name) || ""; } catch { return ""; }
  };
  if (chosen("spread") === "2" || chosen("large") || chosen("easy")) return;
  if (chosen("night") && stage.parentElement) root.firstElementChild?.classList.add("night");

  /** @type {import("../desk.js").Opening} */
  const opening = JSON.parse(root.dataset.opening);
  const asked = Math.round(Number(new URLSearchParams(location.search).get("page")) || opening.last_page) || 1;
  const number = Math.max(1, Math.min(opening.page_count, asked));
  const size = opening.pages[number - 1];
  if (!size) return;
  // As camera.js fits one page into its room, and images.js names its picture.
  const scale = Math.min(Math.max(120, stage.clientWidth - 20) / size[0], Math.max(120, stage.clientHeight - 20) / size[1]);
  const pixels = size[0] * scale * (window.devicePixelRatio || 1);
  const width = opening.widths.find(function (kept) { return kept >= pixels * 0.97; }) || opening.widths[opening.widths.length - 1];

  const image = new Image();
  image.className = "vfirst";
  image.alt = "";
  image.draggable = false;
  image.decoding = "sync";
  image.src = "/documents/" + opening.id + "/pages/" + number + "?w=" + width + "&v=" + opening.sha256.slice(0, 12);
  const page = document.createElement("div");
  page.className = "vpage";
  page.style.width = size[0] * scale + "px";
  page.style.height = size[1] * scale + "px";
  const picture = document.createElement("div");
  picture.className = "vpict";
  const view = document.createElement("div");
  view.className = "vview open";
  picture.append(image);
  page.append(picture);
  view.append(page);
  stage.append(view);
})();
