"""What people may have to be reminded of in written rounds: an answer, the deadline, the decision, the report."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from meeting import clock
from meeting.notify import queries, wishes
from meeting.notify.matters import Matter, Offices, People
from meeting.notify.reactions_rounds import page_of, round_facts
from meeting.notify.steps import Office, PaperPlan, Step, waiting_steps
from meeting.notify.still import stamp
from meeting.permissions import Role
from meeting.rounds.models import OpinionRound
from meeting.rounds.queries import silent_of
from meeting.rounds.rules import SOON
from meeting.rulebook.deadlines import working_days_before

KINDS = {"desk": "round_silent", "": "round_due_soon"}


def all_of(session: Session, now: datetime) -> Iterator[Matter]:
    """Everything of written rounds that may be due, each with its steps."""
    offices = Offices(session, now)
    wanted = select(OpinionRound).where(OpinionRound.state.in_(("open", "closed", "decided")), OpinionRound.reported_at.is_(None))
    loaded = wanted.options(
        selectinload(OpinionRound.members), selectinload(OpinionRound.answers), selectinload(OpinionRound.extensions)
    )
    for row in session.scalars(loaded).unique():
        yield {"open": _open, "closed": _closed, "decided": _decided}[row.state](session, row, offices)


def steps_of(since: datetime, due_at: datetime, plan: PaperPlan, office: Office) -> list[Step]:
    """Before the deadline: the mornings that the body sets, to those who have not answered; the working day before it, to the
    office; of a round that runs for less than a day once more when three quarters of its time are over. Pure."""
    found = []
    for days in sorted(set(plan.before), reverse=True):
        day = working_days_before(due_at.date(), days, office.calendar)
        if office.morning(day, due_at) < due_at:
            found.append(Step(f"before-{days}", office.morning(day, due_at)))
    if due_at - since <= SOON:
        found.append(Step("soon", due_at - (due_at - since) / 4))
        found.append(Step("desk", due_at - (due_at - since) / 4, "office"))
    else:
        eve = office.morning(working_days_before(due_at.date(), 1, office.calendar), due_at)
        found.append(Step("desk", eve, "office"))
    return sorted(found, key=lambda step: step.at)


def _open(_session: Session, row: OpinionRound, offices: Offices) -> Matter:
    since = max([row.sent_at or row.created_at, *(each.at for each in row.extensions)])
    plan = wishes.plan_of(offices.settings(row.body_id))
    silent = silent_of(row)
    return Matter(
        "round",
        row.id,
        stamp(row.due_at),
        since,
        steps_of(clock.local(since), clock.local(row.due_at), plan, offices.of(row.body)),
        None,
        page_of(row),
        KINDS,
        partial(_who, row, [each.person_id for each in silent]),
        {**round_facts(row), "silent": len(silent)},
        row.body_id,
    )


def _who(row: OpinionRound, silent: list[int], whom: str) -> People:
    """The silent ones; the officer in charge and the sender, unless nobody is silent."""
    if whom != "office":
        return [*silent]
    return [row.officer_id, row.sent_by_id] if silent else []


def _closed(session: Session, row: OpinionRound, offices: Offices) -> Matter:
    since = row.closed_at or row.created_at
    chairs: People = [*queries.holders(session, row.body_id, Role.CHAIR)]
    office: People = [*chairs, row.officer_id, row.sent_by_id]
    return _waiting(row, "round_decision", since, offices, "round_waiting", chairs, office)


def _decided(session: Session, row: OpinionRound, offices: Offices) -> Matter:
    since = row.decided_at or row.created_at
    owner: People = [row.officer_id]
    office: People = [row.officer_id, row.sent_by_id, *queries.holders(session, row.body_id, Role.CHIEF)]
    return _waiting(row, "round_report", since, offices, "round_unreported", owner, office)


def _waiting(
    row: OpinionRound, subject: str, since: datetime, offices: Offices, kind: str, owner: People, office: People
) -> Matter:
    days = wishes.days_of(offices.settings(row.body_id).waiting_days)
    moments = {"closed_at": row.closed_at, "decided_at": row.decided_at}
    return Matter(
        subject,
        row.id,
        stamp(since),
        since,
        waiting_steps(clock.local(since), offices.of(row.body), days),
        None,
        page_of(row),
        {"": kind},
        {"owner": owner, "office": office}.__getitem__,
        {**round_facts(row), **{name: at.isoformat() for name, at in moments.items() if at}},
        row.body_id,
    )
