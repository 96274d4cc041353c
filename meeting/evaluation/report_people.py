"""Reports by leader, by participant and by opinion round. What persons were graded with is never among them."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.queries import given_name_first
from meeting.errors import N_
from meeting.evaluation import counting, people_rows, report_rows, round_rows, task_rows
from meeting.evaluation.counting import Counted
from meeting.evaluation.numbers import Share, average, number, tenths
from meeting.evaluation.people_rows import PersonLine
from meeting.evaluation.report_units import TASK_COLUMNS, task_line
from meeting.evaluation.round_rows import RoundRow
from meeting.evaluation.scope import Scope
from meeting.evaluation.tables import Cell, Chart, Column, Report, Said, Series, Table, figure
from meeting.evaluation.task_rows import Span, TaskRow
from meeting.organization.models import Person

Row = TypeVar("Row")
MOST_BARS = 12
PRESIDED_COLUMNS = (
    Column(N_("Presided by"), "text"),
    Column(N_("Meetings")),
    Column(N_("Regular")),
    Column(N_("Extraordinary")),
    Column(N_("Thematic")),
    Column(N_("Others")),
    Column(N_("With a conclusion notice"), "share"),
    Column(N_("Notice in time"), "share"),
    Column(N_("Notice overdue")),
)
PEOPLE_COLUMNS = (
    Column(N_("Participant"), "text"),
    Column(N_("Position"), "words"),
    Column(N_("Invited to")),
    Column(N_("Came"), "share"),
    Column(N_("Came on time")),
    Column(N_("Came late")),
    Column(N_("Absent with leave")),
    Column(N_("Absent without leave")),
    Column(N_("Statements made")),
    Column(N_("Minutes spoken")),
)
ROUND_COLUMNS = (
    Column(N_("Opinion round"), "text"),
    Column(N_("Body"), "words"),
    Column(N_("Sent on"), "date"),
    Column(N_("Deadline"), "date"),
    Column(N_("People asked")),
    Column(N_("Answered"), "share"),
    Column(N_("Outcome"), "words"),
    Column(N_("Days until the close")),
)
OUTCOMES: Mapping[bool | None, str] = {True: N_("Carried"), False: N_("Without a majority"), None: N_("Not over yet")}


def build_leaders(session: Session, scope: Scope, language: str = "vi") -> Report:
    """Meetings by who presided, tasks by the leader in charge."""
    since, until = scope.period.since, scope.period.until
    days = task_rows.span(since, until, scope.today)
    meetings = [one for one in report_rows.meetings(session, scope.bodies, since, until) if one.chair_id]
    tasks = [row for row in task_rows.tasks(session, scope.bodies, days) if row.leader_id]
    names = _names(session)
    presided = _by_leader([(one.chair_id or 0, one) for one in meetings], names)
    led = _by_leader([(row.leader_id or 0, row) for row in tasks], names)
    lines = [_presided(scope, key, names[key], mine) for key, mine in presided]
    duties = [task_line(scope, names[key], task_rows.counted(mine, days), leader=key) for key, mine in led]
    columns = (Column(N_("Leader in charge"), "text"), *TASK_COLUMNS[1:])
    return Report(
        kind="leaders",
        title=N_("Meetings and tasks by leader"),
        period=scope.period,
        opening=counting.period_words(since, until, language),
        sentences=_leaders_sentences(presided, led, names, days, language),
        tables=[
            Table("presided", N_("Meetings by who presided"), PRESIDED_COLUMNS, lines, empty=N_("No meeting took place.")),
            Table("led", N_("Tasks by leader in charge"), columns, duties, empty=N_("No task had a leader in charge.")),
        ],
        charts=[_presided_chart(presided, names)] if presided else [],
    )


def _names(session: Session) -> dict[int, str]:
    return {row.id: row.full_name for row in session.execute(select(Person.id, Person.full_name))}


def _by_leader(rows: Sequence[tuple[int, Row]], names: Mapping[int, str]) -> list[tuple[int, list[Row]]]:
    found: dict[int, list[Row]] = {}
    for key, row in rows:
        found.setdefault(key, []).append(row)
    return sorted(found.items(), key=lambda each: given_name_first(names[each[0]]))


def _presided(scope: Scope, leader: int, name: str, mine: Sequence[Counted]) -> list[Cell]:
    of = counting.figures_of("", mine)

    def link(key: str) -> str:
        return scope.link("meetings", key, leader=leader)

    def share(value: Share, key: str) -> Cell:
        return Cell(value, link(key) if value.part else "")

    counts = [figure(getattr(of, key), link(key)) for key in ("meetings", *counting.KINDS)]
    owed = figure(of.notice_owed, link("notice_owed"), "warn")
    return [Cell(name), *counts, share(of.noticed, "with_notice"), share(of.notices_timed, "notice_in_time"), owed]


def _leaders_sentences(
    presided: Sequence[tuple[int, list[Counted]]],
    led: Sequence[tuple[int, list[TaskRow]]],
    names: Mapping[int, str],
    days: Span,
    language: str,
) -> list[str]:
    held = {key: len(mine) for key, mine in presided}
    tasks = {key: task_rows.counted(mine, days) for key, mine in led}
    found = []
    for key in sorted({*held, *tasks}, key=lambda each: given_name_first(names[each])):
        many = "presided over %s meeting" + ("" if held.get(key) == 1 else "s")
        words = (many, "tasks in charge done in time %s", "no task in charge was due")
        if language != "en":
            words = ("chủ trì %s cuộc họp", "nhiệm vụ phụ trách đúng hạn %s", "chưa có nhiệm vụ phụ trách đến hạn")
        parts = [words[0] % number(held[key], language)] if key in held else []
        if key in tasks:
            in_time = task_rows.on_time(tasks[key])
            parts.append(words[1] % in_time.text(language) if in_time.whole else words[2])
        found.append(f"{names[key]}: {'; '.join(parts)}.")
    return found


def _presided_chart(presided: Sequence[tuple[int, list[Counted]]], names: Mapping[int, str]) -> Chart:
    shown = sorted(presided, key=lambda each: -len(each[1]))[:MOST_BARS]
    total = sum(len(mine) for _, mine in presided)
    title = N_("Meetings by who presided")
    series = (Series(title, [len(mine) for _, mine in shown]), Series(title, [total for _ in shown]))
    return Chart("presided", title, "bars", [names[key] for key, _ in shown], series, ["notice"] * len(shown))


def build_people(session: Session, scope: Scope, language: str = "vi") -> Report:
    """Attendance and statements of each member (chức năng 52)."""
    since, until = scope.period.since, scope.period.until
    lines = people_rows.lines(session, scope.bodies, since, until)
    came, invited = sum(line.came for line in lines), sum(line.invited for line in lines)
    rows = [_person(scope, line) for line in lines]
    empty = N_("Nobody was invited to a meeting that took place in this period.")
    statuses = [
        (N_("Came on time"), sum(line.on_time for line in lines), "agree"),
        (N_("Came late"), sum(line.late for line in lines), "warn"),
        (N_("Absent with leave"), sum(line.excused for line in lines), "notice"),
        (N_("Absent without leave"), sum(line.absent for line in lines), "oppose"),
    ]
    title = N_("Attendance in all")
    series = (Series(title, [each[1] for each in statuses]), Series(title, [invited for _ in statuses]))
    chart = Chart("attendance", title, "bars", [Said(each[0]) for each in statuses], series, [each[2] for each in statuses])
    return Report(
        kind="people",
        title=N_("Members at meetings"),
        period=scope.period,
        opening=counting.period_words(since, until, language),
        sentences=[_people_sentence(len(lines), Share(came, invited), language)] if lines else [],
        tables=[Table("people", N_("Members at meetings"), PEOPLE_COLUMNS, rows, empty=empty)],
        charts=[chart] if lines else [],
    )


def _people_sentence(people: int, share: Share, language: str) -> str:
    if language == "en":
        return f"{number(people, 'en')} members were invited; they came {share.text('en')} times."
    return f"có {number(people)} thành viên được mời họp; số lượt dự họp đạt {share.text()}."


def _person(scope: Scope, line: PersonLine) -> list[Cell]:
    def number_of(key: str, tone: str = "") -> Cell:
        return figure(getattr(line, key), scope.link("people", key, person=line.person_id), tone)

    came = Cell(Share(line.came, line.invited), scope.link("people", "came", person=line.person_id) if line.came else "")
    known = [Cell(line.name), Cell(line.position or line.unit)]
    away = [number_of("late", "warn"), number_of("excused"), number_of("absent", "oppose")]
    spoken = Cell((line.seconds + 30) // 60)
    return [*known, number_of("invited"), came, number_of("on_time"), *away, number_of("statements"), spoken]


def build_rounds(session: Session, scope: Scope, language: str = "vi") -> Report:
    """Written opinion rounds (chức năng 53)."""
    rows = round_rows.rounds(session, scope.bodies, scope.period.since, scope.period.until)
    sums = Table(
        "bodies",
        N_("Opinion rounds by body"),
        (Column(N_("Body"), "text"), *(Column(label) for label in round_rows.LABELS.values()), Column(N_("Answered"), "share")),
        [_round_sums(scope, name, [row for row in rows if row.body == name]) for name in scope.names],
    )
    empty = N_("No opinion round was sent in this period.")
    each = Table("rounds", N_("Opinion rounds"), ROUND_COLUMNS, [_round(scope, row) for row in rows], empty=empty)
    shown = rows[-MOST_BARS:]
    title = N_("Answers received")
    series = (Series(title, [row.answered for row in shown]), Series(title, [row.asked for row in shown]))
    chart = Chart("answers", title, "bars", [row.title for row in shown], series, ["notice"] * len(shown))
    return Report(
        kind="rounds",
        title=N_("Opinion rounds"),
        period=scope.period,
        opening=counting.period_words(scope.period.since, scope.period.until, language),
        sentences=[_rounds_sentence(rows, language)] if rows else [],
        tables=[sums, each],
        charts=[chart] if shown else [],
    )


def _round_sums(scope: Scope, name: str, rows: Sequence[RoundRow]) -> list[Cell]:
    found = round_rows.counted(rows)
    counts = [figure(value, scope.link("rounds", key, body=name)) for key, value in found.items()]
    return [Cell(name), *counts, Cell(Share(found["answered"], found["asked"]))]


def _round(scope: Scope, row: RoundRow) -> list[Cell]:
    address = f"/rounds/{row.round_id}" if scope.proven else ""
    outcome = N_("Cancelled") if row.state == "cancelled" else OUTCOMES[row.passed]
    when = [Cell(row.body), Cell(row.sent_on), Cell(row.due_on)]
    answers = [Cell(row.asked), Cell(Share(row.answered, row.asked))]
    return [Cell(row.title, address), *when, *answers, Cell(Said(outcome)), Cell(row.days)]


def _rounds_sentence(rows: Sequence[RoundRow], language: str) -> str:
    found = round_rows.counted(rows)
    share = Share(found["answered"], found["asked"]).text(language)
    over = [row.days for row in rows if row.days is not None]
    mean = average(sum(over), len(over))
    days = number(tenths(mean), language, 1) if mean is not None else ""
    if language == "en":
        lasted = f", {days} days on average." if days else "."
        return f"{len(rows)} opinion rounds were sent; {share} answers came back{lasted}"
    lasted = f", bình quân {days} ngày một lần lấy ý kiến." if days else "."
    return f"lấy ý kiến bằng văn bản {number(len(rows))} lần; số phiếu trả lời {share}{lasted}"
