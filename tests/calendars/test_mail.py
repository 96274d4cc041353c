"""From the issue to the answer: real mails out by SMTP, their calendar part answered, the answer recorded."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from meeting import clock, jobs
from meeting.calendars.answering import take_in
from tests.calendars.conftest import Do
from tests.calendars.mails import reply
from tests.calendars.test_answering import answer_of
from tests.conftest import Council
from tests.notify.conftest import Postman, postman

__all__ = ["postman"]


@pytest.fixture(autouse=True)
def _in_office_hours() -> Iterator[None]:
    """At night mails are held back."""
    with clock.frozen(datetime(2026, 11, 23, 2, 0, tzinfo=UTC)):
        yield


HOA = "hoa@giangbien.example"


def parts(postman: Postman, address: str) -> list[tuple[str, Calendar]]:
    """What the calendar parts of the mails to somebody say, in order: method and event."""
    found = []
    for letter in postman.to(address):
        for part in letter.walk():
            if part.get_content_type() == "text/calendar":
                calendar = Calendar.from_ical(part.get_payload(decode=True))
                assert part.get_param("method") == calendar["method"]
                found.append((str(calendar["method"]), calendar.walk("VEVENT")[0]))
    return found


def issued(do: Do, council: Council) -> int:
    wanted = {"type_id": council.type(), "title": "Phiên họp tháng 12", "starts_at": "2026-12-10T08:00:00+07:00"}
    made = do("minh", "agenda.create", **wanted, place="Phòng họp 2", items=[{"title": "Ngân sách"}])
    do("minh", "agenda.issue", meeting_id=made["meeting_id"])
    jobs.run_waiting()
    return int(made["meeting_id"])


def test_the_invitation_that_was_mailed_can_be_answered(council: Council, do: Do, postman: Postman) -> None:
    meeting_id = issued(do, council)
    ((method, event),) = parts(postman, HOA)

    outcome = take_in(reply(str(event["uid"]), HOA, "DECLINED", int(event["sequence"]), "Bận công tác"))

    assert (method, outcome) == ("REQUEST", "taken")
    assert answer_of(council, meeting_id, "hoa") == ("declined", "Bận công tác (trả lời qua thư)")


def test_each_change_is_mailed_under_the_same_uid_with_a_higher_sequence(council: Council, do: Do, postman: Postman) -> None:
    meeting_id = issued(do, council)

    do("minh", "agenda.edit", meeting_id=meeting_id, starts_at="2026-12-11T08:00:00+07:00")
    jobs.run_waiting()
    do("hung", "agenda.cancel", meeting_id=meeting_id, reason="Bão số 12")
    jobs.run_waiting()

    told = parts(postman, HOA)
    assert [(method, int(event["sequence"])) for method, event in told] == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({str(event["uid"]) for _, event in told}) == 1


def test_who_is_taken_off_the_list_gets_a_cancellation(council: Council, do: Do, postman: Postman) -> None:
    meeting_id = issued(do, council)

    do("minh", "agenda.set_participants", meeting_id=meeting_id, remove=[council.person("hoa")])
    jobs.run_waiting()

    assert [method for method, _ in parts(postman, HOA)] == ["REQUEST", "CANCEL"]
    assert [method for method, _ in parts(postman, "tuan@giangbien.example")] == ["REQUEST"]


def test_whose_answer_came_too_late_is_told_so(council: Council, do: Do, postman: Postman) -> None:
    meeting_id = issued(do, council)
    ((_, event),) = parts(postman, HOA)
    do("minh", "agenda.edit", meeting_id=meeting_id, starts_at="2026-12-11T08:00:00+07:00")

    outcome = take_in(reply(str(event["uid"]), HOA))
    jobs.run_waiting()

    assert outcome == "stale"
    assert any("không được tính" in str(each["Subject"]) for each in postman.to(HOA))
