"""From minutes to a sheet: the words as the layout takes them, for the PDF, the Word file and the page beside the text.

Form: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9 (beginning, place, people, who presides, secretary, course, end; the secretary signs
left, the chair right); Party minutes follow HD 36-HD/VPTW. Attendance, course, statements and votes with their figures
come from the journal.
"""

import re

from sqlalchemy.orm import Session

from meeting.clock import local
from meeting.conclusions import genuine, minutes_queries
from meeting.conclusions.life_queries import form_of
from meeting.conclusions.minutes_rules import minutes_lines
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.conclusions.rules import MINUTES
from meeting.conclusions.wording import minutes_title, recipient_lines
from meeting.documents.phrases import addressed, clock_text, office_in
from meeting.documents.typeset import Block, Layout, Sheet, Signature, body_lines, long_date, place_and_date
from meeting.organization.models import Body, Person
from meeting.organization.symbols import number_text, symbol

SIGNED_MARK = "(Đã ký)"
HEADING = re.compile(r"^(?:[IVX]+\.|\d+\.)\s+\S")
FIRST_PART = re.compile(r"^I\.\s")
SECOND_PART = re.compile(r"^II\.\s")


def minutes_sheet(session: Session, minutes: Minutes, version: MinutesVersion | None = None) -> Sheet:
    """The minutes as printed: of a draft and of signed ones the text as it stands; `version`: another one of their texts."""
    meeting, body = minutes.meeting, minutes.meeting.body
    shown = version or minutes_queries.version_of(session, minutes, minutes.version)
    signed_at = shown.signed_at if shown and shown.signed_at else minutes.signed_at if shown is None else None
    sheet = heading_of(body, MINUTES)
    if minutes.number:
        sheet["number"] = number_text(minutes.number.number)
    first = minutes_queries.signed_versions(session, minutes)
    dated = first[-1].signed_at if first else signed_at
    sheet["place_date"] = place_and_date(body.place, local(dated).date() if dated and minutes.number else None)
    sheet["title"] = minutes_title(meeting.sitting)
    sheet["abstract"] = [meeting.title, *_correction_title(minutes, shown, first)]
    sheet["blocks"] = _blocks(minutes, shown.text if shown else minutes.text)
    reason = minutes_queries.reason_of(session, minutes, shown) if shown else ""
    sheet["closing"] = [*_corrected(shown, first, reason), *_ending(minutes)]
    form = form_of(session, body.id, MINUTES)
    usual = "Lưu Văn phòng." if body.is_party else "Lưu: VT, hồ sơ cuộc họp."
    sheet["recipients"] = recipient_lines((form.recipients if form else "") or usual, body.is_party)
    _signatures(session, sheet, minutes, shown)
    if shown is not None and shown.signed_at is not None:
        _prove(sheet, minutes)
    return sheet


def laid_out_minutes(session: Session, minutes: Minutes) -> tuple[Layout, Sheet]:
    """The text that is being written, with open places for what comes with the signatures."""
    sheet = minutes_sheet(session, minutes, minutes_queries.newest_of(session, minutes))
    sheet["open"], sheet["place"] = True, minutes.meeting.body.place
    _prove(sheet, minutes)
    return "minutes", sheet


def _prove(sheet: Sheet, minutes: Minutes) -> None:
    """At the foot of signed minutes stands how anybody may look whether a copy is genuine."""
    proof = genuine.proof_of(minutes)
    sheet["qr"], sheet["verify"] = proof["qr"], proof["verify"]


def heading_of(body: Body, kind: str) -> Sheet:
    """What stands over every paper of a body: names and symbol."""
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title="")
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    sheet["symbol"] = symbol(kind, body.symbol_code, body.is_party)
    return sheet


def minutes_block(line: str) -> Block:
    """One line of the minutes: "I. …" and short "1. …" stand as headings, everything else as a paragraph."""
    text = line.strip()
    is_heading = bool(HEADING.match(text)) and (text[0] in "IVX" or (len(text) < 140 and not text.endswith((".", ";"))))
    return Block(kind="heading" if is_heading else "p", text=text)


