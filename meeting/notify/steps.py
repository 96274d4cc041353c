"""When people are reminded: the steps of a due time, of an invitation and of a decision that waits. Moments are local. Pure.

A step is sent once. One whose moment passed before the matter was asked for is never sent; when several passed while the
worker was off, the newest of each addressee is sent and the others are only marked as passed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from meeting.rulebook.deadlines import WorkCalendar, working_days_before

PAPER_DAYS = (3, 1, 0)  # working days before the due day; 0 is its own morning
ANSWER_DAYS = (2, 1)  # working days before the meeting
WAITING_DAYS = (1, 2)  # working days after something was laid before somebody
TASK_DAYS = (3, 1, 0)  # days before a task is due; 0 is its own morning
TASK_SOON_DAYS = 3


@dataclass(frozen=True)
class Office:
    """Office hours on working days."""

    opens: time = time(7, 30)
    closes: time = time(17, 0)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def morning(self, day: date, like: datetime) -> datetime:
        """The opening of a day, in the zone of another moment."""
        return datetime.combine(day, self.opens, like.tzinfo)

    def next_opening(self, moment: datetime) -> datetime:
        """The first opening after a moment."""
        day = moment.date()
        while not (self.calendar.works(day) and self.morning(day, moment) > moment):
            day += timedelta(days=1)
        return self.morning(day, moment)


@dataclass(frozen=True)
class Step:
    """One moment at which somebody is reminded: `whom` is owner, head, leader or office."""

    key: str
    at: datetime
    whom: str = "owner"


@dataclass(frozen=True)
class PaperPlan:
    """How a body reminds of papers: working days before, and when the head of the unit hears of what is overdue."""

    before: tuple[int, ...] = PAPER_DAYS
    head_after: int = 1
    head_unit: str = "days"  # or hours


def after_working_days(moment: datetime, days: int, office: Office) -> datetime:
    """The same time of day so many working days later."""
    day = moment.date()
    while days > 0:
        day += timedelta(days=1)
        days -= office.calendar.works(day)
    return datetime.combine(day, moment.time(), moment.tzinfo)


def after_working_hours(moment: datetime, hours: int, office: Office) -> datetime:
    """So many office hours later: outside of them no time passes."""
    left, at = timedelta(hours=hours), moment
    while True:
        closing = datetime.combine(at.date(), office.closes, at.tzinfo)
        begins = max(at, office.morning(at.date(), at))
        if office.calendar.works(at.date()) and begins < closing:
            if left <= closing - begins:
                return begins + left
            left -= closing - begins
        at = datetime.combine(at.date() + timedelta(days=1), time(0), at.tzinfo)


def paper_steps(due_at: datetime, plan: PaperPlan, office: Office) -> list[Step]:
    """Before the due time, at it, after it to the officers, then to the head of the unit; in order of time."""
    steps = []
    for days in sorted(set(plan.before), reverse=True):
        day = working_days_before(due_at.date(), days, office.calendar)
        if office.morning(day, due_at) < due_at:
            steps.append(Step(f"before-{days}", office.morning(day, due_at)))
    late = after_working_hours if plan.head_unit == "hours" else after_working_days
    steps += [
        Step("due", due_at),
        Step("overdue", office.next_opening(due_at)),
        Step("head", max(late(due_at, plan.head_after, office), due_at), "head"),
    ]
    return sorted(steps, key=lambda step: step.at)


def answer_steps(starts_at: datetime, office: Office, days: Iterable[int] = ANSWER_DAYS) -> list[Step]:
    """The mornings on which an unanswered invitation is recalled."""
    mornings = {each: working_days_before(starts_at.date(), each, office.calendar) for each in days}
    steps = [Step(f"answer-{each}", office.morning(day, starts_at)) for each, day in mornings.items()]
    return sorted((step for step in steps if step.at < starts_at), key=lambda step: step.at)


def waiting_steps(since: datetime, office: Office, days: tuple[int, ...] = WAITING_DAYS) -> list[Step]:
    """Who has to decide is reminded after the first delay; after the last one the office is told too."""
    last = max(days, default=0)
    return [Step(f"waiting-{n}", after_working_days(since, n, office), "office" if n == last else "owner") for n in sorted(days)]


@dataclass(frozen=True)
class TaskPlan:
    """How a body reminds of tasks, in days: before the due date; again and again after it; the leader in charge; a result."""

    before: tuple[int, ...] = TASK_DAYS
    again: int = 3
    leader: int = 5
    result: int = 3


def task_steps(due_on: date, now: datetime, office: Office, plan: TaskPlan | None = None) -> list[Step]:
    """The mornings on which a task is recalled: before it is due to who carries it out; after it every few days to the same
    and to the head of the unit (of these only the newest that has come); when it is long overdue to the leader in charge."""
    plan = plan or TaskPlan()
    mornings = {days: office.morning(due_on - timedelta(days=days), now) for days in sorted(set(plan.before), reverse=True)}
    steps = [Step(f"before-{days}", morning) for days, morning in mornings.items()]
    late = (now.date() - due_on).days
    if late > 0 and office.morning(now.date(), now) > now:
        late -= 1  # today's morning has not come
    if late > 0:
        number = 1 + (late - 1) // plan.again * plan.again
        morning = office.morning(due_on + timedelta(days=number), now)
        steps += [Step(f"overdue-{number}", morning), Step(f"head-{number}", morning, "head")]
    steps.append(Step(f"leader-{plan.leader}", office.morning(due_on + timedelta(days=plan.leader), now), "leader"))
    return steps


@dataclass(frozen=True)
class Now:
    """Of some steps: which are sent now, and which have passed and are only marked."""

    send: tuple[Step, ...] = ()
    passed: tuple[Step, ...] = ()


def due_now(steps: Iterable[Step], since: datetime, now: datetime, done: Collection[str] = ()) -> Now:
    """What to send now of steps whose matter began at `since`; `done` are the keys of steps sent or marked before."""
    open_ = [step for step in steps if since < step.at <= now and step.key not in done]
    newest: dict[str, Step] = {}
    for step in sorted(open_, key=lambda each: each.at):
        newest[step.whom] = step
    send = tuple(step for step in open_ if newest[step.whom] is step)
    return Now(send, tuple(step for step in open_ if step not in send))
