"""What the speaking room shows outside the chamber: the tab of the meeting page with speaking time and statements, the file."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item, panel
from meeting.agenda.queries import limited_items, meeting_of
from meeting.errors import N_, Forbidden, Missing
from meeting.permissions import Action, Actor, Role, allows
from meeting.speaking import export, queries, times
from meeting.speaking.models import Floor


def seen_items(meeting: Meeting, actor: Actor, hats: frozenset[Role]) -> frozenset[int]:
    """The items whose speeches this person may see."""
    return frozenset(item.id for item in limited_items(meeting, actor, hats))


def said(session: Session, meeting: Meeting, seen: frozenset[int]) -> list[Floor]:
    """The speeches on these items, in order."""
    return [floor for floor in queries.speeches_of(session, meeting) if floor.item_id is None or floor.item_id in seen]


def load(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """Speaking time and statements."""
    if meeting.is_private:
        return None
    hats = meeting.hats_of(actor, session)
    seen = seen_items(meeting, actor, hats)
    items = {item.id: item for item in meeting.items}
    return {
        "times": times.of_meeting(session, meeting, seen),
        "floors": [(floor, items.get(floor.item_id or 0)) for floor in said(session, meeting, seen)],
        "shows_grades": allows(Action.GRADE, hats),
        "may_grade": allows(Action.GRADE, hats) and meeting.evaluation_state != "closed",
        "may_take": allows(Action.SEE_DESK, hats),
        "me": actor.person_id,
    }


def count(session: Session, _actor: Actor, meeting: Meeting) -> int | None:
    """How many speeches there were."""
    return sum(turns for turns, _ in queries.spoken(session, meeting.id).values()) or None


def spreadsheet(session: Session, actor: Actor, meeting_id: int) -> bytes:
    """The speaking time as a file, for chair and secretariat. Refused: `not_found`, `forbidden`."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    if not allows(Action.SEE_DESK, hats):
        raise Forbidden()
    floors = queries.speeches_of(session, meeting)
    return export.speaking_time(meeting, times.of_meeting(session, meeting), floors)


@holds_item
def held_by_the_floor(session: Session, item: Item) -> str | None:
    """An item on which somebody asked for the floor, even if it was taken back, stays on the programme."""
    found = session.scalar(select(Floor.id).where(Floor.item_id == item.id).limit(1))
    return "item_has_floor" if found else None


panel(
    "speeches",
    place="tab",
    label=N_("Speeches"),
    template="speaking/panel.html",
    load=load,
    count=count,
    order=45,
    action=Action.JOIN_LIVE,
)
