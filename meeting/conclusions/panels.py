"""What this room shows on the meeting page and the home page: minutes, documents, and the papers that wait for somebody."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item, home_card, panel
from meeting.conclusions import due, lacking, listing, queries, steps
from meeting.conclusions.kinds import DECISION, kinds_for
from meeting.conclusions.models import WRITERS, Instrument, MinutesPart
from meeting.conclusions.rules import GROWING
from meeting.errors import N_
from meeting.permissions import Action, Actor, allows

MOST_ROWS = 6  # of one kind on the home page; the rest stands on the lists


def after_the_meeting(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """Minutes and documents of a meeting that is over, as far as the reader may see them; before, the way to those that grow."""
    hats = meeting.hats_of(actor, session)
    if meeting.state in GROWING:
        reads = allows(Action.READ_CONCLUSIONS, hats & WRITERS)
        return {"grows": allows(Action.WRITE_CONCLUSIONS, hats)} if reads else None
    if meeting.state not in ("held", "archived"):
        return None
    minutes = queries.minutes_for(session, actor, meeting.id)
    documents = queries.documents_for(session, actor, meeting.id)
    makes = allows(Action.READ_CONCLUSIONS, hats & WRITERS)
    drafts = allows(Action.WRITE_CONCLUSIONS, hats)
    if not (minutes or documents or makes or meeting.notice_state == "not_required"):
        return None
    timing = due.timing_of(session, meeting, clock.today())
    return {
        "minutes": minutes,
        "documents": documents,
        "drafts": drafts and meeting.notice_state == "none_yet",
        "may_draft": drafts,
        "state": meeting.notice_state,
        "timing": timing if makes and timing.is_open else None,
        "pressing": timing.state in ("waiting", "overdue"),
        "lacking": lacking.lacking_in(session, meeting) if makes else [],
        "decisions": kinds_for(meeting.body.kind, DECISION),
    }


def waiting(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Rows of "my work": documents whose next step is this person's; notices not begun or overdue; what is to be sent up."""
    asked = [(document, steps.next_step(session, actor, document)) for document in listing.in_the_making(session, actor)]
    mine = [(document, step) for document, step in asked if step]
    owed = [each for each in listing.owed(session, actor, clock.today()) if _concerns(each)]
    up = listing.to_send_up(session, actor)
    if not (mine or owed or up):
        return None
    count = len(mine) + len(owed) + len(up)
    return {"documents": mine, "owed": owed[:MOST_ROWS], "up": up[:MOST_ROWS], "count": count, "today": clock.today()}


def _concerns(owed: due.Owed) -> bool:
    """Who drafts sees what is not begun; who drafts or presides also what is overdue, begun or not."""
    return owed.timing.state == "overdue" or (owed.drafts and owed.meeting.notice_state == "none_yet")


@holds_item
def held_by_the_minutes(session: Session, item: Item) -> str | None:
    """An item on which something was written for the minutes, or a document was begun, stays on the programme."""
    found = session.scalar(select(MinutesPart.id).where(MinutesPart.item_id == item.id).limit(1))
    if found:
        return "item_has_notes"
    return "item_has_document" if session.scalar(select(Instrument.id).where(Instrument.item_id == item.id).limit(1)) else None


panel("conclusions", place="side", label=N_("After the meeting"), template="conclusions/panel.html", load=after_the_meeting)
home_card("conclusions", place="todo", template="conclusions/home_rows.html", load=waiting, order=40)
