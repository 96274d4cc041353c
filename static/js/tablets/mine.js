// This device, at the head of one's devices: room left, whether what is kept stays, and what is missing for that.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, html, Icon, Note } from "../web/ui.js";
import { t } from "../web/i18n.js";
import { askToPersist, megabytes, storage, whyNot } from "./device.js";
import { Lacking } from "./keep.js";
import { packs } from "./keeper.js";

function ThisDevice() {
  const [now, setNow] = useState(/** @type {import("./device.js").Storage | null} */ (null));
  const look = async () => setNow(await storage());
  useEffect(() => { void look(); }, []);
  const closed = whyNot();
  if (closed) return html`<h2 class="lg">${t("This device")}</h2><${Note} tone="warn" icon="lock-open">${closed}<//>`;
  if (!now) return null;
  const bytes = Object.values(packs.value).reduce((sum, pack) => sum + pack.bytes, 0);
  const stays = now.persistent || now.installed;
  return html`<h2 class="lg">${t("This device")}</h2>
    <div class="kv"><span class="muted">${t("Kept here")}</span><b class="num">${megabytes(bytes)}</b></div>
    ${now.free_bytes !== null && html`<div class="kv"><span class="muted">${t("Room left")}</span><b class="num">${megabytes(now.free_bytes)}</b></div>`}
    <div class="kv"><span class="muted">${t("Stays when the device runs short of room")}</span><span class=${stays ? "t-agree row-x" : "t-warn row-x"}><${Icon} name=${stays ? "circle-check" : "alert-triangle"} size=${20} />${stays ? t("Yes") : t("Not promised")}</span></div>
    <${Lacking} />
    <div class="btns">${!stays && html`<${Button} onClick=${() => askToPersist().then(look)}>${t("Ask the browser to keep it")}<//>`}<a class="btn btn-ghost" href="/kept">${t("Open what is kept here")}</a></div>`;
}

const root = document.querySelector("[data-this-device]");
if (root) {
  root.replaceChildren();
  render(html`<${ThisDevice} />`, root);
}
