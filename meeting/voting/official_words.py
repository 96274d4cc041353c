"""Words of the official forms of a ballot, by the body that votes. Pure, in Vietnamese: the forms have no other language.

Sources: NQ 104/2025/UBTVQH15, annex, forms 1 to 4 for councils; other bodies use the same forms in their own words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from meeting.organization.rules import TERM, TERM_YEARS

DOTS = "………"
LONG_DOTS = "……………………………………"
HONORIFICS = ("ông ", "bà ", "đồng chí ")
DEPUTY = "đại biểu hội đồng nhân dân"

MARK_WORDS = {
    "for": "Số phiếu tán thành",
    "against": "Số phiếu không tán thành",
    "abstain": "Số phiếu không biểu quyết",
    "high": "Số phiếu đánh giá tín nhiệm cao",
    "medium": "Số phiếu đánh giá tín nhiệm",
    "low": "Số phiếu đánh giá tín nhiệm thấp",
}
CONFIDENCE_WORDS = {"for": "Số phiếu tín nhiệm", "against": "Số phiếu không tín nhiệm"}
CHOSEN_WORDS = {"for": "Số phiếu bầu"}
COLUMNS = {
    "for": "Tán thành",
    "against": "Không tán thành",
    "abstain": "Không biểu quyết",
    "high": "Tín nhiệm cao",
    "medium": "Tín nhiệm",
    "low": "Tín nhiệm thấp",
}
CONFIDENCE_COLUMNS = {"for": "Tín nhiệm", "against": "Không tín nhiệm"}


@dataclass(frozen=True)
class BodyWords:
    """How one body's papers speak of it and of those who vote."""

    voters: str  # "đại biểu Hội đồng nhân dân"
    voter: str  # begins a sentence of the notes: "Đại biểu"
    appeal: str  # "Trân trọng đề nghị các vị đại biểu Hội đồng nhân dân"
    counter: str  # after a counter's name: "đại biểu Hội đồng nhân dân phường Giang Biên"
    body: str  # inside a sentence: "Hội đồng nhân dân"
    full: str  # "Hội đồng nhân dân phường Giang Biên"
    regulation: str
    seal: str

    @property
    def total(self) -> str:
        """What shares are taken of."""
        return f"tổng số {self.voters}"


def body_words(kind: str, name: str) -> BodyWords:
    """The words of a body of this kind and name."""
    if kind == "council":
        return BodyWords(
            voters="đại biểu Hội đồng nhân dân",
            voter="Đại biểu",
            appeal="Trân trọng đề nghị các vị đại biểu Hội đồng nhân dân",
            counter=f"đại biểu {name}",
            body="Hội đồng nhân dân",
            full=name,
            regulation=f"Quy chế làm việc {name}",
            seal="(đóng dấu treo của HĐND)",
        )
    if kind == "party":
        return BodyWords(
            voters="ủy viên",
            voter="Đồng chí",
            appeal="Đề nghị các đồng chí",
            counter=f"ủy viên {name}",
            body=name,
            full=name,
            regulation=f"Quy chế làm việc của {name}",
            seal="(đóng dấu treo)",
        )
    return BodyWords(
        voters="thành viên Ủy ban nhân dân",
        voter="Thành viên",
        appeal="Trân trọng đề nghị các thành viên Ủy ban nhân dân",
        counter=f"thành viên {name}",
        body="Ủy ban nhân dân",
        full=name,
        regulation=f"Quy chế làm việc của {name}",
        seal="(đóng dấu treo của UBND)",
    )


_SESSION = re.compile(r"\bkỳ họp thứ\s+(\d{1,3}|[a-zà-ỹ]+(?:\s+mươi)?)\b", re.IGNORECASE)


def term_in(*titles: str) -> str:
    """The term of the council where the body or a title names it: "II" in "… HĐND phường khóa II"; dots where none does."""
    return next((found[1].upper() for title in titles if (found := TERM.search(title))), DOTS)


def years_in(*titles: str) -> str:
    """The years of the term: "2026 - 2031"; dots where no title names them."""
    return next((f"{found[1]} - {found[2]}" for title in titles if (found := TERM_YEARS.search(title))), DOTS)


