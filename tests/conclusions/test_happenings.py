"""Rests, deputies, what was put off, who came late and went early: told in the minutes at their moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Meeting
from meeting.conclusions.course import attendance_lines
from meeting.conclusions.happenings import SENTENCES, happenings_of
from meeting.conclusions.history import attendance_of
from meeting.conclusions.models import Minutes
from meeting.events import Event
from meeting.rulebook.models import RuleBook

Do = Callable[..., dict[str, Any]]
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_each_sentence_is_said_from_the_facts_alone() -> None:
    people = [{"name": "Bà Hoa", "post": "head"}, {"name": "Ông Tuấn", "post": "member"}]
    facts = {"resumes_at": EIGHT.isoformat(), "title": "Dự toán", "name": "Bà Hoa", "people": people}
    said = {event: tell(facts) for event, tell in SENTENCES.items()}

    assert said[Event.MEETING_ADJOURNED] == "cuộc họp tạm dừng, tiếp tục vào 08 giờ 00, ngày 24 tháng 11 năm 2026"
    assert said[Event.PRESIDER_CHANGED] == "Bà Hoa tiếp tục điều hành cuộc họp"
    assert said[Event.ITEM_RESTORED] == "cuộc họp quyết định đưa nội dung “Dự toán” trở lại chương trình"
    assert said[Event.HANDED_TO_WRITING] == "Bà Hoa đăng ký phát biểu, gửi ý kiến bằng văn bản"
    assert said[Event.COMMITTEE_FORMED] == "cuộc họp lập Ban kiểm phiếu gồm Bà Hoa (Trưởng Ban), Ông Tuấn (Ủy viên)"


def test_a_question_in_writing_is_left_to_the_room_of_questioning() -> None:
    assert SENTENCES[Event.HANDED_TO_WRITING]({"name": "Bà Hoa", "queue": "questioning"}) == ""


def test_votes_are_told_with_their_quorum_and_what_was_said_aloud() -> None:
    facts = {"title": "Dự toán", "kind": "open", "present": 19, "total": 27, "need": 18, "round": 1}
    opened, spoken = SENTENCES[Event.VOTE_OPENED], SENTENCES[Event.SPOKEN_CONFIRMED]
    cancelled = SENTENCES[Event.QUESTION_CANCELLED]

    assert opened(facts) == "chủ tọa cho biểu quyết công khai về “Dự toán”, có mặt 19/27 thành viên (cần ít nhất 18)"
    again = {**facts, "kind": "hand", "on_paper": True, "round": 2, "need": 0}
    assert opened(again) == "chủ tọa cho bỏ phiếu kín bằng phiếu giấy lần 2 về “Dự toán”, có mặt 19/27 thành viên"
    assert opened({"title": "Dự toán", "kind": "open"}) == ""  # votes of former times
    said = {"name": "Bà Hoa", "title": "Dự toán", "reason": "máy hỏng"}
    assert spoken(said) == "thư ký ghi hộ biểu quyết của Bà Hoa về “Dự toán” (lý do: máy hỏng), chủ tọa xác nhận"
    assert cancelled({"title": "Dự toán", "reason": "đặt lại câu hỏi"}) == ""  # nobody had seen it yet
    off = cancelled({"title": "Dự toán", "reason": "đặt lại câu hỏi", "opened": True})
    assert off == "chủ tọa hủy biểu quyết về “Dự toán” (lý do: đặt lại câu hỏi)"
    reviewed = SENTENCES[Event.REVIEW_STARTED]({"questions": [{"id": 1, "title": "Dự toán"}]})
    assert reviewed == "cuộc họp rà soát danh sách 1 nội dung biểu quyết"


def test_pauses_and_more_time_of_a_vote_are_told_in_a_sentence_each() -> None:
    facts = {"title": "Dự toán", "seconds": 90}
    tell = {event: SENTENCES[event] for event in (Event.VOTE_PAUSED, Event.VOTE_RESUMED, Event.VOTE_EXTENDED)}

    assert tell[Event.VOTE_PAUSED](facts) == "chủ tọa tạm dừng biểu quyết về “Dự toán”"
    assert tell[Event.VOTE_PAUSED]({**facts, "rests": True}) == ""  # the minutes say that the whole meeting rests
    assert tell[Event.VOTE_RESUMED](facts) == "chủ tọa cho tiếp tục biểu quyết về “Dự toán”"
    longer = tell[Event.VOTE_EXTENDED]({**facts, "limited": True})
    assert longer == "chủ tọa kéo dài thời gian biểu quyết về “Dự toán” thêm 01 phút 30 giây"
    limited = tell[Event.VOTE_EXTENDED]({**facts, "limited": False, "seconds": 120})
    assert limited == "chủ tọa đặt thời hạn biểu quyết về “Dự toán” là 02 phút"


def test_a_vote_held_and_lengthened_is_in_the_minutes_of_its_item(council: Any, do: Do, at: Callable[[datetime], None]) -> None:
    at(EIGHT)
    meeting_id = int(council.meeting("HĐND", starts_at=EIGHT, items=1))
    (item,) = council.items(meeting_id)
    for name in ("lan", "hoa", "tuan"):
        do(name, "live.check_in", meeting_id=meeting_id)
    do("lan", "live.open", meeting_id=meeting_id)
    wanted = {"meeting_id": meeting_id, "item_id": item, "title": "Thông qua dự toán", "kind": "open"}
    question = do("minh", "voting.prepare", **wanted)["question_id"]
    do("lan", "voting.open", question_id=question, confirm=True, seconds=300)
    for name, more in (("pause", {}), ("resume", {}), ("extend", {"seconds": 60})):
        do("lan", f"voting.{name}", question_id=question, **more)
    with database.reading() as session:
        told = happenings_of(session, session.get_one(Meeting, meeting_id))

    said = [note.text for where, note in told if where == item]
    assert said[-3:] == [
        "chủ tọa tạm dừng biểu quyết về “Thông qua dự toán”",
        "chủ tọa cho tiếp tục biểu quyết về “Thông qua dự toán”",
        "chủ tọa kéo dài thời gian biểu quyết về “Thông qua dự toán” thêm 01 phút",
    ]


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
