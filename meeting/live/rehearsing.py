"""Which pages are rehearsed when a process starts, and for whom: those of the meeting that runs or comes next."""

import logging

from flask import Flask
from sqlalchemy import case, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import RUNNING_STATES
from meeting.database import reading
from meeting.organization.models import Account
from meeting.organization.queries import actor_of
from meeting.permissions import Actor
from meeting.web import templating
from meeting.web.rehearsing import rehearse

log = logging.getLogger("meeting.live")

PAGES = ("/", "/meetings/{}", "/meetings/{}?tab=papers", "/meetings/{}/room", "/calendar", "/search?q=nghị+quyết")


def rehearse_pages(app: Flask) -> None:
    """Makes the templates ready, then the main pages for one who votes and for the secretary. Runs beside the doors."""
    templating.warm_up(app)
    try:
        with reading() as session:
            meeting = _next_meeting(session)
            people = _people(session, meeting) if meeting else []
    except Exception:
        log.exception("it was not found what to rehearse")
        return
    for who in people:
        rehearse(app, who, [page.format(meeting.id) for page in PAGES] if meeting else [])


def _next_meeting(session: Session) -> Meeting | None:
    """The one that runs, else the one that was called and comes first."""
    runs = case((Meeting.state.in_(RUNNING_STATES), 0), else_=1)
    wanted = select(Meeting).where(Meeting.state.in_((*RUNNING_STATES, "issued"))).order_by(runs, Meeting.starts_at)
    return session.scalar(wanted.limit(1))


def _people(session: Session, meeting: Meeting) -> list[Actor]:
    """One who votes, and the secretary, as far as they have accounts."""
    voting = select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.voting)
    accounts = select(Account).where(Account.active).order_by(Account.id).limit(1)
    found = [
        session.scalar(accounts.where(Account.person_id.in_(voting))),
        session.scalar(accounts.where(Account.person_id == meeting.secretary_id)),
    ]
    return [who for each in found if each is not None and (who := actor_of(session, each)) is not None]
