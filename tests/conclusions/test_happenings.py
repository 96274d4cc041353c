"""Rests, deputies, what was put off, who came late and went early: told in the minutes at their moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Meeting
from meeting.conclusions.course import attendance_lines
from meeting.conclusions.happenings import SENTENCES
from meeting.conclusions.history import attendance_of
from meeting.conclusions.models import Minutes
from meeting.events import Event
from meeting.rulebook.models import RuleBook

Do = Callable[..., dict[str, Any]]
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_each_sentence_is_said_from_the_facts_alone() -> None:
    said = {
        event: tell({"resumes_at": EIGHT.isoformat(), "title": "Dự toán", "name": "Bà Hoa"}) for event, tell in SENTENCES.items()
    }

    assert said[Event.MEETING_ADJOURNED] == "cuộc họp tạm dừng, tiếp tục vào 08 giờ 00, ngày 24 tháng 11 năm 2026"
    assert said[Event.PRESIDER_CHANGED] == "Bà Hoa tiếp tục điều hành cuộc họp"
    assert said[Event.ITEM_RESTORED] == "cuộc họp quyết định đưa nội dung “Dự toán” trở lại chương trình"
    assert said[Event.HANDED_TO_WRITING] == "Bà Hoa đăng ký phát biểu, gửi ý kiến bằng văn bản"


def test_a_question_in_writing_is_left_to_the_room_of_questioning() -> None:
    assert SENTENCES[Event.HANDED_TO_WRITING]({"name": "Bà Hoa", "queue": "questioning"}) == ""


def test_the_minutes_tell_what_happened(council: Any, do: Do, at: Callable[[datetime], None]) -> None:
    at(EIGHT - timedelta(hours=1))
    meeting_id = int(council.meeting(starts_at=EIGHT, items=3))
    first, second, _ = council.items(meeting_id)
    at(EIGHT)
    for name in ("hung", "tuan"):
        do(name, "live.check_in", meeting_id=meeting_id)
    do("hung", "live.open", meeting_id=meeting_id)
    do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=first)
    at(EIGHT + timedelta(minutes=20))
    do("hoa", "live.check_in", meeting_id=meeting_id)
    do("hung", "live.pause", meeting_id=meeting_id)
    at(EIGHT + timedelta(minutes=30))
    do("hung", "live.resume", meeting_id=meeting_id)
    do("hung", "live.hand_over", meeting_id=meeting_id, to_id=council.person("tuan"))
    do("tuan", "live.postpone_item", meeting_id=meeting_id, item_id=second, reason="Chờ thẩm định")
    at(EIGHT + timedelta(minutes=40))
    do("hung", "live.take_back", meeting_id=meeting_id)
    do("hung", "live.close", meeting_id=meeting_id)

    lines = council.one(select(Minutes.text).where(Minutes.meeting_id == meeting_id)).splitlines()

    assert "Đến sau khi khai mạc: Ông Phan Thị Hoa (08 giờ 20)." in lines
    begins = lines.index("1. Nội dung 1 (08 giờ 00 đến 08 giờ 40)")
    assert lines[begins + 1 : begins + 7] == [
        "- 08 giờ 20, cuộc họp tạm nghỉ.",
        "- 08 giờ 30, cuộc họp tiếp tục.",
        "- 08 giờ 30, Ông Lê Anh Tuấn điều hành cuộc họp theo phân công của chủ tọa.",
        "- 08 giờ 30, cuộc họp quyết định lùi thời điểm trình nội dung “Nội dung 2” (lý do: Chờ thẩm định).",
        "- 08 giờ 40, Ông Đỗ Mạnh Hùng tiếp tục điều hành cuộc họp.",
        "Kết luận của chủ tọa: […]",
    ]
    assert "2. Nội dung 2 (lùi thời điểm trình: Chờ thẩm định)" in lines


def test_who_checks_in_while_the_roll_is_called_was_not_late(council: Any, do: Do, at: Callable[[datetime], None]) -> None:
    at(EIGHT)
    meeting_id = int(council.meeting(starts_at=EIGHT, items=1))
    do("hung", "live.open", meeting_id=meeting_id)
    at(EIGHT + timedelta(minutes=10))
    for name in ("hung", "tuan", "hoa"):
        do(name, "live.check_in", meeting_id=meeting_id)
    do("hung", "live.close", meeting_id=meeting_id)

    text = council.one(select(Minutes.text).where(Minutes.meeting_id == meeting_id))

    assert "1. Có mặt: 3/" in text
    assert "Đến sau khi khai mạc" not in text


def test_the_minutes_count_nobody_who_does_not_count(council: Any, do: Do, at: Callable[[datetime], None]) -> None:
    """Who takes part from elsewhere only to speak makes no quorum, and who went home at an adjournment did not leave early."""
    at(EIGHT)
    council.update(RuleBook, council.book(), remote="speaks")
    meeting_id = int(council.meeting(starts_at=EIGHT, items=1, form="hybrid", link="https://hop.example.vn"))
    do("hung", "live.check_in", meeting_id=meeting_id)
    for name in ("hoa", "tuan"):
        do(name, "live.check_in", meeting_id=meeting_id, remote=True)
    do("hung", "live.open", meeting_id=meeting_id)
    with database.reading() as session:
        told = attendance_lines(attendance_of(session, session.get_one(Meeting, meeting_id)))

    assert told[0].startswith("1. Có mặt: 3/3 thành viên")
    assert told[-2] == "Trong số có mặt, 2 thành viên dự trực tuyến, không tính vào điều kiện tiến hành."
    assert told[-1] == "Cuộc họp không đủ điều kiện tiến hành (cần ít nhất 2/3 thành viên)."

    do("hung", "live.adjourn", meeting_id=meeting_id, resumes_at=(EIGHT + timedelta(days=1)).isoformat(), reason="Thiếu người")
    at(EIGHT + timedelta(days=1))
    do("hung", "live.close", meeting_id=meeting_id)

    assert "Rời họp" not in council.one(select(Minutes.text))
