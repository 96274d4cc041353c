"""Phrases that all official papers share: how people, offices, moments and titles stand in a sentence. Pure, in Vietnamese."""

from collections.abc import Sequence
from datetime import datetime

from meeting.clock import local
from meeting.documents.typeset import long_date

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def addressed(honorific: str, name: str, party: bool) -> str:
    """How a paper names someone: "đồng chí Lan" in the Party, "ông Hùng" or "bà Lan" elsewhere."""
    title = "đồng chí" if party else honorific.lower()
    return f"{title} {name}".strip()


def office_in(position: str, short_name: str) -> str:
    """The office somebody holds in one body: "Chủ tịch HĐND" out of "Bí thư Đảng ủy, Chủ tịch HĐND"."""
    offices = [part.strip() for part in position.split(",") if part.strip()]
    return next((office for office in offices if short_name in office), offices[0] if offices else "")


def joined(names: Sequence[str]) -> str:
    """ "A", "A và B", "A, B và C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def lowered(title: str) -> str:
    """A title inside a sentence: "phiên họp thường kỳ"; abbreviations and names keep their capitals."""
    first, _, rest = title.partition(" ")
    common = {"phiên", "cuộc", "kỳ", "hội", "họp"}
    return f"{first.lower()} {rest}".strip() if first.lower() in common else title


def raised(text: str) -> str:
    """The text with a capital first letter."""
    return f"{text[:1].upper()}{text[1:]}"


def clock_text(moment: datetime) -> str:
    """ "08 giờ 05", on the wall clock of Viet Nam."""
    shown = local(moment)
    return f"{shown.hour:02d} giờ {shown.minute:02d}"


def moment_text(moment: datetime) -> str:
    """A moment as papers write it: "08 giờ 00, thứ Năm, ngày 05 tháng 02 năm 2026"."""
    shown = local(moment)
    return f"{clock_text(moment)}, {WEEKDAYS[shown.weekday()]}, {long_date(shown.date())}"


def balanced(text: str, most: int = 56) -> list[str]:
    """A long title in two lines of about the same length, broken after a comma or before "tại" where one is near."""
    if len(text) <= most:
        return [text]
    middle = len(text) / 2
    breaks = [place for place, letter in enumerate(text) if letter == " "]
    best = min(
        breaks, key=lambda place: abs(place - middle) - 12 * (text[place - 1] == "," or text[place + 1 :].startswith("tại "))
    )
    return [text[:best], text[best + 1 :]]
