"""After the past meeting: minutes, the notice with its tasks, grades, and what became of the tasks."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from meeting import jobs
from meeting.conclusions.queries import minutes_of
from meeting.database import reading
from meeting.demo.diary import Diary
from meeting.tasks.models import Task

CHAIR_SAID = (  # his conclusion of each item
    "Phiên họp nhất trí chương trình do Văn phòng trình.",
    "Thống nhất kế hoạch cải tạo hệ thống thoát nước; ưu tiên ngõ 45 phố Bến Đá; giao nhiệm vụ theo thông báo kết luận.",
    "Thống nhất kế hoạch; phát thùng rác trước cho năm khu dân cư chưa thực hiện phân loại rác tại nguồn.",
    "Thông qua Quy chế sửa đổi; Trung tâm tổ chức tập huấn ngay sau khi quy chế có hiệu lực.",
    "Giao Văn phòng hoàn thiện thông báo kết luận, trình ký và theo dõi, đôn đốc thực hiện.",
)

HEADS = {"KT-HT-ĐT": "truong", "CAP": "tien", "VH-XH": "chau", "TTPVHCC": "ngan", "BCHQS": "luc", "VP": "minh"}
STEPS = {  # how the work goes
    "KT-HT-ĐT": "Khảo sát hiện trạng; sửa chữa, lắp đặt; nghiệm thu cùng khu dân cư",
    "CAP": "Rà soát các công trình đang thi công; lập biên bản, xử lý; báo cáo UBND phường",
    "VH-XH": "Lập danh sách hộ; phát theo từng khu dân cư; tổng hợp, báo cáo",
    "TTPVHCC": "Xây dựng kế hoạch; tập huấn hai buổi; đánh giá sau tập huấn",
    "BCHQS": "Phân công lịch trực; kiểm tra máy bơm hằng tuần",
    "VP": "Theo dõi trên hệ thống; tổng hợp ngày 25 hằng tháng",
}


def conclude(diary: Diary, day: date, meeting_id: int, items: list[int]) -> int:
    """Minutes signed, the notice drafted, approved, signed and issued; returns its id."""
    with diary.at(day, 15, 40):
        diary.do("minh", "conclusions.edit_minutes", meeting_id=meeting_id, text=_full_minutes(meeting_id))
    with diary.at(day, 16, 10):
        diary.do("minh", "conclusions.sign_minutes", meeting_id=meeting_id)
        notice_id: int = diary.do("minh", "conclusions.draft", meeting_id=meeting_id)["notice_id"]
        for line in _lines(diary, day, items):
            diary.do("minh", "conclusions.add_line", notice_id=notice_id, **line)
        diary.do("minh", "conclusions.submit", notice_id=notice_id)
    with diary.at(day + timedelta(days=1), 8, 15):
        diary.do("hung", "conclusions.approve", notice_id=notice_id)
    with diary.at(day + timedelta(days=1), 9):
        diary.do("minh", "conclusions.sign", notice_id=notice_id)
    with diary.at(day + timedelta(days=1), 9, 30):
        diary.do("van", "conclusions.number", notice_id=notice_id)
        diary.do("van", "conclusions.issue", notice_id=notice_id)
        jobs.run_waiting()
    return notice_id


def _full_minutes(meeting_id: int) -> str:
    """The drafted minutes with the chair's words put into their gaps, item by item."""
    with reading() as session:
        drafted = minutes_of(session, meeting_id)
        text = drafted.text if drafted else ""
    for words in CHAIR_SAID:
        text = text.replace("[…]", words, 1)
    return text


def _lines(diary: Diary, day: date, items: list[int]) -> list[dict[str, Any]]:
    def task(item: int, text: str, lead: str, due: date | None, with_: tuple[str, ...] = (), product: str = "") -> dict[str, Any]:
        due_on = {"due_on": due.isoformat()} if due else {"no_due": True}
        units = [diary.unit(unit) for unit in with_]
        clear = {"leader_id": diary.person("dat"), "officer_id": diary.person(HEADS[lead]), "process": STEPS[lead]}
        line = {"item_id": item, "text": text, "lead_unit_id": diary.unit(lead), "cooperating_unit_ids": units}
        return {**line, **due_on, **clear, "product": product}

    soon, later = diary.today + timedelta(days=2), diary.today + timedelta(days=20)
    return [
        {
            "item_id": items[1],
            "text": "Ghi nhận kết quả xử lý úng ngập trong mùa mưa; biểu dương lực lượng xung kích đã trực 14 đợt.",
        },
        task(
            items[1],
            "Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, phối hợp với Công an phường sửa chữa máy bơm số 2 trạm Lò Rèn, "
            "lắp song chắn rác tại 40 miệng thu.",
            "KT-HT-ĐT",
            day + timedelta(days=10),
            ("CAP",),
            "Biên bản nghiệm thu",
        ),
        task(
            items[1],
            "Giao Công an phường kiểm tra, xử lý các trường hợp đổ vật liệu xây dựng xuống rãnh thoát nước.",
            "CAP",
            diary.today - timedelta(days=3),
            ("KT-HT-ĐT",),
            "Báo cáo kết quả xử lý",
        ),
        task(
            items[2],
            "Giao Phòng Văn hóa – Xã hội phát 2.050 bộ thùng rác hai ngăn cho năm khu dân cư chưa phân loại rác tại nguồn.",
            "VH-XH",
            later,
            ("KT-HT-ĐT",),
            "Danh sách hộ đã nhận",
        ),
        task(
            items[3],
            "Giao Trung tâm Phục vụ hành chính công tổ chức tập huấn quy chế sửa đổi cho 22 cán bộ.",
            "TTPVHCC",
            day + timedelta(days=12),
            ("VP",),
            "Kế hoạch và danh sách tập huấn",
        ),
        task(
            items[1],
            "Giao Ban Chỉ huy Quân sự bố trí dân quân trực hai máy bơm di động khi có mưa lớn.",
            "BCHQS",
            soon,
            (),
            "Lịch trực",
        ),
        task(
            items[4],
            "Giao Văn phòng HĐND và UBND theo dõi, đôn đốc thực hiện kết luận, báo cáo tại phiên họp thường kỳ hằng tháng.",
            "VP",
            None,
            (),
            "Báo cáo tại phiên họp thường kỳ",
        ),
    ]


