"""The report on conformity with the procedure of holding meetings (ISO 9001), of one body."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import N_
from meeting.evaluation import counting, iso, iso_facts, procedures
from meeting.evaluation.iso import DEVIATIONS, MEASURED, Result, State, Step
from meeting.evaluation.iso_facts import Judged
from meeting.evaluation.numbers import Share, number
from meeting.evaluation.report_units import late_words
from meeting.evaluation.scope import Asking, Scope, of_evidence
from meeting.evaluation.tables import Cell, Chart, Column, Report, Said, Series, Table, Value, figure
from meeting.organization.models import Body
from meeting.permissions import Actor

STEP_COLUMNS = (
    Column(N_("No.")),
    Column(N_("Step of the procedure"), "text"),
    Column(N_("Responsible"), "words"),
    Column(N_("Norm"), "words"),
    Column(N_("In time, of those measured"), "share"),
    Column(N_("Too late")),
    Column(N_("Not done")),
    Column(N_("Too late by, on average"), "words"),
)
DEVIATION_COLUMNS = (
    Column(N_("Meeting"), "text"),
    Column(N_("Day of the meeting"), "date"),
    Column(N_("Step of the procedure"), "words"),
    Column(N_("Responsible"), "words"),
    Column(N_("Due by"), "words"),
    Column(N_("Done on"), "words"),
    Column(N_("Deviation"), "words"),
    Column(N_("Reason on record"), "words"),
)
NORM_WORDS = {
    "working": N_("%(count)s working days"),
    "calendar": N_("%(count)s days"),
    "minutes": N_("%(count)s minutes"),
}
STATE_WORDS: dict[State, tuple[str, str]] = {
    State.IN_TIME: (N_("In time"), "agree"),
    State.LATE: (N_("Too late"), "warn"),
    State.MISSING: (N_("Not done"), "oppose"),
    State.EXEMPT: (N_("Urgent: exempt"), ""),
    State.WAITING: (N_("Not due yet"), ""),
    State.DONE: (N_("Done, no norm"), ""),
    State.NOTHING: (N_("Nothing recorded"), ""),
}


def of_one_body(session: Session, actor: Actor, asking: Asking) -> Scope:
    """The evidence of one body: of the one asked for, else of the committee, else of the first one may read."""
    scope = of_evidence(session, actor, asking)
    if asking.body:
        return scope
    body = next((each for each in scope.bodies if each.kind == "committee"), scope.bodies[0])
    return of_evidence(session, actor, Asking(body.short_name, asking.period, asking.since, asking.until))


def judged(session: Session, scope: Scope) -> list[Judged]:
    """Every meeting of the scope with its steps."""
    return [one for body in scope.bodies for one in of_body(session, scope, body)]


def of_body(session: Session, scope: Scope, body: Body) -> list[Judged]:
    """The meetings of one body with their steps."""
    known = procedures.steps_of(session, body.id)
    return iso_facts.of_meetings(session, body, scope.period.since, scope.period.until, known)


def build(session: Session, scope: Scope, language: str = "vi") -> Report:
    """Each step with role, norm and what was measured; then every deviation."""
    body = scope.bodies[0]
    found = of_body(session, scope, body)
    steps = iso_facts.steps_on(procedures.steps_of(session, body.id), min(scope.period.until, scope.today))
    results = [result for one in found for result in one.results]
    sums = iso.figures([*steps, *_dropped(steps, results)], results)
    measured = sum(result.state in MEASURED for result in results)
    in_time = sum(result.state is State.IN_TIME for result in results)
    deviations = [_deviation(one, result) for one in found for result in one.results if result.state in DEVIATIONS]
    lines = [_line(scope, place, each) for place, each in enumerate(sums, start=1)]
    timed = [each for each in sums if each.measured]
    return Report(
        kind="procedure",
        title=N_("Conformity with the procedure"),
        period=scope.period,
        opening=counting.period_words(scope.period.since, scope.period.until, language),
        sentences=[_sentence(body.short_name, len(found), Share(in_time, measured), language)],
        tables=[
            Table("steps", N_("Steps of the procedure"), STEP_COLUMNS, lines),
            Table("deviations", N_("Deviations"), DEVIATION_COLUMNS, deviations, empty=N_("No step deviated from its norm.")),
        ],
        charts=[_chart(timed)] if timed else [],
    )


def _dropped(steps: Sequence[Step], results: Sequence[Result]) -> list[Step]:
    """Steps of earlier versions that meetings of the period were still held against."""
    here = {step.key for step in steps}
    return list({result.step.key: result.step for result in results if result.step.key not in here}.values())


def _sentence(body: str, meetings: int, share: Share, language: str) -> str:
    missed, held = share.whole - share.part, number(meetings, language)
    if language == "en":
        deviations = f"{number(missed, 'en')} deviations" if missed else "no deviations"
        return f"{body}: {held} meetings, {share.text('en')} of the measured steps in time, {deviations}."
    deviations = f"{number(missed)} bước sai lệch" if missed else "không có bước sai lệch"
    return f"{body}: đối chiếu {held} cuộc họp với quy trình, đúng quy định {share.text()} bước được đo, {deviations}."


def norm_words(step: Step) -> Value:
    """The norm of a step in words."""
    if step.rule == iso.BY_BOOK:
        return Said(N_("By the rule book"))
    return Said(NORM_WORDS[step.unit], {"count": step.norm}) if step.rule else None


def _line(scope: Scope, place: int, of: iso.StepFigures) -> list[Cell]:
    def link(key: str) -> str:
        return scope.link("procedure", key, step=of.step.key)

    share = Cell(Share(of.in_time, of.measured), link("in_time") if of.in_time else "")
    late, missing = figure(of.late, link("late"), "warn"), figure(of.missing, link("missing"), "oppose")
    words = [Cell(of.step.role), Cell(norm_words(of.step))]
    return [Cell(place), Cell(of.step.name), *words, share, late, missing, Cell(late_words(of.late_minutes) if of.late else None)]


def _deviation(one: Judged, result: Result) -> list[Cell]:
    word, tone = STATE_WORDS[result.state]
    late = late_words(result.late_minutes) if result.state is State.LATE else Said(word)
    return [
        Cell(one.title, f"/meetings/{one.meeting_id}/procedure"),
        Cell(one.held_on),
        Cell(result.step.name),
        Cell(result.step.role),
        Cell(moment(result.taken.due_at)),
        Cell(moment(result.taken.done_at)),
        Cell(late, tone=tone),
        Cell(result.taken.reason or None),
    ]


def moment(at: object) -> str | None:
    """A moment as reports write it: 08:00, 24/11/2026."""
    return f"{clock.local(at):%H:%M, %d/%m/%Y}" if at else None  # type: ignore[arg-type]


def _chart(timed: Sequence[iso.StepFigures]) -> Chart:
    title = N_("Steps done in time")
    series = (Series(title, [each.in_time for each in timed]), Series(title, [each.measured for each in timed]))
    return Chart("steps", title, "bars", [each.step.name for each in timed], series, ["notice"] * len(timed))
