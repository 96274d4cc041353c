"""What the acts of a practice take."""

from meeting.acts import ActInput


class BeginPractice(ActInput):
    """The body whose people want to try everything out."""

    body_id: int


class OnePractice(ActInput):
    """A practice."""

    practice_id: int


class LayPaper(ActInput):
    """The paper that the system made for a practice."""

    practice_id: int
    file_id: int
