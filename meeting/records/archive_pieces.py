"""What lies in the archive file of a meeting: each piece with what its list says of it.

The list follows the custom of the "mục lục văn bản, tài liệu trong hồ sơ" (NĐ 30/2020/NĐ-CP, annex V; read at second hand, not
verified against the text): number, symbol, date, kind and abstract, author, sheets, remark.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.conclusions.models import Instrument, Minutes, MinutesVersion
from meeting.documents import store
from meeting.documents.models import File
from meeting.invitations.models import Invitation
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.rollcall import sheets, tables
from meeting.tables import canonical
from meeting.voting import evidence
from meeting.voting.models import Question
from meeting.voting.rules import OVER

ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "image/png": "png",
    "image/jpeg": "jpg",
}


@dataclass(frozen=True)
class ArchivePiece:
    """One document of the file. Its bytes are `content`, or lie in the store at `source`."""

    folder: str
    title: str  # kind and abstract
    author: str
    symbol: str = ""
    on: date | None = None
    sheets: int | None = None
    remark: str = ""
    ending: str = "pdf"
    content: bytes | None = None
    source: Path | None = None

    def path(self, number: int) -> str:
        """Where it lies in the archive: its number on the list, then words that every system can keep as a name."""
        return f"{self.folder}/{number:03d}-{plain(self.symbol or self.title)}.{self.ending}"


def plain(words: str) -> str:
    """Words as a file's name: letters without marks, digits, hyphens."""
    folded = unicodedata.normalize("NFD", words.replace("Đ", "D").replace("đ", "d"))
    kept = "".join(each for each in folded if not unicodedata.combining(each))
    return re.sub(r"[^A-Za-z0-9]+", "-", kept).strip("-")[:80] or "van-ban"


def pieces_of(session: Session, meeting: Meeting) -> Iterator[ArchivePiece]:
    """Everything that a file of this meeting holds, in the order in which it came about."""
    yield from _invitations(session, meeting)
    yield from _papers(session, meeting)
    yield _attendance(session, meeting)
    yield from _minutes(session, meeting)
    yield from _votes(session, meeting)
    yield from _instruments(session, meeting)
    yield _journal(session, meeting)


def _from_store(session: Session, file_id: int | None) -> tuple[Path, str, int | None] | None:
    file = session.get(File, file_id) if file_id else None
    if file is None or file.was_refused:
        return None
    return store.file_path(file.sha256), ENDINGS.get(file.media_type, "bin"), file.page_count or None


def _stored(
    session: Session, file_id: int | None, folder: str, title: str, author: str, **more: object
) -> Iterator[ArchivePiece]:
    found = _from_store(session, file_id)
    if found is not None:
        path, ending, pages = found
        yield ArchivePiece(folder, title, author, sheets=pages, ending=ending, source=path, **more)  # type: ignore[arg-type]


def _invitations(session: Session, meeting: Meeting) -> Iterator[ArchivePiece]:
    issued = select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.issued_at.is_not(None))
    for row in session.scalars(issued.order_by(Invitation.issued_at)):
        symbol = row.number.symbol if row.number else ""
        more = {"symbol": symbol, "on": row.issued_on}
        yield from _stored(session, row.document_id, "1-giay-moi", row.abstract, meeting.body.name, **more)


def _papers(session: Session, meeting: Meeting) -> Iterator[ArchivePiece]:
    wanted = (
        select(Submission)
        .join(Requirement)
        .where(Requirement.meeting_id == meeting.id, Submission.published_at.is_not(None))
        .order_by(Requirement.id, Submission.number)
    )
    for row in session.scalars(wanted).unique():
        asked = row.requirement
        author = row.authority.name if row.authority else asked.unit.name
        newer = any(each.published_at and each.number > row.number for each in asked.submissions)
        remark = f"Bản {row.number}" + (", đã có bản thay thế" if newer else "") if len(asked.submissions) > 1 else ""
        on = row.signed_on or (clock.local(row.received_at).date() if row.received_at else None)
        more = {"symbol": row.symbol, "on": on, "remark": remark}
        yield from _stored(session, row.file_id, "2-tai-lieu", asked.what, author, **more)


def _attendance(session: Session, meeting: Meeting) -> ArchivePiece:
    made = tables.workbook(session, sheets.roll(session, meeting))
    on = clock.local(meeting.opened_at or meeting.starts_at).date()
    return ArchivePiece("3-diem-danh", "Bảng điểm danh", meeting.body.name, on=on, ending="xlsx", content=made)


def _minutes(session: Session, meeting: Meeting) -> Iterator[ArchivePiece]:
    minutes = session.scalar(select(Minutes).where(Minutes.meeting_id == meeting.id))
    if minutes is None:
        return
    symbol = minutes.number.symbol if minutes.number else ""
    signed = select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id, MinutesVersion.signed_at.is_not(None))
    versions = list(session.scalars(signed.order_by(MinutesVersion.version)))
    for row in versions:
        on = clock.local(row.signed_at).date() if row.signed_at else None
        remark = "" if row is versions[-1] else "Đã đính chính"
        more = {"symbol": symbol, "on": on, "remark": remark}
        file_id = row.document_id or (minutes.document_id if row is versions[-1] else None)
        found = list(_stored(session, file_id, "4-bien-ban", "Biên bản cuộc họp", meeting.body.name, **more))
        text = row.text.encode()
        plain_text = ArchivePiece("4-bien-ban", "Biên bản cuộc họp", meeting.body.name, ending="txt", content=text, **more)  # type: ignore[arg-type]
        yield from found or [plain_text]


def _votes(session: Session, meeting: Meeting) -> Iterator[ArchivePiece]:
    wanted = select(Question).where(Question.meeting_id == meeting.id, Question.state.in_(OVER)).order_by(Question.id)
    for row in session.scalars(wanted):
        made, _ = evidence.pack(session, row, [])
        title = f"Bằng chứng biểu quyết: {row.title}"
        yield ArchivePiece("5-bieu-quyet", title, meeting.body.name, ending="zip", content=made, remark="Kiểm đếm lại được")


def _instruments(session: Session, meeting: Meeting) -> Iterator[ArchivePiece]:
    issued = select(Instrument).where(Instrument.meeting_id == meeting.id, Instrument.issued_at.is_not(None))
    for row in session.scalars(issued.order_by(Instrument.issued_at)):
        symbol = row.number.symbol if row.number else ""
        remark = "Đã thu hồi" if row.withdrawn_at else "Đã được thay thế" if row.replaced_at else ""
        more = {"symbol": symbol, "on": row.issued_on, "remark": remark}
        yield from _stored(session, row.document_id, "6-ket-luan-nghi-quyet", row.abstract, meeting.body.name, **more)


def _journal(session: Session, meeting: Meeting) -> ArchivePiece:
    """The meeting's whole chain, one entry a line: with it the chain can be computed anew."""
    names = ("chain", "seq", "at", "actor_id", "event", "facts", "previous", "hash")
    lines = []
    for row in session.scalars(select(Entry).where(Entry.chain == meeting.id).order_by(Entry.seq)):
        value = {name: getattr(row, name) for name in names}
        lines.append(canonical({**value, "at": row.at.isoformat(timespec="microseconds")}))
    content = ("\n".join(lines) + "\n").encode()
    return ArchivePiece("7-nhat-ky", "Nhật ký cuộc họp", "Hệ thống", ending="jsonl", content=content)
