"""What people look up in the demo: matters that hang together across meetings, and questions that are kept under a name."""

from sqlalchemy import select

from meeting.agenda.models import Item
from meeting.database import reading
from meeting.demo.diary import Diary

#: The item, and the earlier one that it goes on with.
MATTERS = (("Danh mục duy tu đường ngõ", "Kết quả xử lý úng ngập và kế hoạch cải tạo hệ thống thoát nước"),)

#: Who keeps which question under which name, and whether new answers are told.
KEPT = (
    ("hoa", "Thoát nước", {"q": "thoát nước"}, True),
    ("hung", "Kết luận của UBND về vỉa hè", {"q": "vỉa hè", "body": "UBND", "kind": "notice"}, True),
    ("minh", "Tài liệu về dự toán", {"q": "dự toán ngân sách", "kind": "paper"}, False),
)
LOOKED_FOR = (("hoa", "chợ tạm"), ("hoa", "úng ngập ngõ 45"), ("hung", "chỉnh trang vỉa hè"), ("minh", "biên bản tháng 10"))


def look_up(diary: Diary) -> None:
    """The secretary links the matters; people keep what they ask for again and again."""
    with diary.at(diary.before(diary.today, 1), 16):
        for later, earlier in MATTERS:
            diary.do("minh", "agenda.link_item", item_id=_item(later), earlier_id=_item(earlier))
        for username, name, question, alert in KEPT:
            diary.do(username, "search.save", name=name, question=question, alert=alert)
        for username, typed in LOOKED_FOR:
            diary.do(username, "search.remember", typed=typed, question={"q": typed})


def _item(title: str) -> int:
    with reading() as session:
        return session.scalars(select(Item.id).where(Item.title == title)).one()
