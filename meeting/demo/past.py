"""The past meeting of the UBND: held, with minutes, an issued notice, tasks in several states, and grades."""

from datetime import date

from meeting import clock, jobs
from meeting.demo import after, issued
from meeting.demo.diary import Diary
from meeting.demo.papers import past as papers

MEMBERS = ("hung", "hang", "dat", "hoa", "tuan", "chau", "tien", "ngan")  # who came; luc was excused
ITEMS = (
    # title, kind, unit, presenter, minutes
    ("Khai mạc, thông qua chương trình phiên họp", "opening", "VP", "minh", 10),
    ("Kết quả xử lý úng ngập và kế hoạch cải tạo hệ thống thoát nước", "report", "KT-HT-ĐT", "truong", 40),
    ("Kế hoạch nâng chất lượng nhà văn hóa và phân loại rác tại nguồn", "matter", "VH-XH", "chau", 30),
    ("Sửa đổi Quy chế hoạt động của Trung tâm Phục vụ hành chính công", "matter", "TTPVHCC", "ngan", 30),
    ("Kết luận phiên họp", "closing", "VP", "hung", 10),
)


def hold(diary: Diary) -> None:
    """From the first draft to the graded, closed meeting and its tasks."""
    day = diary.workday(22)
    meeting_id, items = _prepare(diary, day)
    _meet(diary, day, meeting_id, items)
    notice_id = after.conclude(diary, day, meeting_id, items)
    issued.ask_members(diary, day, meeting_id)
    after.grade(diary, day, meeting_id)
    after.follow_up(diary, day, notice_id)


def _prepare(diary: Diary, day: date) -> tuple[int, list[int]]:
    with diary.at(diary.before(day, 10), 8, 30):
        made = diary.do(
            "minh",
            "agenda.create",
            body="UBND",
            type="regular",
            title=f"Phiên họp thường kỳ tháng {day.month} năm {day.year}",
            starts_at=clock.at_local(day, 8).isoformat(),
            ends_at=clock.at_local(day, 11, 30).isoformat(),
            place="Phòng họp tầng 2, trụ sở UBND phường",
            guests=[diary.person("khach"), diary.person("truong")],
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
    meeting_id, items = made["meeting_id"], made["item_ids"]
    asked = _ask_for_papers(diary, day, meeting_id, items)
    _receive_papers(diary, day, asked)
    with diary.at(diary.before(day, 2), 15):
        diary.do("minh", "agenda.issue", meeting_id=meeting_id)
    for username in MEMBERS:
        with diary.at(diary.before(day, 1), 9, len(username)):
            diary.do(username, "agenda.reply", meeting_id=meeting_id, reply="accepted")
    with diary.at(diary.before(day, 1), 10):
        wanted = {"meeting_id": meeting_id, "reply": "declined", "reason": "Tham gia diễn tập do cấp trên triệu tập"}
        diary.do("luc", "agenda.reply", **wanted)
    return meeting_id, items


def _ask_for_papers(diary: Diary, day: date, meeting_id: int, items: list[int]) -> list[int]:
    wanted = (
        (items[1], "KT-HT-ĐT", "Báo cáo kết quả xử lý úng ngập và kế hoạch cải tạo thoát nước"),
        (items[2], "VH-XH", "Tờ trình kế hoạch nhà văn hóa và phân loại rác"),
        (items[3], "TTPVHCC", "Tờ trình sửa đổi Quy chế hoạt động"),
    )
    with diary.at(diary.before(day, 10), 9):
        return [
            diary.do("minh", "materials.request", meeting_id=meeting_id, item_id=item, unit_id=diary.unit(unit), what=what)[
                "requirement_id"
            ]
            for item, unit, what in wanted
        ]


def _receive_papers(diary: Diary, day: date, asked: list[int]) -> None:
    """One in time at once, one returned and sent again, one late."""
    with diary.at(diary.before(day, 8), 14, 10):
        diary.hand_in("yen", asked[1], papers.SCHOOLS)
    with diary.at(diary.before(day, 8), 15, 40):
        diary.hand_in("dung", asked[0], papers.DRAINAGE)
    with diary.at(diary.before(day, 7), 8, 20):
        diary.do("minh", "materials.accept", requirement_id=asked[1])
        reason = "Thiếu kinh phí và thời hạn của từng hạng mục; đề nghị bổ sung bảng tiến độ"
        diary.do("minh", "materials.return", requirement_id=asked[0], reason=reason)
    with diary.at(diary.before(day, 6), 16, 5):
        diary.hand_in("dung", asked[0], papers.DRAINAGE_MENDED)
    with diary.at(diary.before(day, 5), 9, 30):
        diary.do("minh", "materials.accept", requirement_id=asked[0])
    with diary.at(diary.before(day, 4), 8, 40):
        diary.hand_in("linh", asked[2], papers.PROCEDURE, reason="Chờ ý kiến thẩm định của bộ phận pháp chế")
        diary.do("minh", "materials.accept", requirement_id=asked[2])


def _meet(diary: Diary, day: date, meeting_id: int, items: list[int]) -> None:
    for minute, username in enumerate(("minh", "truong", "khach", *MEMBERS), start=44):
        with diary.at(day, 7, minute):
            diary.do(username, "live.check_in", meeting_id=meeting_id)
    with diary.at(day, 8, 2):
        diary.do("hung", "live.open", meeting_id=meeting_id)
    _go(diary, day, 8, 3, meeting_id, items[0])
    _go(diary, day, 8, 12, meeting_id, items[1])
    _opinion(diary, day, 8, 25, "hoa", meeting_id, items[1], "Đề nghị ưu tiên xử lý ngõ 45 phố Bến Đá trước, vì ngập lâu nhất.")
    _speech(diary, day, 8, 30, "tuan", meeting_id, items[1], "Tiến độ sửa máy bơm số 2")
    _speech(diary, day, 8, 38, "hang", meeting_id, items[1], "Trách nhiệm của tổ dân phố với miệng thu nước")
    _vote(diary, day, 8, 46, meeting_id, items[1], "Thông qua kế hoạch cải tạo hệ thống thoát nước", against=())
    _go(diary, day, 8, 52, meeting_id, items[2])
    _opinion(diary, day, 9, 2, "tuan", meeting_id, items[2], "Nên phát thùng rác cho năm khu dân cư chưa thực hiện trước.")
    _speech(diary, day, 9, 5, "hoa", meeting_id, items[2], "Lịch mở cửa nhà văn hóa")
    _go(diary, day, 9, 20, meeting_id, items[3])
    _vote(diary, day, 9, 40, meeting_id, items[3], "Thông qua Quy chế hoạt động sửa đổi của Trung tâm", against=("dat",))
    _go(diary, day, 9, 48, meeting_id, items[4])
    with diary.at(day, 10, 5):
        diary.do("hung", "live.close", meeting_id=meeting_id)
        jobs.run_waiting()


def _go(diary: Diary, day: date, hour: int, minute: int, meeting_id: int, item_id: int) -> None:
    with diary.at(day, hour, minute):
        diary.do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=item_id)


