"""Page images: runs in the reading process only, never in the web process."""

import io
from pathlib import Path

import pymupdf
from PIL import Image, ImageChops

from meeting.documents import rules
from meeting.documents.rules import WIDTHS

PICTURE_SHARE = 0.25  # pages with so much picture become JPEG, the others PNG
COLOUR_SPREAD = 48  # difference of red, green and blue that the eye takes for colour
COLOUR_SHARE = 0.0004  # of the thumbnail's pixels: a seal or a blue signature is enough


def make_images(page: pymupdf.Page, share: float, folder: Path, number: int) -> None:
    """Writes the images of a page in each width: PNG for text, JPEG for pictures, grey unless the page has colour."""
    coloured = has_colour(page)
    for width in WIDTHS:
        size = rules.image_size(page.rect.width, page.rect.height, width)
        scale = size.width / max(1.0, page.rect.width)
        space = pymupdf.csRGB if coloured else pymupdf.csGRAY
        picture = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=space, alpha=False)
        if share >= PICTURE_SHARE:
            content, ending = jpeg(picture, coloured), "jpg"
        else:
            content, ending = picture.tobytes("png"), "png"
        part = folder / f"{number}-{width}.part"
        part.write_bytes(content)
        part.replace(folder / f"{number}-{width}.{ending}")


def jpeg(picture: pymupdf.Pixmap, coloured: bool) -> bytes:
    """Pillow writes JPEG three times faster than the PDF library."""
    image = Image.frombytes("RGB" if coloured else "L", (picture.width, picture.height), picture.samples)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=75)
    return out.getvalue()


def has_colour(page: pymupdf.Page) -> bool:
    """Whether the eye sees colour on the page: a seal, a blue signature, a chart."""
    size = rules.image_size(page.rect.width, page.rect.height, WIDTHS[0] * 2)
    scale = size.width / max(1.0, page.rect.width)
    picture = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.samples)
    red, green, blue = image.split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread = ImageChops.difference(lightest, darkest).histogram()
    return bool(sum(spread[COLOUR_SPREAD:]) > COLOUR_SHARE * picture.width * picture.height)
