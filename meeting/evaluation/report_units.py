"""The report by unit: how each kept its days for papers, with its rank; and the report on tasks, by unit."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from meeting.errors import N_
from meeting.evaluation import counting, ledger, task_rows
from meeting.evaluation.numbers import Share
from meeting.evaluation.punctuality import RANKED_FROM, UnitLedger
from meeting.evaluation.scope import Scope
from meeting.evaluation.tables import Cell, Chart, Column, Report, Said, Series, Table, figure
from meeting.evaluation.task_rows import Span, TaskRow
from meeting.tasks.counting import TaskFigures

MOST_BARS = 12
UNIT_COLUMNS = (
    Column(N_("Rank")),
    Column(N_("Unit"), "text"),
    Column(N_("Papers asked for")),
    Column(N_("On time"), "share"),
    Column(N_("Late")),
    Column(N_("Late on average"), "words"),
    Column(N_("Not sent")),
    Column(N_("Returned")),
    Column(N_("More time granted")),
    Column(N_("Graded as meeting the requirements"), "share"),
)
TASK_COLUMNS = (
    Column(N_("Unit"), "text"),
    Column(N_("New tasks")),
    Column(N_("Carried over")),
    Column(N_("Tasks in all")),
    Column(N_("Done in time"), "share"),
    Column(N_("Done late")),
    Column(N_("Overdue and not done")),
    Column(N_("In progress within their time")),
    Column(N_("Reported and not judged yet")),
    Column(N_("Cancelled in the period")),
)
#: Columns of tasks that are plain counts, in their order around the share.
_BEFORE, _AFTER = ("new", "carried", "total"), ("done_late", "overdue", "in_progress", "waiting", "cancelled")
_TONES = {"done_late": "warn", "overdue": "oppose"}


def late_words(minutes: int) -> Said:
    """How long something was late, in the largest unit that fits."""
    if minutes < 60:
        return Said(N_("%(count)s min"), {"count": minutes})
    if minutes < 1440:
        return Said(N_("%(count)s h"), {"count": (minutes + 30) // 60})
    return Said(N_("%(count)s d"), {"count": (minutes + 720) // 1440})


def build_units(session: Session, scope: Scope, language: str = "vi") -> Report:
    """How the units kept their days for papers."""
    lines = ledger.lines(session, scope.actor, scope.period.since, scope.period.until, scope.asking.body)
    note = N_("Units asked for fewer than 3 papers have no rank; equal shares share a rank.")
    empty = N_("No papers were due in this period.")
    rows = [_unit(scope, line) for line in lines]
    table = Table("units", N_("Punctuality of units"), UNIT_COLUMNS, rows, note=note, empty=empty)
    shown = lines[:MOST_BARS]
    title = N_("Papers handed in on time")
    series = (Series(title, [line.on_time for line in shown]), Series(title, [line.asked for line in shown]))
    chart = Chart("units", title, "bars", [line.unit for line in shown], series, ["notice"] * len(shown))
    return Report(
        kind="units",
        title=N_("Punctuality of units"),
        period=scope.period,
        opening=counting.period_words(scope.period.since, scope.period.until, language),
        sentences=[_sentence(lines, language)] if lines else [],
        tables=[table],
        charts=[chart] if shown else [],
    )


def _sentence(lines: Sequence[UnitLedger], language: str) -> str:
    asked, on_time = sum(line.asked for line in lines), sum(line.on_time for line in lines)
    first = [line.unit for line in lines if line.rank == 1]
    share = Share(on_time, asked).text(language)
    if language == "en":
        return f"the units handed in {share} papers on time" + (f"; first: {', '.join(first)}." if first else ".")
    return f"các đơn vị gửi đúng hạn {share} tài liệu" + (f"; dẫn đầu: {', '.join(first)}." if first else ".")


def _unit(scope: Scope, line: UnitLedger) -> list[Cell]:
    def number(key: str, tone: str = "") -> Cell:
        return figure(getattr(line, key), scope.paper_link(line.unit_id, key), tone)

    ranked = line.rank if line.asked >= RANKED_FROM else None
    return [
        Cell(ranked),
        Cell(line.unit),
        number("asked"),
        Cell(line.on_time_share, scope.paper_link(line.unit_id, "on_time") if line.on_time else ""),
        number("late", "warn"),
        Cell(late_words(line.late_minutes) if line.late else None),
        number("missing", "oppose"),
        number("returned"),
        number("granted"),
        Cell(line.met_share, scope.paper_link(line.unit_id, "graded") if line.graded else ""),
    ]


def build_tasks(session: Session, scope: Scope, language: str = "vi") -> Report:
    """Tasks by unit, in the grammar of the one-stop offices' reports."""
    days = task_rows.span(scope.period.since, scope.period.until, scope.today)
    rows = task_rows.tasks(session, scope.bodies, days, scope.unit_id)
    whole = task_rows.counted(rows, days)
    by_unit: dict[tuple[str, int], list[TaskRow]] = {}
    for row in rows:
        by_unit.setdefault((row.unit, row.unit_id), []).append(row)
    lines = [
        task_line(scope, name, task_rows.counted(mine, days), unit=unit_id) for (name, unit_id), mine in sorted(by_unit.items())
    ]
    foot = task_line(scope, Said(N_("All units")), whole) if len(lines) > 1 else []
    table = Table("tasks", N_("Tasks by unit"), TASK_COLUMNS, lines, foot, empty=N_("There were no tasks in this period."))
    by_body = [_body_line(scope, name, rows, days) for name in scope.names]
    bodies = Table("bodies", N_("Tasks by body"), (Column(N_("Body"), "text"), *TASK_COLUMNS[1:]), by_body)
    return Report(
        kind="tasks",
        title=N_("Tasks in the period"),
        period=scope.period,
        opening=counting.period_words(days.starts, days.ends, language),
        sentences=[task_rows.sentence(name, _of(rows, name, days), language) for name in scope.names],
        tables=[table, bodies],
        charts=[_tasks_chart(sorted(by_unit.items()), days)] if rows else [],
    )


def _of(rows: Sequence[TaskRow], body: str, days: Span) -> TaskFigures:
    return task_rows.counted((row for row in rows if row.body == body), days)


def _body_line(scope: Scope, name: str, rows: Sequence[TaskRow], days: Span) -> list[Cell]:
    return task_line(scope, name, _of(rows, name, days), body=name)


def task_line(scope: Scope, name: str | Said, of: TaskFigures, **more: str | int) -> list[Cell]:
    """The figures of some tasks under a name; each leads to its tasks."""

    def number(key: str) -> Cell:
        return figure(getattr(of, key), scope.link("tasks", key, **more), _TONES.get(key, ""))

    in_time = Cell(task_rows.on_time(of), scope.link("tasks", "done_on_time", **more) if of.done_on_time else "")
    return [Cell(name), *(number(key) for key in _BEFORE), in_time, *(number(key) for key in _AFTER)]


def _tasks_chart(by_unit: Sequence[tuple[tuple[str, int], list[TaskRow]]], days: Span) -> Chart:
    shown = [(name, task_rows.on_time(task_rows.counted(mine, days))) for (name, _), mine in by_unit]
    shown = [each for each in shown if each[1].whole][:MOST_BARS]
    title = N_("Tasks done in time")
    series = (Series(title, [share.part for _, share in shown]), Series(title, [share.whole for _, share in shown]))
    return Chart("tasks", title, "bars", [name for name, _ in shown], series, ["notice"] * len(shown))
