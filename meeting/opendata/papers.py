"""Published documents as objects of the standard: the paper, its file, and the item of a shown sitting it was decided on."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.conclusions.kinds import KINDS as DOCUMENTS
from meeting.conclusions.models import Instrument
from meeting.documents.models import File
from meeting.opendata.rules import HOME, WARD, Made, embedded, link, without_empty
from meeting.organization.models import Body
from meeting.publicpage.queries import PUBLISHED


def published(session: Session) -> list[tuple[Instrument, File | None, str]]:
    """What was published on the page of the office, but for the Party's: it has no place in this standard."""
    wanted = (
        select(Instrument, File)
        .join(Meeting, Meeting.id == Instrument.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(File, File.id == Instrument.document_id)
        .where(PUBLISHED, Body.kind != "party", Body.practice_of_id.is_(None))
        .order_by(Instrument.id)
    )
    found = session.execute(wanted).unique().all()
    return [(paper, file, paper.number.symbol if paper.number else "") for paper, file in found]


def paper_objects(paper: Instrument, file: File | None, symbol: str, shown: set[int]) -> Iterator[Made]:
    assert paper.issued_on is not None
    key, meeting_id = f"n{paper.id}", paper.meeting_id
    has_file = file is not None and not file.was_refused
    treated = paper.item_id is not None and meeting_id in shown
    content = {
        "body": link("body", WARD),
        "name": paper.abstract,
        "reference": symbol,
        "date": paper.issued_on.isoformat(),
        "paperType": DOCUMENTS[paper.kind].label,
        "mainFile": embedded("file", key) if has_file else None,
        "originatorOrganization": [link("organization", f"b{paper.meeting.body_id}")],
        "consultation": [embedded("consultation", key)] if treated else None,
        "vn:withdrawnOn": local(paper.withdrawn_at).date().isoformat() if paper.withdrawn_at else None,
        "vn:replacedOn": local(paper.replaced_at).date().isoformat() if paper.replaced_at else None,
    }
    yield Made("paper", key, without_empty(content))
    if file is not None and has_file:
        yield _file_of(paper, file, symbol)
    if treated:
        yield _consultation(paper)


def _file_of(paper: Instrument, file: File, symbol: str) -> Made:
    key = f"n{paper.id}"
    content = {
        "name": symbol,
        "fileName": f"{symbol.replace('/', '-')}.pdf",
        "mimeType": "application/pdf",
        "date": paper.issued_on.isoformat() if paper.issued_on else None,
        "size": file.size_bytes,
        "vn:sha256": file.sha256,
        "paper": [link("paper", key)],
        "accessUrl": f"~/cong-khai/van-ban/{paper.id}.pdf",
        "downloadUrl": f"~{HOME}/file/{key}/download",
    }
    return Made("file", key, without_empty(content))


def _consultation(paper: Instrument) -> Made:
    content = {
        "paper": link("paper", f"n{paper.id}"),
        "agendaItem": link("agendaitem", paper.item_id),
        "meeting": link("meeting", paper.meeting_id),
        "organization": [link("organization", f"b{paper.meeting.body_id}")],
        "authoritative": paper.family == "decision",
        "role": "Quyết định" if paper.family == "decision" else "Kết luận",
    }
    return Made("consultation", f"n{paper.id}", content, paper.meeting_id)
