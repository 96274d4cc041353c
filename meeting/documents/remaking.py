"""Catching up with pages that an earlier version of this system drew in other widths: the worker draws them anew, unasked.

Until then they are served as they are (`store.image_nearest`). One file at a time, while nothing else is lost by it: a file
whose pages cannot be drawn any more keeps its old images.
"""

import logging
import subprocess
from pathlib import Path

from sqlalchemy import select

from meeting.database import reading
from meeting.documents import running, store, store_shared
from meeting.documents.models import File
from meeting.documents.rules import PDF, WIDTHS
from meeting.jobs import every

log = logging.getLogger("meeting.documents")

EVERY_SECONDS = 30
AT_ONCE = 200  # files looked at, so that a large store does not hold up the worker
LIMIT_SECONDS = 1800

_looked_at: dict[str, int] = {}  # store -> the newest file looked at since the worker's start


@every(EVERY_SECONDS)
def keep_up() -> None:
    """Goes on with it."""
    catch_up()


def catch_up() -> int | None:
    """Draws the next file with old images anew and answers its number; None when there was none among those looked at."""
    with reading() as session:
        key = str(session.get_bind().engine.url)
        wanted = select(File).where(File.id > _looked_at.get(key, 0), File.state == "ready").order_by(File.id).limit(AT_ONCE)
        for file in session.scalars(wanted).all():
            _looked_at[key] = file.id
            if is_old(file.sha256, file.page_count) and (source := pdf_of(file)) is not None:
                found, digest = file.id, file.sha256
                break
        else:
            return None
    if redraw(source, store.pages_folder(digest)):
        store_shared.share_folder(store.pages_folder(digest))
    return found


def forget() -> None:
    """Looks at all files again (tests)."""
    _looked_at.clear()


def is_old(digest: str, pages: int) -> bool:
    """Whether the images of the last page lack a width that is kept now: pages are drawn in order."""
    return pages > 0 and any(store.image_path(digest, pages, width) is None for width in WIDTHS)


def pdf_of(file: File) -> Path | None:
    """The PDF its pages are drawn from; None when it is gone."""
    path = store.file_path(file.sha256) if file.media_type == PDF else store.made_pdf(file.sha256)
    return path if path.exists() else None


def redraw(source: Path, folder: Path) -> bool:
    """Draws the pages of a PDF in its process; whether it went well."""
    folder.mkdir(parents=True, exist_ok=True)
    process = running.start("redrawing", [str(source), str(folder)])
    try:
        process.communicate(timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        log.warning("pages could not be drawn anew in time", extra={"folder": folder.name})
    finally:
        running.end(process)
        process.wait()
    return process.returncode == 0
