"""From rows to sheets: the words of an invitation as the layouts take them, for the PDF and for the screen beside the text."""

import re
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.clock import local
from meeting.documents.phrases import addressed, balanced, office_in
from meeting.documents.typeset import Annex, Block, Fact, Sheet, Signature, body_lines, place_and_date
from meeting.invitations import queries, wording
from meeting.invitations.models import Invitation
from meeting.invitations.rules import DECISION, NUMBER_KINDS
from meeting.organization.models import Person
from meeting.organization.signing import signature_lines, standing_signature_lines
from meeting.organization.symbols import number_text, symbol
from meeting.rulebook.deadlines import item_times

SIGNED_MARK = "(Đã ký)"
ARTICLE = re.compile(r"^(Điều \d+\.)\s*(.*)$")
ANNEX_HEAD = ["TT", "Thời gian", "Nội dung", "Đơn vị chuẩn bị, trình bày"]


def paper_sheet(session: Session, paper: Invitation) -> Sheet:
    """The whole paper as it is (or will be) printed. Without number and date their places stay open."""
    body = paper.meeting.body
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title="")
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    sheet["symbol"] = symbol(NUMBER_KINDS[paper.kind], body.symbol_code, body.is_party)
    if paper.number:
        sheet["number"] = number_text(paper.number.number)
    sheet["place_date"] = place_and_date(body.place, paper.issued_on)
    sheet["abstract"] = balanced(paper.abstract)
    sheet["recipients"] = lines(paper.recipients)
    sheet["signature"] = signature(paper, paper.signed_by or queries.signer_of(session, paper.meeting, paper.kind))
    _decide(sheet, paper) if paper.kind == DECISION else _invite(sheet, paper)
    return sheet


def _invite(sheet: Sheet, paper: Invitation) -> None:
    sheet["title"] = "GIẤY MỜI"
    sheet["opening"] = lines(paper.opening)
    sheet["facts"] = [Fact(label=label, text=text) for label, text in paper.facts or facts_now(paper.meeting)]
    content = lines(paper.content)
    sheet["blocks"] = [Block(kind="p", lead="Nội dung:", text="")] if content else []
    sheet["blocks"] += [Block(kind="p", text=line) for line in content]
    sheet["closing"] = lines(paper.closing)


def _decide(sheet: Sheet, paper: Invitation) -> None:
    authority = wording.standing_body(paper.meeting.body.name)
    sheet["title"] = "QUYẾT ĐỊNH"
    sheet["authority"] = [authority.upper()]
    sheet["grounds"] = lines(paper.opening)
    sheet["blocks"] = [article(line) for line in lines(paper.content)]
    rows = paper.annex if paper.annex is not None else annex_now(paper.meeting)
    if rows:
        table = Block(kind="table", head=ANNEX_HEAD, rows=rows, widths=[1, 2, 7, 4], centred=[0, 1])
        note = wording.annex_note(paper.number.symbol if paper.number else "", paper.issued_on, authority)
        sheet["annex"] = Annex(title=f"Dự kiến chương trình {paper.meeting.title}", note=note, blocks=[table])


def article(line: str) -> Block:
    """One paragraph of a decision: "Điều 1." stands in bold."""
    found = ARTICLE.match(line)
    return Block(kind="p", lead=found[1], text=found[2]) if found else Block(kind="p", text=line)


def signature(paper: Invitation, signer: Person | None) -> Signature:
    """Who signs, with the recorded act in the place of the signature."""
    body = paper.meeting.body
    office = office_in(signer.position, body.short_name) if signer else ""
    if paper.kind == DECISION:
        above = standing_signature_lines(office)
    else:
        above = signature_lines(paper.meeting.book.signer, body.kind, body.name, office)
    return Signature(lines=above, name=signer.full_name if signer else "", mark=SIGNED_MARK if paper.signed_at else "")


def lines(text: str) -> list[str]:
    """Paragraphs of an edited text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def facts_now(meeting: Meeting) -> list[list[str]]:
    """Chair, time, place as the meeting has them now; fixed on the paper when it is signed."""
    chair, office = "", ""
    if meeting.chair:
        chair = addressed(meeting.chair.honorific, meeting.chair.full_name, meeting.body.address_form == "dong_chi")
        office = office_in(meeting.chair.position, meeting.body.short_name)
    found = wording.facts_of(
        chair=chair,
        office=office,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        form=meeting.form,
        link=meeting.link,
    )
    return [list(pair) for pair in found]


def annex_now(meeting: Meeting) -> list[list[str]]:
    """The draft programme as rows of the annex: number, expected time, item, who prepares it."""
    items = queries.on_programme(meeting)
    times = item_times(local(meeting.starts_at), [item.minutes_planned for item in items])
    planned = any(item.minutes_planned for item in items)
    return [
        [item.label, f"{at.hour:02d} giờ {at.minute:02d}" if planned else "", item.title, prepared_by(item)]
        for item, at in zip(items, times, strict=True)
    ]


def prepared_by(item: Item) -> str:
    """Who answers for an item: its unit, else who presents it."""
    if item.unit:
        return item.unit.name
    return item.presenter.called if item.presenter else ""


def changed_since_signature(paper: Invitation) -> bool:
    """Whether the meeting is no longer what the signed paper says."""
    return paper.signed_at is not None and paper.facts is not None and paper.facts != facts_now(paper.meeting)


def as_signed(meeting: Meeting) -> dict[str, Any]:
    """What a signature fixes on the paper."""
    return {"facts": facts_now(meeting), "annex": annex_now(meeting)}
