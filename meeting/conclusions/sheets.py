"""From rows to sheets: the words of a document as the layouts take them, for the PDF, the Word file and the screen."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy.orm import Session

from meeting.conclusions import genuine, life_queries
from meeting.conclusions.kinds import DECISION, KINDS
from meeting.conclusions.minutes_sheets import heading_of, laid_out_minutes, minutes_sheet, signature
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.conclusions.wording import broken_abstract, ended, recipient_lines, task_sentence
from meeting.documents.phrases import addressed
from meeting.documents.typeset import Block, Layout, Sheet, place_and_date
from meeting.organization.models import Body
from meeting.organization.symbols import number_text

__all__ = ["instrument_sheet", "laid_out_minutes", "laid_out_sheet", "layout_of", "line_text", "minutes_sheet", "notice_sheet"]

WORDS = {"NQ": "QUYẾT NGHỊ:", "QĐ": "QUYẾT ĐỊNH:"}


def instrument_sheet(session: Session, document: Instrument) -> Sheet:
    """A whole document as it is (or will be) printed. Without number and date their places stay open.

    Authority, signer and words are those of the body's form where it has one (`life_queries.signature_of`).
    """
    body = document.meeting.body
    sheet = heading_of(body, document.kind)
    if document.number:
        sheet["number"] = number_text(document.number.number)
    sheet["place_date"] = place_and_date(body.place, document.issued_on)
    sheet["title"] = KINDS[document.kind].title
    sheet["abstract"] = broken_abstract(document.abstract)
    above, signer = life_queries.signature_of(session, document)
    _text(sheet, document, above)
    sheet["closing"] = _lines(document.closing)
    sheet["recipients"] = recipient_lines(document.recipients, body.is_party)
    if not body.is_party:
        _end(sheet)
    sheet["signature"] = signature(above, signer, signed=document.signed_at is not None)
    if document.verify_code:
        proof = genuine.proof_of(document)
        sheet["qr"], sheet["verify"] = proof["qr"], proof["verify"]
    return sheet


notice_sheet = instrument_sheet


def layout_of(document: Instrument) -> Layout:
    """Resolutions and decisions in articles; the Party's resolutions and all conclusions in paragraphs (HD 36-HD/VPTW)."""
    articles = document.family == DECISION and not (document.kind == "NQ" and document.meeting.body.is_party)
    return "decision" if articles else "notice"


def laid_out_sheet(session: Session, document: Instrument) -> tuple[Layout, Sheet]:
    """A document with open places for number, date and signature, to be filled in the finished PDF."""
    sheet = instrument_sheet(session, document)
    sheet["open"], sheet["place"] = True, document.meeting.body.place
    sheet["signature"]["mark"] = ""
    return layout_of(document), sheet


def _text(sheet: Sheet, document: Instrument, above: list[str]) -> None:
    party = document.meeting.body.is_party
    if layout_of(document) == "decision":
        sheet["authority"], sheet["word"] = authority_of(document.meeting.body, above), WORDS[document.kind]
        sheet["grounds"] = _lines(document.grounds)
        sheet["blocks"] = [block for place, line in enumerate(document.lines, start=1) for block in article(line, place, party)]
        return
    sheet["opening"] = [*(f"- {ground}" for ground in _lines(document.grounds)), *_lines(document.opening)]
    sheet["blocks"] = list(_conclusions(document.lines, party))


def _end(sheet: Sheet) -> None:
    """The text of a paper of the state ends in "./."; a table at its end has no such sign."""
    if sheet["closing"]:
        sheet["closing"][-1] = ended(sheet["closing"][-1])
    elif sheet["blocks"] and sheet["blocks"][-1]["kind"] == "p" and sheet["blocks"][-1].get("text"):
        sheet["blocks"][-1]["text"] = ended(sheet["blocks"][-1]["text"])


def authority_of(body: Body, above: list[str]) -> list[str]:
    """Who decides, over the grounds (NĐ 30, mẫu 1.1 to 1.3; ô "thẩm quyền ban hành"): the body where it is signed for it (TM.),
    else the head of the body in whose name the paper is signed."""
    first = above[0] if above else ""
    named = body.name.upper()
    if body.is_party:
        whole = first.removeprefix("T/M ").strip()
        return [whole if "ĐẢNG ỦY" in whole or "CHI BỘ" in whole else f"{whole} {named}" if first.startswith("T/M ") else named]
    if first.startswith("CHỦ TỊCH") or (first.startswith(("KT.", "TL.", "TUQ.", "Q.")) and body.kind == "committee"):
        return [f"CHỦ TỊCH {named}"] if body.kind == "committee" else [named]
    return [named]


def article(line: NoticeLine, place: int, party: bool) -> list[Block]:
    """One article: "Điều 1." in bold, with its title if it has one (NĐ 30, Phụ lục I, mục II.6)."""
    paragraphs = _lines(line_text(line, party))
    if line.title.strip():
        head = Block(kind="heading", text=f"Điều {place}. {line.title.strip()}", line_id=line.id)
        return [head, *(Block(kind="p", text=text, line_id=line.id) for text in paragraphs)]
    first = Block(kind="p", lead=f"Điều {place}.", text=paragraphs[0] if paragraphs else "", line_id=line.id)
    return [first, *(Block(kind="p", text=text, line_id=line.id) for text in paragraphs[1:])]


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
            if line.title.strip():
                yield Block(kind="heading", text=line.title.strip(), line_id=line.id)
            for text in _lines(line_text(line, party)) or [""]:
                yield Block(kind="p", text=text, line_id=line.id)


def line_text(line: NoticeLine, party: bool) -> str:
    """One conclusion as printed: a task with its sentence of who, with whom, by when."""
    if line.lead_unit is None:
        return line.text
    leader = addressed(line.leader.honorific, line.leader.full_name, party) if line.leader else ""
    helpers = [unit.name for unit in line.cooperating]
    return task_sentence(line.text, line.lead_unit.name, helpers, leader, line.due_on, line.product)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