def session_in(title: str) -> str:
    """The session that a title names: "kỳ họp thứ 5"; dots where it names none."""
    found = _SESSION.search(title)
    return f"kỳ họp thứ {found[1]}" if found else f"kỳ họp {DOTS}"


def named(title: str, honorific: str, party: bool) -> str:
    """A person on a form: "Ông Nguyễn Văn An", "Đồng chí An"; "Ông (Bà)" where nobody knows which."""
    if title.casefold().startswith(HONORIFICS):
        return title
    return f"{'Đồng chí' if party else honorific or 'Ông (Bà)'} {title}"


def matter_of(title: str) -> str:
    """What is decided on, without the verb: "Nghị quyết về dự toán" out of "Thông qua Nghị quyết về dự toán"."""
    for verb in ("thông qua ", "biểu quyết thông qua "):
        if title.casefold().startswith(verb):
            return title[len(verb) :].strip() or title
    return title


def office_of(title: str) -> str:
    """What somebody is elected to or dismissed from, out of the question's title: "Bầu Chủ tịch UBND" is "Chủ tịch UBND"."""
    for verb in ("bầu cử ", "bầu bổ sung ", "bầu ", "bãi nhiệm ", "miễn nhiệm "):
        if title.casefold().startswith(verb):
            return title[len(verb) :].strip() or title
    return title


def of_deputies(office: str) -> bool:
    """Whether it is the seat of a deputy itself that is voted on (forms 1.2 and 3.4), not a post."""
    return office.casefold().startswith(DEPUTY)


def columns(form: str, marks: Sequence[str]) -> list[str]:
    """What stands over the boxes, in the order of the marks."""
    if form == "choose":
        return ["Đồng ý bầu"]
    if form == "alternatives":
        return ["Chọn"]
    words = COLUMNS | (CONFIDENCE_COLUMNS if form == "confidence" else {})
    return [words[mark] for mark in marks]


def mark_words(form: str) -> dict[str, str]:
    """What is said of the number of each mark in counting minutes."""
    special = CONFIDENCE_WORDS if form == "confidence" else CHOSEN_WORDS if form in ("choose", "alternatives") else {}
    return MARK_WORDS | special


def notes(form: str, boxes: Sequence[str], voter: str, most: int) -> list[str]:
    """The notes at the foot of a ballot, in the words of forms 1 and 2."""
    if form == "choose":
        first = f"{voter} đánh dấu “X” vào ô cùng hàng với người được lựa chọn; lựa chọn không quá {most:02d} người."
        return [first, NO_NAMES]
    if form == "alternatives":
        return [f"{voter} thể hiện chính kiến bằng cách đánh dấu “X” vào 01 ô duy nhất."]
    each = {"matter": "", "paper": " đối với mỗi nội dung"}.get(form, " đối với mỗi người")
    quoted = [f"“{box}”" for box in boxes]
    listed = f"{', '.join(quoted[:-1])} hoặc {quoted[-1]}"
    first = f"{voter} thể hiện chính kiến bằng cách đánh dấu “X” vào 1 trong {len(boxes)} ô {listed}{each}."
    return [first] if form in ("matter", "paper") else [first, NO_NAMES]


NO_NAMES = "Không ghi thêm tên của người ngoài danh sách hoặc xóa tên của người trong danh sách."

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _below_hundred(number: int, counts_on: bool) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return (f"linh {UNITS[ones]}" if counts_on else UNITS[ones]) if ones else ""
    words = "mười" if tens == 1 else f"{UNITS[tens]} mươi"
    if ones == 0:
        return words
    last = "lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else "tư" if ones == 4 and tens > 1 else UNITS[ones]
    return f"{words} {last}"


def _below_thousand(number: int, counts_on: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds == 0 and not counts_on:
        return _below_hundred(rest, False)
    return f"{UNITS[hundreds]} trăm {_below_hundred(rest, True)}".strip()


def in_words(number: int) -> str:
    """A number below a million in words: 27 is "hai mươi bảy", 105 "một trăm linh năm"."""
    if number == 0:
        return UNITS[0]
    thousands, rest = divmod(number, 1000)
    if thousands == 0:
        return _below_thousand(rest, False)
    return f"{_below_thousand(thousands, False)} nghìn {_below_thousand(rest, True) if rest else ''}".strip()
