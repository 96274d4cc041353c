// What the chamber mounts of voting.
export { ChairVoteButton, ChairVotes } from "./chair.js";
export { HallVote, HallVoteFoot, hallShowsVote } from "./hall.js";
export { VotePanel, openPanel, panelOpen } from "./panel.js";
export { VoteStrip } from "./strip.js";
