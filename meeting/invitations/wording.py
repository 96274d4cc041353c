"""The words the system proposes for an invitation or a decision to convene. Always Vietnamese: the language of the papers.

Every proposal may be edited until the paper is signed. Forms: giấy mời NĐ 30/2020 Phụ lục III mẫu 1.7; quyết định mẫu 1.2;
the Party's papers HD 36-HD/VPTW. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meeting.clock import local
from meeting.documents.phrases import lowered, moment_text, raised
from meeting.documents.typeset import long_date

FORMS = {"in_person": "trực tiếp", "online": "trực tuyến", "hybrid": "trực tiếp kết hợp trực tuyến"}


@dataclass(frozen=True)
class Invited:
    """Somebody on the list as the paper names them."""

    called: str
    position: str
    voting: bool


@dataclass(frozen=True)
class Matter:
    """One item of the programme as the paper lists it."""

    label: str
    title: str
    prepared_by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Words:
    """The parts of a paper that may be edited. Each is text, one paragraph a line."""

    abstract: str
    opening: str
    content: str
    closing: str
    recipients: str


def you(address_form: str) -> str:
    """How the paper speaks to those it invites, in the middle of a sentence: "Ông/Bà" or "đồng chí"."""
    return "đồng chí" if address_form == "dong_chi" else "Ông/Bà"


def whom(people: Sequence[Invited], body_name: str, address_form: str, kind: str) -> list[str]:
    """Who is invited, one line each: the members together, guests by name and office."""
    members = [each for each in people if each.voting]
    guests = [each for each in people if not each.voting]
    named = "Các đồng chí" if address_form == "dong_chi" else "Các Ông/Bà"
    seats = {"council": "đại biểu", "committee": "thành viên", "party": "ủy viên Ban Chấp hành"}[kind]
    lines = [f"- {named} {seats} {body_name};"] if members else []
    lines += [f"- {guest_line(each, address_form)};" for each in guests]
    return [*lines[:-1], lines[-1].rstrip(";") + "."] if lines else []


def guest_line(each: Invited, address_form: str) -> str:
    """One guest: "Ông Trần Văn A, Trưởng phòng"; in the Party "Đồng chí Trần Văn A, …"."""
    name = each.called
    if address_form == "dong_chi":
        name = f"Đồng chí {name.removeprefix('Ông ').removeprefix('Bà ')}"
    return f"{name}, {each.position}" if each.position else name


def programme_lines(matters: Sequence[Matter]) -> list[str]:
    """The content as numbered lines, each with the unit that prepares it."""
    return [f"{each.label}. {each.title}{f' ({each.prepared_by})' if each.prepared_by else ''}." for each in matters]


def invitation_words(
    *,
    title: str,
    body_name: str,
    kind: str,
    address_form: str,
    people: Sequence[Invited],
    matters: Sequence[Matter],
    replaces: str = "",
    replaced_on: date | None = None,
) -> Words:
    """The proposal for a giấy mời: who invites whom, to what; the content; what is asked of those who come."""
    party = kind == "party"
    dear = you(address_form)
    end = "." if party else "./."
    opening = [f"{body_name} trân trọng kính mời:", *whom(people, body_name, address_form, kind), f"Tới dự {lowered(title)}."]
    closing = [
        f"Tài liệu họp được gửi trên hệ thống họp không giấy tờ; đề nghị {dear} nghiên cứu trước và xác nhận tham dự "
        "hoặc báo vắng (nêu lý do) trên hệ thống.",
    ]
    if replaces and replaced_on:
        closing.append(f"Giấy mời này thay thế Giấy mời số {replaces} {long_date(replaced_on)}.")
    closing.append(f"Trân trọng kính mời {dear} tới dự đúng thời gian, đúng thành phần{end}")
    recipients = ["Như trên,", "Lưu Văn phòng."] if party else ["Như trên;", "Lưu: VT."]
    return Words(
        abstract=title,
        opening="\n".join(opening),
        content="\n".join(programme_lines(matters)),
        closing="\n".join(closing),
        recipients="\n".join(recipients),
    )


def decision_words(
    *,
    title: str,
    body_name: str,
    authority: str,
    starts_at: datetime,
    ends_at: datetime | None,
    place: str,
    replaces: str = "",
    replaced_on: date | None = None,
) -> Words:
    """The proposal for the Standing Body's decision to convene a session (NQ 104/2025/UBTVQH15, Điều 6)."""
    articles = [
        f"Điều 1. Triệu tập {lowered(title)}.",
        f"Thời gian: {span_text(starts_at, ends_at)}.",
        f"Địa điểm: {place}.",
        "Dự kiến chương trình kỳ họp kèm theo Quyết định này.",
        f"Điều 2. Các đại biểu {body_name}, các cơ quan, tổ chức, cá nhân liên quan chuẩn bị nội dung, tài liệu phục vụ "
        "kỳ họp theo quy định của pháp luật và sự phân công của " + authority + ".",
        f"Điều 3. {authority}, Ủy ban nhân dân, Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp, các đại biểu {body_name}, Văn phòng "
        "và các cơ quan, tổ chức, cá nhân liên quan chịu trách nhiệm thi hành Quyết định này./.",
    ]
    if replaces and replaced_on:
        articles[-1] = articles[-1].removesuffix("./.") + "."
        articles.append(f"Quyết định này thay thế Quyết định số {replaces} {long_date(replaced_on)}./.")
    grounds = [
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",
        "Căn cứ Nghị quyết số 104/2025/UBTVQH15 ngày 26 tháng 9 năm 2025 của Ủy ban Thường vụ Quốc hội ban hành Quy chế "
        "làm việc mẫu của Hội đồng nhân dân xã, phường, đặc khu;",
        "Theo đề nghị của Văn phòng Hội đồng nhân dân và Ủy ban nhân dân.",
    ]
    return Words(
        abstract=f"Về việc triệu tập {lowered(title)}",
        opening="\n".join(grounds),
        content="\n".join(articles),
        closing="",
        recipients="\n".join(["Như Điều 3;", "Ban Thường vụ Đảng ủy (để báo cáo);", "Đại biểu HĐND;", "Lưu: VT."]),
    )


