"""The contents of a paper and the signatures in it: what the reading process found, and how it is told to readers."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

from flask_babel import gettext
from pydantic import Field
from sqlalchemy import select

from meeting import clock, config
from meeting.acts import ActInput, Tx, act
from meeting.database import reading
from meeting.documents import queries, store
from meeting.documents.headings import MAX_ENTRIES, found_in
from meeting.documents.models import File
from meeting.documents.rules import PDF
from meeting.documents.signature_words import words_of
from meeting.jobs import every
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

log = logging.getLogger("meeting.documents")

SECONDS = 120
AT_ONCE = 20  # older files looked at in one go
MAX_SIGNATURES = 60


class DescribedInput(ActInput):
    """What was found; None leaves what is known."""

    file_id: int
    outline: Annotated[list[dict[str, Any]], Field(max_length=MAX_ENTRIES)] | None = None
    signatures: Annotated[list[dict[str, Any]], Field(max_length=MAX_SIGNATURES)] | None = None


@act("documents.described", Action.READ_OUT_DOCUMENT)
def described(tx: Tx, wanted: DescribedInput) -> dict[str, Any]:
    """The worker tells the contents of a file and its signatures. The same again replaces what was told before.

    Nothing is recorded: both can be found anew from the bytes at any time.
    """
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("found in the bytes, which do not change")
    row = tx.get(File, wanted.file_id)
    if wanted.outline is not None:
        row.outline = wanted.outline
    if wanted.signatures is not None:
        row.signatures = wanted.signatures
    return {}


def complete(file_id: int) -> None:
    """For a paper without bookmarks: offers the headings found in its text as contents. Run again it gives the same."""
    with reading() as session:
        file = session.get(File, file_id)
        if file is None or file.outline or file.was_refused:
            return
        found = found_in(queries.page_texts(session, file_id))
    perform(SYSTEM, "documents.described", {"file_id": file_id, "outline": found})


@every(300)
def describe_older() -> None:
    """Looks at papers that were read before contents and signatures were asked for, a few at a time."""
    with reading() as session:
        unseen = select(File).where(File.state == "ready", File.signatures.is_(None)).order_by(File.id.desc()).limit(AT_ONCE)
        waiting = [(file.id, pdf_of(file)) for file in session.scalars(unseen)]
    for file_id, path in waiting:
        perform(SYSTEM, "documents.described", {"file_id": file_id, **_looked_at(path)})
        complete(file_id)


def pdf_of(file: File) -> Path:
    """The PDF whose pages are shown: the file itself, or what was made of it."""
    return store.file_path(file.sha256) if file.media_type == PDF else store.made_pdf(file.sha256)


def _looked_at(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "meeting.documents.contents", str(path)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        heard = subprocess.run(  # noqa: S603 - our own module, a path we made
            command, capture_output=True, timeout=SECONDS, cwd=config.CHECKOUT, env=environment, check=True
        )
        found: dict[str, Any] = json.loads(heard.stdout)
    except (subprocess.SubprocessError, ValueError):
        log.warning("the contents of a file could not be found", extra={"path": path.name})
        return {"outline": [], "signatures": []}
    return found


def outline_of(file: File) -> list[dict[str, Any]]:
    """The contents of a paper: `{title, page, level}`, with `found: true` for headings that are no bookmarks of the file."""
    return list(file.outline or [])


def signatures_of(file: File) -> list[dict[str, Any]]:
    """The signatures in a paper as readers are told of them, in their language; the facts beside the sentences."""
    return [_told(each) for each in file.signatures or []]


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    said = words_of(facts, clock.now())
    return {
        **{
            name: facts[name]
            for name in ("name", "organisation", "issuer", "field", "page", "signed_at", "time", "kind", "state")
        },
        "intact": facts["state"] in ("intact", "added"),
        "whole": facts["state"] == "intact" and facts["later"] != "content",
        "later": facts["later"],
        "trust": facts["trust"],
        "tone": said.tone,
        "sentence": gettext(said.headline),
        "details": [gettext(sentence) % slots if slots else gettext(sentence) for sentence, slots in said.sentences],
    }
