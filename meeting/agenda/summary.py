"""What changed in a programme as one paragraph, for notifications and mails in the reader's language."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from meeting.agenda.changes import CHANGE_WORDS, CODED
from meeting.agenda.rules import FORMS, ITEM_KINDS
from meeting.errors import N_

MOST = 3  # changes named in a short message; the page tells all
AND_MORE = N_("and %(n)s more changes")
WHY = N_("Reason: %(reason)s")
Said = Callable[[str], str]


def concerning(found: Sequence[Mapping[str, Any]], only: Collection[int] | None) -> list[Mapping[str, Any]]:
    """The changes that somebody hears of: a guest limited to items hears of those, and of the meeting itself."""
    return [each for each in found if only is None or each["item_id"] is None or each["item_id"] in only]


def summary(found: Sequence[Mapping[str, Any]], why: str, said: Said) -> str:
    """The first changes in words, how many more there are, and the reason. `said` puts a message id into a language."""
    words = [_change(each, said) for each in found[:MOST]]
    if len(found) > MOST:
        words.append(said(AND_MORE) % {"n": len(found) - MOST})
    if why:
        words.append(said(WHY) % {"reason": why.rstrip(".")})
    return "; ".join(words) + "."


def _change(change: Mapping[str, Any], said: Said) -> str:
    facts = dict(change)
    if change["kind"] in CODED:
        names = {**FORMS, **ITEM_KINDS}
        facts |= {name: said(names.get(change[name], change[name])) for name in ("before", "after")}
    return said(CHANGE_WORDS[change["kind"]]) % facts