def standing_body(body_name: str) -> str:
    """Who convenes a session: "Thường trực Hội đồng nhân dân phường Giang Biên"."""
    return f"Thường trực {body_name}"


def span_text(starts_at: datetime, ends_at: datetime | None) -> str:
    """When it takes place. A session of several days: "từ … đến hết …"."""
    if ends_at is not None and local(ends_at).date() != local(starts_at).date():
        return f"từ {moment_text(starts_at)} đến hết {long_date(local(ends_at).date())}"
    return moment_text(starts_at)


def facts_of(
    *, chair: str, office: str, starts_at: datetime, ends_at: datetime | None, place: str, form: str, link: str
) -> list[tuple[str, str]]:
    """What an invitation must say, taken from the meeting itself (NĐ 30, mẫu 1.7): chair, time, place; the form and link too."""
    facts = []
    if chair:
        facts.append(("Chủ trì", f"{raised(chair)}{f', {office}' if office else ''}."))
    facts.append(("Thời gian", f"{raised(span_text(starts_at, ends_at))}."))
    facts.append(("Địa điểm", f"{place}."))
    if form in ("online", "hybrid"):
        facts.append(("Hình thức họp", f"{FORMS[form]}."))
        if link:
            facts.append(("Đường dẫn dự họp trực tuyến", link))
    return facts


def annex_note(symbol: str, issued_on: date | None, authority: str) -> str:
    """Below the title of the annexed programme, open until the number is given."""
    day = long_date(issued_on) if issued_on else "ngày      tháng      năm"
    return f"(Kèm theo Quyết định số {symbol or '     /QĐ-HĐND'} {day} của {authority})"
