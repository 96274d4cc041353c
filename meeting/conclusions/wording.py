"""The words of official papers that the system proposes: openings, abstracts, task sentences, recipients.

Always in Vietnamese, whatever language a person's screens have: it is the language of the papers. Every proposal may be
edited; nothing here decides anything. Pure.
"""

import re
from collections.abc import Sequence
from datetime import date

from meeting.documents.phrases import joined, lowered
from meeting.documents.typeset import long_date

# A text that says who leads and speaks of time itself says its due date in its own words.
TIME = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,4}|(?:tháng|quý|tuần)\s+[\divx]|trước ngày|hoàn thành|thời hạn|hằng|hàng (?:tuần|tháng|quý)"
)


def abstract_of(position: str, party: bool, title: str) -> str:
    """What the notice is about: "Kết luận của Chủ tịch UBND phường tại Phiên họp thường kỳ tháng 11"."""
    start = "kết luận của" if party else "Kết luận của"
    return f"{start} {'đồng chí ' if party else ''}{position} tại {lowered(title)}"


def opening_of(body: str, held_on: date, place: str, title: str, chair: str, position: str) -> str:
    """The first paragraph: when, where, which meeting, who presided, and that conclusions follow."""
    where = f", tại {place}" if place else ""
    when = long_date(held_on).replace("ngày", "Ngày", 1)
    return (
        f"{when}{where}, {body} tổ chức {lowered(title)} do {chair}, {position} chủ trì. "
        f"Sau khi nghe báo cáo và ý kiến thảo luận của các đại biểu dự họp, {position} kết luận như sau:"
    )


def closing_of(by_order: bool, party: bool, position: str) -> str:
    """The last paragraph. By order of the chairman it is the Office that makes the conclusions known."""
    if party:
        return f"Trên đây là kết luận của đồng chí {position}, thông báo để các tổ chức, cá nhân biết, thực hiện."
    if by_order:
        return "Văn phòng thông báo để các đơn vị, cá nhân liên quan biết, thực hiện./."
    return f"Trên đây là kết luận của {position}, đề nghị các đơn vị, cá nhân liên quan biết, thực hiện./."


def recipients_of(body_kind: str, short_name: str, decides: bool = False) -> list[str]:
    """Who receives a notice: superiors to be told, members, the units concerned, the file (NĐ 315/2025, Điều 25.7b).

    The members of a council are its deputies, the other bodies of the place are told beside them. What the Party `decides` goes
    to the committee above, to its own members and to the cells.
    """
    if body_kind == "party" and decides:
        above = "Ban Thường vụ cấp ủy cấp trên trực tiếp (để báo cáo),"
        return [above, "Các đồng chí cấp ủy viên,", "Các chi bộ, cơ quan, đơn vị liên quan,", "Lưu Văn phòng."]
    if body_kind == "party":
        return ["Các đồng chí dự họp,", "Các chi bộ, đơn vị được giao nhiệm vụ,", "Lưu Văn phòng."]
    told, members = ["Ban Thường vụ Đảng ủy, Thường trực HĐND (để báo cáo);"], f"Các thành viên {short_name};"
    if body_kind == "council":
        told = ["Ban Thường vụ Đảng ủy (để báo cáo);", "Thường trực HĐND, UBND, Ủy ban MTTQ Việt Nam cùng cấp;"]
        members = f"Các vị đại biểu {short_name};"
    return [*told, members, "Các đơn vị được giao nhiệm vụ;", "Lưu: VT."]


def task_sentence(text: str, lead: str, helpers: Sequence[str], leader: str, due: date | None, product: str) -> str:
    """A task as it stands in the notice: what, who leads, who cooperates, who is in charge, by when.

    When the text itself says who leads ("Giao … chủ trì …", "Phòng A chủ trì …"), it is printed as it was written, with its
    due date where it says nothing of time; when it begins with the lead unit, the unit is not named a second time.
    """
    written = text.lower()
    named = written.startswith((lead.lower(), f"giao {lead.lower()}"))
    by = [f"hoàn thành trước {long_date(due)}"] if due and not _says(written, due) else []
    if "chủ trì" in written and (named or "giao " in written):
        return text if TIME.search(written) or not by else f"{text.rstrip(' .;')}; {by[0]}."
    with_whom = [f"phối hợp với {joined(helpers)}"] if helpers and "phối hợp" not in written else []
    if named:
        parts = with_whom
    else:
        parts = [f"Giao {lead} chủ trì" + (f", {with_whom[0]}" if with_whom else " thực hiện")]
    parts += [f"{leader} phụ trách chỉ đạo"] if leader else []
    parts += [f"sản phẩm: {product}"] if product else []
    if not (parts or by):
        return text
    begun = text.rstrip(" .;") + ("; " if named else ". ")
    return f"{begun}{'; '.join(parts + by)}".rstrip("; ") + "."


def _says(written: str, due: date) -> bool:
    """Whether the text names this very day: 30/11, 30/11/2026, ngày 30 tháng 11."""
    return bool(re.search(rf"\b0?{due.day}(?:\s*[/.-]\s*|\s+tháng\s+)0?{due.month}\b", written))


def minutes_title(sitting: str) -> str:
    """What the minutes are called: those of a Tổ that sits by itself, of the sittings of a session, of any other meeting."""
    titles = {
        "group": "BIÊN BẢN THẢO LUẬN TỔ",
        "preparatory": "BIÊN BẢN PHIÊN TRÙ BỊ",
        "opening": "BIÊN BẢN PHIÊN KHAI MẠC",
        "plenary": "BIÊN BẢN PHIÊN HỌP TOÀN THỂ",
        "closing": "BIÊN BẢN PHIÊN BẾ MẠC",
    }
    return titles.get(sitting, "BIÊN BẢN")


def minutes_and_seconds(seconds: int) -> str:
    """ "4 phút 50 giây", "45 giây"."""
    whole, rest = divmod(max(seconds, 0), 60)
    return " ".join(part for part in (f"{whole} phút" if whole else "", f"{rest} giây" if rest or not whole else "") if part)


def broken_abstract(abstract: str) -> list[str]:
    """The abstract in the lines it is centred in: broken before "tại" when it is long."""
    head, word, rest = abstract.partition(" tại ")
    return [head, f"tại {rest}"] if word and len(abstract) > 48 else [abstract]


def recipient_lines(text: str, party: bool) -> list[str]:
    """Who receives a paper, as its foot lists them: the dash is the layout's; a line ends in ";" (Party: ","), the last in ".".

    NĐ 30/2020, Phụ lục I, mục II.9b; HD 36-HD/VPTW. What somebody ended otherwise stays.
    """
    lines = [line.strip().lstrip("-–•+ ").strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    between = "," if party else ";"
    told = [line if line[-1] in ";,.:" else line + between for line in lines]
    if told:
        told[-1] = told[-1].rstrip(";,.: ") + "."
    return told


def ended(text: str) -> str:
    """The last paragraph of a paper of the state, with the sign that nothing follows: "./." (NĐ 30/2020, Phụ lục III)."""
    return text if text.rstrip().endswith("./.") else text.rstrip(" .;,:") + "./."
