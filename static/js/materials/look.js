// Tells that the reader has seen the meeting: what was new is not new any more, on any device. A lost line disturbs nobody.
import { sendAct } from "../web/acts.js";

const meeting = document.querySelector("[data-looks]")?.getAttribute("data-looks");
if (meeting) void sendAct("materials.look", { meeting_id: Number(meeting) });
