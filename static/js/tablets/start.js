// On every page: look after what is kept on this device, clear it at sign-out, draw the cards that keep a meeting.
import { account } from "../web/kept.js";
import { stayAlive } from "./alive.js";
import "./contact.js";
import { leaving } from "./leaving.js";

if (account) leaving();
if (account) stayAlive();
if (document.querySelector("[data-keep-meeting]")) void import("./keep.js").then((card) => card.draw());
