"""Papers made for measuring: text, a table, a scan with paper's noise, a photograph, a letter with a red seal."""

import io
import random

import pymupdf
from PIL import Image, ImageFilter

from meeting.documents.typeset import FONTS

SENTENCE = (
    "Ủy ban nhân dân phường báo cáo tình hình kinh tế – xã hội chín tháng đầu năm và nhiệm vụ trọng tâm ba tháng cuối năm; "
    "đề nghị các phòng, đơn vị khẩn trương thực hiện, bảo đảm đúng tiến độ và quyết toán theo quy định của pháp luật. "
)
FONT = FONTS / "Tinos-Regular.ttf"
A4 = (595, 842)


def made() -> dict[str, bytes]:
    """Name -> PDF of one page each."""
    return {"text": text(), "table": table(), "scan": scan(), "photograph": photograph(), "seal": seal()}


def text(pages: int = 1) -> bytes:
    """Pages full of text, each with words of its own."""
    document = pymupdf.open()
    chosen = random.Random(7)
    words = SENTENCE.split()
    for _ in range(pages):
        page = _page(document)
        chosen.shuffle(words)
        page.insert_textbox(pymupdf.Rect(60, 60, 540, 790), " ".join(words * 11), fontname="tinos", fontsize=13)
    return _saved(document)


def table() -> bytes:
    """Forty lines of small figures in a grid."""
    document = pymupdf.open()
    page = _page(document)
    for row in range(40):
        top = 60 + row * 18
        for column in range(7):
            box = pymupdf.Rect(50 + column * 71, top, 50 + (column + 1) * 71, top + 18)
            page.draw_rect(box, width=0.5)
            page.insert_text(
                (box.x0 + 3, box.y1 - 5), f"{(row + 3) * (column + 7) * 9871 % 99999:,}", fontname="tinos", fontsize=9
            )
    return _saved(document)


def scan(dots: int = 200) -> bytes:
    """A page of text as a scanner gives it: grey paper, noise, soft letters."""
    with pymupdf.open(stream=text(), filetype="pdf") as written:
        drawn = written.load_page(0).get_pixmap(dpi=dots, colorspace=pymupdf.csGRAY)
    sheet = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples).filter(ImageFilter.GaussianBlur(0.7))
    grain = Image.effect_noise(sheet.size, 14)
    return _as_pdf(Image.blend(sheet.point([30 + level * 205 // 255 for level in range(256)]), grain, 0.12))


def photograph() -> bytes:
    """A page that is mostly a picture with soft tones, in colour."""
    wide, high = 1240, 1754
    tones = [Image.linear_gradient("L").resize((wide, high)), Image.radial_gradient("L").resize((wide, high))]
    tones.append(Image.effect_noise((wide // 8, high // 8), 60).resize((wide, high), Image.Resampling.BICUBIC))
    return _as_pdf(Image.merge("RGB", tones))


def seal() -> bytes:
    """A letter with a red seal and a blue signature over its text."""
    document = pymupdf.open(stream=text(), filetype="pdf")
    page = document.load_page(0)
    page.draw_circle((430, 690), 48, color=(0.85, 0.05, 0.1), width=3)
    page.draw_circle((430, 690), 30, color=(0.85, 0.05, 0.1), width=1.5)
    page.draw_bezier((380, 700), (420, 620), (430, 760), (500, 670), color=(0.1, 0.15, 0.7), width=2)
    return _saved(document)


def _page(document: pymupdf.Document) -> pymupdf.Page:
    page = document.new_page(width=A4[0], height=A4[1])
    page.insert_font("tinos", fontfile=str(FONT))
    return page


def _as_pdf(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    document = pymupdf.open()
    page = document.new_page(width=A4[0], height=A4[1])
    page.insert_image(page.rect, stream=out.getvalue())
    return _saved(document)


def _saved(document: pymupdf.Document) -> bytes:
    content: bytes = document.tobytes(garbage=3, deflate=True)
    document.close()
    return content


def repeated(content: bytes, times: int) -> bytes:
    """The same page again and again."""
    document = pymupdf.open(stream=content, filetype="pdf")
    for _ in range(times - 1):
        document.fullcopy_page(0)
    return _saved(document)
