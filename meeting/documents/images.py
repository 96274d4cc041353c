"""Page images: made in a process of their own, never in the web process. Why these formats and widths: docs/pages.md.

Each width is drawn by itself: letters scaled down from a larger picture are softer and take more bytes.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import pymupdf
from PIL import Image, ImageChops

from meeting.documents import rules
from meeting.documents.rules import WIDTHS
from meeting.documents.store import IMAGE_ENDINGS

PICTURE_SHARE = 0.25  # only pages with so much picture can be photographs
SOFT_SHARE = 0.2  # of a page's pixels neither ink nor paper: a photograph, which few tones would break into bands
INK, PAPER = 64, 200  # levels of grey: darker is ink, lighter is paper
COLOURS = 64
PACKING = 4  # of zlib: level 6 takes half as long again for two bytes in a hundred
COLOUR_SPREAD = 48  # difference of red, green and blue that the eye takes for colour
COLOUR_SHARE = 0.0004  # of the thumbnail's pixels: a seal or a blue signature is enough
_TO_SIXTEEN = [(level * 15 + 127) // 255 for level in range(256)]
_SIXTEEN = [part for tone in range(16) for part in (tone * 17,) * 3]


@dataclass(frozen=True)
class Look:
    """What the eye finds on a page, and with it how its images are written."""

    coloured: bool
    photograph: bool

    @property
    def ending(self) -> str:
        """The ending of the images' names."""
        return "jpg" if self.photograph else "png"


def make_images(page: pymupdf.Page, share: float, folder: Path, number: int) -> None:
    """Writes the images of a page in each width; one appears whole or not at all. `share`: how much of it pictures cover."""
    look = look_of(page, share)
    for width in WIDTHS:
        part = folder / f"{number}-{width}.part"
        part.write_bytes(encoded(page, width, look))
        part.replace(folder / f"{number}-{width}.{look.ending}")
    _clear_others(folder, number, look)


def _clear_others(folder: Path, number: int, look: Look) -> None:
    """Takes away what an earlier version made of the same page in other widths or formats."""
    kept = {f"{number}-{width}.{look.ending}" for width in WIDTHS}
    for ending in IMAGE_ENDINGS:
        for path in folder.glob(f"{number}-*.{ending}"):
            if path.name not in kept:
                path.unlink(missing_ok=True)


def look_of(page: pymupdf.Page, share: float) -> Look:
    """Colour is looked for on every page, photographs only where there is much picture."""
    photograph = share >= PICTURE_SHARE and is_photograph(picture(pixmap(page, WIDTHS[1], coloured=False)))
    return Look(has_colour(page), photograph)


def encoded(page: pymupdf.Page, width: int, look: Look) -> bytes:
    """The image of a page: few tones as PNG for writing and scans, JPEG for photographs."""
    image = picture(pixmap(page, width, look.coloured))
    out = io.BytesIO()
    if look.photograph:
        image.save(out, "JPEG", quality=75)
    elif look.coloured:
        few_colours(image).save(out, "PNG", compress_level=PACKING)
    else:
        sixteen_greys(image).save(out, "PNG", bits=4, compress_level=PACKING)
    return out.getvalue()


def pixmap(page: pymupdf.Page, width: int, coloured: bool) -> pymupdf.Pixmap:
    """The page drawn at a width in pixels, grey or coloured."""
    size = rules.image_size(page.rect.width, page.rect.height, width)
    scale = size.width / max(1.0, page.rect.width)
    space = pymupdf.csRGB if coloured else pymupdf.csGRAY
    return page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=space, alpha=False)


def picture(drawn: pymupdf.Pixmap) -> Image.Image:
    """The same for Pillow."""
    return Image.frombytes("RGB" if drawn.n == 3 else "L", (drawn.width, drawn.height), drawn.samples)


def sixteen_greys(image: Image.Image) -> Image.Image:
    """Sixteen tones are enough for letters and half the bytes; the noise of a scanner's paper goes with the rest."""
    found = Image.frombytes("P", image.size, image.point(_TO_SIXTEEN).tobytes())
    found.putpalette(_SIXTEEN)
    return found


def few_colours(image: Image.Image) -> Image.Image:
    """Sixty-four colours of the page's own: black letters, a red seal, a blue signature."""
    return image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def is_photograph(image: Image.Image) -> bool:
    """Whether much of a grey picture is neither ink nor paper."""
    return sum(image.histogram()[INK:PAPER]) > SOFT_SHARE * image.width * image.height


def has_colour(page: pymupdf.Page) -> bool:
    """Whether the eye sees colour on the page: a seal, a blue signature, a chart."""
    image = picture(pixmap(page, WIDTHS[0] * 2, coloured=True))
    red, green, blue = image.split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread = ImageChops.difference(lightest, darkest).histogram()
    return bool(sum(spread[COLOUR_SPREAD:]) > COLOUR_SHARE * image.width * image.height)
