"""What meetings end in: a resolution of the HĐND made public, a notice that is being written, work from above, a survey."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from meeting import clock, jobs
from meeting.conclusions.queries import minutes_of
from meeting.conclusions.sealing_work import Hand, Signed, seal_notice, sign_notice
from meeting.database import reading
from meeting.demo.diary import Diary
from meeting.signing.practice import PASSPHRASE
from meeting.signing.queries import body_keys, own_keys
from meeting.tasks.models import Task
from meeting.voting.models import Question

ATTENDED = ("hang", "dat", "hoa", "tuan", "chau", "tien", "ngan")  # and are asked how the meeting was
ANSWERS = ((4, 3, 4, 4), (3, 3, 4, 3), (4, 4, 4, 4), (3, 2, 3, 4), (4, 3, 3, 4), (3, 4, 4, 3), (4, 3, 4, 4))
SAT = ("hung", "dat", "tien", "chau")  # in the work meeting
WORK = (
    ("Tiến độ giải phóng mặt bằng nhà văn hóa khu dân cư số 3", "matter", "KT-HT-ĐT", "truong"),
    ("Phương án sắp xếp hộ kinh doanh trên phố Bến Đá", "matter", "CAP", "tien"),
)


def resolve(diary: Diary, meeting_id: int, items: list[int], day: date) -> None:
    """The older session ends in a resolution: its vote linked, signed and sealed with keys, issued, sent up and public."""
    with diary.at(day, 14):
        text = _without_gaps(meeting_id, "Chủ tọa kết luận theo kết quả biểu quyết.")
        diary.do("minh", "conclusions.edit_minutes", meeting_id=meeting_id, text=text)
        diary.do("minh", "conclusions.sign_minutes", meeting_id=meeting_id)
        diary.do("lan", "conclusions.sign_minutes", meeting_id=meeting_id)
    with diary.at(day, 15):
        wanted = {"meeting_id": meeting_id, "kind": "NQ", "item_id": items[2], "question_id": _carried(meeting_id)}
        notice_id = diary.do("minh", "conclusions.draft", **wanted, lines=_articles(items[2]))["notice_id"]
        abstract = "Về việc xác nhận kết quả bầu Phó Trưởng Ban Kinh tế – Ngân sách của HĐND phường"
        diary.do("minh", "conclusions.word", notice_id=notice_id, abstract=abstract)
        diary.do("minh", "conclusions.submit", notice_id=notice_id)
    with diary.at(day + timedelta(days=1), 9):
        diary.do("lan", "conclusions.approve", notice_id=notice_id)
        jobs.run_waiting()  # lays the page out that is signed
    with diary.at(day + timedelta(days=1), 9, 20):
        _with_key(diary, "lan", None, sign_notice, notice_id)
    with diary.at(day + timedelta(days=1), 9, 45):
        diary.do("van", "conclusions.number", notice_id=notice_id)
        _with_key(diary, "van", diary.body("HĐND"), seal_notice, notice_id)
        diary.do("van", "conclusions.issue", notice_id=notice_id)
        jobs.run_waiting()
    with diary.at(day + timedelta(days=2), 10):
        diary.do("van", "conclusions.send_up", notice_id=notice_id, to="Thường trực HĐND thành phố Hải Đông")
        diary.do("lan", "conclusions.publish", notice_id=notice_id)


def _with_key(diary: Diary, username: str, body_id: int | None, does: Callable[[Hand, int, int, str], Signed], what: int) -> None:
    """What the door of signatures does, with a practice key of this person or body, at the diary's time."""
    who = diary.actor(username)
    with reading() as session:
        held = body_keys(session, [body_id]) if body_id is not None else own_keys(session, who)
        does(Hand(who, session, at=clock.now()), what, held[0].id, PASSPHRASE)


def _without_gaps(meeting_id: int, words: str) -> str:
    with reading() as session:
        drafted = minutes_of(session, meeting_id)
        return drafted.text.replace("[…]", words) if drafted else ""


