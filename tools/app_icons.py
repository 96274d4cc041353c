"""Draw the application's picture for home screens, from the same shapes as static/icons/mark.svg: a half-circle and a desk."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SEATS = (
    *((3.5, 27.0), (4.8, 20.7), (8.3, 15.3), (13.7, 11.8), (20.0, 10.5), (26.3, 11.8), (31.7, 15.3), (35.2, 20.7), (36.5, 27.0)),
    *((9.5, 27.0), (11.5, 20.8), (16.8, 17.0), (23.2, 17.0), (28.5, 20.8), (30.5, 27.0)),
)
DEEP, PAPER, GOLD = "#18244c", "#ffffff", "#f4c95d"
SIZES = (192, 512)
SHARPER = 4  # drawn larger and brought down, for smooth edges


def draw(size: int) -> Image.Image:
    """The mark in the middle 60 percent, so that a round mask cuts nothing off."""
    picture = Image.new("RGB", (size * SHARPER, size * SHARPER), DEEP)
    pen = ImageDraw.Draw(picture)
    unit = picture.width * 0.6 / 40
    left, top = picture.width * 0.2, picture.width * 0.17

    def box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        return (left + x0 * unit, top + y0 * unit, left + x1 * unit, top + y1 * unit)

    for x, y in SEATS:
        pen.ellipse(box(x - 1.9, y - 1.9, x + 1.9, y + 1.9), fill=PAPER)
    pen.rounded_rectangle(box(15.5, 22.5, 24.5, 35), radius=1.5 * unit, fill=GOLD)
    for y in (26.6, 29.8):
        pen.rounded_rectangle(box(18, y - 0.65, 22, y + 0.65), radius=0.65 * unit, fill=DEEP)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def make(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        draw(size).save(folder / f"icon-{size}.png", optimize=True)
