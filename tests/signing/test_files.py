"""Signed, numbered and sealed files as pyHanko sees them, and what happens to them when anything is changed."""

import io
from pathlib import Path

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from meeting.documents.signatures import found_in
from meeting.errors import Refused
from meeting.signing import fields, verify
from tests.signing.papers import authority, signed_and_sealed


def _statuses(pdf: bytes) -> dict:
    root = x509.Certificate.load(authority().certificate.public_bytes(Encoding.DER))
    reader = PdfFileReader(io.BytesIO(pdf))
    known = ValidationContext(trust_roots=[root], allow_fetching=False)
    return {each.field_name: validate_pdf_signature(each, known) for each in reader.embedded_signatures}


def test_pyhanko_finds_both_signatures_intact_and_the_filled_fields_permitted() -> None:
    said = _statuses(signed_and_sealed()[2])
    leader, body = said["signature"], said["seal"]
    assert leader.intact
    assert leader.valid
    assert leader.trusted
    assert leader.docmdp_ok
    assert leader.bottom_line
    assert leader.modification_level == ModificationLevel.FORM_FILLING
    assert leader.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    assert body.bottom_line
    assert body.modification_level == ModificationLevel.NONE
    assert body.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_number_and_date_stand_in_their_fields_and_on_the_page() -> None:
    pdf = signed_and_sealed()[2]
    assert fields.values_in(PdfFileReader(io.BytesIO(pdf)).root) == {
        "number": "07",
        "day": "23",
        "month": "11",
        "year": "2026",
    }
    found, filled = verify.signatures_of(pdf)
    assert [each["sound"] for each in found] == [True, True]
    assert filled["number"] == "07"
    assert [each["trusted"] for each in found] == [False, False], "nobody is vouched for without roots"


def test_one_changed_byte_is_found_wherever_it_is() -> None:
    pdf = signed_and_sealed()[2]
    found, _ = verify.signatures_of(pdf)
    for share in (0.05, 0.2, 0.4, 0.55, 0.7, 0.8):
        place = _outside_the_signatures(pdf, int(len(pdf) * share))
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        seen = _seen(changed)
        assert len(seen) < len(found) or not all(each["sound"] for each in seen), f"byte {place} was changed unseen"


def _seen(pdf: bytes) -> list[dict]:
    try:
        return verify.signatures_of(pdf)[0]
    except Refused as refused:
        return [] if refused.code == "back_not_pdf" else [{"sound": True}]


def _outside_the_signatures(pdf: bytes, place: int) -> int:
    """A place that is not within the hex of a signature: there a changed letter may decode to the same bytes."""
    start = pdf.rfind(b"/Contents <", 0, place)
    end = pdf.find(b">", start) if start >= 0 else -1
    return end + 50 if start >= 0 and place < end else place


def test_a_number_changed_after_the_seal_is_found() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_and_sealed()[2]))
    fields.fill(writer, {"number": "08"})
    out = io.BytesIO()
    writer.write(out)
    found, filled = verify.signatures_of(out.getvalue())
    assert filled["number"] == "08"
    assert not next(each for each in found if each["field"] == "seal")["sound"]


def test_a_number_filled_in_under_the_first_signature_alone_is_permitted() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_and_sealed()[1]))
    fields.fill(writer, {"number": "08"})
    out = io.BytesIO()
    writer.write(out)
    found, _ = verify.signatures_of(out.getvalue())
    assert [(each["sound"], each["level"]) for each in found] == [(True, "FORM_FILLING")]


def test_the_reader_of_papers_says_the_same(tmp_path: Path) -> None:
    place = tmp_path / "two.pdf"
    place.write_bytes(signed_and_sealed()[2])
    said = found_in(place, {})
    assert [(each["field"], each["state"], each["later"]) for each in said] == [
        ("signature", "intact", "form"),
        ("seal", "intact", "none"),
    ]
    assert "THỬ NGHIỆM" in said[0]["name"], "a practice certificate says so by its name"


@pytest.mark.parametrize("which", [0, 1, 2])
def test_every_letter_is_embedded(which: int) -> None:
    import pymupdf

    document = pymupdf.open(stream=signed_and_sealed()[which], filetype="pdf")
    for number in range(document.page_count):
        for font in document.get_page_fonts(number, full=True):
            assert document.extract_font(font[0])[3], f"{font[3]} is not embedded"
