"""What this room shows on the pages of others: the papers' tab, chips in the programme, cards of the home page."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.panels import home_card, panel
from meeting.errors import N_
from meeting.materials import papers as papers_of
from meeting.materials import queries
from meeting.materials.rules import OPEN_STATES
from meeting.permissions import Action, Actor, allows


def papers_tab(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The papers by item, and for the desk the way to board and readers."""
    papers = papers_of.papers_by_item(session, actor, meeting)
    hats = meeting.hats_of(actor, session)
    mine = queries.requirements_of_unit(session, actor, meeting) if not papers else []
    return {
        "papers": papers,
        "owed": mine,
        "sees_board": allows(Action.READ_BOARD, hats),
        "sees_readers": allows(Action.REVIEW_PAPERS, hats),
    }


def papers_count(session: Session, actor: Actor, meeting: Meeting) -> int:
    """How many papers there are to read."""
    return sum(len(papers) for papers in papers_of.papers_by_item(session, actor, meeting).values())


def papers_in_items(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The papers in each row of the programme."""
    papers = papers_of.papers_by_item(session, actor, meeting)
    return {"items": papers} if papers else None


def reading_card(session: Session, actor: Actor) -> dict[str, Any] | None:
    """What is still to be read before the next meetings."""
    found = [
        (meeting, paper) for meeting, papers in papers_of.reading_list(session, actor, 3) for paper in papers if not paper.is_read
    ]
    return {"papers": found[:6], "count": len(found)} if found else None


def owed_card(session: Session, actor: Actor) -> dict[str, Any] | None:
    """What the unit still owes, and what the office waits to be decided."""
    owed = [row for row in queries.in_order(queries.owed_by_my_unit(session, actor)) if row.state in OPEN_STATES]
    waiting = queries.to_review(session, actor)
    if not owed and not waiting:
        return None
    return {"owed": owed[:6], "waiting": waiting[:6], "count": len(owed) + len(waiting), "now": clock.now()}


def add() -> None:
    """Registers all of them."""
    panel(
        "papers", place="tab", label=N_("Papers"), template="materials/panel.html", load=papers_tab, count=papers_count, order=20
    )
    panel(
        "papers_in_items", place="item", template="materials/item.html", load=papers_in_items, action=Action.READ_PAPERS, order=20
    )
    home_card("reading", place="main", template="materials/home_reading.html", load=reading_card, order=20)
    home_card("owed", place="todo", template="materials/home_owed.html", load=owed_card, order=20)
