"""Pictures as pages of a PDF: upright, on a sheet of a sensible size, within limits. In a bounded process only."""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import pymupdf
from PIL import Image, ImageOps, ImageSequence

from meeting.errors import Refused

FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/bmp": "BMP",
}
MOST_MEGAPIXELS = 120  # of one picture: a phone's photo, a plan of A1 at 300 dots an inch in grey
MOST_PAGES = 300  # of a TIFF file
KEPT_PIXELS = 24_000_000  # larger ones are made smaller: A3 at 300 dots an inch has 17 million
A4 = (595.0, 842.0)
LONGEST_SIDE, SHORTEST_SIDE = 1191.0, 140.0  # points: A3, and a visiting card
DOTS = (90, 1300)  # dots an inch that are believed


def to_pdf(source: Path, media_type: str, target: Path) -> None:
    """Writes the PDF of a picture file. Refused: `broken_picture`, `picture_too_large`, `too_many_pictures`."""
    document = pymupdf.open()
    for picture, original in _pictures(source, media_type):
        width, height = sheet(picture.size, picture.info.get("dpi"))
        page = document.new_page(width=width, height=height)
        page.insert_image(page.rect, stream=original or _encoded(picture))
        picture.close()
    if not document.page_count:
        raise Refused("broken_picture")
    document.save(target, deflate=True)
    document.close()


def sheet(size: tuple[int, int], dpi: object) -> tuple[float, float]:
    """Width and height in points: by the dots an inch that the file tells when they make sense, else A4 of its direction."""
    wide, high = size
    if isinstance(dpi, tuple) and all(DOTS[0] <= float(each) <= DOTS[1] for each in dpi[:2]):
        found = wide / float(dpi[0]) * 72, high / float(dpi[1]) * 72
        if max(found) <= LONGEST_SIDE and min(found) >= SHORTEST_SIDE:
            return found
    room = A4 if high >= wide else (A4[1], A4[0])
    scale = min(room[0] / wide, room[1] / high)
    return max(wide * scale, 20.0), max(high * scale, 20.0)


def _pictures(source: Path, media_type: str) -> Iterator[tuple[Image.Image, bytes | None]]:
    """Each picture in the file upright, with its bytes where they can be taken over as they are."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is asked before anything is unpacked
    try:
        with Image.open(source, formats=[FORMATS[media_type]]) as opened:
            _check(opened.size)
            frames = getattr(opened, "n_frames", 1) if media_type == "image/tiff" else 1
            if frames > MOST_PAGES:
                raise Refused("too_many_pictures", pages=frames, limit=MOST_PAGES)
            for frame in ImageSequence.Iterator(opened) if frames > 1 else (opened,):
                _check(frame.size)
                yield _upright(frame), source.read_bytes() if media_type == "image/jpeg" and _as_is(frame) else None
    except (Refused, MemoryError):
        raise
    except Exception:
        raise Refused("broken_picture") from None


def _check(size: tuple[int, int]) -> None:
    if size[0] < 1 or size[1] < 1:
        raise Refused("broken_picture")
    if size[0] * size[1] > MOST_MEGAPIXELS * 1_000_000:
        raise Refused("picture_too_large", megapixels=size[0] * size[1] // 1_000_000, limit=MOST_MEGAPIXELS)


def _as_is(frame: Image.Image) -> bool:
    plain = frame.mode in ("L", "RGB") and frame.getexif().get(0x0112, 1) == 1
    return plain and frame.width * frame.height <= KEPT_PIXELS


def _upright(frame: Image.Image) -> Image.Image:
    """Turned as its camera says, on white where it is clear, not larger than a page needs."""
    dpi = frame.info.get("dpi")
    pixels = frame.width * frame.height
    if pixels > KEPT_PIXELS:
        scale = (KEPT_PIXELS / pixels) ** 0.5
        frame.draft(frame.mode, (int(frame.width * scale), int(frame.height * scale)))
        if frame.mode in ("1", "P"):
            frame = frame.convert("L" if frame.mode == "1" else "RGB")
        frame = frame.reduce(max(1, round((frame.width * frame.height / KEPT_PIXELS) ** 0.5 + 0.49)))
    turned = ImageOps.exif_transpose(frame)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        turned = Image.new("RGB", clear.size, "white")
        turned.paste(clear, mask=clear.getchannel("A"))
    elif turned.mode.startswith("I") or turned.mode == "F":
        turned = turned.convert("F").point(lambda value: value / 257 if turned.mode.startswith("I") else value).convert("L")
    elif turned.mode not in ("1", "L", "RGB"):
        turned = turned.convert("RGB")
    turned.load()
    if dpi and pixels <= KEPT_PIXELS:
        turned.info["dpi"] = dpi if frame.getexif().get(0x0112, 1) < 5 else dpi[::-1]
    else:
        turned.info.pop("dpi", None)
    return turned


def _encoded(picture: Image.Image) -> bytes:
    """Photographs as JPEG, drawings and scans of text without loss."""
    out = io.BytesIO()
    if picture.mode == "RGB" and picture.getcolors(4096) is None:
        picture.save(out, "JPEG", quality=88)
    else:
        picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
