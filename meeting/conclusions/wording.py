"""The words of official papers that the system proposes: openings, abstracts, task sentences, recipients.

Always in Vietnamese, whatever language a person's screens have: it is the language of the papers. Every proposal may be
edited; nothing here decides anything. Pure.
"""

from collections.abc import Sequence
from datetime import date

from meeting.documents.phrases import joined, lowered
from meeting.documents.typeset import long_date


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


def recipients_of(body_kind: str, short_name: str) -> list[str]:
    """Who receives a notice: superiors to be told, members, the units concerned, the file (NĐ 315/2025, Điều 25.7b)."""
    if body_kind == "party":
        return ["Các đồng chí dự họp,", "Các chi bộ, đơn vị được giao nhiệm vụ,", "Lưu Văn phòng."]
    told = "Ban Thường vụ Đảng ủy, Thường trực HĐND (để báo cáo);" if body_kind == "committee" else "Thường trực HĐND;"
    return [told, f"Các thành viên {short_name};", "Các đơn vị được giao nhiệm vụ;", "Lưu: VT."]


def task_sentence(text: str, lead: str, helpers: Sequence[str], leader: str, due: date | None, product: str) -> str:
    """A task as it stands in the notice: what, who leads, who cooperates, who is in charge, by when.

    When the text itself says who leads ("Giao … chủ trì …"), it is printed as it was written; when it begins with
    "Giao" and the lead unit, the unit is not named a second time.
    """
    written = text.lower()
    if "giao " in written and "chủ trì" in written:
        return text
    named = written.startswith(f"giao {lead.lower()}")
    if named:
        parts = [f"phối hợp với {joined(helpers)}"] if helpers else []
    else:
        parts = [f"Giao {lead} chủ trì" + (f", phối hợp với {joined(helpers)}" if helpers else " thực hiện")]
    parts += [f"{leader} phụ trách chỉ đạo"] if leader else []
    parts += [f"sản phẩm: {product}"] if product else []
    parts += [f"hoàn thành trước {long_date(due)}"] if due else []
    begun = text.rstrip(" .;") + ("; " if named else ". ")
    return f"{begun}{'; '.join(parts)}".rstrip("; ") + "."


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
