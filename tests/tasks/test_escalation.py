"""Reminders and escalation: the clock is moved across the due date, and each is told once, in order, to the right people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from meeting import database
from meeting.journal import Entry
from meeting.notify import queries
from meeting.notify.kinds import KINDS
from meeting.notify.matrix import CHANNELS, DEFAULTS, channels_for
from meeting.notify.models import Delivery, Notification, Reminder
from meeting.notify.steps import Office, Step, TaskPlan, task_steps
from meeting.notify.wording import text_of, title_of
from meeting.organization.models import Person
from meeting.tasks.models import Task
from tests.counting import asked
from tests.tasks.conftest import Board

Do = Callable[..., dict[str, Any]]
At = Callable[[datetime], None]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DONE = {"progress_percent": 100, "text": "Đã bàn giao", "done": True}


def local(day: int, hour: int = 9, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=ZONE)


def steps_at(now: datetime, plan: TaskPlan | None = None) -> list[tuple[str, str, str]]:
    found = task_steps(date(2026, 12, 15), now, Office(), plan)
    return [(step.key, f"{step.at:%d/%m %H:%M}", step.whom) for step in found]


def test_before_it_is_due_the_mornings_that_the_body_sets() -> None:
    assert steps_at(local(1)) == [
        ("before-3", "12/12 07:30", "owner"),
        ("before-1", "14/12 07:30", "owner"),
        ("before-0", "15/12 07:30", "owner"),
        ("leader-5", "20/12 07:30", "leader"),
    ]
    assert steps_at(local(1), TaskPlan((2,), 3, 9)) == [
        ("before-2", "13/12 07:30", "owner"),
        ("leader-9", "24/12 07:30", "leader"),
    ]


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        (local(15, 23), None),  # the due day itself is in time
        (local(16, 7), None),  # its morning has not come
        (local(16, 8), 1),
        (local(18, 9), 1),
        (local(19, 7), 1),
        (local(19, 8), 4),
        (local(30, 9), 13),
    ],
)
def test_after_it_again_and_again_and_only_the_newest(now: datetime, newest: int | None) -> None:
    found = [key for key, _, _ in steps_at(now) if key.startswith(("overdue", "head"))]

    assert found == ([] if newest is None else [f"overdue-{newest}", f"head-{newest}"])


def test_steps_are_told_once_each() -> None:
    keys = {step.key for day in range(1, 40) for step in task_steps(date(2026, 12, 1), local(1) + timedelta(days=day), Office())}

    assert Step("overdue-1", datetime(2026, 12, 2, 7, 30, tzinfo=ZONE)) in task_steps(date(2026, 12, 1), local(2), Office())
    assert {key for key in keys if key.startswith("overdue")} == {f"overdue-{1 + 3 * k}" for k in range(13)}


def told(council: Any, since: int = 0) -> list[tuple[str, str]]:
    """Who was told what of tasks, in order."""
    wanted = select(Notification).where(Notification.id > since, Notification.kind.like("task%")).order_by(Notification.id)
    return [(each.person.full_name.split()[-1], each.kind) for each in council.all(wanted)]


def newest(council: Any) -> int:
    return council.one(select(Notification.id).order_by(Notification.id.desc()).limit(1)) or 0


def walk(do: Do, council: Any, at: At, start: datetime, until: datetime) -> list[tuple[str, str, str]]:
    """Lets the worker ask at nine in the morning, twice each time."""
    heard = []
    moment = start
    while moment <= until:
        at(moment.astimezone(UTC))
        before = newest(council)
        do("system", "notify.remind")
        do("system", "notify.remind")
        heard += [(f"{moment:%d}", who, kind) for who, kind in told(council, before)]
        moment += timedelta(days=1)
    return heard


def test_from_the_reminder_to_the_leader_in_charge(board: Board, do: Do, council: Any, at: At) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)

    heard = walk(do, council, at, local(1), local(22))

    assert sorted(heard) == sorted(
        [
            ("12", "Dũng", "task_due_soon"),
            ("14", "Dũng", "task_due_soon"),
            ("15", "Dũng", "task_due_soon"),
            ("16", "Dũng", "task_overdue"),
            ("16", "Trường", "task_overdue_head"),
            ("19", "Dũng", "task_overdue"),
            ("19", "Trường", "task_overdue_head"),
            ("20", "Hùng", "task_overdue_leader"),
            ("22", "Dũng", "task_overdue"),
            ("22", "Trường", "task_overdue_head"),
        ]
    )
    rows = council.all(select(Reminder).where(Reminder.subject == "task", Reminder.state == "sent"))
    assert len({row.key for row in rows}) == len(rows)
    entries = council.all(select(Entry.facts).where(Entry.event == "notify.reminder_sent"))
    assert sum(facts["subject"] == "task" for facts in entries) == len(heard)


def test_more_time_begins_the_steps_anew_and_a_result_ends_them(board: Board, do: Do, council: Any, at: At) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)
    at(local(14).astimezone(UTC))
    do("hung", "tasks.extend", task_id=board.task_id, due_on="2026-12-18", reason="Mưa bão")

    heard = walk(do, council, at, local(14), local(17))
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    after = walk(do, council, at, local(18), local(20))

    assert heard == [("15", "Dũng", "task_due_soon"), ("17", "Dũng", "task_due_soon")]
    assert after == []


def test_a_receipt_that_is_missing_is_told_to_the_unit_and_then_to_the_office(board: Board, do: Do, council: Any, at: At) -> None:
    heard = walk(do, council, at, local(25, 17, 11), local(1, 17))

    assert sorted(heard) == sorted(
        [
            ("26", "Dũng", "task_unreceived"),  # given on Tuesday the 24th at 17:00
            ("26", "Trường", "task_unreceived"),
            ("30", "Dũng", "task_unreceived"),
            ("30", "Trường", "task_unreceived"),
            ("30", "Minh", "task_unreceived"),
        ]
    )


def test_a_result_that_waits_is_recalled_to_the_office_and_then_to_the_chair(board: Board, do: Do, council: Any, at: At) -> None:
    at(local(1).astimezone(UTC))  # Tuesday
    do("dung", "tasks.report", task_id=board.task_id, **DONE)

    heard = walk(do, council, at, local(2, 10), local(9, 10))

    assert sorted(heard) == [
        ("04", "Minh", "task_result_waiting"),
        ("09", "Hùng", "task_result_waiting"),
        ("09", "Minh", "task_result_waiting"),
    ]


def test_a_proposal_that_waits_is_recalled_until_it_is_answered(board: Board, do: Do, council: Any, at: At) -> None:
    at(local(1).astimezone(UTC))
    do("dung", "tasks.receive", task_id=board.task_id)
    asked = do("dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-30", text="Chờ vốn")["change_id"]

    heard = walk(do, council, at, local(2, 10), local(4, 10))
    do("hung", "tasks.decide_change", change_id=asked, granted=False, answer="Giữ nguyên thời hạn")
    after = walk(do, council, at, local(5, 10), local(9, 10))

    assert heard == [("03", "Minh", "task_change_waiting")]
    assert after == []


def test_a_body_sets_its_own_days(board: Board, do: Do, council: Any, at: At) -> None:
    from tests.notify.test_sms import body_settings

    do("dung", "tasks.receive", task_id=board.task_id)
    days = {"task_days": [2], "task_again_days": 10, "task_leader_days": 1}
    do("minh", "notify.set_body", **body_settings(council, **days))

    heard = walk(do, council, at, local(10), local(20))

    assert sorted(heard) == [
        ("13", "Dũng", "task_due_soon"),
        ("16", "Dũng", "task_overdue"),
        ("16", "Hùng", "task_overdue_leader"),
        ("16", "Trường", "task_overdue_head"),
    ]


def test_drafts_and_cancelled_tasks_are_not_recalled(board: Board, do: Do, council: Any, at: At) -> None:
    council.update(Task, board.task_id, state="draft", given=False)
    as_draft = walk(do, council, at, local(10), local(20))
    council.update(Task, board.task_id, state="cancelled")

    assert as_draft == walk(do, council, at, local(10), local(20)) == []


# who is told at once


def test_each_hand_is_told_what_concerns_it(board: Board, do: Do, council: Any) -> None:
    before = newest(council)
    obstacle = do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí", proposal="Bổ sung 2 tỷ")
    asked = do("dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-30", text="Chờ vốn.")["change_id"]
    do("hung", "tasks.settle_obstacle", obstacle_id=obstacle["obstacle_id"], answer="Đã bổ sung")
    do("hung", "tasks.decide_change", change_id=asked, granted=False, answer="Giữ nguyên.")
    do("hung", "tasks.urge", task_id=board.task_id, text="Báo cáo trước thứ Sáu")
    do("hung", "tasks.cancel", task_id=board.task_id, reason="Đã có dự án khác")

    assert sorted(told(council, before)) == sorted(
        [
            ("Minh", "task_obstacle_raised"),
            ("Hùng", "task_obstacle_raised"),
            ("Minh", "task_time_asked"),
            ("Hùng", "task_time_asked"),
            *[
                (who, kind)
                for kind in ("task_obstacle_settled", "task_change_refused", "task_urged", "task_cancelled")
                for who in UNIT
            ],
        ]
    )
    said = {each.kind: text_of(each.kind, each.facts, "en") for each in council.all(select(Notification))}
    assert said["task_obstacle_raised"].endswith("Thiếu kinh phí; đề xuất: Bổ sung 2 tỷ.")
    assert said["task_time_asked"].endswith("until 30/12/2026. Reason: Chờ vốn.")
    assert said["task_urged"] == "Ông Đỗ Mạnh Hùng urges this task. Deadline: 15/12/2026. Báo cáo trước thứ Sáu"


UNIT = ("Dũng", "Trường")


def test_a_transfer_is_told_to_both_units(board: Board, do: Do, council: Any) -> None:
    council.update(Person, council.person("truong"), unit_id=council.unit("van_hoa"))
    before = newest(council)

    do("hung", "tasks.transfer", task_id=board.task_id, unit_id=council.unit("van_hoa"), reason="Đúng chức năng")

    assert sorted(told(council, before)) == [("Dũng", "task_handed_over"), ("Trường", "task_transferred")]


def test_an_urging_goes_by_every_channel_unless_the_body_set_otherwise() -> None:
    urged, soon = KINDS["task_urged"], KINDS["task_due_soon"]

    for role in ("officer", "head", "member"):
        assert channels_for(urged, [role], {}) == frozenset(CHANNELS)
        assert channels_for(urged, [role], {("reminders", role): ["inbox"]}) == {"inbox"}
        assert channels_for(urged, [role], {}, ["sms"]) == frozenset(CHANNELS) - {"sms"}
    assert channels_for(soon, ["member"], {}) == DEFAULTS["reminders", "member"]


def test_an_urging_is_sent_as_a_short_message(board: Board, do: Do, council: Any, at: At) -> None:
    council.update(Person, council.person("dung"), phone="0912345678")
    at(local(2).astimezone(UTC))
    do("hung", "tasks.urge", task_id=board.task_id)

    wanted = select(Delivery).join(Notification).where(Notification.kind == "task_urged", Delivery.channel == "sms")
    assert [each.address for each in council.all(wanted)] == ["0912345678"]


def test_a_short_message_without_a_meeting_counts_for_its_body(board: Board, do: Do, council: Any, at: At) -> None:
    council.update(Person, council.person("dung"), phone="0912345678")
    at(local(2).astimezone(UTC))
    council.update(Task, board.task_id, meeting_id=None, notice_id=None, line_id=None, origin="own")
    do("hung", "tasks.urge", task_id=board.task_id)
    (sent,) = council.all(select(Delivery).where(Delivery.channel == "sms", Delivery.address != ""))
    council.update(Delivery, sent.id, state="sent", parts=2, sent_at=local(2).astimezone(UTC))

    with database.reading() as session:
        counted = [queries.sms_today(session, council.body(short)) for short in ("UBND", "HĐND")]
    assert (sent.meeting_id, sent.body_id, counted) == (None, council.body("UBND"), [2, 0])


def test_reminding_of_forty_tasks_asks_hardly_more_than_of_four(board: Board, do: Do, council: Any, at: At) -> None:
    def cost(count: int) -> int:
        row = board.task()
        same = {"body_id": row.body_id, "origin": "own", "lead_unit_id": row.lead_unit_id, "assigned_at": row.assigned_at}
        council.write(*(Task(text=f"Nhiệm vụ {n}", due_on=date(2026, 12, 20), state="received", **same) for n in range(count)))
        with asked(database.database().writing) as statements:
            do("system", "notify.remind")
        return len(statements)

    at(local(4, 10).astimezone(UTC))  # nothing is due yet, as at nearly every minute
    do("dung", "tasks.receive", task_id=board.task_id)
    do("system", "notify.remind")  # what else is due at this moment is told now
    assert cost(40) <= cost(4) + 3


def test_every_kind_of_a_task_is_said_in_both_languages() -> None:
    facts = {"task": "T", "unit": "U", "due_on": "2026-12-15", "since_at": "2026-12-01T09:00:00+07:00", "form": "dong_chi"}

    for kind in (each for each in KINDS if each.startswith("task")):
        for language in ("en", "vi"):
            assert "%(" not in title_of(kind, facts, language) + text_of(kind, facts, language)
            assert title_of(kind, facts, language)
