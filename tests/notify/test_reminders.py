"""Reminders: the clock is moved across deadlines, and exactly what is due is sent, once, also when the worker is killed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from meeting import clock, database, jobs
from meeting.agenda.models import Participant
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.notify.models import Delivery, Notification, Reminder
from tests.conftest import Council
from tests.counting import asked
from tests.notify.conftest import At, Do, Postman

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


DUE = local(16, 17, 0)  # Wednesday


def owed(council: Council, due_at: datetime = DUE, asked_at: datetime | None = None, **values: Any) -> int:
    """A paper that Phòng Kinh tế owes for a meeting on the 21st."""
    meeting_id = values.pop("meeting_id", None) or council.meeting(state="approved", starts_at=local(21, 8, 0))
    row = Requirement(
        meeting_id=meeting_id,
        unit_id=council.unit("kinh_te"),
        what="Tờ trình ngân sách",
        due_at=due_at,
        asked_by=council.person("minh"),
        asked_at=asked_at or local(1),
        **{"state": "asked", **values},
    )
    return council.write(row)[0]


def walk(do: Do, council: Council, at: At, start: datetime, until: datetime, minutes: int = 30) -> list[tuple[str, str, str]]:
    """Lets the worker ask every so many minutes; what was told: (when, who, kind)."""
    heard, known = [], set(council.all(select(Notification.id)))
    moment = start
    while moment <= until:
        at(moment.astimezone(UTC))
        do("system", "notify.remind")
        fresh = [each for each in council.all(select(Notification).order_by(Notification.id)) if each.id not in known]
        known |= {each.id for each in fresh}
        heard += [(f"{moment:%d %H:%M}", each.person.full_name.split()[-1], each.kind) for each in fresh]
        night = not 6 <= moment.hour < 19
        moment += timedelta(minutes=max(minutes, 60) if night and moment.minute == 0 else minutes)
    return heard


def test_across_the_deadline_exactly_the_due_reminders_come(do: Do, council: Council, at: At) -> None:
    owed(council)

    heard = walk(do, council, at, local(11, 6, 30), local(17, 17, 30))

    assert [each for each in heard if each[2].startswith("papers")] == [
        ("11 07:30", "Dũng", "papers_due_soon"),
        ("15 07:30", "Dũng", "papers_due_soon"),
        ("16 07:30", "Dũng", "papers_due_soon"),
        ("16 17:00", "Dũng", "papers_due_now"),
        ("17 07:30", "Dũng", "papers_overdue"),
        ("17 17:00", "Trường", "papers_overdue_head"),
    ]


@pytest.mark.parametrize(
    ("state", "asked_at", "expected"),
    [
        ("asked", local(11, 9, 0), ["15 07:30", "16 07:30", "16 17:00", "17 07:30", "17 17:00"]),
        ("asked", local(16, 16, 0), ["16 17:00", "17 07:30", "17 17:00"]),  # asked an hour before: no burst
        ("returned", local(1), ["11 07:30", "15 07:30", "16 07:30", "16 17:00", "17 07:30", "17 17:00"]),
        ("preparing", local(15, 8, 0), ["16 07:30", "16 17:00", "17 07:30", "17 17:00"]),
        ("submitted", local(1), []),
        ("accepted", local(1), []),
        ("waived", local(1), []),
    ],
)
def test_what_was_handed_in_or_asked_later_is_not_recalled(
    do: Do, council: Council, at: At, state: str, asked_at: datetime, expected: list[str]
) -> None:
    owed(council, asked_at=asked_at, state=state)

    heard = walk(do, council, at, local(11, 6, 30), local(17, 17, 30))

    assert [when for when, _, kind in heard if kind.startswith("papers")] == expected


@pytest.mark.parametrize("state", ["cancelled", "held", "archived"])
def test_papers_of_a_meeting_that_is_over_or_off_are_not_recalled(do: Do, council: Council, at: At, state: str) -> None:
    owed(council, meeting_id=council.meeting(state=state, starts_at=local(21, 8, 0)))

    assert walk(do, council, at, local(10), local(18), 720) == []


def test_a_worker_that_was_off_sends_the_newest_and_marks_the_rest(do: Do, council: Council, at: At) -> None:
    owed(council)

    heard = walk(do, council, at, local(16, 9, 0), local(16, 9, 30))

    assert heard == [("16 09:00", "Dũng", "papers_due_soon")]
    rows = council.all(select(Reminder).order_by(Reminder.at, Reminder.id))
    assert sorted((row.step, row.state) for row in rows) == [("before-0", "sent"), ("before-1", "passed"), ("before-3", "passed")]


def test_a_new_due_time_makes_new_steps_from_then_on(do: Do, council: Council, at: At) -> None:
    row = owed(council)
    walk(do, council, at, local(15), local(15))

    at(local(16, 10, 0).astimezone(UTC))
    do("minh", "materials.change_due", requirement_id=row, due_at=local(17, 17, 0).isoformat(), reason="Bổ sung số liệu")
    heard = walk(do, council, at, local(16, 10, 30), local(17, 18, 0))

    assert [(when, kind) for when, _, kind in heard if kind.startswith("papers_due")] == [
        ("17 07:30", "papers_due_soon"),
        ("17 17:00", "papers_due_now"),
    ]


def test_a_body_counts_hours_until_the_head_hears(do: Do, council: Council, at: At) -> None:
    from tests.notify.test_sms import body_settings

    owed(council)
    do("minh", "notify.set_body", **body_settings(council, paper_days=[], head_after=3, head_unit="hours"))

    heard = walk(do, council, at, local(10), local(18), 30)

    assert [each for each in heard if each[2].startswith("papers")] == [
        ("16 17:00", "Dũng", "papers_due_now"),
        ("17 07:30", "Dũng", "papers_overdue"),
        ("17 10:30", "Trường", "papers_overdue_head"),
    ]


def test_each_reminder_has_its_entry_in_the_journal_and_in_the_unit_that_owes(do: Do, council: Council, at: At) -> None:
    row = owed(council)
    walk(do, council, at, local(11), local(11, 9, 0))

    (entry,) = council.all(select(Entry).where(Entry.event == Event.REMINDER_SENT))

    assert entry.chain == council.one(select(Requirement.meeting_id).where(Requirement.id == row))
    assert entry.facts == {
        "subject": "papers",
        "subject_id": row,
        "step": "before-3",
        "kind": "papers_due_soon",
        "people": [council.person("dung")],
    }


def test_who_has_not_answered_is_recalled_on_two_mornings(do: Do, council: Council, at: At) -> None:
    at(local(8).astimezone(UTC))
    meeting_id = council.meeting(starts_at=local(16, 8, 0))
    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted")

    heard = walk(do, council, at, local(9), local(16, 9, 0))

    mornings = [(when, who) for when, who, kind in heard if kind == "answer_missing"]
    assert mornings == [("14 07:30", "Hùng"), ("14 07:30", "Tuấn"), ("15 07:30", "Hùng"), ("15 07:30", "Tuấn")]


def test_a_programme_that_waits_is_recalled_to_the_chair_and_then_told_to_the_office(do: Do, council: Council, at: At) -> None:
    at(local(8, 10, 0).astimezone(UTC))
    meeting_id = council.meeting(state="draft", starts_at=local(21, 8, 0))
    do("minh", "agenda.submit", meeting_id=meeting_id)

    heard = walk(do, council, at, local(8, 10, 30), local(11, 18, 0))

    assert [(when, who) for when, who, kind in heard if kind == "programme_waiting"] == [
        ("09 10:00", "Hùng"),
        ("10 10:00", "Hùng"),
        ("10 10:00", "Minh"),
    ]


def test_an_absence_that_waits_is_recalled_to_the_office(do: Do, council: Council, at: At) -> None:
    at(local(8, 10, 0).astimezone(UTC))
    meeting_id = council.meeting(starts_at=local(21, 8, 0))
    row = council.one(
        select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.person_id == council.person("hoa"))
    )
    council.update(Participant, row, reply="declined", absence="asked", reason="Đi công tác", replied_at=clock.now())

    heard = walk(do, council, at, local(8, 10, 30), local(9, 12, 0))

    assert [(when, who) for when, who, kind in heard if kind == "absence_waiting"] == [("09 10:00", "Minh")]


def test_a_reminder_held_overnight_is_dropped_when_the_paper_came_meanwhile(
    do: Do, council: Council, at: At, postman: Postman
) -> None:
    row = owed(council, due_at=local(16, 22, 0))  # due at night
    walk(do, council, at, local(16, 22, 0), local(16, 22, 0))
    jobs.run_waiting()
    held = council.all(select(Delivery.state).where(Delivery.channel == "mail"))
    assert held == ["held"]

    council.update(Requirement, row, state="submitted")
    at(local(17, 6, 0).astimezone(UTC))
    assert do("system", "notify.retry") == {"again": 0}
    jobs.run_waiting()

    assert council.all(select(Delivery.state)) == ["dropped"]
    assert postman.letters == []


def test_the_worker_alone_reminds(do: Do, council: Council) -> None:
    for username in ("minh", "admin", "khach"):
        with pytest.raises(Refused) as refused:
            do(username, "notify.remind")
        assert refused.value.code == "forbidden"


def test_a_paper_that_lies_with_the_head_is_recalled_to_the_head_and_then_to_the_officers_too(
    do: Do, council: Council, at: At
) -> None:
    row = owed(council, state="with_head", asked_at=local(1))
    file = File(
        sha256="0" * 64,
        name="To trinh.pdf",
        media_type="application/pdf",
        size_bytes=1000,
        uploaded_by=council.person("dung"),
        uploaded_at=clock.now(),
        state="ready",
        page_count=1,
        pages_done=1,
        refusal_facts={},
    )
    (file_id,) = council.write(file)
    laid = local(9, 10, 0)
    council.write(
        Submission(requirement_id=row, number=1, file_id=file_id, sent_by=council.person("dung"), state="with_head", laid_at=laid)
    )

    heard = walk(do, council, at, local(9, 10, 30), local(11, 12, 0))

    assert [(when, who) for when, who, kind in heard if kind == "paper_waiting_head"] == [
        ("10 10:00", "Trường"),
        ("11 10:00", "Dũng"),
        ("11 10:00", "Trường"),
    ]


def test_reminding_of_forty_papers_asks_hardly_more_than_of_four(do: Do, council: Council, at: At) -> None:
    meeting_id = council.meeting(state="approved", starts_at=local(21, 8, 0))

    def cost(papers: int) -> int:
        for _ in range(papers):
            owed(council, meeting_id=meeting_id)
        with asked(database.database().writing) as statements:
            do("system", "notify.remind")
        return len(statements)

    at(local(2).astimezone(UTC))  # long before: nothing is due yet, as at nearly every minute
    few = cost(4)

    assert few > 5
    assert cost(36) <= few + 2