def grade(diary: Diary, day: date, meeting_id: int) -> None:
    """The chair grades papers, statements and the meeting, and closes the evaluation."""
    with diary.at(day + timedelta(days=2), 10):
        grades = (("KT-HT-ĐT", "met", ""), ("VH-XH", "met", ""), ("TTPVHCC", "not_met", "Gửi chậm, thiếu ý kiến thẩm định"))
        for unit, verdict, reason in grades:
            wanted = {"meeting_id": meeting_id, "unit_id": diary.unit(unit), "verdict": verdict, "reason": reason}
            diary.do("hung", "evaluation.grade_paper", **wanted)
        for criterion in ("on_topic", "concrete"):
            diary.do("hung", "evaluation.grade_statement", meeting_id=meeting_id, criterion=criterion, verdict="met")
        diary.do(
            "hung", "evaluation.grade", meeting_id=meeting_id, verdict="met", shade="good", reason="Kết luận rõ việc, rõ hạn"
        )
        diary.do("hung", "evaluation.close", meeting_id=meeting_id)


def follow_up(diary: Diary, day: date, notice_id: int) -> None:
    """One task done in time and accepted, one done late and waiting, one under way, one overdue and urged, two just received."""
    tasks = _tasks(notice_id)
    pump, rubbish, bins, training, guard = (tasks[unit] for unit in ("KT-HT-ĐT", "CAP", "VH-XH", "TTPVHCC", "BCHQS"))
    officers = {pump: "dung", rubbish: "khoa", bins: "yen", training: "linh", guard: "bao"}
    with diary.at(day + timedelta(days=2), 8):
        for task_id, officer in officers.items():
            diary.do(officer, "tasks.receive", task_id=task_id)
    with diary.at(day + timedelta(days=9), 15):
        text = "Đã sửa xong máy bơm số 2, lắp đủ 40 song chắn rác; chạy thử đạt yêu cầu."
        diary.do("dung", "tasks.report", task_id=pump, progress_percent=100, text=text, done=True)
    with diary.at(day + timedelta(days=10), 8, 30):
        diary.do("minh", "tasks.accept", task_id=pump, text="Đồng ý nghiệm thu.")
    with diary.at(day + timedelta(days=10), 14):
        told = "Đã sửa xong máy bơm số 2 trạm Lò Rèn, lắp đủ 40 song chắn rác."
        public = "Sửa chữa máy bơm số 2 trạm Lò Rèn, lắp song chắn rác tại 40 miệng thu nước"
        diary.do("hung", "tasks.release", task_id=pump, public_text=public, public_result=told)
    with diary.at(day + timedelta(days=11), 9):
        text = "Đã phát 920 bộ thùng tại khu dân cư số 4 và số 7."
        diary.do("yen", "tasks.report", task_id=bins, progress_percent=45, text=text, obstacle="Nhà cung cấp giao hàng chậm")
        wanted = {"task_id": bins, "kind": "time", "due_on": (diary.today + timedelta(days=35)).isoformat()}
        diary.do("yen", "tasks.propose_change", **wanted, text="Nhà cung cấp chỉ giao đủ số thùng còn lại vào tháng sau.")
    with diary.at(day + timedelta(days=14), 16):
        text = "Đã tập huấn 22 cán bộ trong hai buổi."
        diary.do("linh", "tasks.report", task_id=training, progress_percent=100, text=text, done=True)
    with diary.at(diary.today - timedelta(days=1), 8):
        text = "Đề nghị báo cáo ngay kết quả kiểm tra, xử lý và lý do chậm."
        diary.do("minh", "tasks.urge", task_id=rubbish, text=text)


def _tasks(notice_id: int) -> dict[str, int]:
    with reading() as session:
        rows = session.scalars(select(Task).where(Task.notice_id == notice_id).order_by(Task.id))
        return {row.lead_unit.short_name: row.id for row in rows}
