"""Pure rules of written opinions: when they may be given, what they are made of, how they hang together."""

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
        "opinion_hidden": N_("This opinion was taken off the screens."),
        "opinion_stands": N_("This opinion stands on the screens already."),
        "reply_to_reply": N_("A reply belongs to the opinion itself; reply there."),
        "own_opinion": N_("This is your own opinion."),
        "opinion_page_unknown": N_("The paper has no such page."),
        "opinion_page_alone": N_("A page belongs to a paper: name the paper too."),
        "item_has_opinions": N_("Opinions were given on this item, so it stays on the programme."),
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


def check_answerable(state: str, *, gone: bool, hidden: bool) -> bool:
    """Whether one may reply to an opinion or put a mark under it; True when that is before the meeting.

    Refused: `discussion_closed`, `opinion_withdrawn` (its author took it back), `opinion_hidden`.
    """
    before = check_open(state)
    if gone:
        raise Refused("opinion_withdrawn")
    if hidden:
        raise Refused("opinion_hidden")
    return before


def check_shown_again(*, gone: bool, hidden: bool) -> None:
    """Only what was hidden can be shown again. Refused: `opinion_withdrawn` (only its author may), `opinion_stands`."""
    if gone:
        raise Refused("opinion_withdrawn")
    if not hidden:
        raise Refused("opinion_stands")


def check_page(page: int | None, pages: int | None) -> None:
    """A page of a paper that has so many (None: no paper is named). Refused: `opinion_page_alone`, `opinion_page_unknown`."""
    if page is None:
        return
    if pages is None:
        raise Refused("opinion_page_alone")
    if not 1 <= page <= pages:
        raise Refused("opinion_page_unknown")


def cleaned(text: str) -> str:
    """The text as it is kept: NFC, without blank edges. Refused as `opinion_empty` when nothing is left."""
    kept = unicodedata.normalize("NFC", text).strip()
    if not kept:
        raise Refused("opinion_empty")
    return kept
