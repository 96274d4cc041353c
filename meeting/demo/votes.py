"""Questions that wait for today's session, an older session with an election counted on paper, and a round in writing."""

from datetime import date, timedelta
from typing import Any

from meeting import clock, jobs
from meeting.demo import issued
from meeting.demo.diary import Diary
from meeting.demo.people import delegates
from meeting.demo.ready import item_of

OFFICIALS = ("lan", "hung", "hoa", "tuan", "thang", "hang")
ELECTED = "hoa"
AGAINST = "hung"
COUNTERS = ("thang", "hang", "tuan")  # Ban kiểm phiếu, its head first
OLDER_ITEMS = (
    ("Khai mạc, thông qua chương trình kỳ họp", "opening", 10),
    ("Công tác nhân sự thuộc thẩm quyền của HĐND", "personnel", 60),
    ("Thông qua các nghị quyết của kỳ họp", "resolution", 30),
)


def prepare(diary: Diary, meeting_id: int) -> None:
    """The list of questions of today's session, in the order in which they come up."""
    opening, personnel, resolutions = (item_of(meeting_id, kind) for kind in ("opening", "personnel", "resolution"))
    with diary.at(diary.workday(3), 15, 30):
        ask = _asker(diary, meeting_id)
        ask(opening, "Thông qua chương trình kỳ họp", kind="open")
        ask(personnel, "Bầu Ban kiểm phiếu gồm 03 đại biểu theo giới thiệu của Chủ tọa", kind="open")
        ask(
            personnel,
            "Bầu bổ sung Ủy viên Ủy ban nhân dân phường",
            form="election",
            office="Ủy viên Ủy ban nhân dân phường",
            seats=2,
            lines=[_person(diary, each, place) for each, place in CANDIDATES],
        )
        ask(
            personnel,
            "Miễn nhiệm chức vụ Trưởng Ban Văn hóa – Xã hội của HĐND do chuyển công tác",
            form="relief",
            office="Trưởng Ban Văn hóa – Xã hội của HĐND phường",
            lines=[_person(diary, "thang", "Trưởng Ban Văn hóa – Xã hội của HĐND phường")],
        )
        titles = ("Nghị quyết về dự toán thu, chi ngân sách phường", "Nghị quyết về danh mục đầu tư công năm tới")
        ask(resolutions, "Thông qua hai nghị quyết của kỳ họp", form="paper", kind="open", lines=[{"title": t} for t in titles])


CANDIDATES = (("truong", "Trưởng phòng Kinh tế, Hạ tầng và Đô thị"), ("yen", "Chuyên viên Phòng Văn hóa – Xã hội"))


def _person(diary: Diary, username: str, place: str) -> dict[str, Any]:
    return {"person_id": diary.person(username), "detail": place}


def _asker(diary: Diary, meeting_id: int) -> Any:
    def ask(item_id: int, title: str, **more: Any) -> int:
        made = diary.do("minh", "voting.prepare", meeting_id=meeting_id, item_id=item_id, title=title, **more)
        return int(made["question_id"])

    return ask


def hold_older(diary: Diary, members: int | None) -> None:
    """A special session some weeks ago: somebody elected on paper, a resolution carried with one against, and issued."""
    day = diary.workday(24)
    with diary.at(diary.before(day, 15), 9):
        meeting_id, items = _convene(diary, day)
    present = [*OFFICIALS, *(one.username for one in delegates(members)[:-1])]  # the last one is away
    with diary.at(day, 7, 45):
        for username in present:
            diary.do(username, "live.check_in", meeting_id=meeting_id)
    with diary.at(day, 8, 1):
        diary.do("lan", "live.open", meeting_id=meeting_id)
        diary.do("lan", "live.go_to_item", meeting_id=meeting_id, item_id=items[1])
    _elect(diary, day, meeting_id, items[1], len(present))
    with diary.at(day, 9):
        diary.do("lan", "live.go_to_item", meeting_id=meeting_id, item_id=items[2])
    _carry(diary, day, meeting_id, items[2], present)
    with diary.at(day, 9, 40):
        diary.do("lan", "live.close", meeting_id=meeting_id)
        jobs.run_waiting()
    issued.resolve(diary, meeting_id, items, day)


def _convene(diary: Diary, day: date) -> tuple[int, list[int]]:
    made = diary.do(
        "minh",
        "agenda.create",
        body="HĐND",
        type="special",
        title="Kỳ họp chuyên đề về công tác nhân sự",
        place="Hội trường tầng 3, trụ sở UBND phường",
        starts_at=clock.at_local(day, 8).isoformat(),
        ends_at=clock.at_local(day, 10).isoformat(),
        items=[{"title": title, "kind": kind, "minutes_planned": minutes} for title, kind, minutes in OLDER_ITEMS],
    )
    diary.do("van", "agenda.issue", meeting_id=made["meeting_id"])
    return int(made["meeting_id"]), [int(each) for each in made["item_ids"]]


