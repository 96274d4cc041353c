"""What this room shows on the pages of others: the papers' tab, chips in the programme, cards of the home page."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.panels import home_card, panel
from meeting.errors import N_
from meeting.materials import (
    late_queries,
    newest_queries,
    queries,
    readiness_queries,
    release_queries,
    stages,
    unit_queries,
)
from meeting.materials import papers as papers_of
from meeting.materials.papers import Paper
from meeting.materials.rules import CLOSED_MEETINGS
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked_number

OVER = ("held", "archived", "cancelled")


def readable(session: Session, actor: Actor, meeting: Meeting) -> dict[int | None, list[Paper]]:
    """The papers by item, read once for all parts of one page (the session lives as long as the request)."""
    key = ("materials.papers", meeting.id, actor.person_id)
    if key not in session.info:
        session.info[key] = papers_of.papers_by_item(session, actor, meeting)
    found: dict[int | None, list[Paper]] = session.info[key]
    return found


READ_NEXT = 3  # meetings whose papers the home page counts
SHOWN = 5  # rows of each kind on the home page
LONG = 40  # papers: from here on the tab shows two of each item and opens the rest by a tap


def papers_tab(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The papers by item, and for the desk the way to board and readers."""
    papers = readable(session, actor, meeting)
    hats = meeting.hats_of(actor, session)
    mine = queries.requirements_of_unit(session, actor, meeting) if not papers else []
    return {
        "papers": papers,
        "long": sum(len(found) for found in papers.values()) > LONG,
        "opened": asked_number("item"),
        "owed": mine,
        "sees_board": allows(Action.READ_BOARD, hats),
        "sees_readers": allows(Action.REVIEW_PAPERS, hats),
        "sees_releases": allows(Action.PUBLISH_PAPERS, hats),
        "sees_readiness": allows(Action.SEE_READINESS, hats),
        "recalled": release_queries.taken_from(session, actor, meeting.id),
    }


def papers_count(session: Session, actor: Actor, meeting: Meeting) -> int:
    """How many papers there are to read."""
    return sum(len(papers) for papers in readable(session, actor, meeting).values())


def papers_in_items(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The papers in each row of the programme."""
    papers = readable(session, actor, meeting)
    return {"items": papers} if papers else None


def news_side(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """What is new since the last look, marked until the visit is over; showing it is the look."""
    papers = [paper for found in readable(session, actor, meeting).values() for paper in found]
    news = newest_queries.news_of(session, actor, {meeting: papers}, inside=True)[meeting.id]
    return {"news": news, "papers": [paper for paper in papers if paper.requirement.id in news.papers]}


def readiness_side(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """For chair and desk: how many members have begun to read, and how many items nobody has opened."""
    if meeting.is_private or meeting.state in OVER:
        return None
    found = readiness_queries.readiness(session, actor, meeting.id)
    return {"found": found} if found.members and any(row.papers for row in found.rows) else None


def news_card(session: Session, actor: Actor) -> dict[str, Any] | None:
    """The coming meetings that have something new."""
    meetings = papers_of.reading_list(session, actor)
    news = newest_queries.news_of(session, actor, dict(meetings))
    found = [(meeting, news[meeting.id]) for meeting, _ in meetings if news[meeting.id].count]
    return {"meetings": found} if found else None


def reading_card(session: Session, actor: Actor) -> dict[str, Any] | None:
    """What is still to be read before the next meetings."""
    found = [
        (meeting, paper)
        for meeting, papers in papers_of.reading_list(session, actor)[:READ_NEXT]
        for paper in papers
        if not paper.is_read
    ]
    return {"papers": found[:6], "count": len(found)} if found else None


def owed_card(session: Session, actor: Actor) -> dict[str, Any] | None:
    """What waits for this person: as unit, as its head, as office (papers to check, time asked for), as chair (late papers)."""
    owed = [row for row in unit_queries.owed_rows(session, actor) if row.state != "with_head"]
    approve = unit_queries.to_approve(session, actor)
    waiting = queries.to_review(session, actor)
    time_asked = late_queries.time_asked(session, actor)
    late = late_queries.undecided(session, actor)
    count = sum(len(rows) for rows in (owed, approve, waiting, time_asked, late))
    if not count:
        return None
    return {
        "owed": owed[:SHOWN],
        "approve": approve[:SHOWN],
        "waiting": waiting[:SHOWN],
        "time_asked": time_asked[:SHOWN],
        "late": late[:SHOWN],
        "count": count,
        "now": clock.now(),
    }


def late_panel(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """At the side of the meeting's page: late papers on which the chair has not spoken yet."""
    if meeting.state in CLOSED_MEETINGS:
        return None
    waiting, count = late_queries.waiting_in(session, meeting.id, SHOWN)
    if not count:
        return None
    may_decide = allows(Action.DECIDE_LATE, meeting.hats_of(actor, session))
    return {"rows": waiting, "count": count, "may_decide": may_decide, "now": clock.now()}


def add() -> None:
    """Registers all of them."""
    panel(
        "papers", place="tab", label=N_("Papers"), template="materials/panel.html", load=papers_tab, count=papers_count, order=20
    )
    panel(
        "papers_in_items", place="item", template="materials/item.html", load=papers_in_items, action=Action.READ_PAPERS, order=20
    )
    panel("news", place="side", template="materials/news.html", load=news_side, order=5)
    panel(
        "readiness",
        place="side",
        template="materials/readiness_side.html",
        load=readiness_side,
        action=Action.SEE_READINESS,
        order=30,
    )
    home_card("news", place="main", template="materials/home_news.html", load=news_card, order=10)
    panel("stages", place="item", template="materials/stages.html", load=stages.on_programme, order=30)
    panel("late_papers", place="side", template="materials/late_panel.html", load=late_panel, action=Action.READ_BOARD, order=15)
    home_card("reading", place="main", template="materials/home_reading.html", load=reading_card, order=20)
    home_card("owed", place="todo", template="materials/home_owed.html", load=owed_card, order=20)
