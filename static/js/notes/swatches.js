// The colours of a tool, to choose one.
import { t } from "../web/i18n.js";
import { html } from "../web/ui.js";
import { colors } from "./choices.js";

/** @param {{tool: "highlight" | "ink", chosen: string, choose: (color: string) => void}} props */
export function Swatches({ tool, chosen, choose }) {
  return html`<div class="swatches" role="radiogroup" aria-label=${tool === "ink" ? t("Colour of the pen") : t("Colour of the highlight")}>${colors()[tool].map(({ color, name }) => html`<button type="button" key=${color} role="radio" class=${`swatch c-${color}`} aria-checked=${color === chosen} aria-label=${name} onClick=${() => choose(color)}></button>`)}</div>`;
}
