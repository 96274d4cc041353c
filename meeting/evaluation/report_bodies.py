"""The report by body: the summary table of the wards' own reports, what it compares with, and the charts that explain it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from meeting.errors import N_
from meeting.evaluation import counting, ledger, report_rows, task_rows
from meeting.evaluation.counting import Counted, Figures
from meeting.evaluation.numbers import Change, Share
from meeting.evaluation.periods import Period
from meeting.evaluation.scope import Scope
from meeting.evaluation.tables import Cell, Chart, Column, Report, Said, Series, Table, figure
from meeting.evaluation.task_rows import Span, TaskRow
from meeting.tasks.counting import TaskFigures

KINDS_GROUP, NOTICE_GROUP, TASK_GROUP = N_("Of them"), N_("Conclusion notice"), N_("Tasks")
COLUMNS = (
    Column(N_("Body"), "text"),
    Column(N_("Meetings")),
    Column(N_("Regular"), group=KINDS_GROUP),
    Column(N_("Extraordinary"), group=KINDS_GROUP),
    Column(N_("Thematic"), group=KINDS_GROUP),
    Column(N_("Others"), group=KINDS_GROUP),
    Column(N_("Notices issued"), "share", NOTICE_GROUP),
    Column(N_("Notices in time"), "share", NOTICE_GROUP),
    Column(N_("Notices overdue"), group=NOTICE_GROUP),
    Column(N_("Not meeting the requirements")),
    Column(N_("Not graded")),
    Column(N_("Attendance rate"), "share"),
    Column(N_("Newly given"), group=TASK_GROUP),
    Column(N_("Done in time"), "share", TASK_GROUP),
    Column(N_("Past their day"), "share", TASK_GROUP),
    Column(N_("Still within their time"), group=TASK_GROUP),
)
COMPARED = ("meetings", "with_notice", "notice_in_time", "not_meeting_requirements", "ungraded", "came")
GOOD_SHARE, FAIR_SHARE = 9_000, 8_000  # hundredths of a per cent: the colours of the chart of punctuality
MOST_UNITS = 6


@dataclass(frozen=True)
class Counts:
    """What a period came to: meetings and tasks, by body in the order of the report."""

    meetings: Sequence[Counted]
    figures: Sequence[Figures]
    tasks: Sequence[TaskRow]
    days: Span

    @property
    def total(self) -> Figures:
        """All bodies together."""
        return counting.together(self.figures, "")

    def tasks_of(self, body: str = "") -> TaskFigures:
        """The figures of the tasks of a body, of all without one."""
        return task_rows.counted((row for row in self.tasks if body in ("", row.body)), self.days)


def count(session: Session, scope: Scope) -> Counts:
    """Everything that the period of a scope came to."""
    meetings = report_rows.meetings(session, scope.bodies, scope.period.since, scope.period.until)
    return _counts(session, scope, meetings)


def _counts(session: Session, scope: Scope, meetings: Sequence[Counted]) -> Counts:
    days = task_rows.span(scope.period.since, scope.period.until, scope.today)
    return Counts(meetings, counting.count(scope.names, meetings), task_rows.tasks(session, scope.bodies, days), days)


class Held:
    """The meetings of a period and of those it is compared with; days that lie in several of them are read once."""

    def __init__(self, session: Session, scope: Scope) -> None:
        self._session, self._scope = session, scope
        self._read: list[tuple[date, date, list[Counted]]] = []
        before, whole = scope.period.year_before, scope.period.cumulative
        since = min(scope.period.since, whole.since if whole else scope.period.since)
        since = min(since, before.since) if before.until >= since else since
        self._take(since, scope.period.until)

    def _take(self, since: date, until: date) -> list[Counted]:
        rows = report_rows.meetings(self._session, self._scope.bodies, since, until)
        self._read.append((since, until, rows))
        return rows

    def of(self, period: Period) -> list[Counted]:
        """The meetings of one period."""
        since, until = period.since, period.until
        known = next((rows for start, end, rows in self._read if start <= since and until <= end), None)
        rows = self._take(since, until) if known is None else known
        return [one for one in rows if since <= one.held_on <= until]


def build(session: Session, scope: Scope, language: str = "vi") -> Report:
    """The whole report by body."""
    held = Held(session, scope)
    found = _counts(session, scope, held.of(scope.period))
    since, until = scope.period.since, scope.period.until
    by_tasks = [(each.body, found.tasks_of(each.body)) for each in found.figures]
    return Report(
        kind="meetings",
        title=N_("Meetings by body"),
        period=scope.period,
        opening=counting.period_words(since, until, language),
        sentences=[counting.sentence(each, language) for each in found.figures],
        further=[task_rows.sentence(name, figures, language) for name, figures in by_tasks if figures.total],
        tables=[_summary(scope, found), _compared(held, scope, found, language), _months(scope, found)],
        charts=[_by_month(found, since, until), _quality(scope, found.total), _punctual(session, scope), _tasks(scope, found)],
    )


def _summary(scope: Scope, found: Counts) -> Table:
    rows = [_line(scope, each, found.tasks_of(each.body), each.body) for each in found.figures]
    foot = _line(scope, found.total, found.tasks_of(), "") if len(rows) > 1 else []
    return Table("summary", N_("Bodies compared"), COLUMNS, rows, foot, empty=N_("There is no body yet"))


def _line(scope: Scope, of: Figures, tasks: TaskFigures, body: str) -> list[Cell]:
    more = {"body": body} if body else {}

    def number(key: str, tone: str = "") -> Cell:
        return figure(getattr(of, key), scope.link("meetings", key, **more), tone)

    def share(value: Share, key: str, what: str = "meetings", tone: str = "") -> Cell:
        return Cell(value, scope.link(what, key, **more) if value.part else "", tone if value.part else "")

    return [
        Cell(body or Said(N_("All bodies"))),
        number("meetings"),
        *(number(kind) for kind in counting.KINDS),
        share(of.noticed, "with_notice"),
        share(of.notices_timed, "notice_in_time"),
        number("notice_owed", "warn"),
        number("not_meeting_requirements", "oppose"),
        number("ungraded", "warn"),
        share(of.attendance, "came"),
        figure(tasks.new, scope.link("tasks", "new", **more)),
        share(task_rows.on_time(tasks), "done_on_time", "tasks"),
        share(task_rows.past_due(tasks), "past_due", "tasks", "oppose"),
        figure(tasks.in_progress, scope.link("tasks", "in_progress", **more)),
    ]


def _compared(held: Held, scope: Scope, found: Counts, language: str) -> Table:
    """Beside the same period of the year before, and from the beginning of the year."""
    before, since_new_year = scope.at(scope.period.year_before), scope.period.cumulative
    earlier = counting.figures_of("", held.of(before.period))
    whole = counting.figures_of("", held.of(since_new_year)) if since_new_year else None
    columns = [Column(N_("Figure"), "text"), Column(N_("This period")), Column(N_("Same period of the year before"))]
    columns += [Column(N_("Difference"), "words"), *([Column(N_("From the beginning of the year"))] if whole else [])]
    rows = []
    for key in COMPARED:
        now, then = getattr(found.total, key), getattr(earlier, key)
        cells = [Cell(Said(counting.LABELS[key])), figure(now, scope.link("meetings", key))]
        cells += [figure(then, before.link("meetings", key)), Cell(Change(now, then).words(language))]
        if whole and since_new_year:
            cells.append(figure(getattr(whole, key), scope.at(since_new_year).link("meetings", key)))
        rows.append(cells)
    return Table("compared", N_("Beside other periods"), columns, rows)


def _months(scope: Scope, found: Counts) -> Table:
    """The figures behind the chart of months."""
    rows = []
    for month in counting.by_month(scope.period.since, scope.period.until, found.meetings):
        only = scope.at(scope.period.month_of(month.first))
        held = figure(month.meetings, only.link("meetings", "meetings"))
        noticed = figure(month.with_notice, only.link("meetings", "with_notice"))
        rows.append([Cell(f"{month.first:%m/%Y}"), held, noticed])
    columns = (Column(N_("Month"), "text"), Column(N_("Meetings")), Column(N_("With notice")))
    return Table("months", N_("Meetings by month"), columns, rows)


def _by_month(found: Counts, since: date, until: date) -> Chart:
    months = counting.by_month(since, until, found.meetings)
    several_years = len(months) > 12
    labels = [
        Said(N_("M%(month)s/%(year)s") if several_years else N_("M%(month)s"), _month_facts(month.first, several_years))
        for month in months
    ]
    series = (
        Series(N_("Meetings"), [month.meetings for month in months], "all"),
        Series(N_("With notice"), [month.with_notice for month in months], "notice"),
    )
    return Chart("months", N_("Meetings by month"), "columns", labels, series)


def _month_facts(first: date, with_year: bool) -> dict[str, str]:
    month = {"month": str(first.month)}
    return {**month, "year": f"{first:%y}"} if with_year else month


def _quality(scope: Scope, total: Figures) -> Chart:
    plain = total.meeting_requirements - total.good - total.fair
    lines = [
        (N_("Good"), total.good, "agree", "good"),
        (N_("Fair"), total.fair, "agree", "fair"),
        (N_("Meets the requirements"), plain, "notice", "met_plain"),
        (N_("Does not meet the requirements"), total.not_meeting_requirements, "oppose", "not_meeting_requirements"),
        (N_("Not graded"), total.ungraded, "warn", "ungraded"),
    ]
    shown = [line for line in lines if line[1] or line[3] not in ("good", "fair")]
    links = [scope.link("meetings", line[3]) if line[1] else "" for line in shown]
    title = N_("Quality as judged by the chairs")
    return _bars("quality", title, [(Said(label), value, tone) for label, value, tone, _ in shown], total.meetings, links)


def _tasks(scope: Scope, found: Counts) -> Chart:
    of = found.tasks_of()
    lines = [
        (N_("Done in time"), of.done_on_time, "agree", "done_on_time"),
        (N_("Done late"), of.done_late, "warn", "done_late"),
        (N_("Overdue and not done"), of.overdue, "oppose", "overdue"),
        (N_("In progress within their time"), of.in_progress, "notice", "in_progress"),
    ]
    links = [scope.link("tasks", key) if value else "" for _, value, _, key in lines]
    return _bars("tasks", N_("Tasks"), [(Said(label), value, tone) for label, value, tone, _ in lines], of.total, links)


def _bars(key: str, title: str, lines: Sequence[tuple[Said, int, str]], whole: int, links: Sequence[str]) -> Chart:
    parts = Series(title, [value for _, value, _ in lines])
    wholes = Series(title, [whole for _ in lines])
    return Chart(key, title, "bars", [label for label, _, _ in lines], (parts, wholes), [tone for *_, tone in lines], links)


def _punctual(session: Session, scope: Scope) -> Chart:
    """The units' papers in time, the best first."""
    lines = ledger.lines(session, scope.actor, scope.period.since, scope.period.until, scope.asking.body)[:MOST_UNITS]
    shares = [Share(line.on_time, line.asked) for line in lines]
    tones = [_punctual_tone(share) for share in shares]
    title = N_("Papers handed in on time")
    series = (Series(title, [share.part for share in shares]), Series(title, [share.whole for share in shares]))
    links = [scope.paper_link(line.unit_id, "on_time") if line.on_time else "" for line in lines]
    return Chart("punctual", title, "bars", [line.unit for line in lines], series, tones, links)


def _punctual_tone(share: Share) -> str:
    reached = share.hundredths or 0
    return "agree" if reached >= GOOD_SHARE else "warn" if reached >= FAIR_SHARE else "oppose"
