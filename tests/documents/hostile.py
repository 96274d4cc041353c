"""Files made to do harm, each small enough to be made in a moment."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pymupdf
from PIL import Image

from tests.documents.papers import archive, encrypted, paper, with_script

READY = "ready"
BOMB_BYTES = 80_000_000


def pdf(objects: dict[int, bytes]) -> bytes:
    """A PDF of the given objects; 1 is the catalogue."""
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.7\n")
    for number, content in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start))
    return out.getvalue()


def stream(content: bytes, words: bytes = b"") -> bytes:
    """The body of a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), words, content)


def one_page(page: bytes = b"", more: dict[int, bytes] | None = None, box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of one page with more entries in the page and more objects, from 4."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] %s >>" % (box, page),
            **(more or {}),
        }
    )


def deflate_bomb() -> bytes:
    twice = zlib.compress(zlib.compress(b" " * BOMB_BYTES, 9), 9)
    return one_page(b"/Contents 4 0 R", {4: stream(twice, b"/Filter [/FlateDecode /FlateDecode]")})


def picture_bomb(side: int, bits: int, space: bytes, content: bytes) -> bytes:
    words = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d /ColorSpace /%s /Filter /FlateDecode"
    return one_page(
        b"/Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >>",
        {4: stream(b"595 0 0 842 0 0 cm /A Do"), 5: stream(zlib.compress(content, 9), words % (side, side, bits, space))},
    )


def deep_tree() -> bytes:
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for level in range(2, 3000):
        objects[level] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (level + 1, level - 1)
    objects[3000] = b"<< /Type /Page /Parent 2999 0 R /MediaBox [0 0 595 842] >>"
    return pdf(objects)


def deep_outline() -> bytes:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    }
    for level in range(4, 3000):
        words = b"/First %d 0 R /Last %d 0 R /Count 1 /Title (a) /Parent %d 0 R /Dest [3 0 R /Fit]"
        objects[level] = b"<< %s >>" % (words % (level + 1, level + 1, level - 1))
    objects[3000] = b"<< /Title (b) /Parent 2999 0 R /Next 3000 0 R >>"
    return pdf(objects)


def page_loop() -> bytes:
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"})


def drawing_loop() -> bytes:
    words = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /A 5 0 R >> >>"
    return one_page(
        b"/Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >>", {4: stream(b"/A Do"), 5: stream(b"/A Do /A Do", words)}
    )


def endless_drawing() -> bytes:
    """Thirty forms, each drawing the next one ten times."""
    more = {4: stream(b"/A Do")}
    for level in range(5, 35):
        words = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /A %d 0 R >> >>" % (level + 1)
        more[level] = stream(b"/A Do " * 10 + b"0 0 100 100 re f", words)
    return one_page(b"/Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >>", more)


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)}
    objects |= dict.fromkeys(range(3, 3 + count), b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")
    return pdf(objects)


def launching() -> bytes:
    return one_page(b"/AA << /O << /S /Launch /F (cmd.exe) >> >>")


def hidden_script() -> bytes:
    return one_page(b"/AA << /O << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >> >>")


def with_attachment(name: str) -> bytes:
    document = pymupdf.open(stream=paper(1), filetype="pdf")
    document.embfile_add(name, b"MZ\x90\x00", filename=name)
    return document.tobytes()


def png(width: int, height: int, rows: bytes = b"", more: bytes = b"") -> bytes:
    """A PNG that says it has this size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def png_with_endless_words() -> bytes:
    content = b"Comment\0\0" + zlib.compress(b"a" * 50_000_000, 9)
    words = struct.pack(">I", len(content)) + b"zTXt" + content + struct.pack(">I", zlib.crc32(b"zTXt" + content))
    return png(10, 10, b"\0\0\0" * 10, words)


def picture(kind: str, size: tuple[int, int] = (600, 800), **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, kind, **saved)
    return out.getvalue()


def tiff_of_many(count: int) -> bytes:
    return picture("TIFF", (4, 4), save_all=True, append_images=[Image.new("1", (4, 4))] * (count - 1))


def tiff_in_circles() -> bytes:
    entry = struct.pack("<HHII", 256, 3, 1, 4)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def ole(names: list[str], loop: bool = False, child: int = 1) -> bytes:
    """An old Office file with nothing but names."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIIII", head, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", head, 76, *[0xFFFFFFFF] * 109)
    table = struct.pack("<128I", 0xFFFFFFFD, 1 if loop else 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for number, name in enumerate(["Root Entry", *names]):
        spelt = name.encode("utf-16-le")
        right = number + 1 if 0 < number < len(names) else 0xFFFFFFFF
        kind = 5 if number == 0 else 2
        entry = spelt.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(spelt) + 2, kind, 1, 0xFFFFFFFF, right, child if not number else 0xFFFFFFFF
        )
        entries += entry.ljust(128, b"\0")
    struct.pack_into("<I", head, 76, 0)
    return bytes(head) + table + entries.ljust(512, b"\0")


WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
WORD_WAYS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)


