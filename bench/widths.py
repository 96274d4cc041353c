"""Which format and which widths page images should have: sharpness against bytes and milliseconds, on real and made pages.

    python -m bench.widths [--papers FOLDER] [--pages 2]

Sharpness is told twice, both against the page drawn for exactly that screen with twice the detail and scaled down: SSIM (1 is
the same picture) and edges (the share of the contrast at edges that is left). Without a folder of PDFs only made pages count.
The findings stand in docs/pages.md.
"""

import argparse
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image, ImageFilter, ImageMath

from bench.sheets import made
from meeting.documents import images
from meeting.documents.layers import picture_share

SCREENS = {  # device pixels across a whole A4 page, as the viewer lays it out
    "tablet landscape, ratio 1.5": 743,
    "tablet landscape, ratio 2": 990,
    "tablet portrait, ratio 1.5": 1125,
    "tablet portrait, ratio 2": 1500,
    "phone, ratio 3": 1098,
    "desk, full width": 1400,
    "zoomed twice, ratio 2": 1980,
}
WIDTHS = (720, 1000, 1200, 1500, 1600, 1800, 2000, 2400)  # beside the thumbnail
SETS = (
    (240, 1000, 1600),
    (240, 1200, 1800),
    (240, 1200, 2000),
    (240, 1200, 2400),
    (240, 1000, 1500, 2000),
    (240, 1200, 1600, 2400),
)
FORMAT_WIDTH = 1500

Encoder = Callable[[Image.Image], bytes]


def written(image: Image.Image, kind: str, **chosen: object) -> bytes:
    """The bytes of an image in a format."""
    out = io.BytesIO()
    image.save(out, kind, **chosen)
    return out.getvalue()


GREY: dict[str, Encoder] = {
    "PNG 8 bit, bare PyMuPDF": lambda image: b"",  # measured on the pixmap itself
    "PNG 16 greys": lambda image: written(images.sixteen_greys(image), "PNG", bits=4, compress_level=images.PACKING),
    "PNG 16 greys, packed more": lambda image: written(images.sixteen_greys(image), "PNG", bits=4, compress_level=6),
    "JPEG 75": lambda image: written(image, "JPEG", quality=75),
    "WebP lossy 75, method 0": lambda image: written(image, "WEBP", quality=75, method=0),
    "WebP lossless 16 greys": lambda image: written(
        images.sixteen_greys(image).convert("RGB"), "WEBP", lossless=True, quality=20, method=1
    ),
}
COLOUR: dict[str, Encoder] = {
    "PNG 8 bit, bare PyMuPDF": lambda image: b"",
    "PNG 64 colours": lambda image: written(images.few_colours(image), "PNG", compress_level=images.PACKING),
    "PNG 64 colours, packed more": lambda image: written(images.few_colours(image), "PNG", compress_level=6),
    "JPEG 75": lambda image: written(image, "JPEG", quality=75),
    "WebP lossy 75, method 0": lambda image: written(image, "WEBP", quality=75, method=0),
    "WebP lossless 64 colours": lambda image: written(
        images.few_colours(image).convert("RGB"), "WEBP", lossless=True, quality=20, method=1
    ),
}


def drawn(page: pymupdf.Page, width: int, coloured: bool) -> tuple[pymupdf.Pixmap, Image.Image]:
    """A page at a width."""
    pixmap = images.pixmap(page, width, coloured)
    return pixmap, images.picture(pixmap)


def formats(name: str, page: pymupdf.Page) -> None:
    """One line a format: bytes, time to write, time to open, sharpness."""
    look = images.look_of(page, picture_share(page))
    began = time.perf_counter()
    pixmap, image = drawn(page, FORMAT_WIDTH, look.coloured)
    tones = "colour" if look.coloured else "grey"
    print(f"{name}, {FORMAT_WIDTH} wide, {tones}, drawn in {ms(began):.0f} ms; {look.ending} is chosen")
    for label, encoder in (COLOUR if look.coloured else GREY).items():
        write = (lambda: pixmap.tobytes("png")) if "bare" in label else (lambda encoder=encoder: encoder(image))  # type: ignore[misc]
        content, spent = timed(write)
        began = time.perf_counter()
        opened = Image.open(io.BytesIO(content))
        opened.load()
        opening = ms(began)
        same, edges = sharpness(opened, image)
        cost = f"{len(content) / 1024:7.0f} KiB {spent:6.0f} ms, opened in {opening:3.0f} ms"
        print(f"  {label:26} {cost}, SSIM {same:.4f}, edges {edges:.3f}")


def timed(write: Callable[[], bytes]) -> tuple[bytes, float]:
    """What it gives, and the least milliseconds of three times."""
    spent = []
    for _ in range(3):
        began = time.perf_counter()
        content = write()
        spent.append(ms(began))
    return content, min(spent)


def ms(began: float) -> float:
    """Milliseconds since."""
    return (time.perf_counter() - began) * 1000


Kept = dict[int, tuple[bytes, float]]  # width -> bytes, milliseconds


def kept(page: pymupdf.Page) -> Kept:
    """The page as it would be kept at each width."""
    look = images.look_of(page, picture_share(page))
    found = {}
    for width in (240, *WIDTHS):
        began = time.perf_counter()
        found[width] = images.encoded(page, width, look), ms(began)
    return found


