"""One paper of many pages in a council made by `chamber`, published to its members, and their browsers' sessions."""

import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pymupdf
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench import sheets
from bench.chamber import Seated
from meeting import clock, database
from meeting.app import create_app
from meeting.cli import opening
from meeting.documents import images, store
from meeting.documents.layers import picture_share
from meeting.documents.models import File, Page, packed
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import Account, Unit
from meeting.web import doors


@dataclass(frozen=True)
class Laid:
    """What the measuring needs to know of the paper."""

    file_id: int
    sha256: str
    pages: int
    cookies: list[str]  # of the members, then of the chair

    def page(self, number: int, width: int = 1200) -> str:
        """The address of a page."""
        return f"/documents/{self.file_id}/pages/{number}?w={width}&v={self.sha256[:12]}"


def lay(folder: Path, seated: Seated, pages: int) -> Laid:
    """Puts a paper of so many pages of text on the table, its pages made."""
    opening.use_folder(folder)
    opening.open_store()
    content = sheets.text(pages)
    digest = sha256(content).hexdigest()
    store.file_path(digest).parent.mkdir(parents=True, exist_ok=True)
    store.file_path(digest).write_bytes(content)
    with Session(database.database().writing) as session:
        file = _published(session, seated, digest, len(content), pages)
        _make_pages(session, file, content)
        session.commit()
        file_id = file.id
    cookies = sessions([*seated.members, seated.chair])
    opening.close_store()
    return Laid(file_id, digest, pages, cookies)


def _published(session: Session, seated: Seated, digest: str, size: int, pages: int) -> File:
    now, chair = clock.now(), session.scalars(select(Account).where(Account.username == "bench0")).one()
    unit = Unit(name="Phòng đo tốc độ", short_name="PDT")
    file = File(
        sha256=digest,
        name="bao-cao.pdf",
        media_type="application/pdf",
        size_bytes=size,
        uploaded_at=now,
        state="ready",
        page_count=pages,
        pages_done=pages,
        ready_at=now,
    )
    session.add_all([unit, file])
    session.flush()
    asked = {"due_at": now, "asked_due_at": now, "asked_by": chair.person_id, "asked_at": now}
    paper = Requirement(
        meeting_id=seated.meeting_id, item_id=seated.item_id, unit_id=unit.id, what="Báo cáo", first_received_at=now,
        first_late_minutes=0, state="published", published_at=now, **asked,
    )  # fmt: skip
    session.add(paper)
    session.flush()
    session.add(
        Submission(
            requirement_id=paper.id, number=1, file_id=file.id, received_at=now, late_minutes=0, sent_by=chair.person_id,
            state="accepted", decided_at=now, published_at=now,
        )
    )  # fmt: skip
    return file


def _make_pages(session: Session, file: File, content: bytes) -> None:
    folder = store.pages_folder(file.sha256)
    folder.mkdir(parents=True, exist_ok=True)
    with pymupdf.open(stream=content, filetype="pdf") as document:
        for number, page in enumerate(document, 1):
            images.make_images(page, picture_share(page), folder, number)
            text = page.get_text()
            words = [[50, 50, 950, 60, word] for word in text.split()]
            size = {"width": round(page.rect.width), "height": round(page.rect.height)}
            session.add(Page(file_id=file.id, number=number, text=text, boxes=packed(words), source="text", **size))


def sessions(tokens: list[str]) -> list[str]:
    """The session cookies of these people, as their browsers send them."""
    app = create_app()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    found = []
    for token in tokens:
        actor = doors.loader.by_token(token)
        assert actor is not None
        found.append(
            "session=" + str(signer.dumps({"_user_id": doors.loader.session_id(actor), "_fresh": True, "at": int(time.time())}))
        )
    return found
