"""What a file must be like to be shown, and how its pages are judged: pure, no PDF library here."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from meeting.errors import N_, Refused, declare

MAX_PAGES = 1000
MAX_PIXELS = 12_000_000  # of one page image
WIDTHS = (240, 1200, 2000)  # pixels: thumbnail, screen, zoom (docs/pages.md); a change is caught up with in the worker

PDF = "application/pdf"  # the other kinds stand in kinds.py
SECRET = "secret"  # the refusal after which only who, when and the SHA-256 are kept

declare(
    {
        "no_file": N_("No file came with the request. Choose a file and send it again."),
        "empty_file": N_("The file is empty. Choose another one."),
        "too_large": N_("The file is larger than %(limit_mb)s MB. Split it or make its scans smaller."),
        "wrong_kind": N_(
            "This kind of file cannot be shown. Send a PDF, a Word, Excel or PowerPoint file, a picture or a plain text."
        ),
        "wrong_kind_heic": N_("Pictures in the HEIC format cannot be shown. Save the picture as JPEG or PDF and send that."),
        "wrong_kind_web": N_("This is a web page under another name. Open it in Word, save it as .docx or PDF and send that."),
        "two_kinds": N_("The file pretends to be two kinds of file at once, so it was not kept. Make the PDF again."),
        "program": N_("The file is a program, not a paper. It was not kept."),
        "broken_archive": N_("The office file is damaged. Open it in the program it was made with, save it again and send that."),
        "office_not_possible": N_(
            "This server has no LibreOffice, so it cannot turn office files into pages. Save the paper as PDF and send that."
        ),
        "office_failed": N_("This office file could not be turned into pages. Save the paper as PDF and send that."),
        "office_too_slow": N_("This office file took over %(seconds)s seconds to turn into pages. Send it as PDF or in parts."),
        "broken": N_("The file is damaged and cannot be opened as a PDF. Make the PDF again and send it once more."),
        "broken_picture": N_("The picture is damaged and cannot be opened. Save it again and send it once more."),
        "broken_text": N_("The text could not be set into pages. Save it as PDF and send that."),
        "encrypted": N_("The file is locked with a password. Save it without a password and send it again."),
        "picture_too_large": N_("The picture has %(megapixels)s million dots; at most %(limit)s million fit. Make it smaller."),
        "too_many_pictures": N_("The picture file has %(pages)s pages; at most %(limit)s are possible. Split it into parts."),
        "page_too_large": N_("Page %(page)s is larger than any sheet of paper. Make the PDF again with an ordinary page size."),
        "attached_program": N_("A program is hidden inside the PDF (%(name)s). Save the paper without it and send it again."),
        "too_many_pages": N_("The paper has %(pages)s pages; at most %(limit)s are possible. Split it into parts."),
        "no_pages": N_("The paper has no pages."),
        "active_content": N_("The file contains programs (scripts or macros). Save it without them and send it again."),
        "too_heavy": N_("The file takes too much time or memory to read. Send it as a simple PDF or in parts."),
        "unpacks_too_large": N_("The file unpacks to more than can be read. It was not kept."),
        SECRET: N_(
            "The paper bears a mark of state secrecy (%(level)s). Secret papers may not enter this system. "
            "The file was erased; only who sent it, when, and its fingerprint were kept."
        ),
        "virus_found": N_("The virus scanner found something harmful in this file (%(virus)s). The file was erased."),
        "scanner_away": N_(
            "The virus scanner of this server does not answer, so no file can be taken in now. The administrator has been told; "
            "try again later."
        ),
        "scanner_too_large": N_("The file is larger than the virus scanner of this server takes, so it was not kept."),
        "upload_unknown": N_("This upload is not known any more. Send the file again."),
        "page_not_ready": N_("This page is not ready yet."),
        "not_read_yet": N_("The file is still being checked. Only its sender can open it until the first page has been read."),
        "file_gone": N_("The file was not accepted, so its content is not kept."),
    }
)  # fmt: skip


#: What readers are told of a paper that is shown, but not quite as it came.
NOTES = {
    "tcvn3": N_("This paper was written in fonts from before Unicode (TCVN3) and is shown in Unicode. The file is unchanged."),
    "vni": N_("This paper was written in fonts from before Unicode (VNI) and is shown in Unicode. The file is unchanged."),
    "viscii": N_("This text was written in a code from before Unicode (VISCII) and is shown in Unicode. The file is unchanged."),
    "unread_pictures": N_(
        "Some pages are only pictures. This server has no Tesseract with Vietnamese, so their words cannot be found or copied."
    ),
}  # fmt: skip


MAX_SIDE = 14_400  # points, five metres: the largest page a PDF may have (ISO 32000-1, Annex C)
MAX_PAGE_WORDS = 20_000
MAX_PAGE_LETTERS = 190_000


def check_page_size(page: int, width: float, height: float) -> None:
    """Refuses as `page_too_large` a page that no paper has. Points."""
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise Refused("page_too_large", page=page)


def check_page_count(pages: int) -> None:
    """Refuses `no_pages` and `too_many_pages`."""
    if pages < 1:
        raise Refused("no_pages")
    if pages > MAX_PAGES:
        raise Refused("too_many_pages", pages=pages, limit=MAX_PAGES)


_ACTIVE = re.compile(r"/(?:JS|JavaScript|Launch|RichMedia)\b")


def is_active(pdf_object: str) -> bool:
    """Whether one object of a PDF would run something when opened."""
    return bool(_ACTIVE.search(pdf_object))


@dataclass(frozen=True)
class Line:
    """One line of a page as the reader sees it; `top` is its distance from the upper edge, 0 to 1 of the page's height."""

    text: str
    top: float