def _blocks(minutes: Minutes, text: str) -> list[Block]:
    """Beginning and place, then who took part, then who presided and wrote, then the course: the order of mẫu 1.9."""
    meeting = minutes.meeting
    begun = meeting.opened_at or meeting.starts_at
    lines = [line for line in text.splitlines() if line.strip()]
    people = len(lines) if lines and FIRST_PART.match(lines[0]) else 0
    parted = next((place for place, line in enumerate(lines) if SECOND_PART.match(line)), people)
    return [
        Block(kind="p", lead="Thời gian bắt đầu:", text=f"{clock_text(begun)}, {long_date(local(begun).date())}."),
        Block(kind="p", lead="Địa điểm:", text=f"{meeting.place}."),
        *(minutes_block(line) for line in lines[:parted]),
        *_people(minutes),
        *(minutes_block(line) for line in lines[parted:]),
    ]


def _people(minutes: Minutes) -> list[Block]:
    meeting, party = minutes.meeting, minutes.meeting.body.is_party
    chairs = "Tổ trưởng" if meeting.sitting == "group" else "Chủ trì" if party else "Chủ tọa"
    told = []
    for label, person in ((chairs, meeting.chair), ("Thư ký", meeting.secretary)):
        if person:
            named = addressed(person.honorific, person.full_name, party)
            office = office_in(person.position, meeting.body.short_name)
            said = ", ".join(part for part in (f"{named[:1].upper()}{named[1:]}", office) if part)
            told.append(Block(kind="p", lead=f"{label}:", text=f"{said}."))
    return told


def _ending(minutes: Minutes) -> list[str]:
    closed = minutes.meeting.closed_at
    if closed is None:
        return []
    end = "." if minutes.meeting.body.is_party else "./."
    what = "Buổi thảo luận" if minutes.meeting.sitting == "group" else "Cuộc họp"
    return [f"{what} kết thúc vào {clock_text(closed)}, {long_date(local(closed).date())}{end}"]


# ---- corrections ---------------------------------------------------------------------------------------------------------


def _turn(shown: MinutesVersion | None, signed: list[MinutesVersion]) -> int:
    """The how many-th correction a version is; 0: it is none."""
    older = [each for each in signed if shown is not None and each.version < shown.version]
    return len(older)


def _correction_title(minutes: Minutes, shown: MinutesVersion | None, signed: list[MinutesVersion]) -> list[str]:
    turn = _turn(shown, signed)
    return [f"(Đính chính lần {turn})"] if turn and minutes.number else []


def _corrected(shown: MinutesVersion | None, signed: list[MinutesVersion], reason: str) -> list[str]:
    """What a corrected paper says of the one it stands for."""
    older = [each for each in signed if shown is not None and each.version < shown.version]
    if not older or older[0].signed_at is None:
        return []
    day = local(older[0].signed_at).date()
    why = f" (lý do: {reason.rstrip('.')})" if reason else ""
    return [f"Biên bản này đính chính biên bản đã ký {long_date(day)}{why}."]


# ---- signatures ----------------------------------------------------------------------------------------------------------


def _signatures(session: Session, sheet: Sheet, minutes: Minutes, shown: MinutesVersion | None) -> None:
    """Who signs by the rule book: one person right; or the secretary left and who presided right."""
    meeting, form = minutes.meeting, form_of(session, minutes.meeting.body_id, MINUTES)
    signers = meeting.book.minutes_signers
    last = shown.signed_by if shown and shown.signed_by else None
    signed = bool(shown and shown.signed_at)
    signer = last or minutes_queries.signer_of(session, meeting)
    lines = minutes_lines(signers, meeting.body.kind, meeting.sitting, form.authority if form else "")
    sheet["signature"] = signature(lines, signer, signed=signed)
    if signers == "both" or (shown and shown.second_signed_at):
        secretary = (shown.second_signed_by if shown else None) or meeting.secretary
        office = "THƯ KÝ TỔ" if meeting.sitting == "group" else "THƯ KÝ"
        sheet["second_signature"] = signature([office], secretary, signed=bool(shown and shown.second_signed_at))


def signature(lines: list[str], person: Person | None, *, signed: bool) -> Signature:
    """A block for a signature, with the mark of one that was given in the system."""
    return Signature(lines=lines, name=person.full_name if person else "", mark=SIGNED_MARK if signed else "")
