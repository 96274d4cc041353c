"""Two people write on the same text: a merge of their paragraphs that loses none. Pure.

A paragraph is a line. What one changed and the other did not is taken; what both added is kept one after the other. Where
both changed the same lines, both versions stay, the one saved first above, with `CLASH` between them for the editors to settle.
static/js/conclusions/merging.js follows the same rule on the screens; both are held to the same table of cases.
"""

import unicodedata
from collections.abc import Sequence

from merge3 import Merge3

from meeting.errors import N_, Refused, declare

#: Stands between two versions of the same lines. Minutes with such a place cannot be signed.
CLASH = "[Hai người cùng sửa: giữ đoạn đúng, bỏ đoạn kia và dòng này]"

declare({"minutes_clashes": N_("At %(places)s places two people changed the same lines. Settle them first.")})

Lines = Sequence[str]


def merged(base: str, theirs: str, mine: str) -> str:
    """One text out of two that both began as `base`. Nothing either of them wrote is lost."""
    groups = Merge3(lines_of(base), lines_of(theirs), lines_of(mine)).merge_groups()
    kept: list[str] = []
    for group in groups:
        kept += _both(*group[1:]) if group[0] == "conflict" else group[1]
    return "\n".join(kept)


def _both(base: Lines, theirs: Lines, mine: Lines) -> list[str]:
    """What stays where both changed the same stretch."""
    for one, other in ((theirs, mine), (mine, theirs)):
        if not other or "\n".join(one).startswith("\n".join(other)):
            return list(one)  # the other took lines away, or is the beginning of the same words
        if base and list(other[: len(base)]) == list(base):
            return [*one, *other[len(base) :]]  # the other only added below
        if base and list(other[-len(base) :]) == list(base):
            return [*other[: -len(base)], *one]  # or above
    settled = not any(line.strip() for line in base)
    return [*theirs, *mine] if settled else [*theirs, CLASH, *mine]


def lines_of(text: str) -> list[str]:
    """The paragraphs of a text; of an empty one none."""
    return text.split("\n") if text else []


def tidy(text: str) -> str:
    """The text as it is kept: composed letters, one kind of line end. Blank edges stay: somebody may be writing on."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def clashes(text: str) -> int:
    """How many places two people have still to settle."""
    return text.count(CLASH)


def check_settled(text: str) -> None:
    """Refuses minutes in which two versions of the same lines stand (`minutes_clashes`)."""
    if places := clashes(text):
        raise Refused("minutes_clashes", places=places)
