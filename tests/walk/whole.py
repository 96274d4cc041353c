"""The main walk: one meeting from preparation to follow-up, by people at their screens."""

from tests.walk import after, before, chamber

STEPS = (
    before.imports_people,
    before.prepares,
    before.hands_in_papers,
    before.invites,
    before.reads,
    chamber.opens,
    chamber.speaks,
    chamber.opens_a_vote,
    chamber.votes,
    chamber.shows_the_hall,
    after.concludes,
    after.grades,
    after.follows,
    after.finds,
)
