"""When an accepted paper may be handed out, and when it may be taken back. Pure."""

from meeting.errors import N_, Refused, declare
from meeting.materials.rules import CLOSED_MEETINGS

declare(
    {
        "not_accepted_yet": N_("Only an accepted paper can be published."),
        "already_published": N_("This version has been published already."),
        "nothing_to_publish": N_("No accepted paper of this meeting waits to be published."),
        "not_published": N_("This paper has not been published, so it cannot be taken back."),
    }
)


def check_publish(version_state: str, published: bool, waived: bool, meeting_state: str) -> None:
    """Whether a version can be handed out: Đạt → Phát hành.

    Refused: `papers_closed`, `requirement_waived`, `not_accepted_yet`, `already_published`.
    """
    if meeting_state in CLOSED_MEETINGS:
        raise Refused("papers_closed")
    if waived:
        raise Refused("requirement_waived")
    if published:
        raise Refused("already_published")
    if version_state != "accepted":
        raise Refused("not_accepted_yet")


def check_take_back(published: bool, reason: str, meeting_state: str) -> None:
    """Whether a paper can be taken back (thu hồi), also after the meeting, but not from the archive.

    Refused: `papers_filed`, `not_published`, `reason_missing`.
    """
    if meeting_state == "archived":
        raise Refused("papers_filed")
    if not published:
        raise Refused("not_published")
    if not reason:
        raise Refused("reason_missing")
