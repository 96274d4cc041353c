"""What the room puts on the home page, on the programme of a meeting and into the navigation; what it holds of an item."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item, home_card, panel
from meeting.agenda.queries import limited_items
from meeting.errors import N_
from meeting.permissions import ALLOWED, Action, Actor, Role
from meeting.rounds import queries, wording
from meeting.rounds.models import OpinionRound
from meeting.web import nav

SHOWN = 4


def home_rows(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Rounds to answer, to decide on, to report."""
    answer, decide, report = (reads(session, actor) for reads in (queries.to_answer, queries.to_decide, queries.to_report))
    count = len(answer) + len(decide) + len(report)
    if not count:
        return None
    now = clock.now()
    return {"answer": answer[:SHOWN], "decide": decide[:SHOWN], "report": report[:SHOWN], "count": count, "now": now}


def in_items(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The rounds reported on each item of the programme, for those who take part or serve the body."""
    found = session.scalars(select(OpinionRound).where(OpinionRound.reported_meeting_id == meeting.id)).unique().all()
    if not found:
        return None
    hats = meeting.hats_of(actor, session) - {Role.GUEST}
    known = {item.id for item in limited_items(meeting, actor, hats)} if hats else set()
    items: dict[int, list[OpinionRound]] = {}
    for each in found:
        if each.reported_item_id in known:
            items.setdefault(each.reported_item_id, []).append(each)
    readable = {each.id for each in found if each.hats_of(actor, session)}
    return {"items": items, "readable": readable, "decisions": wording.DECISION_NAMES} if items else None


@holds_item
def held_by_a_round(session: Session, item: Item) -> str | None:
    """An item at which a round is reported stays on the programme."""
    found = session.scalar(select(OpinionRound.id).where(OpinionRound.reported_item_id == item.id).limit(1))
    return "item_has_round" if found else None


home_card("rounds", place="todo", template="rounds/home_rows.html", load=home_rows, order=8)
panel("rounds_in_items", place="item", template="rounds/item.html", load=in_items, action=Action.READ_PAPERS, order=40)
nav.entry(
    "rounds",
    icon="signature",
    label=N_("Asked in writing"),
    rail_label=N_("In writing"),
    endpoint="rounds.all_rounds",
    roles=ALLOWED[Action.READ_ROUNDS],
    group="now",
    order=35,
    hot=True,
    under="meetings",
)
nav.counter("rounds", queries.how_many_wait)