def seen(content: bytes, ideal: Image.Image) -> tuple[float, float]:
    """How a kept image looks at the size of a screen: the browser scales it."""
    opened = Image.open(io.BytesIO(content)).convert(ideal.mode)
    return sharpness(opened.resize(ideal.size, Image.Resampling.BILINEAR), ideal)


def widths(pages: list[tuple[str, pymupdf.Page]]) -> None:
    """Each screen with each width, then what a choice of widths gives."""
    stores = [kept(page) for _, page in pages]
    looks: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for (_, page), store in zip(pages, stores, strict=True):
        for screen in SCREENS.values():
            _, double = drawn(page, 2 * screen, images.has_colour(page))
            ideal = double.reduce(2)
            for width in WIDTHS:
                looks.setdefault((screen, width), []).append(seen(store[width][0], ideal))
    print("\nwidths (mean of all pages): SSIM / edges on each screen")
    for name, screen in SCREENS.items():
        cells = [f"{width}: {mean(looks[screen, width], 0):.3f}/{mean(looks[screen, width], 1):.2f}" for width in WIDTHS]
        print(f"  {name:28} {screen:5} px  {'  '.join(cells)}")
    print("  KiB: " + ", ".join(f"{width}: {size(stores, width):.0f}" for width in (240, *WIDTHS)))
    print("  ms to draw and write: " + ", ".join(f"{width}: {spent(stores, width):.0f}" for width in (240, *WIDTHS)))
    print("\nchoices: what is kept and spent a page; on the screens above, least sharpness, mean KiB to fetch")
    for choice in SETS:
        of = {screen: next((width for width in choice[1:] if width >= screen * 0.95), choice[-1]) for screen in SCREENS.values()}
        least = [min(mean(looks[pair], place) for pair in of.items()) for place in (0, 1)]
        fetched = statistics.mean(size(stores, width) for width in of.values())
        total, ms_spent = sum(size(stores, width) for width in choice), sum(spent(stores, width) for width in choice)
        sharp = f"SSIM {least[0]:.3f}, edges {least[1]:.2f}, {mean(looks[1980, of[1980]], 1):.2f} when zoomed"
        print(f"  {'/'.join(map(str, choice)):20} {total:5.0f} KiB {ms_spent:4.0f} ms, fetched {fetched:.0f} KiB, least {sharp}")


def mean(pairs: list[tuple[float, float]], place: int) -> float:
    """The mean of one of the two figures."""
    return statistics.mean(pair[place] for pair in pairs)


def size(stores: list[Kept], width: int) -> float:
    """Mean KiB of a page at a width."""
    return statistics.mean(len(store[width][0]) for store in stores) / 1024


def spent(stores: list[Kept], width: int) -> float:
    """Mean milliseconds of a page at a width."""
    return statistics.mean(store[width][1] for store in stores)


def sharpness(shown: Image.Image, ideal: Image.Image) -> tuple[float, float]:
    """(SSIM over blocks of 8 x 8, share of edge contrast left). Of colours the worst one counts."""
    shown = shown.convert(ideal.mode)
    pairs = list(zip(shown.split(), ideal.split(), strict=True))
    return min(ssim(one, other) for one, other in pairs), min(edges(one) / max(1e-6, edges(other)) for one, other in pairs)


def edges(image: Image.Image) -> float:
    """Mean square of the second difference: what makes letters crisp."""
    kernel = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=0)
    found = image.filter(kernel).convert("F")
    return average(ImageMath.lambda_eval(lambda of: of["a"] * of["a"], a=found))


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Structural similarity, mean over blocks of 8 x 8 pixels."""
    a, b = one.convert("F"), other.convert("F")

    def product(x: Image.Image, y: Image.Image) -> Image.Image:
        found: Image.Image = ImageMath.lambda_eval(lambda of: of["x"] * of["y"], x=x, y=y)
        return found.reduce(8)

    means = {"a": a.reduce(8), "b": b.reduce(8), "aa": product(a, a), "bb": product(b, b), "ab": product(a, b)}
    blocks = ImageMath.lambda_eval(_likeness, **means)
    return average(blocks)


def _likeness(of: dict[str, Any]) -> Any:
    both, squares = of["a"] * of["b"], of["a"] * of["a"] + of["b"] * of["b"]
    return (both * 2 + 6.5) * ((of["ab"] - both) * 2 + 58.5) / ((squares + 6.5) * (of["aa"] + of["bb"] - squares + 58.5))


def average(image: Image.Image) -> float:
    """The mean of an image of real numbers."""
    return float(image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))  # type: ignore[arg-type]


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.widths", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--papers", type=Path, help="a folder of PDF files")
    options.add_argument("--pages", type=int, default=2, help="of each paper")
    chosen = options.parse_args()
    open_papers = [(name, pymupdf.open(stream=content, filetype="pdf")) for name, content in made().items()]
    if chosen.papers:
        open_papers += [(path.stem[:40], pymupdf.open(path)) for path in sorted(chosen.papers.glob("*.pdf"))]
    pages = [
        (f"{name}, page {number + 1}", paper.load_page(number))
        for name, paper in open_papers
        for number in range(min(chosen.pages, paper.page_count))
    ]
    for name, page in pages:
        formats(name, page)
    widths(pages)


if __name__ == "__main__":
    main()
