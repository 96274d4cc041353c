"""The session of the council: today's sitting opens it, the Tổ sit in parallel the next working day, then it closes."""

from datetime import date, timedelta
from typing import Any

from meeting import clock
from meeting.demo.diary import Diary
from meeting.rulebook.calendar import vietnamese_calendar

PLACES = ("Phòng họp tầng 2", "Phòng tiếp công dân", "Hội trường khu phố 3")  # of the Tổ, in their order


def convene(diary: Diary, meeting_id: int) -> None:
    """Puts the session on file with its sittings, seats the presidium and sends the sittings of the Tổ out."""
    first, second, third = _days(diary)
    with diary.at(diary.workday(22), 9):
        session = diary.do(
            "minh",
            "sittings.convene",
            body_id=diary.body("HĐND"),
            name=f"Kỳ họp thường lệ cuối năm {diary.today.year}",
            number=2,
            starts_on=first.isoformat(),
            ends_on=third.isoformat(),
        )
        named: dict[str, Any] = {"session_id": session["session_id"]}
        diary.do("minh", "sittings.attach", **named, meeting_id=meeting_id, sitting="opening")
        hours = {"starts_at": clock.at_local(second, 14).isoformat(), "ends_at": clock.at_local(second, 16, 30).isoformat()}
        groups = diary.do("minh", "sittings.add_groups", **named, **hours, copied_from_id=meeting_id)["meeting_ids"]
        closing = {"starts_at": clock.at_local(third, 8).isoformat(), "ends_at": clock.at_local(third, 11).isoformat()}
        diary.do("minh", "sittings.add", **named, **closing, sitting="closing")
        diary.do("minh", "sittings.set_presidium", **named, person_ids=[diary.person("hung")])
        for place, each in zip(PLACES, groups, strict=True):
            diary.do("minh", "agenda.edit", meeting_id=each, place=place)
            diary.do("van", "agenda.issue", meeting_id=each)


def _days(diary: Diary) -> tuple[date, date, date]:
    """Today, and the next two working days."""
    second = _next(diary.today)
    return diary.today, second, _next(second)


def _next(day: date) -> date:
    found = day + timedelta(days=1)
    while not vietnamese_calendar(found.year).works(found):
        found += timedelta(days=1)
    return found
