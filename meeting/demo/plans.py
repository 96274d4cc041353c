"""What lies further ahead: the weekly briefing, a closed Party meeting, the next HĐND session, the weeks' programmes."""

from datetime import date, timedelta
from typing import Any

from meeting import clock
from meeting.demo.diary import Diary
from meeting.demo.house import HALL, MEETING_ROOM, PARTY_ROOM
from meeting.rulebook.calendar import vietnamese_calendar

BRIEFED = ("hung", "hang", "dat", "chau", "tien", "ngan", "luc")
BRIEFINGS = 6
SESSION_AHEAD_DAYS = 48
PARTY_ITEMS = ("Kiểm điểm thực hiện nghị quyết quý này", "Phương hướng, nhiệm vụ quý tới", "Công tác cán bộ")
SESSION_ITEMS = (
    ("Khai mạc, thông qua chương trình kỳ họp", "opening", "VP", "lan", 15),
    ("Nghị quyết về mức hỗ trợ xã hội hóa chiếu sáng ngõ", "resolution", "KT-HT-ĐT", "truong", 45),
    ("Trả lời kiến nghị của cử tri", "report", "VP", "hung", 30),
    ("Bế mạc", "closing", "VP", "lan", 10),
)
ENTRIES = (
    # weekday, hour, title, who leads, who takes part, where
    (2, 14, "Tiếp công dân định kỳ", "Chủ tịch UBND phường", "Văn phòng, các đơn vị liên quan", "Phòng tiếp công dân"),
    (3, 14, "Kiểm tra công tác phòng, chống ngập tại trạm bơm", "Phó Chủ tịch UBND phường", "Phòng Kinh tế", "Trạm Lò Rèn"),
)


def plan(diary: Diary, rooms: dict[str, int]) -> None:
    """Everything that is only planned now."""
    _briefings(diary, rooms)
    _party(diary, rooms)
    _session(diary, rooms)
    _weeks(diary)


def _monday(diary: Diary) -> date:
    return diary.today - timedelta(days=diary.today.weekday())


def _working(day: date) -> date:
    while not vietnamese_calendar(day.year).works(day):
        day += timedelta(days=1)
    return day


def _create(diary: Diary, who: str, day: date, hour: int, items: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    times = {"starts_at": clock.at_local(day, hour).isoformat(), "ends_at": clock.at_local(day, hour + 2).isoformat()}
    return diary.do(who, "agenda.create", **times, items=items, **wanted)


def _briefings(diary: Diary, rooms: dict[str, int]) -> None:
    """Every Monday at eight; the first is issued. Kept as a template."""
    first = _monday(diary) + timedelta(days=7)
    titles = (("Kết quả tuần qua, việc còn chậm", 30), ("Nhiệm vụ tuần này", 30), ("Kết luận", 10))
    items = [{"title": title, "minutes_planned": minutes} for title, minutes in titles]
    with diary.at(diary.workday(3), 9):
        names = {"body": "UBND", "type": "briefing", "title": "Họp giao ban tuần", "room_id": rooms[MEETING_ROOM]}
        meeting_id = _create(diary, "minh", first, 8, items, **names)["meeting_id"]
        people = [{"person_id": diary.person(name), "voting": True} for name in BRIEFED]
        people.append({"person_id": diary.person("truong"), "voting": False})
        diary.do("minh", "agenda.set_participants", meeting_id=meeting_id, add=people)
        diary.do("minh", "agenda.repeat", meeting_id=meeting_id, every="week", count=BRIEFINGS)
        diary.do("minh", "agenda.save_template", meeting_id=meeting_id, name="Giao ban tuần")
        diary.do("van", "agenda.issue", meeting_id=meeting_id)


def _party(diary: Diary, rooms: dict[str, int]) -> None:
    """A closed meeting under the Party's rules, its invitation in the Party's layout."""
    day = _working(diary.today + timedelta(days=9))
    items = [{"title": title, "minutes_planned": 30} for title in PARTY_ITEMS]
    with diary.at(diary.workday(3), 10):
        title = f"Hội nghị Ban Chấp hành Đảng bộ phường tháng {day.month} năm {day.year}"
        names = {"body": "Đảng ủy", "type": "regular", "title": title, "room_id": rooms[PARTY_ROOM]}
        meeting_id = _create(diary, "nga", day, 8, items, **names)["meeting_id"]
        paper_id = diary.do("nga", "invitations.draft", meeting_id=meeting_id)["invitation_id"]
    with diary.at(diary.workday(2), 9):
        diary.do("lan", "invitations.sign", invitation_id=paper_id)
    with diary.at(diary.workday(2), 10):
        diary.do("nga", "invitations.issue", invitation_id=paper_id, with_meeting=True)


def _session(diary: Diary, rooms: dict[str, int]) -> None:
    """The next HĐND session: its papers are asked for in their sequence, the decision to convene waits for its number."""
    day = _working(diary.today + timedelta(days=SESSION_AHEAD_DAYS))
    items = [
        {"title": title, "kind": kind, "unit_id": diary.unit(unit), "presenter_id": diary.person(who), "minutes_planned": minutes}
        for title, kind, unit, who, minutes in SESSION_ITEMS
    ]
    with diary.at(diary.workday(2), 8, 30):
        title = f"Kỳ họp thường lệ tháng {day.month} năm {day.year}"
        names = {"body": "HĐND", "type": "regular", "title": title, "room_id": rooms[HALL]}
        made = _create(diary, "minh", day, 8, items, **names)
        wanted = {"meeting_id": made["meeting_id"], "item_id": made["item_ids"][1]}
        diary.do("minh", "materials.request_sequence", **wanted, committee_id=diary.unit("BKTNS"))
        paper_id = diary.do("minh", "invitations.draft", meeting_id=made["meeting_id"])["invitation_id"]
    with diary.at(diary.workday(1), 15):
        diary.do("lan", "invitations.sign", invitation_id=paper_id)


def _weeks(diary: Diary) -> None:
    """This week was published on the Friday before and changed once since; the next is published too."""
    this = _monday(diary)
    body_id = diary.body("UBND")
    with diary.at(this - timedelta(days=3), 15):
        kept = [_entry(diary, body_id, this, *entry) for entry in ENTRIES]
        diary.do("minh", "calendars.publish_week", body_id=body_id, monday=this.isoformat())
    with diary.at(diary.today, 0, 7):
        starts_at = clock.at_local(this + timedelta(days=3), 15).isoformat()
        diary.do("minh", "calendars.edit_entry", entry_id=kept[1], starts_at=starts_at)
        following = this + timedelta(days=7)
        for entry in ENTRIES:
            _entry(diary, body_id, following, *entry)
        diary.do("minh", "calendars.publish_week", body_id=body_id, monday=following.isoformat())


def _entry(
    diary: Diary, body_id: int, monday: date, weekday: int, hour: int, title: str, chair: str, people: str, at: str
) -> int:
    starts_at = clock.at_local(monday + timedelta(days=weekday), hour).isoformat()
    wanted = {"title": title, "starts_at": starts_at, "chair": chair, "people": people, "place": at}
    found: int = diary.do("minh", "calendars.add_entry", body_id=body_id, **wanted)["entry_id"]
    return found