def _carried(meeting_id: int) -> int:
    with reading() as session:
        wanted = select(Question.id).where(Question.meeting_id == meeting_id).order_by(Question.id.desc()).limit(1)
        return session.scalars(wanted).one()


def _articles(item_id: int) -> list[dict[str, Any]]:
    texts = (
        "Xác nhận kết quả bầu Phó Trưởng Ban Kinh tế – Ngân sách của Hội đồng nhân dân phường theo biên bản kiểm phiếu.",
        "Thường trực, các Ban của Hội đồng nhân dân phường và người được bầu chịu trách nhiệm thi hành Nghị quyết này.",
    )
    return [{"item_id": item_id, "text": text} for text in texts]


def ask_members(diary: Diary, day: date, meeting_id: int) -> None:
    """Those who sat in the meeting say how it was, without their names."""
    for minute, (username, levels) in enumerate(zip(ATTENDED, ANSWERS, strict=True)):
        answers = dict(zip(("papers", "chairing", "heard", "outcome"), levels, strict=True))
        comment = "Tài liệu nên gửi sớm hơn một ngày." if username == "tuan" else ""
        with diary.at(day + timedelta(days=1), 11, minute):
            diary.do(username, "evaluation.answer_survey", meeting_id=meeting_id, answers=answers, comment=comment)


def be_writing(diary: Diary) -> None:
    """A work meeting of this week whose notice is being written."""
    day = diary.workday(3)
    with diary.at(diary.before(day, 3), 9):
        made = diary.do(
            "minh",
            "agenda.create",
            body="UBND",
            type="work",
            title="Họp giải quyết công việc về mặt bằng và trật tự đô thị",
            starts_at=clock.at_local(day, 14).isoformat(),
            ends_at=clock.at_local(day, 16).isoformat(),
            place="Phòng họp tầng 2, trụ sở UBND phường",
            items=[
                {"title": title, "kind": kind, "unit_id": diary.unit(unit), "presenter_id": diary.person(presenter)}
                for title, kind, unit, presenter in WORK
            ],
        )
        meeting_id, items = int(made["meeting_id"]), made["item_ids"]
        invited = [{"person_id": diary.person(username)} for username in SAT]
        diary.do("minh", "agenda.set_participants", meeting_id=meeting_id, add=invited)
        diary.do("minh", "agenda.issue", meeting_id=meeting_id)
    with diary.at(day, 13, 50):
        for username in SAT:
            diary.do(username, "live.check_in", meeting_id=meeting_id)
    with diary.at(day, 14, 1):
        diary.do("hung", "live.open", meeting_id=meeting_id)
    for hour, minute, item in ((14, 2, 0), (15, 0, 1)):
        with diary.at(day, hour, minute):
            diary.do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=items[item])
    with diary.at(day, 15, 50):
        diary.do("hung", "live.close", meeting_id=meeting_id)
        jobs.run_waiting()
    with diary.at(diary.workday(2), 9):
        _write(diary, meeting_id, items)


def _write(diary: Diary, meeting_id: int, items: list[int]) -> None:
    notice_id = diary.do("minh", "conclusions.draft", meeting_id=meeting_id)["notice_id"]
    due = diary.today + timedelta(days=25)
    lines: list[dict[str, Any]] = [
        {"item_id": items[0], "text": "Ghi nhận 11/14 hộ đã nhận tiền bồi thường; ba hộ còn lại đề nghị xác định lại ranh giới."},
        {
            "item_id": items[0],
            "text": "Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, phối hợp với Công an phường đo đạc lại ranh giới "
            f"ba thửa đất, đối thoại với từng hộ; hoàn thành trước ngày {due:%d/%m/%Y}.",
            "lead_unit_id": diary.unit("KT-HT-ĐT"),
            "cooperating_unit_ids": [diary.unit("CAP")],
            "due_on": due.isoformat(),
            "leader_id": diary.person("dat"),
        },
        {"item_id": items[1], "text": "Thống nhất phương án kẻ vạch sơn, bố trí hộ kinh doanh trong vạch; thí điểm một tháng."},
    ]
    for line in lines:
        diary.do("minh", "conclusions.add_line", notice_id=notice_id, **line)


