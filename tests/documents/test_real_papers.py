"""Real administrative papers, where they lie beside the checkout."""

import pymupdf
import pytest
from sqlalchemy import select

from meeting.documents import ocr
from meeting.documents.models import File, Page

pytestmark = pytest.mark.shared

NAMES = {
    "gm-06-hdnd-tuan-giao-2020-signed.pdf": (1, ["text"]),
    "ttr-255-snv-binh-thuan-2025-signed-then-stamped.pdf": (2, ["text", "text"]),
    "nq-78-2025-ubtvqh15.pdf": (2, ["text", "text"]),
}


def first_page(path):
    """Only the first page, so that recognition does not take long."""
    with pymupdf.open(path) as whole:
        whole.select([0])
        return whole.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_signed_letters_and_resolutions_are_read(council, sent, shared, store, name):
    content = (shared / "pdf" / name).read_bytes()

    file_id = sent("dung", content, name)

    file = council.one(select(File).where(File.id == file_id))
    sources = council.all(select(Page.source).where(Page.file_id == file_id).order_by(Page.number))
    assert (file.state, file.page_count, sources) == ("ready", *NAMES[name])
    assert (store / "storage" / "files" / file.sha256[:2] / file.sha256).read_bytes() == content


@pytest.mark.skipif(not ocr.language(), reason="tesseract with Vietnamese is not installed")
def test_a_scan_with_only_a_signature_as_text_is_recognised(council, sent, shared):
    file_id = sent("dung", first_page(shared / "pdf" / "nq-115-cp-2026-SCAN-with-signature-text.pdf"))

    first = council.one(select(Page).where(Page.file_id == file_id, Page.number == 1))
    assert (first.source, "CHÍNH PHỦ" in first.text) == ("ocr", True)


@pytest.mark.skipif(not ocr.language(), reason="tesseract with Vietnamese is not installed")
def test_a_heading_that_lost_its_letters_is_recognised(council, sent, shared):
    file_id = sent("dung", first_page(shared / "pdf" / "nd-47-2020-BROKEN-TOUNICODE.pdf"))

    first = council.one(select(Page).where(Page.file_id == file_id, Page.number == 1))
    assert (first.source, "CHÍNH PHỦ" in first.text) == ("ocr", True)
