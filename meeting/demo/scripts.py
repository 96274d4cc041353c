"""The run sheet in the demo: what the secretary and the chair of the HĐND have written themselves; the rest are usual words."""

from meeting.demo import ready
from meeting.demo.diary import Diary

#: Who wrote, the kind of item, the field, the words.
WRITTEN = (
    (
        "minh",
        "opening",
        "words",
        "Giới thiệu đại biểu: lãnh đạo Thành ủy, Thường trực HĐND thành phố, Ủy ban MTTQ Việt Nam phường.\n"
        "Thông qua chương trình kỳ họp; hỏi có đại biểu nào đề nghị bổ sung, điều chỉnh.\n"
        "Giới thiệu thư ký kỳ họp.",
    ),
    (
        "lan",
        "questioning",
        "words",
        "Mỗi đại biểu hỏi không quá 2 phút, đúng nhóm vấn đề; người trả lời không quá 5 phút.\n"
        "Tranh luận ngay sau phần trả lời, chỉ với người trả lời.\n"
        "Chốt từng lời hứa: việc gì, ai làm, bao giờ xong.",
    ),
    (
        "lan",
        "closing",
        "opening",
        "Kính thưa các vị đại biểu, sau một thời gian làm việc khẩn trương, trách nhiệm, kỳ họp đã hoàn thành toàn bộ nội dung "
        "chương trình đề ra.",
    ),
)


def write(diary: Diary, meeting_id: int) -> None:
    """Two days before the session."""
    for place, (who, kind, field, text) in enumerate(WRITTEN):
        item = ready.item_of(meeting_id, kind)
        with diary.at(diary.workday(2), 15, place * 12):
            diary.do(who, "runsheet.write", item_id=item, changes=[{"field": field, "before": "", "after": text}])
