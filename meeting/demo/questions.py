"""Questioning in the demo: questions registered before the HĐND session, two groups, and promises of last month."""

from datetime import timedelta

from sqlalchemy import select

from meeting import clock, jobs
from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.demo.diary import Diary
from meeting.organization.models import Body

GROUPS = (
    ("Trật tự đô thị, vỉa hè và an toàn giao thông", "tien"),
    ("Giải quyết thủ tục hành chính và phục vụ người dân", "ngan"),
)
QUESTIONS = (
    # who asks, the group, the question
    ("hoa", 0, "Vì sao vỉa hè phố Bến Đá tái lấn chiếm sau ba đợt ra quân? Trách nhiệm thuộc về ai và khi nào xử lý dứt điểm?"),
    (
        "thang",
        0,
        "Xe tải lớn vẫn đi vào đường Nguyễn Khuyến trong giờ cấm. Công an phường đã xử lý bao nhiêu trường hợp trong năm?",
    ),
    (
        "phuc",
        0,
        "Các điểm trông giữ xe trái phép quanh chợ Lạc Giang tồn tại từ năm ngoái. Đề nghị cho biết biện pháp và thời hạn.",
    ),
    ("ngoc", 1, "Tỷ lệ hồ sơ đất đai quá hạn còn cao. Trung tâm có giải pháp gì và bao giờ chấm dứt tình trạng này?"),
    ("son", 1, "Người cao tuổi khó nộp hồ sơ trực tuyến. Việc hỗ trợ tại nhà văn hóa khu dân cư thực hiện đến đâu?"),
)
AGREE = {0: ("hoa", "thang", "phuc", "ngoc", "cuc"), 1: ("ngoc", "son", "hoa")}
PROMISES = (
    # who, what, due so many days after the meeting, how it was kept
    ("truong", "Nạo vét xong hố ga ngõ 91 và ngõ 105 phố Bến Đá, bảo đảm thoát nước khi có mưa lớn.", 10, "Đã nạo vét 46 hố ga."),
    ("truong", "Công khai tiến độ duy tu đường ngõ trên trang thông tin của phường vào thứ hai hằng tuần.", 14, ""),
)


def prepare(diary: Diary, meeting_id: int, item_id: int) -> None:
    """The groups of the session's questioning with what members registered, and the promises of the past UBND meeting."""
    groups = []
    with diary.at(diary.workday(15), 9):
        for title, respondent in GROUPS:
            known = {"meeting_id": meeting_id, "title": title, "item_id": item_id}
            made = diary.do("minh", "questioning.make_group", **known, respondent_id=diary.person(respondent))
            groups.append(made["group_id"])
    for minute, (who, place, text) in enumerate(QUESTIONS):
        with diary.at(diary.workday(12), 14, minute):
            diary.do(who, "questioning.ask", meeting_id=meeting_id, group_id=groups[place], text=text)
    for place, people in AGREE.items():
        with diary.at(diary.workday(11), 9, place):
            for who in people:
                diary.do(who, "questioning.agree", group_id=groups[place])
    _promises(diary)
    jobs.run_waiting()


def _promises(diary: Diary) -> None:
    """Two promises that the head of a unit made to the UBND: one kept, one overdue."""
    with reading() as session:
        held = select(Meeting).join(Body).where(Body.short_name == "UBND", Meeting.state == "held").order_by(Meeting.starts_at)
        past = session.scalars(held).first()
    if past is None or past.opened_at is None:
        return
    day = clock.local(past.opened_at).date()
    for who, text, days, kept in PROMISES:
        with diary.at(diary.workday(3), 9):
            known = {"meeting_id": past.id, "person_id": diary.person(who), "text": text}
            due = (day + timedelta(days=days)).isoformat()
            promise = diary.do("minh", "questioning.note_promise", **known, due_on=due)["promise_id"]
            diary.do(who, "questioning.answer_promise", promise_id=promise, agrees=True)
        if kept:
            with diary.at(diary.workday(2), 15):
                on = (day + timedelta(days=days - 1)).isoformat()
                diary.do("minh", "questioning.keep_promise", promise_id=promise, note=kept, on=on)
