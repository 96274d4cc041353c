"""From rows to sheets: the words of a notice and of minutes as the layouts take them, for the PDF and for the screen."""

import re
from collections.abc import Iterable
from itertools import groupby

from sqlalchemy.orm import Session

from meeting.clock import local
from meeting.conclusions import queries
from meeting.conclusions.models import Minutes, Notice, NoticeLine
from meeting.conclusions.rules import MINUTES, NOTICE, minutes_signature_lines
from meeting.conclusions.wording import broken_abstract, minutes_title, task_sentence
from meeting.documents.phrases import addressed, clock_text, office_in
from meeting.documents.typeset import Block, Fact, Sheet, Signature, body_lines, long_date, place_and_date
from meeting.organization.models import Body, Person
from meeting.organization.signing import signature_lines
from meeting.organization.symbols import number_text, symbol

SIGNED_MARK = "(Đã ký)"
HEADING = re.compile(r"^(?:[IVX]+\.|\d+\.)\s+\S")


def notice_sheet(session: Session, notice: Notice) -> Sheet:
    """The whole notice as it is (or will be) printed. Without number and date their places stay open."""
    meeting, body = notice.meeting, notice.meeting.body
    sheet = _head(body, NOTICE)
    if notice.number:
        sheet["number"] = number_text(notice.number.number)
    sheet["place_date"] = place_and_date(body.place, notice.issued_on)
    sheet["title"] = "THÔNG BÁO"
    sheet["abstract"] = broken_abstract(notice.abstract)
    sheet["opening"] = notice.opening.splitlines()
    sheet["blocks"] = list(_conclusions(notice.lines, body.is_party))
    sheet["closing"] = notice.closing.splitlines()
    sheet["recipients"] = [line for line in notice.recipients.splitlines() if line.strip()]
    signer = notice.signed_by or queries.signer_of(session, meeting)
    office = office_in(signer.position, body.short_name) if signer else ""
    lines = signature_lines(meeting.book.signer, body.kind, body.name, office)
    sheet["signature"] = _signature(lines, signer, notice.signed_at is not None)
    return sheet


def minutes_sheet(session: Session, minutes: Minutes) -> Sheet:
    """The minutes as printed: facts by the system, then the text as edited, then the end of the meeting."""
    meeting, body = minutes.meeting, minutes.meeting.body
    sheet = _head(body, MINUTES)
    if minutes.number:
        sheet["number"] = number_text(minutes.number.number)
    sheet["place_date"] = place_and_date(body.place, local(minutes.signed_at).date() if minutes.signed_at else None)
    sheet["title"] = minutes_title(meeting.sitting)
    sheet["abstract"] = [meeting.title]
    sheet["facts"] = _facts(minutes, body.is_party)
    sheet["blocks"] = [minutes_block(line) for line in minutes.text.splitlines() if line.strip()]
    sheet["closing"] = _ending(minutes, body.is_party)
    sheet["recipients"] = ["Lưu Văn phòng."] if body.is_party else ["Lưu: VT, hồ sơ cuộc họp."]
    signer = minutes.signed_by or queries.signer_of(session, meeting)
    lines = minutes_signature_lines(meeting.book.signer, body.kind, meeting.sitting)
    sheet["signature"] = _signature(lines, signer, minutes.signed_at is not None)
    if meeting.secretary and (signer is None or signer.id != meeting.secretary_id):
        sheet["second_signature"] = _signature(
            ["THƯ KÝ TỔ" if meeting.sitting == "group" else "THƯ KÝ"], meeting.secretary, signed=False
        )
    return sheet


def minutes_block(line: str) -> Block:
    """One line of the minutes: "I. …" and short "1. …" stand as headings, everything else as a paragraph."""
    text = line.strip()
    is_heading = bool(HEADING.match(text)) and (text[0] in "IVX" or (len(text) < 140 and not text.endswith((".", ";"))))
    return Block(kind="heading" if is_heading else "p", text=text)


def _head(body: Body, kind: str) -> Sheet:
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title="")
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    sheet["symbol"] = symbol(kind, body.symbol_code, body.is_party)
    return sheet


def _conclusions(lines: Iterable[NoticeLine], party: bool) -> Iterable[Block]:
    """Lines under the headings of their items, numbered in the order of the notice."""
    groups = [(item, list(group)) for item, group in groupby(lines, key=lambda line: line.item)]
    numbered = len([item for item, _ in groups if item is not None]) > 1
    place = 0
    for item, group in groups:
        if item is not None:
            place += 1
            yield Block(kind="heading", text=f"{place}. {item.title}" if numbered else item.title)
        for line in group:
            yield Block(kind="p", text=line_text(line, party), line_id=line.id)


def line_text(line: NoticeLine, party: bool) -> str:
    """One conclusion as printed: a task with its sentence of who, with whom, by when."""
    if line.lead_unit is None:
        return line.text
    leader = addressed(line.leader.honorific, line.leader.full_name, party) if line.leader else ""
    helpers = [unit.name for unit in line.cooperating]
    return task_sentence(line.text, line.lead_unit.name, helpers, leader, line.due_on, line.product)


def _signature(lines: list[str], person: Person | None, signed: bool) -> Signature:
    return Signature(lines=lines, name=person.full_name if person else "", mark=SIGNED_MARK if signed else "")


def _facts(minutes: Minutes, party: bool) -> list[Fact]:
    meeting = minutes.meeting
    begun = meeting.opened_at or meeting.starts_at
    facts = [
        Fact(label="Thời gian bắt đầu", text=f"{clock_text(begun)}, {long_date(local(begun).date())}."),
        Fact(label="Địa điểm", text=f"{meeting.place}."),
    ]
    chairs = "Tổ trưởng" if meeting.sitting == "group" else "Chủ trì"
    for label, person in ((chairs, meeting.chair), ("Thư ký", meeting.secretary)):
        if person:
            named = addressed(person.honorific, person.full_name, party)
            office = office_in(person.position, meeting.body.short_name)
            facts.append(Fact(label=label, text=f"{named[:1].upper()}{named[1:]}, {office}."))
    return facts


def _ending(minutes: Minutes, party: bool) -> list[str]:
    closed = minutes.meeting.closed_at
    if closed is None:
        return []
    end = "." if party else "./."
    what = "Buổi thảo luận" if minutes.meeting.sitting == "group" else "Cuộc họp"
    return [f"{what} kết thúc vào {clock_text(closed)}, {long_date(local(closed).date())}{end}"]
