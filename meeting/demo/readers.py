"""People who read: groups of deputies, notes on papers, a new version that the notes follow, a shelf of one's own."""

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from meeting import jobs
from meeting.database import reading
from meeting.demo.diary import Diary
from meeting.demo.papers import council
from meeting.demo.papers.lanes import FIELD_NOTES
from meeting.demo.people import STAFF, delegates
from meeting.documents.models import Page
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import Group

GROUPS = (
    # name, kind, head, members besides the other deputies, who are dealt out
    ("Tổ đại biểu số 1", "delegation", "hoa", ("hung", "thang")),
    ("Tổ đại biểu số 2", "delegation", "tuan", ("lan",)),
    ("Tổ đại biểu số 3", "delegation", "hang", ()),
    ("Ban Kinh tế – Ngân sách", "committee", "thang", ("hoa", "phuc", "ngoc", "son")),
    ("Ban Văn hóa – Xã hội", "committee", "hang", ("tuan", "cuc", "duyen")),
)
DELEGATION_NAMED = frozenset(name for _, kind, head, more in GROUPS if kind == "delegation" for name in (head, *more))
CHANGES = (
    ("cho sáu dự án, trong đó bốn dự án chuyển tiếp", "cho sáu dự án, trong đó ba dự án chuyển tiếp"),
    ("và hai dự án khởi công mới.", "và ba dự án khởi công mới; vốn chỉ giao khi đủ thủ tục."),
    (
        "| 5 | Chiếu sáng ngõ, ngách giai đoạn 2 | 3.100 | 0 | 2.200 |",
        "| 5 | Chiếu sáng ngõ, ngách giai đoạn 2 | 3.100 | 0 | 2.050 |",
    ),
    ("| 6 | Vườn hoa khu dân cư số 9 | 2.950 | 0 | 2.500 |", "| 6 | Vườn hoa khu dân cư số 9 | 2.950 | 0 | 2.650 |"),
    ("trước ngày 25 tháng 12", "trước ngày 20 tháng 12"),
)


def form_groups(diary: Diary, days_ago: int, members: int | None = None) -> None:
    """The Tổ đại biểu and Ban of the HĐND; every deputy sits in one Tổ."""
    deputies = [each.username for each in delegates(members)]
    others = [username for username in deputies if username not in DELEGATION_NAMED]
    there = {each.username for each in STAFF} | set(deputies)
    with diary.at(diary.workday(days_ago), 14):
        body_id = diary.body("HĐND")
        for place, (name, kind, head, more) in enumerate(GROUPS):
            group_id = diary.do("minh", "organization.form_group", body_id=body_id, name=name, kind=kind)["group_id"]
            dealt = others[place::3] if kind == "delegation" else []
            for username in (each for each in (head, *more, *dealt) if each in there):
                seat = {"group_id": group_id, "person_id": diary.person(username)}
                diary.do("minh", "organization.seat_in_group", **seat, post="head" if username == head else "member")


def read_council(diary: Diary, meeting_id: int) -> None:
    """Hoa reads the budget and writes on it; then its second version comes, and her notes follow. Thắng shares with his Ban."""
    requirement_id, file_id = _budget(meeting_id)
    with diary.at(diary.workday(4), 20, 5):
        diary.do("hoa", "materials.mark_read", file_id=file_id, page=1, seen=[1, 2], seconds=540)
        _highlight(diary, "hoa", file_id, "không bố trí vốn cho công trình chưa đủ thủ tục", "yellow")
        why = "Vườn hoa khu dân cư số 9 đã đủ thủ tục chưa? Hỏi ông Trường."
        _highlight(diary, "hoa", file_id, "hai dự án khởi công mới", "pink", why)
        _highlight(diary, "hoa", file_id, "trước ngày 25 tháng 12", "green")
        _put(diary, "hoa", file_id, kind="bookmark", page=2, anchor={})
    with diary.at(diary.workday(3), 9, 20):
        mended = council.BUDGET.text
        for before, after in CHANGES:
            if before not in mended:
                raise LookupError(f"the demo paper no longer says: {before}")
            mended = mended.replace(before, after)
        paper = replace(council.BUDGET, file_name="To trinh du toan ngan sach (ban 2).pdf", text=mended)
        diary.hand_in("dung", requirement_id, paper, "Cập nhật danh mục đầu tư công theo báo cáo thẩm tra")
    with diary.at(diary.workday(3), 10):
        diary.do("minh", "materials.accept", requirement_id=requirement_id)
        jobs.run_waiting()
    _, newest = _budget(meeting_id)
    with diary.at(diary.workday(2), 21):
        group_id = _group("Ban Kinh tế – Ngân sách")
        why = "Ban đề nghị làm rõ: vốn còn lại 13.150 triệu đồng của ba dự án chuyển tiếp bố trí vào năm nào."
        _highlight(diary, "thang", newest, "ba dự án chuyển tiếp", "green", why, shared="group", group_id=group_id)


