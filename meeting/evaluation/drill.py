"""What is behind a figure of a report: the meetings, tasks, seats or opinion rounds that it counts, one a row.

A row weighs what it counts in the figure; the weights of all rows together are the figure. The rows are read anew and counted
anew: nothing of the report is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from meeting.errors import N_, Missing
from meeting.evaluation import counting, iso, people_rows, report_iso, report_rows, report_units, round_rows, task_rows
from meeting.evaluation.counting import Counted
from meeting.evaluation.iso_facts import Judged
from meeting.evaluation.numbers import Share
from meeting.evaluation.people_rows import Seat
from meeting.evaluation.round_rows import RoundRow
from meeting.evaluation.rules import FAIR, GOOD, MET, NOT_MET
from meeting.evaluation.scope import Asking, Scope, of_evidence, of_tasks
from meeting.evaluation.tables import Said
from meeting.evaluation.task_rows import TaskRow
from meeting.permissions import Actor
from meeting.tasks.counting import Place, place

PAGE_ROWS = 50
KINDS = {
    "regular": N_("Regular meeting"),
    "extraordinary": N_("Extraordinary meeting"),
    "thematic": N_("Thematic meeting"),
    "other": N_("Other meeting"),
}
NOTICES = {
    "in_time": (N_("Notice in time"), "agree"),
    "late": (N_("Notice late"), "warn"),
    "unknown": (N_("Notice issued"), ""),
    "owed": (N_("Notice overdue"), "oppose"),
    "waiting": (N_("Notice not due yet"), ""),
}
PLACES = {
    Place.DONE_ON_TIME: (N_("Done in time"), "agree"),
    Place.DONE_LATE: (N_("Done late"), "warn"),
    Place.OVERDUE: (N_("Overdue and not done"), "oppose"),
    Place.IN_PROGRESS: (N_("In progress within their time"), ""),
    Place.CANCELLED: (N_("Cancelled"), ""),
}
STANDINGS = {
    "on_time": (N_("Came on time"), "agree"),
    "late": (N_("Came late"), "warn"),
    "excused": (N_("Absent with leave"), ""),
    "absent": (N_("Absent without leave"), "oppose"),
}


@dataclass(frozen=True)
class Narrowing:
    """Whose rows, where a figure is of one of many: a unit, a leader or a person by id, a step of the procedure by its key."""

    unit: int | None = None
    leader: int | None = None
    person: int | None = None
    step: str = ""


@dataclass(frozen=True)
class Row:
    """One thing that a figure counts. Past meetings of the register have no page of their own."""

    title: str | Said
    address: str
    body: str
    day: date | None
    weight: int
    signs: Sequence[tuple[Said, str]] = ()  # words with their tones
    detail: str = ""


@dataclass(frozen=True)
class Drill:
    """A figure with everything it counts."""

    of: str
    figure: str
    labels: Mapping[str, str]
    counts: Mapping[str, int]  # every figure of the same rows
    rows: Sequence[Row]
    scope: Scope
    narrowed: Narrowing
    whose: str = ""

    @property
    def total(self) -> int:
        """The figure: counted from its rows."""
        return sum(row.weight for row in self.rows)

    @property
    def pages(self) -> int:
        """How many pages the rows fill."""
        return max(1, -(-len(self.rows) // PAGE_ROWS))

    def page(self, number: int) -> Sequence[Row]:
        """The rows of a page, the first being 1."""
        start = (min(max(number, 1), self.pages) - 1) * PAGE_ROWS
        return self.rows[start : start + PAGE_ROWS]


def find(session: Session, actor: Actor, of: str, figure: str, asking: Asking, narrowed: Narrowing) -> Drill:
    """What is behind a figure: `not_found` for an unknown one and for bodies of others, `forbidden` for who may not see it."""
    found = FINDERS.get(of)
    if found is None or figure not in found[0]:
        raise Missing()
    return found[1](session, actor, figure, asking, narrowed)


def _meetings(session: Session, actor: Actor, figure: str, asking: Asking, narrowed: Narrowing) -> Drill:
    scope = of_evidence(session, actor, asking)
    rows = report_rows.meetings(session, scope.bodies, scope.period.since, scope.period.until)
    if narrowed.leader is not None:
        rows = [one for one in rows if one.chair_id == narrowed.leader]
    counts = {key: sum(counting.weight(one, key) for one in rows) for key in counting.LABELS}
    shown = [_meeting(one, counting.weight(one, figure)) for one in counting.behind(rows, figure)]
    whose = people_rows.person_name(session, narrowed.leader or 0)
    return Drill("meetings", figure, counting.LABELS, counts, shown, scope, narrowed, whose)


def _meeting(one: Counted, weight: int) -> Row:
    signs = [(Said(KINDS.get(one.kind, KINDS["other"])), "")]
    if one.notice in NOTICES:
        word, tone = NOTICES[one.notice]
        signs.append((Said(word), tone))
    signs.append(_verdict(one))
    if one.invited:
        signs.append((Said(N_("%(share)s came"), {"share": Share(one.came, one.invited).text()}), ""))
    address = f"/meetings/{one.meeting_id}" if one.meeting_id else ""
    title: str | Said = one.title or Said(N_("Past meeting from the register"))
    return Row(title, address, one.body, one.held_on, weight, signs, one.symbol)


def _verdict(one: Counted) -> tuple[Said, str]:
    if one.verdict == NOT_MET:
        return Said(N_("Does not meet the requirements")), "oppose"
    if one.verdict != MET:
        return Said(N_("Not graded")), "warn"
    words = {GOOD: N_("Good"), FAIR: N_("Fair")}
    return Said(words.get(one.shade, N_("Meets the requirements"))), "agree"


def _tasks(session: Session, actor: Actor, figure: str, asking: Asking, narrowed: Narrowing) -> Drill:
    scope = of_tasks(session, actor, asking)
    if not scope.proven:
        scope = of_evidence(session, actor, asking)
    days = task_rows.span(scope.period.since, scope.period.until, scope.today)
    rows = task_rows.tasks(session, scope.bodies, days, scope.unit_id or narrowed.unit)
    if narrowed.unit is not None:
        rows = [row for row in rows if row.unit_id == narrowed.unit]
    if narrowed.leader is not None:
        rows = [row for row in rows if row.leader_id == narrowed.leader]
    counts = {key: len(task_rows.behind(rows, key, days)) for key in task_rows.LABELS}
    shown = [_task(row, place(row.life, days.ends)) for row in task_rows.behind(rows, figure, days)]
    unit = next((row.unit for row in rows), "") if narrowed.unit is not None else ""
    whose = unit or people_rows.person_name(session, narrowed.leader or 0)
    return Drill("tasks", figure, task_rows.LABELS, counts, shown, scope, narrowed, whose)


def _task(row: TaskRow, where: Place) -> Row:
    word, tone = PLACES[where]
    return Row(row.text, f"/tasks/{row.task_id}", row.body, row.life.due_on, 1, [(Said(word), tone)], row.unit)


def _people(session: Session, actor: Actor, figure: str, asking: Asking, narrowed: Narrowing) -> Drill:
    scope = of_evidence(session, actor, asking)
    person, since, until = narrowed.person or 0, scope.period.since, scope.period.until
    every = people_rows.seats(session, scope.bodies, since, until, person, "invited")
    if not every:
        raise Missing()
    counts = {key: sum(people_rows.weight(seat, key) for seat in every) for key in people_rows.LABELS}
    weighed = [(seat, people_rows.weight(seat, figure)) for seat in every]
    shown = [_seat(seat, weight) for seat, weight in weighed if weight]
    return Drill("people", figure, people_rows.LABELS, counts, shown, scope, narrowed, people_rows.person_name(session, person))


def _seat(seat: Seat, weight: int) -> Row:
    word, tone = STANDINGS[seat.standing]
    return Row(seat.title, f"/meetings/{seat.meeting_id}", seat.body, seat.held_on, weight, [(Said(word), tone)])


def _rounds(session: Session, actor: Actor, figure: str, asking: Asking, narrowed: Narrowing) -> Drill:
    scope = of_evidence(session, actor, asking)
    rows = round_rows.rounds(session, scope.bodies, scope.period.since, scope.period.until)
    shown = [_round(row, round_rows.weight(row, figure)) for row in round_rows.behind(rows, figure)]
    return Drill("rounds", figure, round_rows.LABELS, round_rows.counted(rows), shown, scope, narrowed)


def _round(row: RoundRow, weight: int) -> Row:
    share = Said(N_("%(share)s answered"), {"share": Share(row.answered, row.asked).text()})
    return Row(row.title, f"/rounds/{row.round_id}", row.body, row.sent_on, weight, [(share, "")])


STEP_LABELS = {
    "measured": N_("Measured"),
    "in_time": N_("In time"),
    "late": N_("Too late"),
    "missing": N_("Not done"),
    "exempt": N_("Urgent: exempt"),
}


def _procedure(session: Session, actor: Actor, figure: str, asking: Asking, narrowed: Narrowing) -> Drill:
    scope = report_iso.of_one_body(session, actor, asking)
    pairs = [
        (one, result)
        for one in report_iso.judged(session, scope)
        for result in one.results
        if narrowed.step in ("", result.step.key)
    ]
    counts = {key: sum(_stands(result.state, key) for _, result in pairs) for key in STEP_LABELS}
    shown = [_step(one, result) for one, result in pairs if _stands(result.state, figure)]
    whose = next((result.step.name for _, result in pairs), "") if narrowed.step else ""
    return Drill("procedure", figure, STEP_LABELS, counts, shown, scope, narrowed, whose)


def _stands(state: iso.State, figure: str) -> bool:
    return state in iso.MEASURED if figure == "measured" else state.value == figure


def _step(one: Judged, result: iso.Result) -> Row:
    word, tone = report_iso.STATE_WORDS[result.state]
    signs = [(Said(word), tone)]
    if result.late_minutes:
        signs.append((report_units.late_words(result.late_minutes), ""))
    address = f"/meetings/{one.meeting_id}/procedure"
    return Row(one.title, address, one.body, one.held_on, 1, signs, result.step.name)


Finder = Callable[[Session, Actor, str, Asking, Narrowing], Drill]
FINDERS: Mapping[str, tuple[Mapping[str, str], Finder]] = {
    "meetings": (counting.LABELS, _meetings),
    "tasks": (task_rows.LABELS, _tasks),
    "people": (people_rows.LABELS, _people),
    "rounds": (round_rows.LABELS, _rounds),
    "procedure": (STEP_LABELS, _procedure),
}
