"""The clock moved across deadlines: a round closes once, reminders come once, also from a worker that was killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from meeting.clock import local
from meeting.database import reading
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.notify.matters_rounds import steps_of
from meeting.notify.models import Notification, Reminder
from meeting.notify.steps import Office as Hours
from meeting.notify.steps import PaperPlan, Step
from meeting.notify.still import still_wanted
from meeting.rounds.closing import close_what_is_over
from tests.conftest import MORNING, Council
from tests.rounds.conftest import Do, Office

At = Callable[[datetime], None]
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # 16:00 in Viet Nam


@pytest.fixture(autouse=True)
def morning(at: At) -> None:
    """Monday 23 November, 8:00."""
    at(MORNING)


def kinds(office: Office, who: str) -> list[str]:
    return [each for each in office.told(who) if each != "round_sent"]


def remind(do: Do) -> None:
    do("system", "notify.remind")


def test_a_round_closes_at_its_deadline_once_whoever_looks_again(office: Office, council: Council, do: Do, at: At) -> None:
    number = office.sent(due_at=FRIDAY.isoformat())
    office.answer("hoa", number)
    at(FRIDAY - timedelta(seconds=1))
    close_what_is_over()
    assert office.row(number).state == "open"
    office.answer("tuan", number)

    at(FRIDAY)
    for _ in range(3):
        close_what_is_over()
        assert do("system", "rounds.close_by_time", round_id=number) == {"closed": False}
    row = office.row(number)
    assert row.result is not None
    assert (row.state, row.closed_by_id, row.closed_at) == ("closed", None, FRIDAY)
    assert (row.result["counts"], row.result["silent"], row.result["passed"]) == ({"for": 2, "against": 0, "other": 0}, 1, True)
    assert council.one(select(func.count()).where(Entry.event == "rounds.closed")) == 1
    assert office.last().facts["by_time"] is True


def test_an_extension_in_the_last_moment_keeps_it_open(office: Office, do: Do, at: At) -> None:
    number = office.sent(due_at=FRIDAY.isoformat())
    at(FRIDAY + timedelta(seconds=5))  # the worker has not looked yet: an extension still helps
    with pytest.raises(Refused, match="round_late"):
        office.answer("hoa", number)
    later = FRIDAY + timedelta(days=3)
    do("minh", "rounds.extend", round_id=number, due_at=later.isoformat(), reason="Thêm thời gian")
    close_what_is_over()
    assert office.row(number).state == "open"
    at(later)
    close_what_is_over()
    assert office.row(number).state == "closed"


@pytest.mark.parametrize("who", ["minh", "hung", "hoa", "khach", "admin"])
def test_only_the_worker_closes_by_time(office: Office, do: Do, who: str) -> None:
    number = office.sent()
    with pytest.raises(Refused):
        do(who, "rounds.close_by_time", round_id=number)
    with pytest.raises(Refused):
        do(who, "rounds.synthesis_set", round_id=number, document_id=1)


def test_the_silent_are_reminded_by_the_steps_of_the_body_and_the_office_on_the_eve(
    office: Office, council: Council, do: Do, at: At
) -> None:
    monday = FRIDAY + timedelta(days=3)
    number = office.sent(due_at=monday.isoformat())
    office.answer("hoa", number)
    steps = {
        "wed": datetime(2026, 11, 25, 0, 30, tzinfo=UTC),  # 7:30, three working days before
        "fri": datetime(2026, 11, 27, 0, 30, tzinfo=UTC),
        "mon": datetime(2026, 11, 30, 0, 30, tzinfo=UTC),
    }
    remind(do)
    assert kinds(office, "tuan") == []
    for count, moment in enumerate(steps.values(), start=1):
        at(moment - timedelta(seconds=1))
        remind(do)
        assert len(kinds(office, "tuan")) == count - 1
        at(moment)
        remind(do)
        remind(do)
        assert kinds(office, "tuan") == ["round_due_soon"] * count
    assert kinds(office, "hoa") == []
    assert kinds(office, "minh") == ["round_silent"]  # on Friday, once
    office.answer("tuan", number)
    office.answer("hung", number)
    at(monday)
    remind(do)
    assert kinds(office, "tuan") == ["round_due_soon"] * 3


def test_a_new_deadline_makes_new_steps(office: Office, do: Do, at: At) -> None:
    number = office.sent(due_at=FRIDAY.isoformat())
    at(FRIDAY - timedelta(hours=1))
    remind(do)
    assert kinds(office, "tuan") == ["round_due_soon"]  # the newest of three that had passed
    do("minh", "rounds.extend", round_id=number, due_at=(FRIDAY + timedelta(days=7)).isoformat(), reason="Chờ thẩm tra")
    remind(do)
    assert kinds(office, "tuan") == ["round_due_soon", "round_extended"]
    at(FRIDAY + timedelta(days=7, hours=-1))
    remind(do)
    assert kinds(office, "tuan") == ["round_due_soon", "round_extended", "round_due_soon"]


def test_a_decision_that_waits_is_recalled_to_the_chair_then_to_the_office_and_so_is_the_report(
    office: Office, council: Council, do: Do, at: At
) -> None:
    number = office.closed()
    at(MORNING + timedelta(days=2))  # Tuesday is a holiday
    remind(do)
    assert kinds(office, "hung")[-1] == "round_waiting"
    assert "round_waiting" not in kinds(office, "minh")
    at(MORNING + timedelta(days=3))
    remind(do)
    assert kinds(office, "minh")[-1] == "round_waiting"
    do("hung", "rounds.decide", round_id=number, decision="approved")
    at(MORNING + timedelta(days=4))
    remind(do)
    assert kinds(office, "minh")[-1] == "round_unreported"
    told = len(office.told("minh"))
    do("minh", "rounds.report_to", round_id=number, to_meeting_id=council.meeting("UBND", starts_at=MORNING + timedelta(days=9)))
    at(MORNING + timedelta(days=8))
    remind(do)
    assert [each for each in office.told("minh")[told:] if each.startswith("round")] == []


def test_a_held_reminder_is_dropped_once_the_answer_is_in(office: Office, do: Do, at: At, council: Council) -> None:
    number = office.sent(due_at=FRIDAY.isoformat())
    at(datetime(2026, 11, 26, 0, 30, tzinfo=UTC))
    remind(do)
    wanted = select(Notification).where(Notification.kind == "round_due_soon", Notification.person_id == council.person("tuan"))
    told = council.one(wanted)
    with reading() as session:
        assert still_wanted(session, told)
    office.answer("tuan", number)
    with reading() as session:
        assert not still_wanted(session, told)


OFFICE = Hours()
DUE = local(FRIDAY)


@pytest.mark.parametrize(
    ("since", "plan", "expected"),
    [
        (
            local(MORNING),
            PaperPlan(),
            [
                ("before-3", 24, 7.5, "owner"),
                ("desk", 26, 7.5, "office"),
                ("before-1", 26, 7.5, "owner"),
                ("before-0", 27, 7.5, "owner"),
            ],
        ),
        (local(MORNING), PaperPlan(before=()), [("desk", 26, 7.5, "office")]),
        # urgent: six hours, so once more when four and a half are over
        (DUE - timedelta(hours=6), PaperPlan(before=()), [("soon", 27, 14.5, "owner"), ("desk", 27, 14.5, "office")]),
        (
            DUE - timedelta(hours=24),
            PaperPlan(before=(0,)),
            [("before-0", 27, 7.5, "owner"), ("soon", 27, 10, "owner"), ("desk", 27, 10, "office")],
        ),
    ],
)
def test_steps(since: datetime, plan: PaperPlan, expected: list[tuple[str, int, float, str]]) -> None:
    def seen(step: Step) -> tuple[str, int, float, str]:
        return step.key, step.at.day, step.at.hour + step.at.minute / 60, step.whom

    assert sorted(map(seen, steps_of(since, DUE, plan, OFFICE))) == sorted(expected)


WORKER = """
import sys
from datetime import datetime
from meeting import app, clock, jobs
from meeting.permissions import SYSTEM
from meeting.rounds.closing import close_what_is_over
from meeting.writer import perform

