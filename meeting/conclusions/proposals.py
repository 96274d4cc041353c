"""The words that the system proposes in new documents: in Vietnamese, to be edited; nothing here decides anything. Pure.

A body's form may hold its own words with places in braces: "{ngày họp}", "{cuộc họp}".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meeting.conclusions.kinds import KINDS
from meeting.conclusions.relations import CORRECTS, REPLACES, WITHDRAWS
from meeting.documents.phrases import lowered, raised
from meeting.errors import N_, Refused, declare

PLACES = ("ngày họp", "địa điểm", "cuộc họp", "chủ trì", "chức vụ", "cơ quan", "nội dung")
PLACE = re.compile(r"\{([^{}]*)\}")

declare({"place_unknown": N_("“{%(place)s}” is no place that can be filled. There are: %(known)s.")})


def check_places(text: str) -> None:
    """Refuses words of a form with a place nobody can fill (`place_unknown`)."""
    for place in PLACE.findall(text):
        if place.strip() not in PLACES:
            known = ", ".join(f"{{{each}}}" for each in PLACES)
            raise Refused("place_unknown", place=place, known=known)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The words of a form with its places filled. A place without a fact stays as it is, to be seen."""
    return PLACE.sub(lambda hit: facts.get(hit[1].strip()) or hit[0], text)


def abstract_on(kind: str, matter: str) -> str:
    """What a resolution or decision is about: "về dự toán ngân sách năm 2027"."""
    text = lowered(matter).strip(" .")
    begun = text.casefold()
    if begun.startswith(("về ", "thông qua ", "phê chuẩn ", "xác nhận ", "bãi bỏ ", "thành lập ", "ban hành ", "quy định ")):
        return raised(text)
    return f"Về {text[:1].lower()}{text[1:]}" if kind in KINDS else text


#: Verbs with which the name of an item begins that say already what is decided.
DECIDES = ("thông qua", "phê chuẩn", "xác nhận", "thành lập", "ban hành", "bãi bỏ", "bầu", "miễn nhiệm")


def first_article(matter: str) -> str:
    """The first article proposed: that the matter is adopted."""
    text = lowered(matter).strip(" .")
    if text.casefold().startswith(DECIDES):
        return f"{raised(text)}."
    if text.casefold().startswith("về "):
        text = text[3:]
    return f"Thông qua {text[:1].lower()}{text[1:]}."


def last_article(kind: str, body_kind: str, body: str) -> str:
    """The last article proposed: who carries it out."""
    word = KINDS[kind].word
    if body_kind == "council":
        return (
            f"Giao Ủy ban nhân dân tổ chức thực hiện {word} này; Thường trực, các Ban và đại biểu {body} giám sát việc thực hiện."
        )
    if body_kind == "party":
        return f"Các chi bộ, cơ quan, đơn vị và đảng viên liên quan chịu trách nhiệm thực hiện {word} này."
    return f"Các cơ quan, đơn vị và cá nhân liên quan chịu trách nhiệm thi hành {word} này."


def resolution_closing(kind: str, body_kind: str, body: str, meeting: str, held: str) -> str:
    """The last paragraph: of a resolution of the council by whom and when it was adopted; of others since when it holds."""
    word = KINDS[kind].word
    if body_kind == "party":
        return f"{word} này có hiệu lực kể từ ngày ký."
    if kind == "NQ":
        return f"{word} này đã được {body} thông qua tại {lowered(meeting)} ngày {held} và có hiệu lực kể từ ngày thông qua./."
    return f"{word} này có hiệu lực kể từ ngày ký./."


@dataclass(frozen=True)
class PaperNamed:
    """A paper of an item, as grounds name it."""

    what: str
    unit: str


#: The laws that grounds begin with, by the kind of body. No article is named: which one, the body's form says.
LAWS: Mapping[str, Sequence[str]] = {
    "council": ("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",),
    "committee": ("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",),
    "party": ("Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",),
}


def grounds_of(body_kind: str, own: str, papers: Iterable[PaperNamed], vote: str) -> list[str]:
    """The grounds of a resolution, one a line: the body's own or the law, the papers of the item, the figures of the vote."""
    lines = [line.strip() for line in own.splitlines() if line.strip()] or list(LAWS.get(body_kind, ()))
    lines += [f"Xét {paper.what}{f' của {paper.unit}' if paper.unit else ''};" for paper in papers]
    if vote:
        lines.append(f"Căn cứ kết quả biểu quyết: {figures_of(vote)}.")
    return lines


def figures_of(sentence: str) -> str:
    """The figures out of the sentence of a vote: "15/18 phiếu tán thành (83,33% tổng số đại biểu)"; else the whole sentence."""
    _, verdict, rest = sentence.partition(": ")
    first = re.split(r", cần |[.;](?:\s|$)", rest if verdict else sentence, maxsplit=1)[0]
    return first.strip(" .;") or sentence.strip(" .;")


def recipients_up(body_kind: str) -> list[str]:
    """Who receives a resolution of the council beside the usual ones: the bodies above, where it is sent within ten days."""
    if body_kind != "council":
        return []
    return ["Thường trực HĐND, UBND cấp trên trực tiếp (để báo cáo);"]


# ---- documents about earlier ones ------------------------------------------------------------------------------


def named(kind: str, symbol: str, day: str, abstract: str = "") -> str:
    """An earlier document inside a sentence: "Thông báo số 07/TB-UBND ngày 24 tháng 11 năm 2026"."""
    tail = f" {abstract[:1].lower()}{abstract[1:]}" if abstract else ""
    return f"{KINDS[kind].word} số {symbol} ngày {day}{tail}"


def abstract_about(relation: str, old: str, abstract: str) -> str:
    """What a document about an earlier one is about."""
    if relation == CORRECTS:
        return f"Đính chính {old}"
    if relation == WITHDRAWS:
        return f"Thu hồi {old}"
    return f"{abstract} (thay thế {old})"


def line_about(relation: str, old: str, reason: str) -> str:
    """The first line of a correction or withdrawal."""
    if relation == CORRECTS:
        return f"Đính chính {old} như sau: {reason.rstrip(' .;')}."
    why = f" Lý do: {reason.rstrip(' .;')}." if reason else ""
    return f"Thu hồi {old} kể từ ngày ban hành văn bản này.{why}"


def closing_about(relation: str, kind: str, old: str, closing: str, party: bool) -> str:
    """The last paragraph: the rest stays as it was; what was replaced is no longer in force."""
    end = "." if party else "./."
    if relation == CORRECTS:
        return f"Các nội dung khác của {old} không thay đổi{end}"
    if relation == REPLACES:
        return f"{KINDS[kind].word} này thay thế {old}.\n{closing}"
    return f"Văn phòng thông báo để các đơn vị, cá nhân liên quan biết, thực hiện{end}"
