// On the page that says that the line is down: the way to what is kept here, when somebody keeps something here.
import { who } from "./places.js";

const way = document.querySelector("[data-kept-way]");
if (way instanceof HTMLElement) {
  void who().then(async (noted) => {
    if (!noted) return;
    const some = (await caches.keys()).some((name) => name.startsWith(`kept-${noted.account}-`));
    way.hidden = !some || noted.locked;
    const shut = document.querySelector("[data-kept-locked]");
    if (shut instanceof HTMLElement) shut.hidden = !some || !noted.locked;
  });
}