app.load_rooms()
jobs.queue.held = True
with clock.frozen(datetime.fromisoformat(sys.argv[1])):
    print("ready", flush=True)
    for _ in range(10):
        perform(SYSTEM, "notify.remind", {})
        close_what_is_over()
"""


def work(store: Path, moment: datetime, killed_after: float | None) -> None:
    """A worker that reminds and closes at a moment; killed after so many seconds, or left to its end."""
    command = [sys.executable, "-c", WORKER, moment.isoformat()]
    environment = {**os.environ, "MEETING_DATA": str(store), "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "ready"
        if killed_after is not None:
            time.sleep(killed_after)
            worker.kill()
        worker.stdout.read()
    if killed_after is None:
        assert worker.returncode == 0


def test_a_killed_worker_reminds_once_and_closes_once(office: Office, council: Council, store: Path) -> None:
    numbers = [office.sent(title=f"Việc {n}", due_at=(FRIDAY + timedelta(hours=n)).isoformat()) for n in range(6)]
    for number in numbers[:3]:
        office.answer("hoa", number)
    for moment in (datetime(2026, 11, 27, 0, 30, tzinfo=UTC), FRIDAY + timedelta(hours=10)):
        for killed_after in (0.0, 0.05, None):
            work(store, moment, killed_after)

    keys = council.all(select(Reminder.key).where(Reminder.subject == "round", Reminder.state == "sent"))
    assert len(keys) == len(set(keys))
    told = council.all(select(Notification.once).where(Notification.kind == "round_due_soon"))
    assert len(told) == len(set(told)) == 3 * 2 + 3 * 3  # each silent member of each round, once
    assert council.one(select(func.count()).where(Entry.event == "rounds.closed")) == 6
    assert {office.row(number).state for number in numbers} == {"closed"}
