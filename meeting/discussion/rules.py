"""Pure rules of written opinions: when they may be given, and what they are made of."""

import unicodedata

from meeting.errors import N_, Refused, declare

BEFORE = frozenset({"issued"})  # an opinion handed in on reading the papers
DURING = frozenset({"in_session", "paused"})  # a comment while the matter is discussed
LONGEST = 4000

declare(
    {
        "discussion_closed": N_("Opinions can be given from the invitation until the meeting closes: %(state)s."),
        "opinion_empty": N_("Please write your opinion first."),
        "opinion_withdrawn": N_("This opinion has been withdrawn already."),
        "opinion_in_minutes": N_("The meeting is over and this opinion stands in its record: it can no longer be withdrawn."),
    }
)


def check_open(state: str) -> bool:
    """Whether an opinion may be given now; True when it comes before the meeting. Refused as `discussion_closed`."""
    if state in BEFORE:
        return True
    if state in DURING:
        return False
    raise Refused("discussion_closed", state=f"state_{state}")


def check_withdrawal(state: str, *, withdrawn: bool) -> None:
    """An opinion can be taken back until the meeting closes. Refused as `opinion_withdrawn` or `opinion_in_minutes`."""
    if withdrawn:
        raise Refused("opinion_withdrawn")
    if state not in BEFORE | DURING:
        raise Refused("opinion_in_minutes")


def cleaned(text: str) -> str:
    """The text as it is kept: NFC, without blank edges. Refused as `opinion_empty` when nothing is left."""
    kept = unicodedata.normalize("NFC", text).strip()
    if not kept:
        raise Refused("opinion_empty")
    return kept
