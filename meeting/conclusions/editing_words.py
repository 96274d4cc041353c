"""The words around the lines of a document: abstract, grounds, opening, closing, recipients; saved as they are typed."""

from typing import Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.conclusions.editing import merged_words
from meeting.conclusions.merging import tidy
from meeting.conclusions.models import Instrument
from meeting.conclusions.rules import NoticeState, rests_between, step
from meeting.conclusions.versions import changed
from meeting.errors import N_, Refused, declare
from meeting.permissions import Action

declare({"words_empty": N_("This part of the page cannot be empty.")})

NEVER_EMPTY = frozenset({"abstract", "recipients"})
LONGEST_WORDS = 20_000


class SaveWordsInput(ActInput):
    """One part of the words around, whole; `base` is the text the writer began from."""

    notice_id: int
    part: Literal["abstract", "authority", "grounds", "opening", "closing", "recipients"]
    text: str = Field(max_length=LONGEST_WORDS)
    base: str | None = Field(None, max_length=LONGEST_WORDS)


@act("conclusions.save_words", Action.WRITE_CONCLUSIONS)
def save_words(tx: Tx, wanted: SaveWordsInput) -> dict[str, Any]:
    """Changes one part of the words around the lines, merged with what somebody else wrote since the text of `base`.

    Answers the text as it stands now. Refused: `words_empty`, `notice_not_draft`, `notice_issued`. The same again changes
    nothing. Recorded once for each stretch of writing.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.WRITE_CONCLUSIONS, document)
    step("edit", NoticeState(document.state))
    before: str = getattr(document, wanted.part)
    mine = tidy(wanted.text)
    base = tidy(wanted.base).strip() if wanted.base is not None else before
    text = mine if base == before.strip() else merged_words(base, before, mine)
    if not text.strip() and wanted.part in NEVER_EMPTY:
        raise Refused("words_empty")
    if text == before:
        tx.nothing_to_record("the words are the same")
    else:
        setattr(document, wanted.part, text)
        last = document.edited_at
        fresh = document.edited_by_id != tx.actor.person_id or last is None or rests_between(last, tx.now)
        changed(tx, document, "worded", told=fresh, changed=[wanted.part])
    return {"text": text, "notice_version": document.version}
