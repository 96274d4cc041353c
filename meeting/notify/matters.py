"""What people may have to be reminded of: papers owed, invitations unanswered, decisions that wait."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import OVER_STATES
from meeting.materials.models import Requirement
from meeting.notify import queries, steps, wishes
from meeting.notify.facts import about, address, paper_facts, papers_address
from meeting.notify.models import BodyChannels, Waiting
from meeting.notify.steps import Office, Step
from meeting.notify.still import OWED_PAPERS, stamp
from meeting.organization.models import Body
from meeting.permissions import Role
from meeting.rulebook.calendar import work_calendar

HORIZON = timedelta(days=60)  # no step lies so far before its due time
PAPER_KINDS = {
    "due": "papers_due_now",
    "overdue": "papers_overdue",
    "head": "papers_overdue_head",
    "": "papers_due_soon",
}
People = list[int | None]


@dataclass(frozen=True)
class Matter:
    """Something with steps: since when it is so, what is said at each, and to whom."""

    subject: str
    subject_id: int
    mark: str
    since: datetime
    steps: list[Step]
    meeting: Meeting | None
    url: str
    kinds: dict[str, str]  # by step; "" for all others
    people: Callable[[str], People]  # by whom the step is for: owner, head, office
    facts: dict[str, Any] = field(default_factory=dict)
    body_id: int | None = None  # that reminds, where no meeting does

    def kind(self, step: Step) -> str:
        """What is said at a step."""
        return self.kinds.get(step.key, self.kinds[""])

    def key(self, step: Step) -> str:
        """The step's name for ever: another due time makes another one."""
        return f"{self.subject}:{self.subject_id}:{self.mark}:{step.key}"


class Offices:
    """The office hours of each body, read once a run."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._calendar = work_calendar(session, clock.local(now).year)
        self._known: dict[int, Office] = {}
        self._session = session
        self._settings: dict[int, BodyChannels] = {}

    def of(self, body: Body) -> Office:
        """Those of one body."""
        if body.id not in self._known:
            hours = time.fromisoformat(body.opens_at), time.fromisoformat(body.closes_at)
            self._known[body.id] = Office(*hours, self._calendar)
        return self._known[body.id]

    def settings(self, body_id: int) -> BodyChannels:
        """How a body reminds."""
        if body_id not in self._settings:
            self._settings[body_id] = wishes.settings_of(self._session, body_id)
        return self._settings[body_id]


def all_of(session: Session, now: datetime) -> Iterator[Matter]:
    """Everything that may be due, each with all its steps."""
    offices = Offices(session, now)
    for collect in (papers, answers, programmes, heads, absences):
        yield from collect(session, now, offices)


def papers(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Papers that units owe: their officers, then the head of the unit."""
    wanted = (
        select(Requirement)
        .join(Requirement.meeting)
        .where(Requirement.state.in_(OWED_PAPERS), Requirement.due_at < now + HORIZON, Meeting.state.not_in(OVER_STATES))
    )
    rows = list(session.scalars(wanted).unique())
    since = _since(session, "papers", [row.id for row in rows])
    units: dict[tuple[int, int], tuple[People, People]] = {}
    for row in rows:
        body = row.meeting.body
        pair = (body.id, row.unit_id)
        if pair not in units:
            units[pair] = queries.officers_and_heads(session, *pair)
        officers, heads = units[pair]
        plan = wishes.plan_of(offices.settings(body.id))
        known = {"what": row.what, "due_at": row.due_at.isoformat()}
        yield Matter(
            "papers",
            row.id,
            stamp(row.due_at),
            max(row.asked_at, since.get(row.id, row.asked_at)),
            steps.paper_steps(clock.local(row.due_at), plan, offices.of(body)),
            row.meeting,
            papers_address(row.meeting),
            PAPER_KINDS,
            {"owner": officers or heads, "head": heads}.__getitem__,
            paper_facts(row.meeting, known, row.unit.name),
        )


