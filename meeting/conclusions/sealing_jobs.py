"""Laying out the page that is signed: set by the typesetter, its form added by the signing process. Work for the worker."""

import json
from hashlib import sha256
from typing import Any

from meeting.clock import local
from meeting.conclusions import minutes_queries, sheets
from meeting.conclusions.models import Instrument, Minutes
from meeting.database import reading
from meeting.documents import made, store
from meeting.documents.models import File
from meeting.jobs import job
from meeting.organization.symbols import number_text
from meeting.permissions import SYSTEM
from meeting.signing import running
from meeting.signing.rules import date_parts
from meeting.writer import perform


@job("conclusions.lay_out")
def lay_out(notice_id: int, approved_at: str) -> None:
    """Sets the page with open places and keeps it. Run again it gives a page of the same words; a text sent back gives none."""
    with reading() as session:
        document = session.get_one(Instrument, notice_id)
        if document.state != "approved" or not document.approved_at or document.approved_at.isoformat() != approved_at:
            return
        if document.laid_out_id is not None:
            return
        layout, sheet = sheets.laid_out_sheet(session, document)
        name = f"{document.kind}-{document.id}.pdf"
    with running.workbench() as target:
        running.work("set_out", target, {"layout": layout, "sheet": sheet, "sealed": True})
        file_id = made.keep(target.read_bytes(), name)
    digest = sha256(json.dumps(sheet, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    wanted: dict[str, Any] = {"notice_id": notice_id, "file_id": file_id, "approved_at": approved_at, "text_digest": digest}
    perform(SYSTEM, "conclusions.keep_laid_out", wanted)


@job("conclusions.fill_minutes")
def fill_minutes(minutes_id: int, version: int) -> None:
    """Number and date go into the fields that the signatures of the minutes left open. Run again it fills in the same."""
    with reading() as session:
        minutes = session.get_one(Minutes, minutes_id)
        if minutes.version != version or minutes.signed_file_id is None or minutes.number is None:
            return
        signed = minutes_queries.signed_versions(session, minutes)
        dated = signed[-1].signed_at if signed else minutes.signed_at
        assert dated is not None
        values = {"number": number_text(minutes.number.number), **date_parts(local(dated).date())}
        source = store.file_path(session.get_one(File, minutes.signed_file_id).sha256)
        name = f"{minutes.number.symbol}.pdf".replace("/", "-")
    with running.workbench() as target:
        running.work("fill_in", target, {"source": str(source), "values": values})
        document_id = made.keep(target.read_bytes(), name)
    found = {"paper": "minutes", "paper_id": minutes_id, "document_id": document_id, "version": version}
    perform(SYSTEM, "conclusions.paper_set", found)
