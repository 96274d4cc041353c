"""Real administrative papers, where they lie beside the checkout: every one goes in and reads back."""

import re

import pytest

from meeting.documents import ocr, office
from tests.documents.conftest import file_of, pages_of

pytestmark = pytest.mark.shared

#: Pages and where their text is from: t the file's own layer, o recognition; words that must be found on page 1.
PAPERS = {
    "cv-788-stp-binh-thuan-2025-signed.pdf": (2 * "t", "ỦY BAN NHÂN DÂN"),
    "gm-06-hdnd-tuan-giao-2020-signed.pdf": ("t", "GIẤY MỜI"),
    "nd-335-2025.pdf": (19 * "t", "NGHỊ ĐỊNH"),
    "nd-47-2020-BROKEN-TOUNICODE.pdf": ("o" + 30 * "t", "CHÍNH PHỦ"),
    "nq-115-cp-2026-SCAN-with-signature-text.pdf": ("oo", "CHÍNH PHỦ"),
    "nq-78-2025-ubtvqh15.pdf": ("tt", "NGHỊ QUYẾT"),
    "qd-779-ubnd-binh-thuan-2022.pdf": (13 * "t", "QUYẾT ĐỊNH"),
    "qd-tinh-uy-thanh-hoa-draft-2026.pdf": (48 * "t", "TỈNH ỦY"),
    "tb-79-vpcp-2022-ket-luan-SCAN.pdf": ("ooooo", "THÔNG BÁO"),
    "tt-12-2022-bldtbxh.pdf": (6 * "t", "THÔNG TƯ"),
    "ttr-255-snv-binh-thuan-2025-signed-then-stamped.pdf": ("tt", "TỜ TRÌNH"),
}


@pytest.mark.skipif(not ocr.language(), reason="tesseract with Vietnamese is not installed")
@pytest.mark.parametrize("name", PAPERS)
def test_a_real_paper_goes_in_and_reads_back(council, sent, shared, store, name):
    content = (shared / "pdf" / name).read_bytes()

    file_id = sent("dung", content, name)

    file, pages = file_of(council, file_id), pages_of(council, file_id)
    sources, words = PAPERS[name]
    assert (file.state, file.page_count) == ("ready", len(pages))
    assert "".join(page.source[0] for page in pages) == sources
    assert words in re.sub(r"\s+", " ", pages[0].text).upper()
    assert (store / "storage" / "files" / file.sha256[:2] / file.sha256).read_bytes() == content


def test_every_paper_beside_the_checkout_is_tried(shared):
    assert {path.name for path in (shared / "pdf").iterdir()} == set(PAPERS)


@pytest.mark.skipif(not office.can_convert(), reason="LibreOffice is not installed")
def test_a_party_guide_in_word_goes_in_and_reads_back(council, sent, shared):
    file_id = sent("dung", (shared / "legacy" / "hd-36-vptw-2018.docx").read_bytes(), "huong-dan.docx")

    assert (file_of(council, file_id).state, file_of(council, file_id).page_count > 3) == ("ready", True)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in pages_of(council, file_id)[0].text
