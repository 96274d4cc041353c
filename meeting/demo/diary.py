"""Doing acts as the people of the demo, at the times at which they would have been done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from meeting import clock, jobs
from meeting.database import reading
from meeting.demo.paper import Paper, as_pdf
from meeting.documents.made import bring
from meeting.organization import queries
from meeting.organization.models import Account, Body, Unit
from meeting.permissions import SYSTEM, Actor
from meeting.rulebook.calendar import vietnamese_calendar
from meeting.rulebook.deadlines import working_days_before
from meeting.voting.models import QuestionLine
from meeting.writer import perform


class Diary:
    """Who does what when. Every line is an act, so that the journal of the demo is true."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = clock.local(now).date()
        self._actors: dict[str, Actor] = {}
        self._people: dict[str, int] = {}
        self._units: dict[str, int] = {}

    @contextmanager
    def at(self, day: date, hour: int, minute: int = 0) -> Iterator[None]:
        """Everything inside happens at this time of the local day, but never after the moment of filling."""
        with clock.frozen(min(clock.at_local(day, hour, minute), self.now)):
            yield

    def do(self, username: str, act: str, /, **wanted: Any) -> dict[str, Any]:
        """One act by one person; "system" is the system."""
        return perform(SYSTEM if username == "system" else self.actor(username), act, wanted)

    def actor(self, username: str) -> Actor:
        """A person with the roles that hold; looked up once."""
        if username not in self._actors:
            with reading() as session:
                found = queries.actor_of(session, queries.account_named(session, username))
            if found is None:
                raise LookupError(f"the demo has nobody called {username}")
            self._actors[username] = found
        return self._actors[username]

    def person(self, username: str) -> int:
        """A person's id."""
        if not self._people:
            with reading() as session:
                self._people = {row.username: row.person_id for row in session.scalars(select(Account))}
        return self._people[username]

    def unit(self, short_name: str) -> int:
        """A unit's id."""
        if not self._units:
            with reading() as session:
                self._units = {row.short_name: row.id for row in session.scalars(select(Unit))}
        return self._units[short_name]

    def body(self, short_name: str) -> int:
        """A body's id."""
        with reading() as session:
            return session.scalars(select(Body.id).where(Body.short_name == short_name)).one()

    def lines_of(self, question_id: int) -> list[int]:
        """The ids of the lines on a ballot paper, in their order."""
        with reading() as session:
            wanted = select(QuestionLine.id).where(QuestionLine.question_id == question_id)
            return list(session.scalars(wanted.order_by(QuestionLine.position)))

    def hand_in(self, username: str, requirement_id: int, paper: Paper, reason: str = "") -> None:
        """A unit's officer uploads a paper, the worker's job makes its pages, and the officer submits it."""
        file_id = self.bring(username, paper)
        self.do(username, "materials.submit", requirement_id=requirement_id, file_id=file_id, reason=reason)

    def bring(self, username: str, paper: Paper) -> int:
        """Somebody uploads a paper and the worker's job makes its pages; answers the file."""
        file_id = bring(self.actor(username), as_pdf(paper, clock.today()), paper.file_name)
        with reading() as session:
            read = [job_id for job_id, kind in jobs.waiting(session) if kind == "documents.read"]
        for job_id in read:
            jobs.run(job_id)
        return file_id

    def before(self, day: date, days: int) -> date:
        """The working day that lies so many working days before another."""
        return working_days_before(day, days, vietnamese_calendar(day.year))

    def workday(self, days_ago: int) -> date:
        """The working day that lies so many days ago, or the next one before it."""
        day = self.today - timedelta(days=days_ago)
        while not vietnamese_calendar(day.year).works(day):
            day -= timedelta(days=1)
        return day
