"""Two meetings that can be opened now: the HĐND under lan, the UBND under hung. Dated at the moment of filling."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from meeting import clock, jobs
from meeting.agenda.models import Item
from meeting.database import reading
from meeting.demo.diary import Diary
from meeting.demo.house import HALL, MEETING_ROOM
from meeting.demo.paper import Paper
from meeting.demo.papers import council as council_papers
from meeting.demo.papers import today as committee_papers
from meeting.demo.papers.lanes import LANES_ANNEX

COUNCIL_ITEMS = (
    ("Khai mạc, thông qua chương trình kỳ họp", "opening", "VP", "lan", 15),
    ("Báo cáo tình hình kinh tế – xã hội, quốc phòng, an ninh; phương hướng, nhiệm vụ năm tới", "report", "VP", "hung", 40),
    ("Dự toán thu, chi ngân sách phường và danh mục đầu tư công năm tới", "matter", "KT-HT-ĐT", "truong", 45),
    ("Chất vấn và trả lời chất vấn", "questioning", "", "", 60),
    ("Công tác nhân sự thuộc thẩm quyền của HĐND", "personnel", "VP", "lan", 40),
    ("Thông qua Nghị quyết về dự toán ngân sách", "resolution", "VP", "thang", 30),
    ("Bế mạc", "closing", "VP", "lan", 10),
)
COMMITTEE_ITEMS = (
    ("Khai mạc, thông qua chương trình phiên họp", "opening", "VP", "minh", 10),
    ("Kết quả giải quyết thủ tục hành chính trong tháng", "report", "TTPVHCC", "ngan", 20),
    ("Kế hoạch chỉnh trang vỉa hè, sắp xếp điểm kinh doanh bốn tuyến phố", "matter", "KT-HT-ĐT", "truong", 40),
    ("An ninh, trật tự trong quý và phương án dịp cuối năm", "matter", "CAP", "tien", 30),
    ("Kết luận phiên họp", "closing", "VP", "hung", 10),
)


def council(diary: Diary, rooms: dict[str, int]) -> int:
    """The regular HĐND session: five papers accepted, invitations answered, guests invited, one of them for one item."""
    made = _create(diary, 32, "HĐND", f"Kỳ họp thường lệ cuối năm {diary.today.year}", rooms[HALL], COUNCIL_ITEMS)
    items = made["item_ids"]
    wanted = (
        (items[1], "VP", "nam", "Báo cáo tình hình kinh tế – xã hội", council_papers.REPORT),
        (items[2], "KT-HT-ĐT", "dung", "Tờ trình dự toán ngân sách", council_papers.BUDGET),
        (items[2], "KT-HT-ĐT", "dung", "Phụ lục danh mục duy tu đường ngõ", LANES_ANNEX),
        (items[2], "VP", "nam", "Báo cáo thẩm tra dự toán ngân sách", council_papers.VERIFICATION),
        (items[5], "VP", "nam", "Dự thảo Nghị quyết về dự toán ngân sách", council_papers.RESOLUTION),
    )
    _papers(diary, made["meeting_id"], 31, 25, wanted)
    guests: list[dict[str, Any]] = [{"person_id": diary.person(name), "voting": False} for name in ("khach", "ngan", "tien")]
    guests.append({"person_id": diary.person("truong"), "voting": False, "item_ids": [items[2]]})
    with diary.at(diary.workday(23), 9):
        diary.do("minh", "agenda.set_participants", meeting_id=made["meeting_id"], add=guests)
        diary.do("van", "agenda.issue", meeting_id=made["meeting_id"])
    _replies(diary, 20, made["meeting_id"], ("lan", "hung", "hoa", "thang", "hang", "phuc", "ngoc", "son", "cuc"))
    with diary.at(diary.workday(2), 20, 15):
        text = "Đề nghị làm rõ điều kiện giao vốn dự án Vườn hoa khu dân cư số 9 và tiến độ cống hộp phố Bến Đá."
        diary.do("hoa", "discussion.post", meeting_id=made["meeting_id"], item_id=items[2], text=text)
    jobs.run_waiting()
    return int(made["meeting_id"])


def committee(diary: Diary, rooms: dict[str, int]) -> None:
    """The UBND meeting of today: three papers accepted, everybody invited."""
    title = f"Phiên họp chuyên đề tháng {diary.today.month} năm {diary.today.year}"
    made = _create(diary, 15, "UBND", title, rooms[MEETING_ROOM], COMMITTEE_ITEMS, "thematic")
    items = made["item_ids"]
    wanted = (
        (items[1], "TTPVHCC", "linh", "Báo cáo giải quyết thủ tục hành chính", committee_papers.COUNTER),
        (items[2], "KT-HT-ĐT", "dung", "Tờ trình kế hoạch chỉnh trang vỉa hè", committee_papers.PAVEMENTS),
        (items[3], "CAP", "khoa", "Báo cáo an ninh, trật tự", committee_papers.SECURITY),
    )
    _papers(diary, made["meeting_id"], 14, 10, wanted)
    guests = [{"person_id": diary.person(name), "voting": False} for name in ("khach", "truong")]
    with diary.at(diary.workday(5), 10):
        diary.do("minh", "agenda.set_participants", meeting_id=made["meeting_id"], add=guests)
        diary.do("van", "agenda.issue", meeting_id=made["meeting_id"])
    _replies(diary, 4, made["meeting_id"], ("hung", "hang", "hoa", "chau", "tien", "ngan", "luc"))
    jobs.run_waiting()


def _beginning(diary: Diary) -> datetime:
    """The last full five minutes before the filling, on the day of filling."""
    return diary.now - timedelta(minutes=diary.now.minute % 5, seconds=diary.now.second, microseconds=diary.now.microsecond)


def _create(
    diary: Diary, days_ago: int, body: str, title: str, room_id: int, items: tuple[Any, ...], kind: str = "regular"
) -> dict[str, Any]:
    starts_at = _beginning(diary)
    with diary.at(diary.workday(days_ago), 8, 15):
        return diary.do(
            "minh",
            "agenda.create",
            body=body,
            type=kind,
            title=title,
            room_id=room_id,
            starts_at=starts_at.isoformat(),
            ends_at=(starts_at + timedelta(hours=3)).isoformat(),
            items=[_item(diary, *item) for item in items],
        )


def _item(diary: Diary, title: str, kind: str, unit: str, presenter: str, minutes: int) -> dict[str, Any]:
    return {
        "title": title,
        "kind": kind,
        "unit_id": diary.unit(unit) if unit else None,
        "presenter_id": diary.person(presenter) if presenter else None,
        "minutes_planned": minutes,
    }


def _papers(
    diary: Diary, meeting_id: int, asked_ago: int, sent_ago: int, wanted: tuple[tuple[int, str, str, str, Paper], ...]
) -> None:
    """Asked for, sent in time and accepted."""
    for place, (item_id, unit, officer, what, paper) in enumerate(wanted):
        with diary.at(diary.workday(asked_ago), 9, place):
            request = {"meeting_id": meeting_id, "item_id": item_id, "unit_id": diary.unit(unit), "what": what}
            requirement_id = diary.do("minh", "materials.request", **request)["requirement_id"]
        with diary.at(diary.workday(sent_ago), 14, 10 * place):
            diary.hand_in(officer, requirement_id, paper)
        with diary.at(diary.workday(sent_ago), 16, 10 * place):
            diary.do("minh", "materials.accept", requirement_id=requirement_id)


def _replies(diary: Diary, days_ago: int, meeting_id: int, usernames: tuple[str, ...]) -> None:
    for minute, username in enumerate(usernames):
        with diary.at(diary.workday(days_ago), 10, minute):
            diary.do(username, "agenda.reply", meeting_id=meeting_id, reply="accepted")
    with diary.at(diary.workday(days_ago), 11):
        reason = "Đi công tác theo kế hoạch đã được duyệt"
        diary.do("dat" if "ngan" in usernames else "long", "agenda.reply", meeting_id=meeting_id, reply="declined", reason=reason)


def item_of(meeting_id: int, kind: str) -> int:
    """The item of a kind on a programme."""
    with reading() as session:
        return session.scalars(select(Item.id).where(Item.meeting_id == meeting_id, Item.kind == kind)).one()


def mark_now(diary: Diary) -> datetime:
    """The moment at which the two meetings begin (for tests)."""
    return clock.local(_beginning(diary))
