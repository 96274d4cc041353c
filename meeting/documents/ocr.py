"""Reading pictures of pages by the tesseract command, where the machine has it with Vietnamese."""

import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache

from meeting.errors import Refused

SECONDS_A_PAGE = 45  # tried twice
MIN_CONFIDENCE = 20


@dataclass(frozen=True)
class Recognised:
    """One word: left, top, right, bottom in pixels of the picture, and the number of its line."""

    left: int
    top: int
    right: int
    bottom: int
    text: str
    line: tuple[int, int, int]


@cache
def language() -> str:
    """The language to read in: `vie`, or empty where tesseract or its Vietnamese is missing."""
    command = shutil.which("tesseract")
    if command is None:
        return ""
    listed = subprocess.run([command, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    return "vie" if "vie" in listed.stdout.split() else ""


def recognise(png: bytes, dpi: int = 300, layout: int = 3) -> list[Recognised]:
    """The words of a picture; none when tesseract is missing or sees none. Refused as `too_heavy` when it takes too long.

    `layout` is tesseract's page segmentation mode: 3 a whole page, 11 scattered words (stamps).
    """
    spoken = language()
    if not spoken:
        return []
    command = [shutil.which("tesseract") or "tesseract", "-", "-", "-l", spoken, "--dpi", str(dpi), "--psm", str(layout), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    for _try in range(2):
        try:
            heard = subprocess.run(  # noqa: S603 - fixed command, the picture comes on standard input
                command, input=png, capture_output=True, timeout=SECONDS_A_PAGE, env=environment, check=False
            )
        except subprocess.TimeoutExpired:
            continue
        return words_of(heard.stdout.decode("utf-8", "replace"))
    raise Refused("too_heavy")


def turn_of(png: bytes) -> int:
    """By how many degrees clockwise the picture must be turned to stand upright; 0 when tesseract cannot tell."""
    command = shutil.which("tesseract")
    if command is None:
        return 0
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        heard = subprocess.run(  # noqa: S603 - fixed command, the picture comes on standard input
            [command, "-", "-", "--psm", "0"],
            input=png,
            capture_output=True,
            timeout=SECONDS_A_PAGE,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 0
    told = re.search(rb"^Rotate: (90|180|270)$", heard.stdout, re.MULTILINE)
    return int(told.group(1)) if told else 0


def words_of(tsv: str) -> list[Recognised]:
    """The words in tesseract's table that it is sure enough of."""
    found = []
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip() or float(cells[10]) < MIN_CONFIDENCE:
            continue
        block, paragraph, line = (int(cell) for cell in cells[2:5])
        left, top, width, height = (int(cell) for cell in cells[6:10])
        text = unicodedata.normalize("NFC", cells[11].strip())
        found.append(Recognised(left, top, left + width, top + height, text, (block, paragraph, line)))
    return found
