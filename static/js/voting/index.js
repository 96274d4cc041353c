// What the chamber mounts of voting.
export { ChairVoteButton, ChairVotes, VoteAtHand, VoteDialogs, voteAtHand, votesWaiting } from "./chair.js";
export { HallVote, HallVoteFoot } from "./hall.js";
export { OwnBallot } from "./own.js";
export { VotePanel, openPanel, panelOpen } from "./panel.js";
export { VoteStrip } from "./strip.js";
