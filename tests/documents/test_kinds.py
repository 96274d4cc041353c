"""What a file is, told by what it holds."""

import pytest

from meeting.documents.kinds import (
    BY_TYPE,
    DOC,
    DOCX,
    ODT,
    PDF,
    RTF,
    TEXT,
    XLS,
    XLSX,
    by_head,
    check_archive,
    check_name,
    clean_name,
    is_text,
    named_rightly,
    of_names,
    of_ole,
)
from meeting.errors import Refused


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4", PDF),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"GIF89a", "image/gif"),
        (b"{\\rtf1", RTF),
        ("Kính gửi".encode(), TEXT),
        (b"BM-01/QT-VP: bieu mau", TEXT),
        (b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "image/bmp"),
    ],
)
def test_the_kind_is_told_by_the_first_bytes(head, kind):
    assert by_head(head) == kind


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"MZ\x90", "program"),
        (b"\x7fELF", "program"),
        (b"#!/bin/sh", "program"),
        (b"<html>", "wrong_kind_web"),
        (b"\n<!DOCTYPE html>", "wrong_kind_web"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "wrong_kind_web"),
        (b"<svg onload=", "wrong_kind"),
        (b"\x00\x00\x00\x18ftypheic", "wrong_kind_heic"),
        (b"GIF89a%PDF-1.4", "two_kinds"),
        (b"<script>1</script>%PDF-1.4", "two_kinds"),
    ],
)
def test_what_is_no_paper_is_refused_by_name(head, code):
    with pytest.raises(Refused) as refused:
        by_head(head)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("names", "marked", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml"], b"", DOCX),
        (["[Content_Types].xml", "xl/workbook.xml"], b"", XLSX),
        (["mimetype", "content.xml"], ODT.encode(), ODT),
    ],
)
def test_office_archives_are_told_by_the_names_inside(names, marked, kind):
    assert of_names(names, marked) == kind


@pytest.mark.parametrize(
    ("top", "names", "kind"),
    [(["WordDocument"], ["Workbook"], DOC), (["Workbook"], ["WordDocument"], XLS), (["Book"], [], XLS)],
)
def test_old_office_files_are_told_by_their_streams(top, names, kind):
    assert of_ole(top, names) == kind


@pytest.mark.parametrize(
    ("top", "names", "code"),
    [
        (["EncryptedPackage"], [], "encrypted"),
        (["WordDocument"], ["_VBA_PROJECT"], "active_content"),
        (["__properties_version1.0"], [], "wrong_kind"),
    ],
)
def test_locked_old_files_and_those_with_macros_are_refused(top, names, code):
    with pytest.raises(Refused) as refused:
        of_ole(top, names)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("packed", "unpacked", "names", "code"),
    [
        (1000, 1_000_000, ["word/document.xml"], "unpacks_too_large"),
        (10_000_000, 700 * 1024 * 1024, ["word/document.xml"], "unpacks_too_large"),
        (10_000_000, 10_000_000, ["word/document.xml"] * 30_000, "unpacks_too_large"),
        (1000, 5000, ["word/vbaProject.bin"], "active_content"),
        (1000, 5000, ["Basic/Standard/Module1.xml"], "active_content"),
        (1000, 5000, ["word/embeddings/a.EXE"], "active_content"),
    ],
)
def test_bombs_and_macros_in_archives_are_refused(packed, unpacked, names, code):
    with pytest.raises(Refused) as refused:
        check_archive(packed, unpacked, names)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Kính gửi: Hội đồng".encode(), True),
        ("Kính gửi: Hội đồng".encode("utf-16"), True),
        ("Kính gửi: Hội đồng".encode("utf-16-le"), True),
        (b"C\xe9ng h\xb5a x\b7 h\xe9i", False),  # a backspace is no letter of a text
        (b"C\xe9ng ho\xb5 x\xb7 h\xe9i", True),
        (b"a\0b\0\0\0c", False),
    ],
)
def test_plain_text_holds_no_control_letters(content, text):
    assert is_text(content) is text


@pytest.mark.parametrize(
    ("given", "media_type", "name"),
    [
        ("Tờ trình.PDF", PDF, "Tờ trình.PDF"),
        ("Tờ trình.pdf", DOCX, "Tờ trình.docx"),
        ("Tờ trình.doc", DOCX, "Tờ trình.docx"),
        ("Tờ trình", PDF, "Tờ trình.pdf"),
        ("07.TB-UBND", PDF, "07.TB-UBND.pdf"),
        ("ảnh.jpeg", "image/jpeg", "ảnh.jpeg"),
    ],
)
def test_a_wrong_ending_is_put_right(given, media_type, name):
    assert named_rightly(given, media_type) == name


def test_a_name_that_says_program_is_refused():
    with pytest.raises(Refused) as refused:
        check_name("Hóa đơn.pdf.exe")

    assert refused.value.code == "program"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\Users\\x\\To\u031b\u0300 trình.pdf", "Tờ trình.pdf"),
        ("../../etc/passwd", "passwd"),
        ("", "tai-lieu"),
        ("a\x00b.pdf", "ab.pdf"),
        ("Giấy mời\u202efdp.exe", "Giấy mờifdp.exe"),
    ],
)
def test_file_names_are_made_harmless(given, name):
    assert clean_name(given) == name


def test_each_kind_has_an_ending_and_a_family():
    assert {kind.family for kind in BY_TYPE.values()} == {"pdf", "office", "image", "text"}
    assert all(kind.endings for kind in BY_TYPE.values())