def _elect(diary: Diary, day: date, meeting_id: int, item_id: int, present: int) -> None:
    """On paper, as the law has it unless the body's own rules say otherwise: seventeen given out, one of them spoilt."""
    office = "Phó Trưởng Ban Kinh tế – Ngân sách của HĐND phường"
    with diary.at(day, 8, 10):
        ask = _asker(diary, meeting_id)
        line = _person(diary, ELECTED, "Đại biểu HĐND phường")
        question_id = ask(item_id, f"Bầu {office}", form="election", office=office, lines=[line])
        seats = [{"person_id": diary.person(name), "post": "head" if name == COUNTERS[0] else "member"} for name in COUNTERS]
        diary.do("minh", "voting.form_committee", meeting_id=meeting_id, people=seats)
        diary.do("lan", "voting.open", question_id=question_id)
    with diary.at(day, 8, 35):
        (line_id,) = diary.lines_of(question_id)
        counted = {str(line_id): {"for": present - 3, "against": 2}}
        figures = {"question_id": question_id, "issued": present, "returned": present, "lines": counted}
        diary.do(COUNTERS[1], "voting.enter_figures", **figures)
        diary.do(COUNTERS[0], "voting.confirm_figures", question_id=question_id)
        diary.do("lan", "voting.close", question_id=question_id)
        diary.do("lan", "voting.publish", question_id=question_id)


def _carry(diary: Diary, day: date, meeting_id: int, item_id: int, present: list[str]) -> None:
    with diary.at(day, 9, 20):
        ask = _asker(diary, meeting_id)
        question_id = ask(item_id, "Thông qua Nghị quyết xác nhận kết quả bầu cử", kind="open")
        diary.do("minh", "voting.ready", question_id=question_id)
        diary.do("lan", "voting.open", question_id=question_id)
    with diary.at(day, 9, 21):
        for username in present[:-2]:
            choice = "against" if username == AGAINST else "for"
            diary.do(username, "voting.cast", question_id=question_id, choice=choice)
        spoken = {"question_id": question_id, "person_id": diary.person(present[-2]), "choice": "for"}
        entered = diary.do("minh", "voting.cast_for", **spoken, reason="Máy tính bảng hết pin")
        diary.do("lan", "voting.confirm_spoken", spoken_id=entered["spoken_id"])
    with diary.at(day, 9, 23):
        diary.do("lan", "voting.close", question_id=question_id)
        diary.do("lan", "voting.publish", question_id=question_id)


def ask_in_writing(diary: Diary) -> None:
    """Two rounds of the UBND: one answered and decided, one that waits for answers until the day after tomorrow."""
    done = diary.workday(16)
    with diary.at(done, 9):
        round_id = _draft(diary, "Thống nhất phương án trực, bảo đảm vệ sinh môi trường dịp cuối tuần", done + timedelta(days=2))
        diary.do("minh", "rounds.send", round_id=round_id)
    with diary.at(done, 15):
        for username in ("hung", "hoa", "tuan", "hang", "dat", "chau", "tien", "luc", "ngan"):
            answer = (
                {"choice": "other", "text": "Đề nghị bổ sung lực lượng dân quân."} if username == "luc" else {"choice": "for"}
            )
            diary.do(username, "rounds.answer", round_id=round_id, **answer)
    with diary.at(done, 16, 30):
        diary.do("minh", "rounds.close", round_id=round_id)
        diary.do("hung", "rounds.decide", round_id=round_id, decision="approved", text="Đồng ý ban hành kế hoạch trực.")
    with diary.at(diary.workday(1), 14):
        due = clock.at_local(diary.today, 17).date() + timedelta(days=2)
        waiting = _draft(diary, "Cho ý kiến về phương án lắp camera tại ba nút giao phố Bến Đá", due)
        diary.do("minh", "rounds.send", round_id=waiting)
    with diary.at(diary.workday(1), 16):
        diary.do("hang", "rounds.answer", round_id=waiting, choice="for")
    jobs.run_waiting()


def _draft(diary: Diary, title: str, due: date) -> int:
    text = (
        "Xin ý kiến các Thành viên UBND phường bằng phiếu; nội dung đã thống nhất giữa các đơn vị, không cần thảo luận tập thể."
    )
    wanted = {"body_id": diary.body("UBND"), "title": title, "text": text, "due_at": clock.at_local(due, 17).isoformat()}
    return int(diary.do("minh", "rounds.draft", **wanted, ground="no_discussion")["round_id"])
