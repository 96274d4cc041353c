"""The coming UBND meeting: its programme in two versions, its invitation paper, and papers in every state they can be in."""

from datetime import date, datetime, timedelta
from typing import Any

from meeting import clock, jobs
from meeting.demo import answers, owed
from meeting.demo.diary import Diary
from meeting.demo.house import MEETING_ROOM
from meeting.rulebook.calendar import vietnamese_calendar
from meeting.rulebook.deadlines import Notice, due_at

NOTICE = Notice(5, "working")  # of a regular UBND meeting
LONGEST_AHEAD_DAYS = 12
ITEMS = (
    # depth, title, kind, unit, presenter, minutes
    (0, "Khai mạc, thông qua chương trình phiên họp", "opening", "VP", "minh", 10),
    (0, "Quốc phòng, an ninh", "matter", "", "", 0),
    (1, "Kế hoạch tuyển chọn và gọi công dân nhập ngũ", "matter", "BCHQS", "luc", 20),
    (1, "Phương án trực, bảo đảm an toàn phòng cháy dịp Tết", "matter", "CAP", "tien", 20),
    (0, "Văn hóa, xã hội", "matter", "", "", 0),
    (1, "Kế hoạch phục vụ Nhân dân đón Tết", "matter", "VH-XH", "chau", 25),
    (1, "Kết quả rà soát hộ nghèo, hộ cận nghèo", "report", "VH-XH", "chau", 15),
    (0, "Kinh tế, đô thị", "matter", "", "", 0),
    (1, "Phương án đấu giá quyền thuê hai điểm kinh doanh tại chợ", "matter", "KT-HT-ĐT", "truong", 25),
    (1, "Danh mục duy tu đường ngõ", "matter", "KT-HT-ĐT", "truong", 20),
    (0, "Cải cách hành chính, tiếp công dân", "matter", "", "", 0),
    (1, "Kết quả tiếp công dân, giải quyết đơn thư", "report", "VP", "minh", 15),
    (1, "Thí điểm nhận hồ sơ tại nhà cho người cao tuổi, người khuyết tật", "matter", "TTPVHCC", "ngan", 15),
    (0, "Kết luận phiên họp", "closing", "VP", "hung", 10),
)


def prepare(diary: Diary, rooms: dict[str, int]) -> None:
    """A regular UBND meeting in a few days; the units' time has just passed."""
    day = _day(diary)
    due = _due(day)
    meeting_id, items = _create(diary, day, due, rooms)
    papers = owed.Papers(diary, meeting_id, items, due, _last_call(diary, day))
    papers.ask()
    papers.in_time()
    answers.invite(diary, meeting_id, due)
    answers.reply(diary, meeting_id, due)
    _change_programme(diary, meeting_id, items, due, _last_call(diary, day))
    papers.late()
    _seat(diary, meeting_id, rooms)
    jobs.run_waiting()


def _day(diary: Diary) -> date:
    """The latest working day soon for which the papers were due before today."""
    calendar = vietnamese_calendar(diary.today.year)
    found = diary.today + timedelta(days=1)
    for ahead in range(1, LONGEST_AHEAD_DAYS + 1):
        day = diary.today + timedelta(days=ahead)
        if calendar.works(day) and _due(day).date() < diary.today:
            found = day
    return found


def _due(day: date) -> datetime:
    return clock.local(due_at(clock.local(clock.at_local(day, 14)), NOTICE, vietnamese_calendar(day.year)))


def _create(diary: Diary, day: date, due: datetime, rooms: dict[str, int]) -> tuple[int, list[int]]:
    with diary.at(diary.before(due.date(), 6), 14):
        made = diary.do(
            "minh",
            "agenda.create",
            body="UBND",
            type="regular",
            title=f"Phiên họp thường kỳ cuối tháng {day.month} năm {day.year}",
            starts_at=clock.at_local(day, 14).isoformat(),
            ends_at=clock.at_local(day, 17).isoformat(),
            room_id=rooms[MEETING_ROOM],
            items=[_item(diary, *item) for item in ITEMS],
        )
    return made["meeting_id"], made["item_ids"]


def _item(diary: Diary, depth: int, title: str, kind: str, unit: str, presenter: str, minutes: int) -> dict[str, Any]:
    return {
        "depth": depth,
        "title": title,
        "kind": kind,
        "unit_id": diary.unit(unit) if unit else None,
        "presenter_id": diary.person(presenter) if presenter else None,
        "minutes_planned": minutes,
    }


def _change_programme(diary: Diary, meeting_id: int, items: list[int], due: datetime, last_call: datetime) -> None:
    """The second version: one item more, one shorter, two in another order."""
    with diary.at(due.date(), 10, 15):
        title = "Chủ trương gắn biển tên hai ngõ mới"
        part = {"meeting_id": meeting_id, "parent_id": items[7], "title": title, "minutes_planned": 10}
        added = diary.do("minh", "agenda.add_item", **part, unit_id=diary.unit("KT-HT-ĐT"), presenter_id=diary.person("truong"))
        diary.do("minh", "agenda.edit_item", item_id=items[8], minutes_planned=20)
        diary.do("minh", "agenda.move_item", item_id=items[6], to="up")
        why = "Bổ sung nội dung theo ý kiến của Chủ tịch UBND phường"
        diary.do("minh", "agenda.hand_out_programme", meeting_id=meeting_id, why=why)
        wanted = {"meeting_id": meeting_id, "item_id": added["item_id"], "unit_id": diary.unit("KT-HT-ĐT")}
        reason = "Nội dung mới bổ sung vào chương trình"
        what = "Tờ trình gắn biển tên hai ngõ mới"
        diary.do("minh", "materials.request", **wanted, what=what, due_at=last_call.isoformat(), due_reason=reason)


def _last_call(diary: Diary, day: date) -> datetime:
    """The end of the next working day, but some hours before the meeting: until then a paper may come with more time."""
    found = diary.today + timedelta(days=1)
    while not vietnamese_calendar(found.year).works(found):
        found += timedelta(days=1)
    return min(clock.at_local(found, 17), clock.at_local(day, 11))


def _seat(diary: Diary, meeting_id: int, rooms: dict[str, int]) -> None:
    with diary.at(diary.today, 0, 6):
        diary.do("minh", "agenda.take_plan", meeting_id=meeting_id, room_id=rooms[MEETING_ROOM])
        diary.do("minh", "agenda.arrange_seats", meeting_id=meeting_id)
