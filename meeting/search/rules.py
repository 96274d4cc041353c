"""The kinds of what can be found, and how hits are ordered."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from meeting.errors import N_
from meeting.search.language.words import folded_forms, syllables

#: In the order of the chips on the screen.
LABELS: Mapping[str, str] = {
    "notice": N_("Conclusion notice"),
    "resolution": N_("Resolution, decision"),
    "meeting": N_("Meeting"),
    "minutes": N_("Minutes of the meeting"),
    "paper": N_("Paper"),
    "item": N_("Agenda item"),
    "question": N_("Vote"),
    "task": N_("Task"),
    "opinion": N_("Opinion"),
    "promise": N_("Promise"),
    "round": N_("Written opinion round"),
    "person": N_("Person"),
    "unit": N_("Unit"),
}
KINDS = tuple(LABELS)
DOCUMENTS = ("notice", "resolution")  # what a meeting ends in

#: The words by which the kind itself is found, as they head the document.
HEADS: Mapping[str, str] = {
    "notice": "Thông báo kết luận",
    "resolution": "Nghị quyết, quyết định",
    "meeting": "Cuộc họp, phiên họp",
    "minutes": "Biên bản",
    "paper": "Tài liệu",
    "item": "Nội dung",
    "question": "Biểu quyết",
    "task": "Nhiệm vụ",
    "opinion": "Ý kiến",
    "promise": "Lời hứa",
    "round": "Lấy ý kiến bằng văn bản",
    "person": "Người",
    "unit": "Đơn vị",
}


def head(kind: str, symbol: str, title: str, body: str = "", dated: date | None = None) -> str:
    """What stands above a passage: kind, symbol, title, body and day. Sentences of their own, so that no phrase runs across.

    By this "biên bản UBND 2026" finds what the text alone does not say. `body` is what `body_words` makes of a body.
    """
    return ". ".join(part for part in (HEADS[kind], symbol, title, body, day_words(dated)) if part)


def body_words(name: str, short_name: str) -> str:
    """The names of a body in the head of a passage."""
    return name if name == short_name else f"{name}. {short_name}"


def day_words(day: date | None) -> str:
    """A day as it is said and as it is written."""
    return f"Ngày {day.day} tháng {day.month} năm {day.year}. {day.day}/{day.month}/{day.year}" if day and day.year > 1900 else ""


class Headed(Protocol):
    """What of a passage stands in its head."""

    kind: str
    symbol: str
    title: str
    dated: date
    body: Any


def head_of(passage: Headed) -> str:
    """The head of a stored passage: what the index has, and what is matched."""
    body = body_words(passage.body.name, passage.body.short_name) if passage.body else ""
    return head(passage.kind, passage.symbol, passage.title, body, passage.dated)


#: What the states of tasks, documents, votes and promises come to, in words by which people narrow.
STANDINGS: Mapping[str, str] = {
    "in_force": N_("In force"),
    "replaced": N_("Replaced"),
    "withdrawn": N_("Revoked"),
    "draft": N_("Draft"),
    "signed": N_("Signed"),
    "passed": N_("Passed"),
    "not_passed": N_("Not passed"),
    "waiting": N_("Waits to be received"),
    "running": N_("Being carried out"),
    "overdue": N_("Overdue"),
    "reported": N_("Reported as done"),
    "done": N_("Done"),
    "cancelled": N_("Cancelled"),
    "upcoming": N_("To be held"),
    "in_session": N_("In session"),
    "held": N_("Held"),
    "postponed": N_("Postponed"),
}
OVERDUE = "overdue"  # never stored: it follows from the day
OPEN_STANDINGS = ("waiting", "running")  # what can be overdue
ENDED = ("replaced", "withdrawn", "cancelled")  # no longer in force
_ISSUED = {"draft": "draft", "in_force": "in_force", "corrected": "in_force", "replaced": "replaced", "withdrawn": "withdrawn"}
_STANDINGS: Mapping[str, Mapping[str, str]] = {
    "notice": _ISSUED,
    "resolution": _ISSUED,
    "minutes": {"writing": "draft", "draft": "draft", "signed": "signed"},
    "question": {"passed": "passed", "failed": "not_passed", "cancelled": "cancelled"},
    "task": {
        "draft": "draft",
        "assigned": "waiting",
        "received": "running",
        "in_progress": "running",
        "reported": "reported",
        "accepted": "done",
        "cancelled": "cancelled",
    },
    "meeting": {
        "draft": "draft",
        "upcoming": "upcoming",
        "running": "in_session",
        "held": "held",
        "postponed": "postponed",
        "cancelled": "cancelled",
    },
    "promise": {"open": "running", "kept": "done"},
    "round": {"open": "running", "closed": "done", "decided": "done", "cancelled": "cancelled"},
}


def standing(kind: str, state: str) -> str:
    """The word by which people narrow, for a state as its source names it; empty where nothing is told apart."""
    return _STANDINGS.get(kind, {}).get(state, "")


#: How people write them behind "trạng thái:", marks or not.
_SAID: Mapping[str, str] = {
    "in_force": "có hiệu lực, còn hiệu lực",
    "replaced": "được thay thế, bị thay thế, đã thay thế, thay thế",
    "withdrawn": "thu hồi, đã thu hồi",
    "draft": "dự thảo, nháp",
    "signed": "đã ký, ký",
    "passed": "thông qua, đã thông qua, được thông qua",
    "not_passed": "không thông qua, không được thông qua",
    "waiting": "chờ tiếp nhận, mới giao, đã giao",
    "running": "đang thực hiện, đang làm, chưa xong",
    "overdue": "quá hạn, trễ hạn, chậm",
    "reported": "chờ nghiệm thu, đã báo cáo, báo cáo hoàn thành",
    "done": "hoàn thành, đã hoàn thành, xong, đã xong, đã nghiệm thu",
    "cancelled": "hủy, đã hủy",
    "upcoming": "sắp họp, chưa họp, sắp diễn ra",
    "in_session": "đang họp, đang diễn ra",
    "held": "đã họp, họp xong, đã diễn ra",
    "postponed": "hoãn, đã hoãn, hoãn họp",
}

#: Of these the ones told from other words wherever they stand, the longest first.
_SPOKEN = sorted(
    (name for said in _SAID.values() for each in said.split(",") if len(name := folded_forms(each).split()) > 1),
    key=len,
    reverse=True,
)


def standing_said(said: str) -> list[str]:
    """The states that somebody means by these words; a state's own name will do."""
    if said in STANDINGS:
        return [said]
    words = folded_forms(said)
    return [state for state, names in _SAID.items() if words in {folded_forms(name) for name in names.split(",")}]


def with_state(typed: str) -> str:
    """The same question with the state that stands among its words as a filter; nothing where there is none.

    "công an quá hạn" is asked by people who mean the overdue tasks of công an; nowhere do those words stand together.
    """
    said = folded_forms(typed)
    if any(mark in typed for mark in '"“') or folded_forms("trạng thái") in said:
        return ""
    words = list(syllables(typed))
    for name in _SPOKEN:
        for at, first in enumerate(words):
            if [each.folded for each in words[at : at + len(name)]] == name:
                last = words[at + len(name) - 1]
                rest = " ".join(f"{typed[: first.start]} {typed[last.end :]}".split())
                return f"{rest} trạng thái:“{typed[first.start : last.end]}”".lstrip()
    return ""
