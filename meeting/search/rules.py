"""The kinds of what can be found, and how hits are ordered."""

from collections.abc import Mapping
from datetime import date

from meeting.errors import N_
from meeting.search.matching import Match

#: In the order of the chips on the screen.
LABELS: Mapping[str, str] = {
    "notice": N_("Conclusion notice"),
    "minutes": N_("Minutes of the meeting"),
    "paper": N_("Paper"),
    "item": N_("Agenda item"),
    "question": N_("Vote"),
    "task": N_("Task"),
    "opinion": N_("Opinion"),
    "promise": N_("Promise"),
}
KINDS = tuple(LABELS)

#: The words by which the kind itself is found, as they head the document.
HEADS: Mapping[str, str] = {
    "notice": "Thông báo kết luận",
    "minutes": "Biên bản",
    "paper": "Tài liệu",
    "item": "Nội dung",
    "question": "Biểu quyết",
    "task": "Nhiệm vụ",
    "opinion": "Ý kiến",
    "promise": "Lời hứa",
}


def head(kind: str, symbol: str, title: str) -> str:
    """What stands above a passage: the kind, the symbol, the title. Three sentences, so that no phrase runs across them."""
    return ". ".join(part for part in (HEADS[kind], symbol, title) if part)


def rank(found: Match, own_symbol: bool, kind: str, dated: date, passage_id: int) -> tuple[int, ...]:
    """Smaller comes first: the document that bears the symbol, then degree, exactness, words in the text itself.

    Among equals notices of conclusions come before all else, then the newer before the older.
    """
    degree, inexact = found.order
    above = 0 if found.spans else 1
    return (0 if own_symbol else 1, degree, inexact, above, 0 if kind == "notice" else 1, -dated.toordinal(), passage_id)
