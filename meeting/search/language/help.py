"""How to ask, as the screen explains it: examples, each with what it does."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from meeting.errors import N_


@dataclass(frozen=True)
class Example:
    """One thing that can be typed, and what it does."""

    typed: str
    says: str  # msgid


@dataclass(frozen=True)
class Seen:
    """What the reader can find, for examples that find something; what there is none of stays empty."""

    symbol: str = ""
    day: date | None = None
    meeting: str = ""
    person: str = ""


_EXAMPLES = (
    Example("vỉa hè", N_("Words, with or without marks; capitals do not matter. Typed with marks, those come first.")),
    Example('"chỉnh trang đô thị"', N_("In quotes: exactly these words next to each other.")),
    Example('vỉa hè -"xây dựng"', N_("A minus before words in quotes, a word, a symbol or a field word: without it.")),
    Example("135/TB-UBND", N_("A symbol, or only its beginning: 135/TB finds 135/TB-UBND and 135/TB-VP.")),
    Example("nghị định 315/2025", N_("The kind and the number of a document find it by its symbol: 315/2025/NĐ-CP.")),
    Example("7/11/2026", N_("A day, in whatever way it is written. Likewise tháng 6/2026, quý I/2026, năm 2026.")),
    Example("UBND", N_("An abbreviation also finds the full words, and the other way round.")),
    Example("đơn vị:Văn phòng", N_("What a unit prepares or leads. A name of several words may stand in quotes.")),
    Example("từ:1/6/2026 đến:30/6/2026", N_("Only from one day to another. Also tháng:6, năm:2026, từ:“tuần trước”.")),
    Example("số:135", N_("Only documents that bear this number or symbol themselves.")),
    Example("loại:“biên bản”", N_("Only one kind: thông báo, nghị quyết, biên bản, tài liệu, nhiệm vụ … or TBKL, NQ, BB.")),
    Example("cơ quan:HĐND", N_("Only of one body.")),
    Example("người:“Nguyễn Văn A”", N_("Only what one person said, presents or carries out.")),
    Example("cuộc họp:“thường kỳ”", N_("Only of meetings with these words in their title.")),
    Example("trạng thái:“quá hạn”", N_("Only in one state: hoàn thành, quá hạn, dự thảo, thông qua …")),
)


def examples(seen: Seen = Seen()) -> tuple[Example, ...]:
    """The examples in the order of the screen, told with what is there, so that a tap on one finds something."""
    told = _told(seen)
    return tuple(replace(each, typed=told.get(each.typed, each.typed)) for each in _EXAMPLES)


def _told(seen: Seen) -> dict[str, str]:
    told: dict[str, str] = {}
    if seen.meeting:
        told['"chỉnh trang đô thị"'] = '"' + " ".join(seen.meeting.replace('"', "").split()[:4]) + '"'
    if seen.symbol:
        told["135/TB-UBND"] = seen.symbol
    number = seen.symbol.partition("/")[0].partition("-")[0]
    if number.isdecimal():
        told["số:135"] = f"số:{number}"
    if seen.day:
        of = f"/{seen.day.month}/{seen.day.year}"
        told["7/11/2026"] = f"{seen.day.day}{of}"
        told["từ:1/6/2026 đến:30/6/2026"] = f"từ:1{of} đến:{monthrange(seen.day.year, seen.day.month)[1]}{of}"
    if seen.person:
        told["người:“Nguyễn Văn A”"] = f"người:“{seen.person}”"
    return told