def answers(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Invitations that nobody answered."""
    near = select(Meeting).where(Meeting.state == "issued", Meeting.starts_at > now, Meeting.starts_at < now + HORIZON)
    for meeting in session.scalars(near).unique():
        silent = select(Participant).where(Participant.meeting_id == meeting.id, Participant.reply == "none")
        invited = [each for each in session.scalars(silent) if each.invited_at is not None]
        if not invited:
            continue
        people: People = [each.person_id for each in invited]
        days = wishes.days_of(offices.settings(meeting.body_id).answer_days)
        yield Matter(
            "answer",
            meeting.id,
            stamp(meeting.starts_at),
            min(each.invited_at for each in invited if each.invited_at),
            steps.answer_steps(clock.local(meeting.starts_at), offices.of(meeting.body), days),
            meeting,
            address(meeting),
            {"": "answer_missing"},
            {"owner": people}.__getitem__,
            about(meeting),
        )


def programmes(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Programmes that wait for their approver."""
    rows = list(session.scalars(select(Meeting).where(Meeting.state == "submitted", Meeting.starts_at > now)).unique())
    since = _since(session, "programme", [row.id for row in rows])
    for row in rows:
        if row.id in since:
            owner = approvers(session, row)
            office: People = [*owner, row.secretary_id, row.created_by]
            yield _waiting("programme", row.id, since[row.id], row, offices, "programme_waiting", owner, office)


def heads(session: Session, _now: datetime, offices: Offices) -> Iterator[Matter]:
    """Papers that lie before the head of a unit."""
    wanted = (
        select(Requirement).join(Requirement.meeting).where(Requirement.state == "with_head", Meeting.state.not_in(OVER_STATES))
    )
    for row in session.scalars(wanted).unique():
        laid = row.at_head.laid_at if row.at_head else None
        if laid is None:
            continue
        officers, unit_heads = queries.officers_and_heads(session, row.meeting.body_id, row.unit_id)
        known = {"what": row.what, "due_at": row.due_at.isoformat()}
        office: People = [*unit_heads, *officers]
        more = paper_facts(row.meeting, known, row.unit.name)
        yield _waiting("head", row.id, laid, row.meeting, offices, "paper_waiting_head", unit_heads, office, **more)


def absences(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Reported absences that wait for the office."""
    wanted = select(Participant).join(Participant.meeting).where(Participant.absence == "asked", Meeting.starts_at > now)
    for row in session.scalars(wanted).unique():
        if row.replied_at is None:
            continue
        chiefs: People = [*queries.holders(session, row.meeting.body_id, Role.CHIEF)]
        owner: People = [row.meeting.secretary_id] if row.meeting.secretary_id else chiefs
        facts = {"name": row.person.called, "reason": row.reason}
        yield _waiting(
            "absence", row.id, row.replied_at, row.meeting, offices, "absence_waiting", owner, [*owner, *chiefs], **facts
        )


def _waiting(
    subject: str,
    number: int,
    since: datetime,
    meeting: Meeting,
    offices: Offices,
    kind: str,
    owner: People,
    office: People,
    **facts: Any,
) -> Matter:
    days = wishes.days_of(offices.settings(meeting.body_id).waiting_days)
    return Matter(
        subject,
        number,
        stamp(since),
        since,
        steps.waiting_steps(clock.local(since), offices.of(meeting.body), days),
        meeting,
        {"programme": address(meeting), "head": papers_address(meeting)}.get(subject, f"{address(meeting)}?tab=people"),
        {"": kind},
        {"owner": owner, "office": office}.__getitem__,
        {**about(meeting), "since_at": since.isoformat(), **facts},
    )


def approvers(session: Session, meeting: Meeting) -> People:
    """Who approves the programme of a meeting by its rule book."""
    if meeting.book.approver == "chief":
        return [*queries.holders(session, meeting.body_id, Role.CHIEF)]
    return [meeting.chair_id]


def _since(session: Session, subject: str, ids: list[int]) -> dict[int, datetime]:
    rows = session.execute(
        select(Waiting.subject_id, Waiting.since).where(Waiting.subject == subject, Waiting.subject_id.in_(ids))
    )
    return {row.subject_id: row.since for row in rows}
