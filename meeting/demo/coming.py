"""The meeting in preparation: papers in, late and missing."""

from datetime import date, datetime, timedelta

from meeting import clock, jobs
from meeting.demo.diary import Diary
from meeting.demo.papers import coming as papers
from meeting.rulebook.calendar import vietnamese_calendar
from meeting.rulebook.deadlines import Notice, due_at

NOTICE = Notice(3, "working")  # of a regular UBND meeting
LONGEST_AHEAD_DAYS = 9
ITEMS = (
    ("Khai mạc, thông qua chương trình phiên họp", "opening", "VP", "minh", 10),
    ("Kế hoạch tuyển chọn và gọi công dân nhập ngũ", "matter", "BCHQS", "luc", 30),
    ("Kế hoạch phục vụ Nhân dân đón Tết", "matter", "VH-XH", "chau", 30),
    ("Kết quả tiếp công dân, giải quyết đơn thư", "report", "VP", "minh", 25),
    ("Phương án đấu giá quyền thuê hai điểm kinh doanh tại chợ", "matter", "KT-HT-ĐT", "truong", 30),
    ("Phương án trực, bảo đảm an toàn phòng cháy dịp Tết", "matter", "CAP", "tien", 20),
    ("Kết luận phiên họp", "closing", "VP", "hung", 10),
)


def prepare(diary: Diary) -> None:
    """A regular UBND meeting in a few days; the units' time is over, two papers came in time, one late, two are missing."""
    day = _day(diary)
    with diary.at(diary.workday(11), 14):
        made = diary.do(
            "minh",
            "agenda.create",
            body="UBND",
            type="regular",
            title=f"Phiên họp thường kỳ cuối tháng {day.month} năm {day.year}",
            starts_at=clock.at_local(day, 14).isoformat(),
            ends_at=clock.at_local(day, 17).isoformat(),
            place="Phòng họp tầng 2, trụ sở UBND phường",
            items=[
                {
                    "title": title,
                    "kind": kind,
                    "unit_id": diary.unit(unit),
                    "presenter_id": diary.person(presenter),
                    "minutes_planned": minutes,
                }
                for title, kind, unit, presenter, minutes in ITEMS
            ],
        )
        asked = _ask(diary, made["meeting_id"], made["item_ids"])
    _receive(diary, day, asked)
    with diary.at(diary.today, 0, 1):
        diary.do("minh", "materials.remind", meeting_id=made["meeting_id"])
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


def _ask(diary: Diary, meeting_id: int, items: list[int]) -> list[int]:
    wanted = (
        (items[1], "BCHQS", "Kế hoạch tuyển chọn và gọi công dân nhập ngũ"),
        (items[2], "VH-XH", "Kế hoạch phục vụ Nhân dân đón Tết"),
        (items[3], "VP", "Báo cáo tiếp công dân, giải quyết đơn thư"),
        (items[4], "KT-HT-ĐT", "Phương án đấu giá quyền thuê điểm kinh doanh"),
        (items[5], "CAP", "Phương án trực và phòng cháy dịp Tết"),
    )
    return [
        diary.do("minh", "materials.request", meeting_id=meeting_id, item_id=item, unit_id=diary.unit(unit), what=what)[
            "requirement_id"
        ]
        for item, unit, what in wanted
    ]


def _receive(diary: Diary, day: date, asked: list[int]) -> None:
    due = _due(day)
    with diary.at(due.date() - timedelta(days=1), 15, 20):
        diary.hand_in("bao", asked[0], papers.RECRUITS)
    with diary.at(due.date(), 9, 5):
        diary.do("minh", "materials.accept", requirement_id=asked[0])
    with diary.at(due.date(), 16, 35):
        diary.hand_in("yen", asked[1], papers.NEW_YEAR)
    with clock.frozen(min(due + timedelta(hours=2, minutes=25), diary.now)):
        diary.hand_in("nam", asked[2], papers.PETITIONS, reason="Chờ số liệu của Trung tâm Phục vụ hành chính công")
