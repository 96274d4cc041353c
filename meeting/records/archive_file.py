"""Writes the archive file of a meeting: a ZIP with everything, its list to be printed, as a table, and as JSON with hashes."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.documents.spreadsheets import harmless
from meeting.records import archive_paper
from meeting.records.archive_pieces import ArchivePiece, pieces_of, plain

HEAD = (
    "STT",
    "Số, ký hiệu",
    "Ngày, tháng, năm",
    "Tên loại và trích yếu nội dung",
    "Tác giả",
    "Tờ số",
    "Ghi chú",
    "Tệp",
    "SHA-256",
)
WIDTHS = (6, 18, 14, 60, 36, 10, 24, 50, 70)
TABLE, LIST, PRINTED = "muc-luc.xlsx", "danh-muc.json", "muc-luc.pdf"
FORM = "hop-khong-giay/ho-so/1"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Written:
    """An archive file that stands."""

    name: str
    size_bytes: int
    sha256: str
    pieces: int


def write(session: Session, meeting: Meeting, target: Path, told: Callable[[int], None] = lambda _percent: None) -> Written:
    """Writes the archive; it appears only when it is whole. `told` hears how many percent are done."""
    unfinished = target.with_name(target.name + ".part")
    listed: list[dict[str, Any]] = []
    found = list(pieces_of(session, meeting))
    first_sheet = 1
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, piece in enumerate(found, 1):
            hashed, size = _put(archive, piece.path(number), piece)
            listed.append(_row(number, piece, first_sheet, hashed, size))
            first_sheet += piece.sheets or 0
            told(90 * number // len(found))
        about = _about(meeting)
        archive.writestr(TABLE, table(about, listed))
        content = json.dumps({**about, "files": listed}, ensure_ascii=False, indent=1).encode()
        archive.writestr(LIST, content)
        held_on = date.fromisoformat(about["held_on"])
        archive.writestr(PRINTED, archive_paper.pdf(meeting, held_on, listed, sha256(content).hexdigest()))
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, target)
    return Written(name_of(meeting), target.stat().st_size, _digest(target), len(listed))


def name_of(meeting: Meeting) -> str:
    """What the file is called on the reader's disk."""
    return f"ho-so-{clock.local(meeting.starts_at):%Y%m%d}-{meeting.id}-{plain(meeting.title)}.zip"


def _put(archive: zipfile.ZipFile, path: str, piece: ArchivePiece) -> tuple[str, int]:
    hashed, size = sha256(), 0
    with archive.open(path, "w", force_zip64=True) as inside, _opened(piece) as source:
        while chunk := source.read(CHUNK):
            inside.write(chunk)
            hashed.update(chunk)
            size += len(chunk)
    return hashed.hexdigest(), size


def _opened(piece: ArchivePiece) -> Any:
    return piece.source.open("rb") if piece.source is not None else io.BytesIO(piece.content or b"")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        hashed = sha256()
        while chunk := file.read(CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def _row(number: int, piece: ArchivePiece, first: int, hashed: str, size: int) -> dict[str, Any]:
    """One line of the list; the sheets are numbered through the whole file."""
    last = first + (piece.sheets or 0) - 1
    return {
        "number": number,
        "symbol": piece.symbol,
        "date": piece.on.isoformat() if piece.on else "",
        "title": piece.title,
        "author": piece.author,
        "sheets": "" if not piece.sheets else str(first) if first == last else f"{first}-{last}",
        "remark": piece.remark,
        "path": piece.path(number),
        "sha256": hashed,
        "size_bytes": size,
    }


def _about(meeting: Meeting) -> dict[str, Any]:
    moment = meeting.opened_at or meeting.starts_at
    return {
        "form": FORM,
        "title": meeting.title,
        "body": meeting.body.name,
        "meeting_id": meeting.id,
        "held_on": clock.local(moment).date().isoformat(),
        "made_at": clock.now().isoformat(),
    }


def table(about: dict[str, Any], listed: list[dict[str, Any]]) -> bytes:
    """The list as people file it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mục lục"
    sheet.append(["MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ"])
    sheet.append([harmless(f"{about['title']} - {about['body']}, ngày {'/'.join(reversed(about['held_on'].split('-')))}")])
    sheet.append([])
    sheet.append(HEAD)
    for row in listed:
        words = (
            row["symbol"],
            archive_paper.shown_day(row["date"]),
            row["title"],
            row["author"],
            row["sheets"],
            row["remark"],
            row["path"],
            row["sha256"],
        )
        sheet.append([row["number"], *(harmless(each) for each in words)])
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[4]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column][4:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