def give_work(diary: Diary) -> None:
    """Work from a document of the body above, a task shown to the public, and a word on one from the monthly review."""
    ground = {"leader_id": diary.person("hang"), "assigner_id": diary.person("hung"), "is_key": True, "assign": True}
    source = {"source_symbol": "1147/UBND-KGVX", "source_issuer": "Ủy ban nhân dân thành phố Hải Đông"}
    with diary.at(diary.workday(12), 9):
        made = diary.do(
            "minh",
            "tasks.enter",
            body_id=diary.body("UBND"),
            origin="superior",
            text="Rà soát, cập nhật danh sách người cao tuổi hưởng trợ cấp hưu trí xã hội trên địa bàn phường.",
            lead_unit_id=diary.unit("VH-XH"),
            cooperating_unit_ids=[diary.unit("CAP")],
            officer_id=diary.person("chau"),
            process="Đối chiếu dữ liệu dân cư; niêm yết tại nhà văn hóa; lập danh sách trình UBND phường",
            product="Danh sách đã niêm yết và tờ trình",
            due_on=(diary.today + timedelta(days=9)).isoformat(),
            source_on=diary.workday(13).isoformat(),
            **source,
            **ground,
        )
    task_id = int(made["task_id"])
    with diary.at(diary.workday(11), 8, 30):
        diary.do("yen", "tasks.receive", task_id=task_id)
    with diary.at(diary.workday(4), 16):
        text = "Đã đối chiếu 412/530 trường hợp."
        diary.do("yen", "tasks.report", task_id=task_id, progress_percent=70, text=text)
        wanted = {"text": "38 trường hợp có thông tin khác nhau giữa hai hệ thống", "proposal": "Đề nghị Công an phường xác minh"}
        diary.do("yen", "tasks.raise_obstacle", task_id=task_id, **wanted)
    with diary.at(diary.workday(2), 10):
        public = "Rà soát, cập nhật danh sách người cao tuổi hưởng trợ cấp hưu trí xã hội"
        diary.do("hung", "tasks.release", task_id=task_id, public_text=public)
        late = _late(diary)
        if late is not None:
            text = "Công an phường báo cáo rõ lý do chậm, hoàn thành trong tuần tới."
            diary.do("hung", "tasks.review", task_id=late, month=f"{diary.today:%Y-%m}", text=text)


def _late(diary: Diary) -> int | None:
    with reading() as session:
        wanted = select(Task.id).where(Task.due_on < diary.today, Task.state.in_(("assigned", "received", "in_progress")))
        return session.scalars(wanted.order_by(Task.id)).first()


def remember(diary: Diary) -> None:
    """The register of the meetings that the ward held earlier this year, without the system."""
    year, rows = diary.today.year, []
    for number in range(1, 29):
        held = date(year, 1, 5) + timedelta(days=9 * number)
        if held >= diary.today - timedelta(days=61):
            break
        body, code, dash = (("Đảng ủy", "ĐU", True), ("UBND", "UBND", False))[number % 3 == 0]
        symbol = ("" if number % 2 else f"{number:02}-TB/{code}") if dash else ("" if number % 6 else f"{number:02}/TB-{code}")
        kind, verdict = ("thường kỳ", "chuyên đề")[number % 4 == 0], "chưa đạt" if number == 17 else "đạt"
        row = {"line": number + 1, "body": body, "held_on": held.isoformat(), "kind": kind}
        rows.append({**row, "notice_symbol": symbol, "verdict": verdict})
    if rows:
        diary.do("admin", "evaluation.import_register", rows=rows)
