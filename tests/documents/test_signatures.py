"""Signatures found in papers: whose, when, whether the bytes still match; and papers whose signatures are nonsense."""

import io
from datetime import UTC, datetime

import pymupdf
import pytest

from meeting.documents import contents, signature_words, signatures
from tests.conftest import SHARED
from tests.documents.papers import paper
from tests.documents.signing import added_to, broken_inside, signed, signer, tampered

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def found(tmp_path):
    """The facts of the signatures in some bytes, as the reading process finds them."""

    def look(content):
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        with pymupdf.open(path) as document:
            return contents.signatures_of(document, path)

    return look


def facts(each, *names):
    return tuple(each[name] for name in names)


def headline(each):
    return signature_words.words_of(each, NOW).headline


def test_a_paper_without_a_form_has_no_signature(found):
    assert found(paper(1)) == []


def test_a_signature_tells_whose_it_is_on_which_page_and_that_the_bytes_match(found):
    (only,) = found(signed(page=1))

    told = facts(only, "state", "name", "organisation", "page", "whole", "later", "valid_then", "trust", "time")
    office = "Hội đồng nhân dân phường Giang Biên"
    assert told == ("intact", "Vũ Thị Mai Lan", office, 2, True, "none", True, "unknown", "claimed")
    assert headline(only) == "Valid when signed"


def test_the_first_of_two_signatures_says_that_another_came_after_it(found):
    first, second = found(signed(signed(), "ChuKy2", 1, signer("Đỗ Mạnh Hùng")))

    assert facts(first, "state", "name", "whole", "later") == ("intact", "Vũ Thị Mai Lan", False, "signatures")
    assert facts(second, "state", "name", "whole", "later") == ("intact", "Đỗ Mạnh Hùng", True, "none")


def test_a_byte_changed_after_signing_is_told(found):
    (only,) = found(tampered(signed()))

    assert facts(only, "state", "name") == ("changed", "Vũ Thị Mai Lan")
    assert headline(only) == "The content was changed after the signature"


def test_content_added_in_a_later_revision_is_told_though_the_signed_bytes_are_whole(found):
    (only,) = found(added_to(signed()))

    assert facts(only, "state", "later", "whole") == ("added", "content", False)
    assert headline(only) == "The content was changed after the signature"


def test_a_certificate_that_had_expired_before_is_told(found):
    (only,) = found(signed(by=signer(days=10)))

    assert facts(only, "state", "valid_then") == ("intact", False)
    assert headline(only) == "The certificate was not in force when it was signed"


def test_a_certificate_somebody_made_for_themselves_is_told(found):
    (only,) = found(signed(by=signer(alone=True)))

    assert only["trust"] == "self_signed"
    said = [sentence for sentence, _ in signature_words.words_of(only, NOW).sentences]
    assert signature_words.ISSUERS["self_signed"] in said


def test_noise_in_the_place_of_a_signature_is_unreadable_and_hides_no_other(found):
    both = broken_inside(signed())
    (first,) = found(both)

    assert facts(first, "state", "field", "page") == ("unreadable", "ChuKy1", 1)
    assert headline(first) == "This signature cannot be read"
    states = {each["field"]: each["state"] for each in found(signed(both, "ChuKy2", 1))}
    assert states == {"ChuKy1": "unreadable", "ChuKy2": "intact"}


@pytest.mark.parametrize(
    "value",
    [
        "<< /Type /Sig >>",
        "<< /Type /Sig /ByteRange [0 -5 99999999999 3] /Contents <00> /SubFilter /adbe.pkcs7.detached >>",
        "<< /Type /Sig /ByteRange [0 1 2] /Contents (abc) /SubFilter /unknown.kind /M (D:notadate) /Name 7 >>",
        "<< /Type /Sig /ByteRange null /Contents null >>",
        "42",
        "[ 1 2 3 ]",
    ],
)
def test_a_nonsense_signature_dictionary_never_keeps_a_paper_from_being_read(sent, council, api, value):
    document = pymupdf.open(stream=paper(1), filetype="pdf")
    held, field, form = (document.get_new_xref() for _ in range(3))
    document.update_object(held, value)
    document.update_object(field, f"<< /FT /Sig /T (Hong) /V {held} 0 R /Subtype /Widget /Rect [0 0 9 9] >>")
    document.update_object(form, f"<< /Fields [ {field} 0 R ] /SigFlags 3 >>")
    document.xref_set_key(document.pdf_catalog(), "AcroForm", f"{form} 0 R")
    out = io.BytesIO(document.tobytes())

    file_id = sent("dung", out.getvalue())

    _, read = api("dung").get(f"/documents/{file_id}")
    assert (read["state"], read["pages_done"]) == ("ready", 1)
    assert all(each["state"] == "unreadable" for each in read["signatures"])


def test_a_form_that_is_a_ring_is_told_as_unreadable(found):
    document = pymupdf.open(stream=signed(), filetype="pdf")
    form = document.get_new_xref()
    document.update_object(form, f"<< /Fields [ {form} 0 R ] /Kids [ {form} 0 R ] /T (a) >>")
    document.xref_set_key(document.pdf_catalog(), "AcroForm", f"{form} 0 R")

    assert all(each["state"] == "unreadable" for each in found(document.tobytes()))


def test_signatures_that_take_too_long_are_given_up(found, monkeypatch):
    monkeypatch.setattr(signatures, "SECONDS", 0.05)
    monkeypatch.setattr(signatures, "_certificate", lambda _signed: _for_ever())

    (only,) = found(signed())

    assert facts(only, "state", "field") == ("unreadable", "ChuKy1")


def _for_ever():
    while True:
        pass


def test_readers_are_told_in_their_language_and_the_original_stays_byte_for_byte(sent, api, app):
    content = signed(signed(), "ChuKy2", 1, signer("Đỗ Mạnh Hùng"))
    file_id = sent("dung", content)

    _, read = api("dung").get(f"/documents/{file_id}")
    first, second = read["signatures"]

    assert facts(first, "name", "sentence", "intact", "whole", "tone") == ("Vũ Thị Mai Lan", "Hợp lệ khi ký", True, True, "agree")
    assert first["details"][0] == "Sau chữ ký này chỉ có thêm chữ ký khác."
    assert first["details"][-1] == "Chưa kiểm tra được tổ chức cấp chứng thư: Cơ quan chứng thực thử nghiệm."
    assert second["details"][0] == "Nội dung không thay đổi từ khi ký."
    kept = api("dung").client.get(f"/documents/{file_id}/original", headers={"Authorization": "Bearer token-dung"})
    assert kept.data == content


@pytest.mark.parametrize(
    ("name", "names", "states"),
    [
        ("gm-06-hdnd-tuan-giao-2020-signed.pdf", 4, {"intact"}),
        ("nd-47-2020-BROKEN-TOUNICODE.pdf", 1, {"intact"}),
        ("nq-115-cp-2026-SCAN-with-signature-text.pdf", 1, {"intact"}),
        ("ttr-255-snv-binh-thuan-2025-signed-then-stamped.pdf", 2, {"changed"}),
        ("nd-335-2025.pdf", 0, set()),
    ],
)
def test_real_papers(found, name, names, states):
    path = SHARED / "pdf" / name
    if not path.exists():
        pytest.skip(f"{name} is not here")

    told = found(path.read_bytes())

    assert (len(told), {each["state"] for each in told}) == (names, states)
    assert all(each["name"] and each["page"] and each["signed_at"] and each["valid_then"] for each in told)