def keep_shelf(diary: Diary, meeting_id: int) -> None:
    """Hoa's own papers: what voters told her, in a folder, beside a paper of the session."""
    with diary.at(diary.workday(5), 19):
        folder_id = diary.do("hoa", "shelf.make_folder", name="Tiếp xúc cử tri")["folder_id"]
        diary.do("hoa", "shelf.make_folder", name="Tài liệu tham khảo")
        own = diary.bring("hoa", FIELD_NOTES)
        diary.do("hoa", "shelf.put", file_id=own, folder_id=folder_id, title="Ghi chép tiếp xúc cử tri khu 5, khu 9")
        diary.do("hoa", "shelf.put", file_id=_budget(meeting_id)[1])


def _budget(meeting_id: int) -> tuple[int, int]:
    with reading() as session:
        wanted = (
            select(Submission.requirement_id, Submission.file_id)
            .join(Requirement)
            .where(Requirement.meeting_id == meeting_id, Requirement.what == "Tờ trình dự toán ngân sách")
            .order_by(Submission.number.desc())
        )
        requirement_id, file_id = session.execute(wanted).first() or (0, 0)
        return requirement_id, file_id


def _group(name: str) -> int:
    with reading() as session:
        return session.scalars(select(Group.id).where(Group.name == name)).one()


def _highlight(diary: Diary, username: str, file_id: int, passage: str, color: str, text: str = "", **more: Any) -> None:
    """Over a passage as it stands in the paper, wherever that is."""
    number, anchor = _place(file_id, passage)
    _put(diary, username, file_id, kind="highlight", page=number, color=color, text=text, anchor=anchor, **more)


def _place(file_id: int, passage: str) -> tuple[int, dict[str, Any]]:
    wanted = passage.split()
    with reading() as session:
        pages = select(Page).where(Page.file_id == file_id).order_by(Page.number).options(undefer(Page.boxes))
        for page in session.scalars(pages):
            words = page.words
            plain = [word[4].strip(".,;:()") for word in words]
            for start in range(len(words) - len(wanted) + 1):
                if plain[start : start + len(wanted)] == wanted:
                    return page.number, _anchor(words, start, start + len(wanted))
    raise LookupError(f"the demo paper does not say: {passage}")


def _anchor(words: list[list[Any]], begins: int, ends: int) -> dict[str, Any]:
    said = [str(word[4]) for word in words]
    before, exact, after = said[max(0, begins - 5) : begins], said[begins:ends], said[ends : ends + 5]
    quote = {"exact": " ".join(exact), "prefix": " ".join(before)[-60:], "suffix": " ".join(after)[:60]}
    return {"quote": quote, "boxes": [word[:4] for word in words[begins:ends]]}


def _put(diary: Diary, username: str, file_id: int, **note: Any) -> None:
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{username}/{file_id}/{note.get('kind')}/{note.get('anchor')}"))
    diary.do(username, "notes.put", file_id=file_id, key=key, **note)
