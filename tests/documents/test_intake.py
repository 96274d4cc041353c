"""Every kind of file that councils send becomes pages with text: office files, pictures, plain texts, old writing."""

import io
import socket
import threading
import zipfile
from difflib import SequenceMatcher

import openpyxl
import pymupdf
import pytest
from openpyxl.styles import Font
from PIL import Image, ImageDraw, ImageFont

from meeting.documents import confine, kinds, legacy, ocr, office, rewriting, running
from meeting.documents.typeset import FONTS
from tests.documents.conftest import file_of, pages_of
from tests.documents.hostile import SAID, docx
from tests.documents.papers import LINES, paper

with_office = pytest.mark.skipif(not office.can_convert(), reason="LibreOffice is not installed")
with_ocr = pytest.mark.skipif(not ocr.language(), reason="tesseract with Vietnamese is not installed")

SENTENCE = "Kính gửi: Hội đồng nhân dân phường, những nghị quyết về đường phố và giữa kỳ họp đã được ủy ban trình."


def all_text(council, file_id):
    return " ".join(" ".join(page.text for page in pages_of(council, file_id)).split())


def drawn(text=SENTENCE, size=(1240, 1754), mode="L"):
    picture = Image.new(mode, size, "white" if mode != "L" else 255)
    font = ImageFont.truetype(str(FONTS / "Tinos-Regular.ttf"), 34)
    for number, line in enumerate(text.split(", ")):
        ImageDraw.Draw(picture).text((120, 200 + 80 * number), line, fill=0, font=font)
    return picture


def saved(picture, kind, **words):
    out = io.BytesIO()
    picture.save(out, kind, **words)
    return out.getvalue()


# --- plain text -----------------------------------------------------------------------------------------------------


def old_bytes(text, encoding):
    """The text as people wrote it then."""
    from viparse.normalize.encodings import CHARMAPS

    back = {}
    for sign, letter in CHARMAPS[encoding].pairs:
        back.setdefault(letter, sign)
    return "".join(back.get(letter, letter) for letter in text).encode("cp1252")


def windows_1258(text):
    import unicodedata

    parts = []
    for letter in text:
        try:
            parts.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            signs = unicodedata.normalize("NFD", letter)
            tone = [sign for sign in signs[1:] if sign in legacy.TONES]
            base = unicodedata.normalize("NFC", signs[0] + "".join(sign for sign in signs[1:] if sign not in tone))
            parts.append((base + "".join(tone)).encode("cp1258"))
    return b"".join(parts)


