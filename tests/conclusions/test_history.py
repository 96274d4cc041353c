"""Closing a real meeting drafts minutes that tell who was there, who said what and how it was voted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from meeting.agenda.models import Item, Meeting
from meeting.conclusions.models import Minutes, MinutesVersion, NoticeLine
from meeting.journal import Entry

Do = Callable[..., dict[str, Any]]
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def run_meeting(council: Any, do: Do, at: Callable[[datetime], None]) -> int:
    """Hùng opens at 8:00; Hoa speaks, Tuấn writes an opinion; the vote passes; closed at 8:30. Khách never comes."""
    at(EIGHT - timedelta(hours=1))
    meeting_id = int(council.meeting(starts_at=EIGHT, items=2))
    council.invite(meeting_id, "khach")
    first = council.items(meeting_id)[0]
    council.update(Item, first, presenter_id=council.person("truong"))
    at(EIGHT)
    for username in ("hung", "hoa", "tuan"):
        do(username, "live.check_in", meeting_id=meeting_id)
    do("hung", "live.open", meeting_id=meeting_id)
    do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=first)
    at(EIGHT + timedelta(minutes=5))
    floor = do("hoa", "speaking.ask", meeting_id=meeting_id, item_id=first, kind="speech", subject="Đề nghị bố trí vốn")
    do("hung", "speaking.call", floor_id=floor["floor_id"])
    do("hung", "speaking.start", floor_id=floor["floor_id"])
    at(EIGHT + timedelta(minutes=7, seconds=30))
    do("hung", "speaking.stop", floor_id=floor["floor_id"])
    do("tuan", "discussion.post", meeting_id=meeting_id, item_id=first, text="Nhất trí với tờ trình")
    asked = {"meeting_id": meeting_id, "item_id": first, "title": "Kế hoạch vốn năm 2027", "kind": "open"}
    question = do("minh", "voting.prepare", **asked)["question_id"]
    do("hung", "voting.open", question_id=question)
    for username in ("hung", "hoa", "tuan"):
        do(username, "voting.cast", question_id=question, choice="against" if username == "tuan" else "for")
    at(EIGHT + timedelta(minutes=20))
    do("hung", "voting.close", question_id=question)
    do("hung", "voting.publish", question_id=question)
    at(EIGHT + timedelta(minutes=30))
    do("hung", "live.close", meeting_id=meeting_id)
    return meeting_id


def test_closing_drafts_the_minutes_in_the_same_transaction(council: Any, do: Do, at: Any) -> None:
    meeting_id = run_meeting(council, do, at)

    minutes = council.one(select(Minutes).where(Minutes.meeting_id == meeting_id))
    versions = council.all(select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id))
    told = council.all(select(Entry).where(Entry.chain == meeting_id, Entry.event == "conclusions.minutes_drafted"))
    assert (minutes.state, minutes.version, council.one(select(Meeting.minutes_state))) == ("draft", 1, "draft")
    assert [(v.version, v.edited_by_id, v.text) for v in versions] == [(1, None, minutes.text)]
    assert [(entry.actor_id, entry.facts) for entry in told] == [(0, {"minutes_id": minutes.id})]


def test_the_draft_tells_attendance_statements_and_votes(council: Any, do: Do, at: Any) -> None:
    meeting_id = run_meeting(council, do, at)

    lines = council.one(select(Minutes.text).where(Minutes.meeting_id == meeting_id)).splitlines()
    assert lines[0] == "I. THÀNH PHẦN THAM DỰ"
    assert lines[1].startswith("1. Có mặt: 3/3 thành viên, gồm: ")
    assert "Ông Phan Thị Hoa, Ủy viên UBND" in lines[1]
    assert lines[2:6] == [
        "2. Vắng mặt: không.",
        "3. Khách mời: không.",
        "Cuộc họp đủ điều kiện tiến hành (cần ít nhất 2/3 thành viên).",
        "",
    ]
    assert lines[6:12] == [
        "II. DIỄN BIẾN",
        "",
        "1. Nội dung 1 (08 giờ 00 đến 08 giờ 30)",
        "Ông Cao Xuân Trường trình bày.",
        "- 08 giờ 05, Ông Phan Thị Hoa phát biểu (2 phút 30 giây): Đề nghị bố trí vốn",
        "- Ông Lê Anh Tuấn có ý kiến: Nhất trí với tờ trình",
    ]
    opened = "chủ tọa cho biểu quyết công khai về “Kế hoạch vốn năm 2027”, có mặt 3/3 thành viên (cần ít nhất 2)"
    assert lines[12] == f"- 08 giờ 07, {opened}."
    assert lines[13].startswith("- 08 giờ 20, biểu quyết về “Kế hoạch vốn năm 2027”: tán thành 2 và không tán thành 1.")
    assert lines[14:] == ["Kết luận của chủ tọa: […]", "", "2. Nội dung 2 (chưa tiến hành)"]


def test_what_was_passed_is_proposed_for_the_notice(council: Any, do: Do, at: Any) -> None:
    meeting_id = run_meeting(council, do, at)

    do("minh", "conclusions.draft", meeting_id=meeting_id)

    line = council.one(select(NoticeLine))
    first = council.items(meeting_id)[0]
    assert (line.item_id, line.text) == (first, "Thông qua nội dung “Kế hoạch vốn năm 2027” (2/3 thành viên tán thành).")