UPPER_THIRD = 1 / 3
LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_LEVEL_WORDS = re.compile(r"[^\W\d_]+")


def secrecy_level(lines: Iterable[Line], recognised: bool = False) -> str | None:
    """The level of state secrecy a page bears, or None (Luật Bảo vệ bí mật nhà nước; the mark stands by itself at the top).

    Counts only what stands in capitals, alone on a line, in the upper third: "bảo mật", "tài liệu mật" in a sentence do not.
    A label before it is part of the mark ("Độ mật: TỐI MẬT"). With `recognised` (OCR) lost tone marks are forgiven,
    because stamps are read badly.
    """
    for line in lines:
        if line.top <= UPPER_THIRD:
            level = _level_of(unicodedata.normalize("NFC", line.text), recognised)
            if level:
                return level
    return None


def _level_of(text: str, recognised: bool) -> str | None:
    said = re.sub(r"^\s*(?:độ|mức độ)\s+mật\s*:", "", text, flags=re.IGNORECASE)
    words = _LEVEL_WORDS.findall(said)
    if words and all(len(word) == 1 for word in words):
        words = ["".join(words)]  # a stamp cut with spaces: "M Ậ T"
    shown = " ".join(words)
    if not shown.isupper() or re.search(r"\d", said):
        return None
    for level in LEVELS:
        spaced = level.replace(" ", "")
        if shown in (level, spaced) or (recognised and bare(shown) in (bare(level), bare(spaced))):
            return level
    return None


def bare(text: str) -> str:
    """Lower case without tone marks and letter marks, đ as d."""
    flat = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(r"^(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?$")
MIN_WORDS = 30  # fewer on a page with pictures: a scan, perhaps with the caption of a signature as its only text
MIN_PICTURE = 0.25  # share of the page that pictures cover
MIN_SYLLABLES = Fraction(85, 100)
LOST_RUN = 3  # so many single consonants in a row are a heading whose other letters were lost


def is_syllable(word: str) -> bool:
    """Whether a word is built like a Vietnamese syllable."""
    flat = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return bool(_SYLLABLE.match(flat))


def is_scan(words: int, picture_share: float) -> bool:
    """Whether a page is a picture of paper: fewer than 30 words beside pictures that cover a quarter or more."""
    return words < MIN_WORDS and picture_share >= MIN_PICTURE


def is_broken(words: Sequence[str]) -> bool:
    """Whether the text layer lost letters: too few real syllables, or a heading in shreds ("C N P Ủ")."""
    letters = [word for word in (re.sub(r"\W", "", each) for each in words) if word.isalpha()]
    if len(letters) >= MIN_WORDS and Fraction(sum(map(is_syllable, letters)), len(letters)) < MIN_SYLLABLES:
        return True
    run = 0
    for word in letters:
        run = run + 1 if len(word) == 1 and not is_syllable(word) and word.isupper() else 0
        if run >= LOST_RUN:
            return True
    return False


def needs_recognition(words: Sequence[str], picture_share: float) -> bool:
    """Whether a page has to be read by OCR."""
    return is_scan(len(words), picture_share) or is_broken(words)


@dataclass(frozen=True)
class Size:
    """A page image in pixels."""

    width: int
    height: int


def image_size(width: float, height: float, wanted: int) -> Size:
    """The image of a page at a wanted width, kept in proportion and under the limit of pixels."""
    ratio = max(height, 1.0) / max(width, 1.0)
    pixels = wanted * wanted * ratio
    scale = (MAX_PIXELS / pixels) ** 0.5 if pixels > MAX_PIXELS else 1.0
    return Size(max(1, int(wanted * scale)), max(1, int(wanted * ratio * scale)))


def nearest_width(wanted: int) -> int:
    """The width that is kept and fits best: the smallest not under the wanted one, else the largest."""
    return next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])