TEXTS = {
    "utf-8": (SENTENCE.encode(), []),
    "utf-8 with a mark": (b"\xef\xbb\xbf" + SENTENCE.encode(), []),
    "utf-16": (SENTENCE.encode("utf-16"), []),
    "utf-16 without a mark": (SENTENCE.encode("utf-16-le"), []),
    "windows-1258": (windows_1258(SENTENCE), []),
    "tcvn3": (old_bytes(SENTENCE, "tcvn3"), ["tcvn3"]),
    "vni": (old_bytes(SENTENCE, "vni"), ["vni"]),
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_encoding_of_a_text_is_found(encoding):
    assert legacy.text_of(TEXTS[encoding][0])[0] == SENTENCE


@pytest.mark.parametrize("encoding", ["utf-8", "vni"])
def test_a_text_becomes_pages_in_its_letters(council, sent, api, encoding):
    content, notes = TEXTS[encoding]

    file_id = sent("dung", content + b"\n\n    - " + content, "Góp ý.txt")

    file = file_of(council, file_id)
    assert (file.state, file.page_count, file.media_type, file.notes or []) == ("ready", 1, "text/plain", notes)
    assert all_text(council, file_id) == f"{SENTENCE} - {SENTENCE}"
    told = api("dung").get(f"/documents/{file_id}")[1]["notes"]
    assert [each["code"] for each in told] == notes
    assert all(len(each["message"]) > 20 for each in told)


# --- pictures ---------------------------------------------------------------------------------------------------------


@with_ocr
@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_picture_becomes_a_page_that_is_recognised(council, sent, kind):
    file_id = sent("dung", saved(drawn(), kind), f"chup.{kind.lower()}")

    (page,) = pages_of(council, file_id)
    assert (file_of(council, file_id).state, page.source) == ("ready", "ocr")
    assert "Hội đồng nhân dân phường" in page.text


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP"])
def test_a_picture_of_each_kind_becomes_a_page(tmp_path, kind):
    (tmp_path / "anh").write_bytes(saved(drawn(size=(300, 200)), kind))

    running.make("picture", tmp_path / "anh", tmp_path / "trang.pdf", kinds.of_file(tmp_path / "anh"))

    with pymupdf.open(tmp_path / "trang.pdf") as made:
        assert [round(page.rect.width / page.rect.height, 2) for page in made] == [1.5]


@with_ocr
def test_a_tiff_of_three_sheets_has_three_pages(council, sent):
    sheets = [drawn(f"Tờ số {number}, {SENTENCE}").convert("1") for number in (1, 2, 3)]
    content = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4", dpi=(150, 150))

    file_id = sent("dung", content, "quet.tif")

    pages = pages_of(council, file_id)
    assert [(page.number, page.width, page.height) for page in pages] == [(number, 595, 842) for number in (1, 2, 3)]
    assert ["số 1" in pages[0].text, "số 3" in pages[2].text] == [True, True]


@with_ocr
def test_a_photograph_stands_upright_as_its_camera_says(council, sent):
    turned = drawn(mode="RGB").rotate(90, expand=True)
    camera = Image.Exif()
    camera[0x0112] = 6

    file_id = sent("dung", saved(turned, "JPEG", exif=camera), "anh.jpg")

    (page,) = pages_of(council, file_id)
    assert page.height > page.width
    assert "Hội đồng nhân dân phường" in page.text


def test_a_clear_picture_lies_on_white(council, sent, store):
    file_id = sent("dung", saved(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG"), "trong.png")

    image = next((store / "storage" / "pages").rglob("1-240.*"))
    assert file_of(council, file_id).state == "ready"
    assert Image.open(image).convert("L").getextrema()[0] > 240


# --- office files -----------------------------------------------------------------------------------------------------


@with_office
def test_a_table_becomes_pages(council, sent):
    book = openpyxl.Workbook()
    book.active.append(["Chỉ tiêu", "Số liệu"])
    book.active.append(["Thu ngân sách nhà nước", 1234])
    book.active.column_dimensions["A"].width = 40
    out = io.BytesIO()
    book.save(out)

    file_id = sent("dung", out.getvalue(), "so-lieu.xlsx")

    assert "Thu ngân sách nhà nước" in all_text(council, file_id)


@with_office
@pytest.mark.parametrize(
    ("face", "text", "shown", "encoding"),
    [
        (".VnTime", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", "tcvn3"),
        (".VnTimeH", "Uû ban nh©n d©n", "UỶ BAN NHÂN DÂN", "tcvn3"),
        ("VNI-Times", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "vni"),
    ],
)
def test_old_fonts_in_a_word_file_are_shown_in_unicode(council, sent, store, face, text, shown, encoding):
    fonts = f'<w:rPr><w:rFonts w:ascii="{face}" w:hAnsi="{face}"/></w:rPr>'
    half = len(text) // 2
    runs = "".join(f'<w:r>{fonts}<w:t xml:space="preserve">{part}</w:t></w:r>' for part in (text[:half], text[half:]))
    content = docx(f"<w:p>{runs}</w:p>{SAID}")

    file_id = sent("dung", content, "cu.docx")

    file = file_of(council, file_id)
    assert all_text(council, file_id) == f"{shown} Kính gửi Hội đồng nhân dân phường"
    assert file.notes == [encoding]
    assert (store / "storage" / "files" / file.sha256[:2] / file.sha256).read_bytes() == content


def test_old_fonts_in_a_table_are_put_right_cell_by_cell(tmp_path):
    book = openpyxl.Workbook()
    for row, (text, face) in enumerate(
        [("Uû ban nh©n d©n", ".VnTime"), ("Uû ban nh©n d©n", ".VnTimeH"), ("Coäng hoøa", "VNI-Times"), ("Cộng hòa", "Arial")], 1
    ):
        book.active.cell(row, 1, text).font = Font(name=face)
    book.save(tmp_path / "cu.xlsx")

    found = rewriting.to_unicode(tmp_path / "cu.xlsx", tmp_path / "moi.xlsx", kinds.XLSX)

    made = openpyxl.load_workbook(tmp_path / "moi.xlsx").active
    cells = [(cell.value, cell.font.name) for (cell,) in made.iter_rows()]
    times = "Times New Roman"
    assert cells == [("Uỷ ban nhân dân", times), ("UỶ BAN NHÂN DÂN", times), ("Cộng hòa", times), ("Cộng hòa", "Arial")]
    assert found == ["tcvn3", "vni"]


SLIDE = """<?xml version="1.0" encoding="UTF-8"?><office:document office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.presentation"><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-family="'.VnTime'"/></style:style>
</office:automatic-styles><office:body><office:presentation><draw:page draw:name="p1"><draw:frame svg:x="2cm" svg:y="2cm"
 svg:width="20cm" svg:height="3cm"><draw:text-box><text:p><text:span text:style-name="T1">Céng hoµ x· héi</text:span></text:p>
<text:p>Tờ chiếu Unicode</text:p></draw:text-box></draw:frame></draw:page></office:presentation></office:body>
</office:document>"""


@with_office
def test_slides_of_the_old_powerpoint_in_old_fonts_are_shown(tmp_path):
    source = tmp_path / "chieu.fodp"
    source.write_text(SLIDE, encoding="utf-8")
    old = office.convert(source, ".ppt", tmp_path / "ppt")

    encodings = office.to_pdf(old, kinds.of_file(old), tmp_path / "made.pdf")

    with pymupdf.open(tmp_path / "made.pdf") as shown:
        assert shown[0].get_text().split("\n")[:2] == ["Cộng hoà xã hội", "Tờ chiếu Unicode"]
    assert (kinds.of_file(old), encodings) == (kinds.PPT, ["tcvn3"])


class Listener:
    """A server that only remembers whether anybody came."""

    def __init__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.came = False
        threading.Thread(target=self._wait, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/anh.png"

    def _wait(self):
        try:
            self.socket.accept()
            self.came = True
        except OSError:
            return


PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="2000000" cy="2000000"/><wp:docPr id="1" name="a"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/'
    'drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="a"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId9" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" '
    'y="0"/><a:ext cx="2000000" cy="2000000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
KIND_OF_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def linked_docx(address):
    return docx(PICTURE + SAID, ways=f'<Relationship Id="rId9" Type="{KIND_OF_LINK}" Target="{address}" TargetMode="External"/>')


def linked_odt(address):
    out = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "drawing", "table")
    ).replace(
        'xmlns:drawing="urn:oasis:names:tc:opendocument:xmlns:drawing',
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing',
    )
    svg = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    body = (
        f'<text:section text:name="s"><text:section-source xlink:href="{address}" xlink:type="simple"/><text:p>chỗ nối</text:p>'
        f'</text:section><text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{address}" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>Kính gửi Hội đồng</text:p>'
    )
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        packed.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces} {svg} office:version="1.2"><office:body><office:text>'
            f"{body}</office:text></office:body></office:document-content>",
        )
    return out.getvalue()


@with_office
@pytest.mark.parametrize("guarded", [True, False], ids=["by the kernel", "by LibreOffice alone"])
@pytest.mark.parametrize("made", [linked_docx, linked_odt])
def test_a_link_outward_opens_no_connection(council, tmp_path, monkeypatch, made, guarded):
    outside = Listener()
    if not guarded:
        monkeypatch.setattr(confine, "launcher", lambda _memory, _seconds, _folder, command: command)
    source = tmp_path / "lien-ket"
    source.write_bytes(made(outside.address))

    office.to_pdf(source, office.DOCX if made is linked_docx else office.ODT, tmp_path / "made.pdf")

    with pymupdf.open(tmp_path / "made.pdf") as shown:
        assert "Kính gửi Hội đồng" in shown[0].get_text()
    assert not outside.came
    outside.socket.close()


@with_office
@pytest.mark.parametrize("guarded", [True, False], ids=["by the kernel", "by LibreOffice alone"])
def test_a_link_to_another_file_of_this_machine_reads_nothing(tmp_path, monkeypatch, guarded):
    if not guarded:
        monkeypatch.setattr(confine, "launcher", lambda _memory, _seconds, _folder, command: command)
    other = tmp_path / "mat-khau.txt"
    other.write_text("bí mật của người khác", encoding="utf-8")
    source = tmp_path / "lien-ket"
    source.write_bytes(linked_odt(other.as_uri()))

    office.to_pdf(source, office.ODT, tmp_path / "made.pdf")

    with pymupdf.open(tmp_path / "made.pdf") as shown:
        assert "bí mật" not in shown[0].get_text()


@with_office
def test_a_conversion_that_takes_too_long_is_ended_with_all_its_children(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 0.05)
    source = tmp_path / "dai"
    source.write_bytes(docx(SAID))

    with pytest.raises(office.Refused) as refused:
        office.to_pdf(source, office.DOCX, tmp_path / "made.pdf")

    assert (refused.value.code, (tmp_path / "made.pdf").exists()) == ("office_too_slow", False)


def test_without_libreoffice_an_old_word_file_says_what_is_missing(send, monkeypatch):
    from tests.documents.hostile import ole

    monkeypatch.setattr(office, "can_convert", lambda: False)

    status, answer = send("dung", ole(["WordDocument"]), "cu.doc")

    assert (status, answer["code"], "LibreOffice" in answer["message"]) == (409, "office_not_possible", True)


# --- recognition and text layers -------------------------------------------------------------------------------------


def scan_of(text, dpi=200, turn=0, tilt=0.0):
    """A sheet set by ourselves, printed and scanned."""
    page = paper(1, heading="BÁO CÁO", text=text)
    with pymupdf.open(stream=page, filetype="pdf") as printed:
        said = printed[0].get_text()
        dots = printed[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (dots.width, dots.height), dots.samples).rotate(tilt, fillcolor=255, resample=Image.BICUBIC)
    return saved(picture.rotate(turn, expand=True), "PNG", dpi=(dpi, dpi)), said


def error_rate(read, meant):
    """Edits that turn one text into the other, a letter of the meant one (Levenshtein)."""
    read, meant = " ".join(read.split()), " ".join(meant.split())
    row = list(range(len(meant) + 1))
    for above, letter in enumerate(read, 1):
        last, row[0] = row[0], above
        for place, wanted in enumerate(meant, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (letter != wanted))
    return row[-1] / len(meant)


@with_ocr
@pytest.mark.parametrize("words", [{}, {"tilt": 3.0}, {"turn": 90}], ids=["straight", "tilted", "on its side"])
def test_a_scan_is_read_with_under_five_errors_in_a_hundred_letters(council, sent, words):
    content, meant = scan_of(LINES, **words)

    file_id = sent("dung", content, "quet.png")

    (page,) = pages_of(council, file_id)
    assert page.source == "ocr"
    assert error_rate(page.text, meant) < 0.05


def test_words_of_a_turned_page_lie_where_they_are_seen(api, sent):
    with pymupdf.open(stream=paper(1), filetype="pdf") as document:
        document[0].set_rotation(90)
        content = document.tobytes()

    file_id = sent("dung", content)

    page = api("dung").get(f"/documents/{file_id}/pages/1")[1]
    left, top, right, bottom, word = page["words"][0]
    assert (page["width"], page["height"], word) == (842, 595, "BÁO")
    assert left > 880
    assert (bottom - top) > (right - left)


def test_a_text_layer_in_old_fonts_is_read_in_unicode(council, sent):
    old = old_bytes(SENTENCE, "tcvn3").decode("cp1252")
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_font("old", fontfile=str(FONTS / "Tinos-Regular.ttf"))
    for number in range(12):
        page.insert_text((72, 100 + 20 * number), old, fontname="old", fontsize=9)
    content = document.tobytes()

    file_id = sent("dung", content)

    (read,) = pages_of(council, file_id)
    assert read.source == "text"
    assert SENTENCE in " ".join(read.text.split())
    assert file_of(council, file_id).notes == ["tcvn3"]


def test_without_tesseract_readers_are_told_that_pictures_have_no_words(council, send, read_all, monkeypatch, tmp_path):
    monkeypatch.setattr(running, "plain_environment", lambda: {"PATH": str(tmp_path), "PYTHONUTF8": "1"})
    _, answer = send("dung", saved(drawn(), "PNG"), "chup.png")

    read_all()

    file = file_of(council, answer["file_id"])
    assert (file.state, file.notes) == ("ready", ["unread_pictures"])


# --- papers of old ----------------------------------------------------------------------------------------------------


@with_office
@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "truth", "encoding"),
    [
        ("tcvn3__2003-02144qd.doc", "ground-truth__2003-02144qd.txt", "tcvn3"),
        ("vni__2009-download.doc", "ground-truth__2009-download.txt", "vni"),
    ],
)
def test_old_papers_read_as_they_were_meant(council, sent, shared, name, truth, encoding):
    file_id = sent("dung", (shared / "legacy" / name).read_bytes(), name)

    meant = " ".join((shared / "legacy" / truth).read_text(encoding="utf-8").split()).casefold()
    read = all_text(council, file_id).casefold()
    assert SequenceMatcher(None, read, meant, autojunk=False).ratio() > 0.99
    assert (file_of(council, file_id).notes, {page.source for page in pages_of(council, file_id)}) == ([encoding], {"text"})
