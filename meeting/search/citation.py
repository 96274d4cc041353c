"""How a passage is cited in official writing: what document, of whom and when, where in it, and its words.

Pure, and Vietnamese whatever language the screen speaks: the line goes into official papers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meeting.search.language.symbols import key

QUOTED_LETTERS = 600

#: What a document is called, by the letters of its symbol.
_NAMES: Mapping[str, str] = {
    "TB": "Thông báo",
    "KL": "Kết luận",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "BB": "Biên bản",
    "CT": "Chỉ thị",
    "KH": "Kế hoạch",
    "BC": "Báo cáo",
    "TTR": "Tờ trình",
    "CV": "Công văn",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
}
_PARTS = re.compile(r"[^\W\d_]+")
_OWN_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[a-zđ])[.)]\s+|^\s*Điều \d+[a-zđ]?\s?[.:]\s+")
_ROMAN = r"(?:X{1,2}|X{0,2}(?:IX|IV|VI{0,3}|I{1,3}))"
#: Also before a heading (II. Nhiệm vụ), whose own dot ends nothing, and after the letterhead with its place and day.
_SENTENCE_ENDS = re.compile(
    rf"(?<!\b[IVX])(?<!\b[IVX]{{2}})(?<!\b[IVX]{{3}})(?<!\b[IVX]{{4}})[.!?;](?=\s)|\n\s*\n|\s(?={_ROMAN}\.\s)"
    r"|(?<=Hạnh phúc)[^.;]{0,160}?ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4}(?=\s)"
)
#: Where the words of a task, a promise or an item end and what the system says of it begins.
_FACTS = re.compile(
    r"\s(?=(?:Loại|Đơn vị chuẩn bị|Trình bày|Chủ trì|Phối hợp|Người thực hiện|Lãnh đạo phụ trách|Sản phẩm|Hạn"
    r"|Theo văn bản của|Đơn vị thực hiện|Kết quả): )"
)
_LEADS = re.compile(r"(?<=\sChủ trì: )[^.]+(?=\.)|(?<=\sĐơn vị thực hiện: )[^.]+(?=\.)")
_DUE = re.compile(r"(?<=\sHạn: )\d{1,2}/\d{1,2}/\d{4}")
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "’", "«": "‘", "»": "’"})


@dataclass(frozen=True)
class Cited:
    """What a citation is made of. `meeting` and `held_on` are of the meeting the words belong to."""

    kind: str
    text: str
    dated: date
    symbol: str = ""
    title: str = ""
    body: str = ""  # in full
    place: str = ""  # mục 2, Điều 3, trang 4
    speaker: str = ""
    meeting: str = ""
    held_on: date | None = None
    draft: bool = False
    ended: str = ""  # replaced, withdrawn
    ended_by: str = ""  # the symbol of the later document
    ended_on: date | None = None


def citation(cited: Cited) -> str:
    """The line to copy; nothing for people and units, who are not cited."""
    make = _MAKERS.get(cited.kind)
    return make(cited) if make else ""


def day(value: date) -> str:
    """A day as official papers write it in a reference."""
    return f"{value:%d/%m/%Y}"


def name_of(symbol: str, otherwise: str) -> str:
    """Thông báo of 142/TB-UBND, Nghị quyết of 05/NQ-HĐND, Kết luận of 12-KL/ĐU."""
    letters = _PARTS.findall(key(symbol))
    return next((_NAMES[part] for part in letters[:1] if part in _NAMES), otherwise)


def around(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Of a long text the sentences with the first words found, whole; a short one as it is."""
    if len(text) <= QUOTED_LETTERS:
        return text
    first, last = spans[0] if spans else (0, 0)
    start = max([match.end() for match in _SENTENCE_ENDS.finditer(text, 0, first)], default=0)
    end = next((match.end() for match in _SENTENCE_ENDS.finditer(text, last)), len(text))
    said = text[start:end].strip()
    if len(said) <= QUOTED_LETTERS:
        return said
    before = text.rfind(" ", start, max(start, first - QUOTED_LETTERS // 3)) + 1
    return ("…" if before > start else "") + text[max(before, start) : end].strip()


def quoted(text: str, place: str = "") -> str:
    """Words in quotes: on one line, their own number left out where the place says it, cut between words when long."""
    said = " ".join(text.split())
    if place:
        said = _OWN_NUMBER.sub("", said, count=1)
    if len(said) > QUOTED_LETTERS:
        said = said[: said.rfind(" ", 0, QUOTED_LETTERS)].rstrip(" ,;:") + "…"
    return f"“{said.translate(_INNER).rstrip(' ;')}”"


def _words(text: str) -> str:
    """The words themselves, without what the system says of them after."""
    return _FACTS.split(text, maxsplit=1)[0]


def _duty(text: str) -> str:
    """Who is to do it until when, outside the quotes: nobody wrote it in these words."""
    leads, due = _LEADS.search(text), _DUE.search(text)
    said = [f"chủ trì: {leads[0]}" if leads else "", f"hạn: {due[0]}" if due else ""]
    return f" ({'; '.join(filter(None, said))})" if any(said) else ""


def _of(body: str) -> str:
    return f" của {body}" if body else ""


def _ended(cited: Cited) -> str:
    """That the words no longer hold, said where nobody overlooks it."""
    if not cited.ended:
        return ""
    said = "đã được thay thế" if cited.ended == "replaced" else "đã bị thu hồi"
    by = f" bởi {name_of(cited.ended_by, 'văn bản')} số {cited.ended_by}" if cited.ended_by else ""
    on = f" ngày {day(cited.ended_on)}" if cited.ended_on else ""
    return f" ({said}{by}{on})"


def _placed(cited: Cited) -> str:
    place = (
        f", {cited.place[:1].lower() + cited.place[1:] if cited.place[:1] not in 'ĐIVX' else cited.place}" if cited.place else ""
    )
    return f"{place}: {quoted(cited.text, cited.place)}"


def _document(otherwise: str) -> Callable[[Cited], str]:
    def make(cited: Cited) -> str:
        if not cited.symbol:
            at = f", {_meeting(cited)}" if cited.meeting else ""
            drawn = "Dự thảo " + otherwise[:1].lower() + otherwise[1:] if cited.draft else otherwise
            return f"{drawn}{at}{_of(cited.body)}{_ended(cited)}{_placed(cited)}"
        drawn = " (dự thảo)" if cited.draft else ""
        whose = f"{name_of(cited.symbol, otherwise)} số {cited.symbol}{drawn} ngày {day(cited.dated)}{_of(cited.body)}"
        return f"{whose}{_ended(cited)}{_placed(cited)}"

    return make


def _meeting(cited: Cited) -> str:
    """The meeting by its own title, with its day."""
    named = cited.meeting or cited.title
    return f"{named[:1].lower() + named[1:] if _common(named) else named} ngày {day(cited.held_on or cited.dated)}"


def _common(named: str) -> bool:
    """Whether a title begins with a word that is written small inside a sentence."""
    return named.split(" ", maxsplit=1)[0] in {"Phiên", "Cuộc", "Kỳ", "Hội", "Buổi", "Họp"}


def _minutes(cited: Cited) -> str:
    number = f" số {cited.symbol}" if cited.symbol else ""
    drawn = "Dự thảo biên bản" if cited.draft else "Biên bản"
    return f"{drawn}{number} {_meeting(cited)}{_of(cited.body)}{_placed(cited)}"


def _paper(cited: Cited) -> str:
    what = cited.title.split(" · ")[0]
    number = f" số {cited.symbol}" if cited.symbol else ""
    at = f", tài liệu {_meeting(cited)}" if cited.meeting else ""
    return f"{what}{number}{at}{_of(cited.body)}{_ended(cited)}{_placed(cited)}"


def _gathering(cited: Cited) -> str:
    return f"{cited.meeting or cited.title} ngày {day(cited.held_on or cited.dated)}{_of(cited.body)}"


def _item(cited: Cited) -> str:
    title = _words(cited.text)
    title = title.removesuffix(".") if title != cited.text else title
    return f"Nội dung {quoted(title)}, chương trình {_meeting(cited)}{_of(cited.body)}"


def _vote(cited: Cited) -> str:
    """With the figures, which stand in the words themselves."""
    return f"Kết quả biểu quyết tại {_meeting(cited)}{_of(cited.body)}: {quoted(cited.text)}"


def _task(cited: Cited) -> str:
    source = f" tại {name_of(cited.symbol, 'văn bản')} số {cited.symbol}" if cited.symbol else ""
    return f"Nhiệm vụ giao{source} ngày {day(cited.dated)}{_of(cited.body)}: {quoted(_words(cited.text))}{_duty(cited.text)}"


def _said(noun: str) -> Callable[[Cited], str]:
    def make(cited: Cited) -> str:
        called = cited.speaker
        who = f" của {called[:1].lower() + called[1:] if called.startswith(('Ông ', 'Bà ')) else called}" if called else ""
        text = cited.text
        if cited.speaker and text.startswith(f"{cited.speaker}: "):
            text = text[len(cited.speaker) + 2 :]
        at = f" tại {_meeting(cited)}" if cited.meeting else f" ngày {day(cited.dated)}"
        duty = cited.kind == "promise"
        said = f"{quoted(_words(text))}{_duty(text)}" if duty else quoted(text)
        return f"{noun}{who}{at}{_of(cited.body)}: {said}"

    return make


def _round(cited: Cited) -> str:
    return f"Lấy ý kiến bằng văn bản về {quoted(cited.title)} ngày {day(cited.dated)}{_of(cited.body)}: {quoted(cited.text)}"


_MAKERS: Mapping[str, Callable[[Cited], str]] = {
    "notice": _document("Thông báo kết luận"),
    "resolution": _document("Nghị quyết"),
    "minutes": _minutes,
    "paper": _paper,
    "meeting": _gathering,
    "item": _item,
    "question": _vote,
    "task": _task,
    "opinion": _said("Ý kiến"),
    "promise": _said("Lời hứa"),
    "round": _round,
}
