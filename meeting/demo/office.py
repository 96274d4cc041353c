"""What an office keeps beside its meetings: whom units serve, what ends soon, backups, sign-ins, remarks, a practice."""

from datetime import date, timedelta

from sqlalchemy import select

from meeting.database import reading
from meeting.demo.diary import Diary
from meeting.organization.models import Membership, Unit
from meeting.organization.queries import account_named

#: The unit, the body it serves, its place on the chart.
SERVES = (
    ("VP", "UBND", 1),
    ("KT-HT-ĐT", "UBND", 2),
    ("VH-XH", "UBND", 3),
    ("TTPVHCC", "UBND", 4),
    ("CAP", "UBND", 5),
    ("BCHQS", "UBND", 6),
    ("BKTNS", "HĐND", 1),
)
RIGHT_DAYS, TERM_DAYS = 28, 24
ASKED = "Tôi muốn xem lịch họp của cả tháng trên một trang để in ra."
ANSWERED = "Đồng chí mở «Lịch tháng» rồi bấm nút in của trình duyệt. Văn phòng đã ghi nhận để làm bản in đẹp hơn."
OPEN = "Tài liệu bản đồ khổ A3 mở trên máy tính bảng phải kéo nhiều lần, có cách nào xem vừa trang không?"
SIGN_INS = (
    # days ago, hour, minute, who, whether it succeeded
    (4, 7, 41, "minh", True),
    (4, 7, 52, "dung", True),
    (3, 8, 3, "lan", True),
    (2, 7, 48, "van", True),
    (2, 20, 14, "hoa", False),
    (2, 20, 15, "hoa", True),
    (1, 22, 37, "quantri", False),  # a name that nobody has
)
BACKUPS = {"on": True, "times": ["01:30"], "daily": 7, "weekly": 4, "monthly": 6, "drill": True}


def place_units(diary: Diary) -> None:
    """Every unit stands on the chart below the body that it serves; called at the beginning."""
    for short_name, body, rank in SERVES:
        unit_id = diary.unit(short_name)
        with reading() as session:
            name = session.get_one(Unit, unit_id).name
        diary.do("admin", "organization.edit_unit", unit_id=unit_id, name=name, short_name=short_name, body_id=diary.body(body))
        diary.do("admin", "organization.move_unit", unit_id=unit_id, parent_id=None, rank=rank)


def keep(diary: Diary) -> None:
    """In the last days: a right, the end of an inspection, the plan of backups, remarks; today a practice begins."""
    committee = diary.body("UBND")
    with diary.at(diary.workday(6), 8, 30):
        diary.do(
            "admin",
            "organization.give_right",
            person_id=diary.person("linh"),
            body_id=committee,
            right="calendars.keep_week",
            ends_on=(diary.today + timedelta(days=RIGHT_DAYS)).isoformat(),
            reason="Giúp Văn phòng lập lịch công tác tuần trong tháng cao điểm",
        )
        _end(diary, "thinh", committee, diary.today + timedelta(days=TERM_DAYS))
        diary.do("admin", "records.set_backups", **BACKUPS)
    with diary.at(diary.workday(5), 14):
        remark = diary.do("hoa", "guides.give_feedback", kind="question", text=ASKED, page="/calendar")["remark_id"]
    with diary.at(diary.workday(4), 9):
        diary.do("admin", "guides.answer_feedback", remark_id=remark, state="answered", answer=ANSWERED)
    with diary.at(diary.workday(1), 16, 20):
        diary.do("tuan", "guides.give_feedback", kind="wish", text=OPEN, page="/meetings")
    for days, hour, minute, username, succeeded in SIGN_INS:
        with diary.at(diary.workday(days), hour, minute):
            _sign_in(diary, username, succeeded=succeeded)
    with diary.at(diary.today, 23, 59):
        diary.do("minh", "practice.begin", body_id=committee)


def _sign_in(diary: Diary, username: str, *, succeeded: bool) -> None:
    with reading() as session:
        account = account_named(session, username)
        number = account.id if account else None
    wanted = {"username": username, "account_id": number, "address": "192.0.2.14", "succeeded": succeeded}
    diary.do("system", "organization.note_sign_in", **wanted)


def _end(diary: Diary, username: str, body_id: int, last_day: date) -> None:
    """A role of somebody in a body gets its last day."""
    wanted = select(Membership.id).where(Membership.person_id == diary.person(username), Membership.body_id == body_id)
    with reading() as session:
        held = session.scalars(wanted).one()
    diary.do("admin", "organization.end_role", membership_id=held, ends_on=last_day.isoformat())
