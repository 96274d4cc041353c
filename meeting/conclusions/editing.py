"""Two people write on one line or one paragraph: nothing that either of them wrote is lost.

Paragraphs are merged as in the minutes (`merging`). Where both changed the same paragraph its words are merged one by one; only
where both changed the same words do both versions stay, with the mark of a clash between, to be settled before the approval.
"""

import re

from merge3 import Merge3

from meeting.conclusions.merging import CLASH, clashes, merged
from meeting.conclusions.models import Instrument
from meeting.errors import N_, Refused, declare

declare({"line_clashes": N_("At %(places)s places two people changed the same words. Keep the right version first: %(where)s.")})

LONGEST_BY_WORDS = 4000  # pieces; longer texts are merged by their paragraphs only
PIECES = re.compile(r"\s+|[^\s]+")


def merged_words(base: str, theirs: str, mine: str) -> str:
    """One text out of two that both began as `base`."""
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    by_lines = merged(base, theirs, mine)
    if clashes(by_lines) <= max(clashes(theirs), clashes(mine)):
        return by_lines
    by_words = _by_words(base, theirs, mine)
    return by_lines if by_words is None else by_words


def _by_words(base: str, theirs: str, mine: str) -> str | None:
    """The same word by word; None where both changed the same words (or one took away what the other changed)."""
    first, one, other = (PIECES.findall(text) for text in (base, theirs, mine))
    if max(map(len, (first, one, other))) > LONGEST_BY_WORDS:
        return None
    kept: list[str] = []
    for group in Merge3(first, one, other).merge_groups():
        if group[0] == "conflict":
            return None
        kept += group[1]
    return "".join(kept)


def check_settled_lines(document: Instrument) -> None:
    """Refuses a document in which two versions of the same words stand (`line_clashes`)."""
    texts = [(f"{place}", line.text) for place, line in enumerate(document.lines, start=1)]
    around = (document.abstract, document.authority, document.grounds, document.opening, document.closing, document.recipients)
    texts += [(text.partition("\n")[0][:40], text) for text in around]
    places = [(where, clashes(text)) for where, text in texts if CLASH in text]
    if places:
        raise Refused("line_clashes", places=sum(count for _, count in places), where=", ".join(where for where, _ in places))
