// Tells the secretariat that the invitation was opened: once, silently; a lost line is no reason to disturb the reader.
import { sendAct } from "../web/acts.js";

const meeting = document.querySelector("[data-unseen]")?.getAttribute("data-unseen");
if (meeting) void sendAct("agenda.mark_seen", { meeting_id: Number(meeting) });
