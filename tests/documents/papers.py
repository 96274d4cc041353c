"""Small papers made for the tests."""

import io
import zipfile

import pymupdf
from PIL import Image, ImageDraw, ImageFont

from meeting.documents.typeset import FONTS

LINES = "Ủy ban nhân dân phường báo cáo tình hình kinh tế – xã hội chín tháng đầu năm và nhiệm vụ trọng tâm ba tháng cuối năm."


def paper(pages: int = 3, heading: str = "BÁO CÁO", text: str = LINES, top: int = 72, size: int = 13, **saved: object) -> bytes:
    """A PDF with text pages; each page tells its number."""
    document = pymupdf.open()
    for number in range(1, pages + 1):
        page = document.new_page(width=595, height=842)
        font = str(FONTS / "Tinos-Regular.ttf")
        page.insert_font("tinos", fontfile=font)
        page.insert_text((72, top), heading if number == 1 else f"Trang {number}", fontname="tinos", fontsize=size)
        box = pymupdf.Rect(72, 330, 523, 780)
        page.insert_textbox(box, f"{text} Đây là trang số {number}. " * 3, fontname="tinos", fontsize=13)
    content = document.tobytes(**saved)
    document.close()
    return content


def encrypted() -> bytes:
    """A PDF that opens only with a password."""
    return paper(1, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="chu", user_pw="mat")


def scanned(lines: tuple[str, ...], size: int = 40) -> bytes:
    """A PDF of one page that is only a picture of text."""
    picture = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), size)
    for number, line in enumerate(lines):
        pen.text((150, 150 + number * 90), line, fill=0, font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_image(page.rect, stream=out.getvalue())
    content = document.tobytes()
    document.close()
    return content


def turned(scan: bytes) -> bytes:
    """The same scan standing on its head."""
    before = pymupdf.open(stream=scan, filetype="pdf")
    picture = Image.open(io.BytesIO(before[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY).tobytes("png")))
    out = io.BytesIO()
    picture.rotate(180).save(out, "PNG")
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_image(page.rect, stream=out.getvalue())
    return bytes(document.tobytes())


def with_script() -> bytes:
    """A PDF that would run a script when opened."""
    document = pymupdf.open(stream=paper(1), filetype="pdf")
    number = document.get_new_xref()
    document.update_object(number, "<< /S /JavaScript /JS (app.alert\\(1\\)) >>")
    document.xref_set_key(document.pdf_catalog(), "OpenAction", f"{number} 0 R")
    content = document.tobytes()
    document.close()
    return content


def archive(**files: bytes) -> bytes:
    """A zip archive; `__` in a name stands for `/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
        packed.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()
