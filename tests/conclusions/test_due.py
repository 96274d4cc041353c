"""Which meetings owe their notice, how late, who is shown it; and a session stays open without one."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from meeting import database
from meeting.agenda.models import Meeting
from meeting.conclusions import due
from meeting.rulebook.models import RuleBook
from tests.conclusions.conftest import Desk

Do = Callable[..., dict[str, Any]]
LATE = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # a week after the meeting


def state(desk: Desk, today: date = date(2026, 12, 1)) -> tuple[str, int]:
    with database.reading() as session:
        found = due.timing_of(session, session.get_one(Meeting, desk.meeting_id), today)
    return found.state, found.days


def test_a_session_without_its_notice_is_overdue_until_one_is_issued(desk: Desk, do: Do, at: Any) -> None:
    assert (state(desk, date(2026, 11, 26)), state(desk)) == (("waiting", 1), ("overdue", 4))
    notice_id = desk.signed(desk.task())
    assert state(desk) == ("overdue", 4)
    at(LATE)
    do("van", "conclusions.issue", notice_id=notice_id)

    assert state(desk) == ("late", 4)


def test_a_withdrawn_notice_and_a_correction_do_not_count_a_replaced_one_does(desk: Desk, do: Do, at: Any) -> None:
    old = desk.issued(desk.task())
    assert state(desk) == ("in_time", 0)
    at(LATE)

    def later(relation: str, about: int) -> int:
        made = do("minh", "conclusions.draft", about_id=about, relation=relation, reason="Sửa")["notice_id"]
        do("hung", "conclusions.approve", notice_id=made)
        do("minh", "conclusions.sign", notice_id=made)
        do("van", "conclusions.issue", notice_id=made)
        return int(made)

    new = later("replaces", old)
    assert state(desk) == ("in_time", 0)  # it came in time; that it was replaced later changes nothing
    later("withdraws", new)
    assert state(desk) == ("in_time", 0)  # the first is still on file as replaced


def test_a_meeting_that_needs_none_is_never_overdue(desk: Desk, do: Do, council: Any) -> None:
    council.update(RuleBook, desk.meeting().book_id, notice_required=False)

    assert state(desk) == ("optional", 0)
    do("minh", "conclusions.not_required", meeting_id=desk.meeting_id, reason="Giao ban")
    assert state(desk) == ("not_required", 0)


def test_the_list_and_the_homes_of_desk_and_chair_say_it(desk: Desk, client: Callable[[str], Any], at: Any) -> None:
    at(LATE)

    listed = client("minh").get("/notices").get_data(as_text=True)
    homes = {name: client(name).get("/").get_data(as_text=True) for name in ("minh", "hung", "van", "hoa")}
    page = client("minh").get(f"/meetings/{desk.meeting_id}").get_data(as_text=True)

    assert "quá 4 ngày" in listed
    assert "quá 4 ngày" in page
    assert {name: "Quá hạn ban hành thông báo kết luận" in home for name, home in homes.items()} == {
        "minh": True,
        "hung": True,
        "van": False,
        "hoa": False,
    }


def test_programs_read_what_is_owed(desk: Desk, api: Callable[[str], Any], at: Any) -> None:
    at(LATE)

    status, owed = api("minh").get("/notices/owed")

    assert status == 200
    assert [(each["meeting_id"], each["state"], each["due_on"], each["days"]) for each in owed["data"]] == [
        (desk.meeting_id, "overdue", "2026-11-27", 4)
    ]
    assert api("hoa").get("/notices/owed")[1]["data"] == []
    assert [each["meeting_id"] for each in api("hung").get("/notices/owed")[1]["data"]] == [desk.meeting_id]


def test_the_store_is_asked_as_often_for_many_meetings_as_for_few(
    desk: Desk, council: Any, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    def count(ids: list[int]) -> int:
        def ask() -> None:
            with database.reading() as session:
                rows = [session.get_one(Meeting, each) for each in ids]
                assert [row.book.notice_days for row in rows]
                due.timings(session, rows, date(2026, 12, 1))

        return queries_of(ask)

    others = [council.meeting(state="held", starts_at=desk.meeting().starts_at) for _ in range(3)]
    one, four = count([desk.meeting_id]), count([desk.meeting_id, *others])

    assert four - one <= 3  # reading the three meetings themselves
