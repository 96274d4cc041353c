"""Due times given to units never move by themselves; the office is told which would now be others."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from meeting import clock
from meeting.agenda.models import Meeting

Do = Callable[..., dict[str, Any]]
Council = Any


@pytest.fixture
def asked(do: Do, council: Council, at: Callable[[datetime], None]) -> int:
    """A paper asked for, due by the rule on Thursday 26 November (2 working days before Monday 30)."""
    at(clock.at_local(date(2026, 11, 16), 8))
    meeting_id = council.meeting(starts_at=clock.at_local(date(2026, 11, 30), 8))
    wanted = {"meeting_id": meeting_id, "unit_id": council.unit("kinh_te"), "what": "Tờ trình"}
    return int(do("minh", "materials.request", **wanted)["requirement_id"])


def found(api: Callable[[str], Any], username: str) -> list[tuple[str, str, str]]:
    status, answer = api(username).get("/work-calendar/differing")
    assert status == 200
    return [(each["what"], each["given_at"], each["now_at"]) for each in answer["data"]]


def test_a_day_off_set_later_moves_nothing_but_is_told(do: Do, api: Callable[[str], Any], client: Any, asked: int) -> None:
    assert found(api, "minh") == []

    do("minh", "rulebook.set_day", day="2026-11-27", works=False)

    assert found(api, "minh") == [("Tờ trình", "2026-11-26T17:00:00+07:00", "2026-11-25T17:00:00+07:00")]
    assert "Hạn đã giao nay sẽ khác" in client("minh").get("/rules/calendar").get_data(as_text=True)


def test_new_rules_are_told_too_for_a_draft(do: Do, api: Callable[[str], Any], council: Council, asked: int) -> None:
    council.update(Meeting, 1, state="draft")

    do("minh", "rulebook.edit_book", type_id=council.type(), starts_on="2026-11-16", papers_due_days=3)

    assert [line[0] for line in found(api, "minh")] == ["Tờ trình"]


def test_a_time_that_a_person_set_is_left_alone(do: Do, api: Callable[[str], Any], asked: int) -> None:
    new = clock.at_local(date(2026, 11, 27), 10).isoformat()
    do("minh", "materials.change_due", requirement_id=asked, due_at=new, reason="Chờ số liệu")

    do("minh", "rulebook.set_day", day="2026-11-27", works=False)

    assert found(api, "minh") == []


@pytest.mark.parametrize("username", ["hoa", "dung", "khach", "lan"])
def test_only_the_office_of_the_body_is_told(do: Do, api: Callable[[str], Any], asked: int, username: str) -> None:
    do("minh", "rulebook.set_day", day="2026-11-27", works=False)
    assert found(api, "minh")

    assert found(api, username) == []
