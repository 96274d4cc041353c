"""What this room shows on the meeting page and the home page: minutes and notice, and the papers that wait for somebody."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item, home_card, panel
from meeting.conclusions import queries
from meeting.conclusions.models import WRITERS, MinutesPart
from meeting.conclusions.rules import GROWING
from meeting.errors import N_
from meeting.permissions import Action, Actor, allows


def after_the_meeting(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """Minutes and notice of a meeting that is over, as far as the reader may see them; before, the way to those that grow."""
    if meeting.state in GROWING:
        reads = allows(Action.READ_CONCLUSIONS, meeting.hats_of(actor, session) & WRITERS)
        return {"grows": allows(Action.WRITE_CONCLUSIONS, meeting.hats_of(actor, session))} if reads else None
    if meeting.state not in ("held", "archived"):
        return None
    minutes = queries.minutes_for(session, actor, meeting.id)
    notice = queries.notice_for(session, actor, meeting.id)
    drafts = allows(Action.WRITE_CONCLUSIONS, meeting.hats_of(actor, session)) and meeting.notice_state == "none_yet"
    if not (minutes or notice or drafts or meeting.notice_state == "not_required"):
        return None
    return {"minutes": minutes, "notice": notice, "drafts": drafts, "state": meeting.notice_state}


def waiting(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Rows of "my work": notices whose next step is this person's, meetings whose notice is not begun."""
    steps = [(notice, next_step(session, actor, notice)) for notice in queries.in_the_making(session, actor)]
    mine = [(notice, step) for notice, step in steps if step]
    meetings = queries.waiting_meetings(session, actor)
    return {"notices": mine, "meetings": meetings, "count": len(mine) + len(meetings)} if mine or meetings else None


def next_step(session: Session, actor: Actor, notice: Any) -> str:
    """What a notice asks of this person now, or nothing."""
    can = queries.steps_for(session, actor, notice)
    if can.approve and notice.submitted_at is not None:
        return N_("Approve the conclusion notice")
    if can.sign:
        return N_("Sign the conclusion notice")
    if can.issue:
        return N_("Number and issue the conclusion notice")
    if can.submit:
        return N_("Finish the draft of the conclusion notice")
    return ""


@holds_item
def held_by_the_minutes(session: Session, item: Item) -> str | None:
    """An item on which something was written for the minutes stays on the programme."""
    found = session.scalar(select(MinutesPart.id).where(MinutesPart.item_id == item.id).limit(1))
    return "item_has_notes" if found else None


panel("conclusions", place="side", label=N_("After the meeting"), template="conclusions/panel.html", load=after_the_meeting)
home_card("conclusions", place="todo", template="conclusions/home_rows.html", load=waiting, order=40)
