"""How the minutes and the search name promises and answers in writing: sentences in Vietnamese, as official papers have them."""

from meeting.questioning.models import Inquiry, Promise

REASONS = {
    "outside": "không thuộc nhóm vấn đề chất vấn",
    "verify": "cần được điều tra, xác minh",
    "unanswered": "chưa được trả lời tại phiên chất vấn",
}


def promised_sentence(promise: Promise) -> str:
    """For example: Ông Trường cam kết: “…”; thời hạn 20/12/2026; đơn vị thực hiện: Công an phường. Whoever tells it says when."""
    unit = f"; đơn vị thực hiện: {promise.unit.name}" if promise.unit else ""
    text = promise.text.strip().rstrip(".")
    due = f"{promise.due_on:%d/%m/%Y}"
    said = f"{promise.person.called} cam kết: “{text}”; thời hạn {due}{unit}"
    objected = f" ({promise.person.called} có ý kiến khác: {promise.answer_text.strip()})" if promise.answer == "objected" else ""
    return f"{said}{objected}."


def written_sentence(inquiry: Inquiry) -> str:
    """A question that is answered in writing, with the reason of the law and the due date."""
    floor = inquiry.floor
    whom = f" đối với {floor.addressee.called}" if floor.addressee else ""
    why = f" ({REASONS[inquiry.written_reason]})" if inquiry.written_reason in REASONS else ""
    text = inquiry.text.strip().rstrip(".")
    due = f"{inquiry.written_due_on:%d/%m/%Y}"
    return f"Chất vấn của {floor.person.called}{whom}: “{text}” được trả lời bằng văn bản{why}; thời hạn {due}."