def _opinion(diary: Diary, day: date, hour: int, minute: int, username: str, meeting_id: int, item_id: int, text: str) -> None:
    with diary.at(day, hour, minute):
        diary.do(username, "discussion.post", meeting_id=meeting_id, item_id=item_id, text=text)


def _speech(diary: Diary, day: date, hour: int, minute: int, username: str, meeting_id: int, item_id: int, subject: str) -> None:
    with diary.at(day, hour, minute):
        asked = diary.do(username, "speaking.ask", meeting_id=meeting_id, item_id=item_id, subject=subject)
        diary.do("hung", "speaking.call", floor_id=asked["floor_id"])
        diary.do("hung", "speaking.start", floor_id=asked["floor_id"])
    with diary.at(day, hour, minute + 4):
        diary.do("hung", "speaking.stop", floor_id=asked["floor_id"])


def _vote(
    diary: Diary, day: date, hour: int, minute: int, meeting_id: int, item_id: int, title: str, against: tuple[str, ...]
) -> None:
    with diary.at(day, hour, minute):
        wanted = {"meeting_id": meeting_id, "item_id": item_id, "title": title, "kind": "open"}
        question_id = diary.do("minh", "voting.prepare", **wanted)["question_id"]
        diary.do("hung", "voting.open", question_id=question_id)
    with diary.at(day, hour, minute + 1):
        for username in MEMBERS:
            choice = "against" if username in against else "for"
            diary.do(username, "voting.cast", question_id=question_id, choice=choice)
    with diary.at(day, hour, minute + 2):
        diary.do("hung", "voting.close", question_id=question_id)
        diary.do("hung", "voting.publish", question_id=question_id)
