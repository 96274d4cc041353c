"""Who is told what of written rounds: the members asked, the office, the officer in charge, the chair."""

from collections.abc import Iterable
from typing import Any

from meeting.acts import Tx
from meeting.events import Event
from meeting.journal import Told
from meeting.notify import queries
from meeting.notify.reactions import EXCUSED, OFFICE, handles
from meeting.notify.telling import tell
from meeting.permissions import Role
from meeting.rounds.models import OpinionRound

EXCUSED.update(
    {
        Event.ROUND_DRAFTED: OFFICE,
        Event.ROUND_REPORTED: "it stands on the programme, which is handed out",
    }
)


def round_facts(row: OpinionRound) -> dict[str, Any]:
    """What notifications say about a round."""
    return {
        "round": row.title,
        "body": row.body.name,
        "due_at": row.due_at.isoformat(),
        "asked": row.asked,
        "answered": len(row.answers),
    }


def page_of(row: OpinionRound) -> str:
    """Its page."""
    return f"/rounds/{row.id}"


def tell_round(tx: Tx, row: OpinionRound, people: Iterable[int | None], kind: str, **facts: Any) -> int:
    """Tells people about a round in the name of its body."""
    return tell(tx, people, kind, page_of(row), body_id=row.body_id, **{**round_facts(row), **facts})


def keepers(row: OpinionRound) -> set[int | None]:
    """The officer in charge and whoever sent it."""
    return {row.officer_id, row.sent_by_id}


@handles(Event.ROUND_SENT)
def tell_asked(tx: Tx, entry: Told) -> None:
    """Everybody on the register is asked."""
    row = tx.get(OpinionRound, entry.facts["round_id"])
    tell_round(tx, row, entry.facts["people"], "round_sent")


@handles(Event.ROUND_EDITED)
def tell_added(tx: Tx, entry: Told) -> None:
    """A paper added while opinions are taken is told to all who are asked; drafts are the office's own."""
    if entry.facts.get("open"):
        row = tx.get(OpinionRound, entry.facts["round_id"])
        tell_round(tx, row, [each.person_id for each in row.members], "round_paper_added", paper=entry.facts["paper"])


@handles(Event.ROUND_ANSWERED)
def tell_complete(tx: Tx, entry: Told) -> None:
    """The officer in charge learns that the last answer is in, once; the answers before are counted on the page."""
    if not entry.facts["again"] and entry.facts["answered"] == entry.facts["asked"]:
        row = tx.get(OpinionRound, entry.facts["round_id"])
        tell_round(tx, row, keepers(row), "round_complete")


@handles(Event.ROUND_REMINDED)
def tell_reminded(tx: Tx, entry: Told) -> None:
    """Those who have not answered, by hand."""
    row = tx.get(OpinionRound, entry.facts["round_id"])
    tell_round(tx, row, entry.facts["people"], "round_reminded")


@handles(Event.ROUND_EXTENDED)
def tell_extended(tx: Tx, entry: Told) -> None:
    """Everybody asked learns of the new deadline and why."""
    row = tx.get(OpinionRound, entry.facts["round_id"])
    tell_round(tx, row, entry.facts["people"], "round_extended", reason=entry.facts["reason"])


@handles(Event.ROUND_CLOSED)
def tell_closed(tx: Tx, entry: Told) -> None:
    """The chair has to decide; the office and the officer have the synthesis; the members the result."""
    row = tx.get(OpinionRound, entry.facts["round_id"])
    chairs = set(queries.holders(tx.reading, row.body_id, Role.CHAIR))
    office = keepers(row) - chairs
    members = {each.person_id for each in row.members} - chairs - office
    tell_round(tx, row, chairs, "round_to_decide")
    tell_round(tx, row, office, "round_closed")
    tell_round(tx, row, members, "round_result")


@handles(Event.ROUND_DECIDED)
def tell_decided(tx: Tx, entry: Told) -> None:
    """Members, office and officer learn that the chair has decided."""
    row = tx.get(OpinionRound, entry.facts["round_id"])
    tell_round(tx, row, {each.person_id for each in row.members} | keepers(row), "round_decided")


@handles(Event.ROUND_CANCELLED)
def tell_round_cancelled(tx: Tx, entry: Told) -> None:
    """Everybody who was asked learns that it was called off, and why."""
    row = tx.get(OpinionRound, entry.facts["round_id"])
    tell_round(tx, row, entry.facts["people"], "round_cancelled", reason=entry.facts["reason"])
