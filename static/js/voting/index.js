// What the chamber mounts of voting.
export { ChairVoteButton, ChairVotes, VoteAtHand, VoteAwaited, VoteBeside, VoteDialogs, voteAtHand, votesWaiting } from "./chair.js";
export { CountingCard } from "./figures.js";
export { HallResult, HallVote, HallVoteFoot } from "./hall.js";
export { OwnBallot } from "./own.js";
export { VotePanel, openPanel, panelOpen } from "./panel.js";
export { VoteStrip } from "./strip.js";
export { BeforeVote, ReadyLine, nextQuestion, openReview, readiness, reviewOf, sayReady } from "./waiting.js";
