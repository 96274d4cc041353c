"""The usual words of whoever presides, by the kind of item and the kind of body. Pure, in formal Vietnamese.

They stand in the run sheet wherever nobody has written others, so that a chair is never without words: to call the item, to
watch while it runs, to put the question, to end it. The steps of a matter follow NQ 104/2025/UBTVQH15 Điều 15 for the council.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FIELDS = ("opening", "words", "question", "closing")

#: How whoever presides speaks to the room, and what those who vote are called.
ROOM = {
    "council": ("Kính thưa các vị đại biểu", "các vị đại biểu", "đại biểu", "Hội đồng nhân dân"),
    "committee": ("Kính thưa các đồng chí", "các đồng chí thành viên", "thành viên", "Ủy ban nhân dân"),
    "party": ("Kính thưa các đồng chí", "các đồng chí", "đồng chí", "Hội nghị"),
}
ANSWERS = {"for": "tán thành", "against": "không tán thành", "abstain": "không biểu quyết", "other": "có ý kiến khác"}


@dataclass(frozen=True)
class Words:
    """What is said at one item."""

    opening: str = ""
    words: str = ""
    question: str = ""
    closing: str = ""


@dataclass(frozen=True)
class About:
    """What the words are made of."""

    kind: str
    title: str
    body: str  # council, committee, party
    meeting: str = ""  # "phiên họp thường kỳ tháng 11"
    presenters: Sequence[str] = ()  # "ông Đỗ Mạnh Hùng, Chủ tịch UBND"
    unit: str = ""
    put: str = ""  # the title of the question prepared for the vote
    choices: Sequence[str] = ("for", "against")
    secret: bool = False
    heading: bool = False  # other items lie under it


def usual(about: About) -> Words:
    """The usual words for an item of this kind in this body."""
    return _heading(about) if about.heading else _MADE.get(about.kind, _matter)(about)


def greeting(body: str) -> str:
    """How the room is spoken to."""
    return ROOM.get(body, ROOM["committee"])[0]


def _room(about: About) -> tuple[str, str, str, str]:
    return ROOM.get(about.body, ROOM["committee"])


def _who(about: About) -> str:
    if about.presenters:
        names = list(about.presenters)
        return f"{', '.join(names[:-1])} và {names[-1]}" if len(names) > 1 else names[0]
    return f"đại diện {about.unit}" if about.unit else "người trình bày"


def question_of(about: About) -> str:
    """The question as it is put to the vote: one side after the other, or by secret ballot."""
    hello, people, _, _ = _room(about)
    matter = about.put or about.title
    if about.secret:
        return (
            f"{hello}, việc này được quyết định bằng bỏ phiếu kín. Đề nghị Ban kiểm phiếu hướng dẫn thể lệ, sau đó mời {people} "
            f"bỏ phiếu về: “{matter}”."
        )
    sides = "; ".join(f"ai {ANSWERS.get(each, each)}" for each in about.choices)
    return (
        f"Tôi xin ý kiến biểu quyết của {people} về: “{matter}”. Mời {people} biểu quyết trên máy: {sides}.\n"
        "(Chờ đủ phiếu hoặc hết giờ rồi mới đóng biểu quyết và công bố kết quả.)"
    )


def _heading(about: About) -> Words:
    return Words(opening=f"{_room(about)[0]}, chúng ta chuyển sang phần: {about.title}.")


def _opening(about: About) -> Words:
    hello, people, member, _ = _room(about)
    meeting = about.meeting or "cuộc họp"
    return Words(
        opening=f"{hello}, đã đến giờ làm việc, mời {people} ổn định chỗ ngồi. "
        f"Theo báo cáo của thư ký, số {member} có mặt đủ điều kiện tiến hành. Tôi xin tuyên bố khai mạc {meeting}.",
        words="Giới thiệu đại biểu, khách mời và thư ký.\n"
        "Thông qua chương trình: hỏi có ai đề nghị bổ sung, điều chỉnh gì không.",
        question=f"Nếu {people} nhất trí với chương trình, đề nghị biểu quyết thông qua.",
        closing="Chương trình đã được thông qua. Chúng ta bắt đầu vào nội dung thứ nhất.",
    )


def _submission(about: About) -> Words:
    hello, people, _, _ = _room(about)
    return Words(
        opening=f"{hello}, tiếp theo là nội dung: {about.title}. Mời {_who(about)} trình bày.",
        words="Nhắc trình bày tóm tắt, tập trung vào những điểm cần quyết định; hồ sơ đã gửi trước.",
        closing=f"Cảm ơn phần trình bày. Đề nghị {people} nghiên cứu để cho ý kiến ở phần thảo luận.",
    )


def _verification(about: About) -> Words:
    hello, _, _, _ = _room(about)
    return Words(
        opening=f"{hello}, mời {_who(about)} trình bày báo cáo thẩm tra: {about.title}.",
        words="Ghi lại những điểm Ban thẩm tra đề nghị sửa, còn ý kiến khác nhau.",
        closing="Cảm ơn báo cáo thẩm tra. Xin chuyển sang phần thảo luận.",
    )


def _report(about: About) -> Words:
    hello, people, _, _ = _room(about)
    return Words(
        opening=f"{hello}, mời {_who(about)} báo cáo: {about.title}.",
        words=f"Sau báo cáo, hỏi {people} có ý kiến hay cần làm rõ điểm nào.",
        closing="Cảm ơn báo cáo. Tôi xin kết luận nội dung này: …",
    )


def _discussion(about: About) -> Words:
    hello, people, _, _ = _room(about)
    return Words(
        opening=f"{hello}, sau đây xin chuyển sang thảo luận: {about.title}. Mời {people} đăng ký phát biểu trên máy.",
        words="Gợi ý những vấn đề cần tập trung thảo luận.\nMời lần lượt theo danh sách đăng ký; nhắc thời gian phát biểu.\n"
        "Ưu tiên người chưa phát biểu; tranh luận ngắn gọn, đúng vấn đề.",
        closing=f"Nếu {people} không còn ý kiến khác, tôi xin kết thúc phần thảo luận và tóm tắt các ý kiến: …",
    )


def _explanation(about: About) -> Words:
    hello, _, _, _ = _room(about)
    return Words(
        opening=f"{hello}, mời {_who(about)} giải trình, tiếp thu các ý kiến đã nêu.",
        words="Đối chiếu từng ý kiến: đã tiếp thu, chưa tiếp thu và lý do.",
        closing="Các ý kiến đã được giải trình, tiếp thu. Đề nghị thư ký ghi biên bản.",
    )


def _vote(about: About) -> Words:
    hello, _, member, _ = _room(about)
    return Words(
        opening=f"{hello}, xin chuyển sang phần biểu quyết: {about.title}. Đề nghị thư ký cho biết số {member} có mặt.",
        words=f"Đọc rõ nội dung biểu quyết.\nKiểm tra: đủ số {member} có mặt theo quy định thì mới mở biểu quyết.",
        question=question_of(about),
        closing="Kết quả biểu quyết: … tán thành, … không tán thành. Như vậy nội dung này đã được thông qua.",
    )


def _personnel(about: About) -> Words:
    hello, people, _, _ = _room(about)
    secret = About(**{**about.__dict__, "secret": True})
    return Words(
        opening=f"{hello}, xin chuyển sang công tác nhân sự: {about.title}. "
        f"Mời {_who(about)} trình bày tờ trình và tiểu sử tóm tắt.",
        words=f"Hỏi {people} có ý kiến về người được giới thiệu; hỏi có ai xin rút tên hay giới thiệu thêm.\n"
        "Bầu Ban kiểm phiếu, thông qua thể lệ trước khi bỏ phiếu.",
        question=question_of(secret),
        closing="Mời Ban kiểm phiếu công bố kết quả. Xin chúc mừng người trúng cử.",
    )


def _questioning(about: About) -> Words:
    hello, people, _, _ = _room(about)
    return Words(
        opening=f"{hello}, sau đây {_room(about)[3]} tiến hành chất vấn: {about.title}. Mời {people} đăng ký chất vấn trên máy.",
        words="Mỗi lượt hỏi nêu rõ người trả lời, đúng nhóm vấn đề, đúng thời gian.\n"
        "Người trả lời đi thẳng vào câu hỏi, không ủy quyền cho người khác trả lời thay.\n"
        "Ghi lại lời hứa và thời hạn thực hiện.",
        closing="Tôi xin kết thúc phần chất vấn về nhóm vấn đề này. Đề nghị thực hiện đúng những việc đã hứa trước "
        f"{_room(about)[3]}.",
    )


def _resolution(about: About) -> Words:
    hello, people, _, body = _room(about)
    return Words(
        opening=f"{hello}, mời {_who(about)} trình bày dự thảo nghị quyết: {about.title}.",
        words=f"Hỏi {people} có ý kiến về câu chữ, số liệu trước khi biểu quyết.",
        question=question_of(about),
        closing=f"Với tỷ lệ tán thành như trên, {body} đã thông qua nghị quyết.",
    )


def _closing(about: About) -> Words:
    hello, people, _, _ = _room(about)
    meeting = about.meeting or "cuộc họp"
    return Words(
        opening=f"{hello}, chương trình của {meeting} đã hoàn thành.",
        words="Tóm tắt kết quả, nhắc các việc được giao: đơn vị chủ trì, thời hạn.",
        closing=f"Thay mặt chủ tọa, tôi cảm ơn {people} và khách mời đã tham dự. Tôi xin tuyên bố bế mạc {meeting}.",
    )


def _matter(about: About) -> Words:
    hello, people, _, _ = _room(about)
    return Words(
        opening=f"{hello}, chúng ta chuyển sang nội dung: {about.title}. Mời {_who(about)} trình bày.",
        words=f"Sau phần trình bày, mời {people} cho ý kiến.\nTóm tắt các ý kiến, nêu rõ điểm thống nhất và điểm còn khác nhau.",
        question=question_of(about),
        closing="Tôi xin kết luận: …",
    )


_MADE = {
    "opening": _opening,
    "matter": _matter,
    "report": _report,
    "submission": _submission,
    "verification": _verification,
    "discussion": _discussion,
    "explanation": _explanation,
    "vote": _vote,
    "personnel": _personnel,
    "questioning": _questioning,
    "resolution": _resolution,
    "closing": _closing,
}