def docx(body: str, head: str = "", ways: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word file with this body; `ways` are relationships of the document."""
    out = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", WORD_TYPES)
        packed.writestr("_rels/.rels", WORD_WAYS)
        packed.writestr(
            "word/document.xml", f'<?xml version="1.0"?>{head}<w:document {space}><w:body>{body}</w:body></w:document>'
        )
        if ways:
            address = "http://schemas.openxmlformats.org/package/2006/relationships"
            packed.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{address}">{ways}</Relationships>')
        for name, content in (more or {}).items():
            packed.writestr(name, content)
    return out.getvalue()


SAID = "<w:p><w:r><w:t>Kính gửi Hội đồng nhân dân phường</w:t></w:r></w:p>"


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f'<!DOCTYPE w [<!ENTITY l0 "lol">{levels}]>')


def zip_with_paths() -> bytes:
    return docx(SAID, more={"../../../../tmp/out.xml": b"<x/>", "/etc/evil.xml": b"<x/>"})


def archive_of_many(count: int) -> bytes:
    """An archive with very many empty parts."""
    part = struct.pack("<4s6H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0)[:30] + b"a"
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, len(part), 0)
    return part + entry * count + end


def broken_part() -> bytes:
    whole = bytearray(docx(SAID * 200))
    at = whole.find(b"word/document.xml") + 40
    whole[at : at + 30] = b"\xff" * 30
    return bytes(whole)


def pdf_then_zip() -> bytes:
    return paper(1) + archive(readme=b"x")


#: name → (how to make it, the name it comes under, what may become of it)
HOSTILE: dict[str, tuple[Callable[[], bytes], str, set[str]]] = {
    "nothing": (lambda: b"", "a.pdf", {"empty_file"}),
    "only a head": (lambda: b"%PDF-1.7\n", "a.pdf", {"broken"}),
    "noise after a head": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 200, "a.pdf", {"broken"}),
    "truncated": (lambda: paper(3)[:3000], "a.pdf", {"broken", "no_pages", READY}),
    "half a file": (lambda: paper(30)[: len(paper(30)) // 2], "a.pdf", {"broken", "no_pages", READY}),
    "encrypted": (encrypted, "a.pdf", {"encrypted"}),
    "deflate bomb": (deflate_bomb, "a.pdf", {READY, "too_heavy", "broken"}),
    "huge page": (lambda: one_page(box=b"0 0 9000000 9000000"), "a.pdf", {"page_too_large"}),
    "page without size": (lambda: one_page(box=b"0 0 0 0"), "a.pdf", {READY, "page_too_large"}),
    "long thin page": (lambda: one_page(box=b"0 0 1 14000"), "a.pdf", {READY, "page_too_large"}),
    "black picture bomb": (lambda: picture_bomb(40_000, 1, b"DeviceGray", b"\0" * 1000), "a.pdf", {READY, "too_heavy", "broken"}),
    "colour picture bomb": (
        lambda: picture_bomb(12_000, 8, b"DeviceRGB", b"\0" * BOMB_BYTES),
        "a.pdf",
        {READY, "too_heavy", "broken"},
    ),
    "deep page tree": (deep_tree, "a.pdf", {READY, "broken", "no_pages"}),
    "deep arrays": (lambda: one_page(b"/X " + b"[" * 200_000 + b"]" * 200_000), "a.pdf", {READY, "broken", "too_heavy"}),
    "deep dictionaries": (
        lambda: one_page(b"/X " + b"<</A " * 100_000 + b">>" * 100_000),
        "a.pdf",
        {READY, "broken", "too_heavy"},
    ),
    "deep outline in a circle": (deep_outline, "a.pdf", {READY, "broken"}),
    "page tree in a circle": (page_loop, "a.pdf", {"broken", "no_pages", READY}),
    "drawing in a circle": (drawing_loop, "a.pdf", {READY, "broken"}),
    "script": (with_script, "a.pdf", {"active_content"}),
    "script under another spelling": (hidden_script, "a.pdf", {"active_content"}),
    "program to launch": (launching, "a.pdf", {"active_content"}),
    "program attached": (lambda: with_attachment("bao-cao.exe"), "a.pdf", {"attached_program"}),
    "table attached": (lambda: with_attachment("so-lieu.xml"), "a.pdf", {READY}),
    "ten thousand pages": (lambda: many_pages(10_000), "a.pdf", {"too_many_pages"}),
    "lie about pages": (
        lambda: one_page().replace(b"/Count 1", b"/Count 2147483647"),
        "a.pdf",
        {READY, "too_many_pages", "broken"},
    ),
    "picture called a PDF": (lambda: picture("PNG"), "a.pdf", {READY}),
    "program called a PDF": (lambda: b"MZ\x90\0" + bytes(200), "a.pdf", {"program"}),
    "page of the web called a PDF": (lambda: b"<html><script>alert(1)</script></html>", "a.pdf", {"wrong_kind_web"}),
    "PDF called a program": (lambda: paper(1), "giay-moi.pdf.exe", {"program"}),
    "name with a path": (lambda: paper(1), "../../../../etc/cron.d/x.pdf", {READY}),
    "name in turned letters": (lambda: paper(1), "giay\u202emoi\u0000\u0007fdp.pdf", {READY}),
    "name without end": (lambda: paper(1), "á" * 900 + ".pdf", {READY}),
    "picture and PDF in one": (lambda: b"GIF89a" + bytes(20) + paper(1), "a.pdf", {"two_kinds"}),
    "PDF and archive in one": (pdf_then_zip, "a.pdf", {"two_kinds"}),
    "archive": (lambda: archive(readme=b"x"), "a.zip", {"wrong_kind"}),
    "archive bomb": (lambda: archive(word__document=b"0" * 30_000_000), "a.docx", {"unpacks_too_large"}),
    "broken archive": (lambda: docx(SAID)[:400], "a.docx", {"broken_archive"}),
    "list without end": (lambda: archive_of_many(30_000), "a.docx", {"unpacks_too_large"}),
    "archive with a broken part": (broken_part, "a.docx", {"broken_archive", "office_failed"}),
    "macros": (lambda: docx(SAID, more={"word/vbaProject.bin": b"x"}), "a.docx", {"active_content"}),
    "entities without end": (entity_bomb, "a.docx", {"office_failed", "too_heavy"}),
    "paths in an archive": (zip_with_paths, "a.docx", {READY, "office_failed"}),
    "letters without end": (lambda: b"{\\rtf1" + b"{" * 50_000, "a.rtf", {READY, "office_failed", "too_heavy"}),
    "locked Word file": (lambda: ole(["EncryptionInfo", "EncryptedPackage"]), "a.docx", {"encrypted"}),
    "old macros": (lambda: ole(["WordDocument", "Macros"]), "a.doc", {"active_content"}),
    "old file in a circle": (lambda: ole(["WordDocument"], loop=True), "a.doc", {"broken_archive"}),
    "old file cut off": (lambda: ole(["WordDocument"])[:900], "a.doc", {"broken_archive"}),
    "old mail": (lambda: ole(["__properties_version1.0"]), "a.doc", {"wrong_kind"}),
    "huge PNG": (lambda: png(60_000, 60_000), "a.png", {"picture_too_large"}),
    "PNG bomb": (lambda: png(10_900, 10_900, b"\0" * 10_900 * 1364), "a.png", {READY}),
    "PNG cut off": (lambda: picture("PNG", (900, 900))[:90], "a.png", {"broken_picture"}),
    "PNG with words without end": (png_with_endless_words, "a.png", {READY, "broken_picture"}),
    "JPEG cut off": (lambda: picture("JPEG", (900, 900))[:200], "a.jpg", {"broken_picture"}),
    "TIFF in circles": (tiff_in_circles, "a.tif", {"broken_picture", "too_many_pictures"}),
    "TIFF of many": (lambda: tiff_of_many(400), "a.tif", {"too_many_pictures"}),
    "GIF bomb": (
        lambda: b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b";",
        "a.gif",
        {"picture_too_large", "broken_picture"},
    ),
    "WebP of nothing": (lambda: b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), "a.webp", {"broken_picture"}),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(40), "a.heic", {"wrong_kind_heic"}),
    "drawing with script": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a.png", {"wrong_kind"}),
    "text in one line": (lambda: "nghị quyết ".encode() * 4_000, "a.txt", {READY, "too_many_pages"}),
    "text of many lines": (lambda: b"a\n" * 900_000, "a.txt", {"too_many_pages"}),
    "text too large": (lambda: b"a" * 3_000_000, "a.txt", {"too_large"}),
    "text that turns": (lambda: "Kính gửi \u202egnôđ iộH\u202c".encode(), "a.txt", {READY}),
    "no text at all": (lambda: b"abc\0\x01\x02def" * 50, "a.txt", {"wrong_kind"}),
}
