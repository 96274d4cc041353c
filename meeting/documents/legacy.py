"""Vietnamese writing from before Unicode: TCVN3 (fonts .Vn…), VNI (fonts VNI-…) and text files in the code pages of their time.

Pure. The tables are those of `viparse`, checked on real papers of 1998 to 2009.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from viparse.normalize.encodings import CHARMAPS
from viparse.normalize.tables import convert

from meeting.documents.kinds import looks_utf16
from meeting.documents.rules import is_syllable

TCVN3, VNI = "tcvn3", "vni"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FACES = (("arial", "Arial"), ("helve", "Arial"), ("avant", "Arial"), ("courier", "Courier New"), ("univers", "Arial"))
_WORD = re.compile(r"[^\W\d_]+")
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
ENOUGH_WORDS = 6
SAMPLE = 20_000  # letters of a text that decide about its encoding
MIN_GAIN = 0.2  # so much more of the words must read as Vietnamese before a text is taken for an old encoding


def encoding_of_font(name: str) -> str:
    """The old encoding that a font of this name draws; empty for all others."""
    told = _SUBSET.sub("", name).strip().lower()
    if told.startswith(".vn"):
        return TCVN3
    return VNI if re.match(r"vni\W|vni-?[a-z]", told) else ""


def draws_capitals(name: str) -> bool:
    """Whether a font draws small letters as capitals: TCVN3 has no codes for capitals with marks (.VnTimeH)."""
    return encoding_of_font(name) == TCVN3 and bool(re.search(r"[a-z]H\b", _SUBSET.sub("", name)))


def unicode_font(name: str) -> str:
    """The font of today in the style of an old one."""
    told = name.lower()
    return next((face for part, face in _FACES if part in told), "Times New Roman")


def to_unicode(text: str, encoding: str) -> str:
    """The text in Unicode (NFC)."""
    return str(convert(text, CHARMAPS[encoding]))


@cache
def _sequences(encoding: str) -> tuple[dict[str, str], int]:
    pairs = dict(CHARMAPS[encoding].pairs)
    return pairs, max(map(len, pairs))


def convert_pieces(pieces: Sequence[str], encoding: str) -> list[str]:
    """The same for text cut into pieces: a letter and its mark may stand in two; the letter stays in the first."""
    table, longest = _sequences(encoding)
    owners = [number for number, piece in enumerate(pieces) for _ in piece]
    whole, at = "".join(pieces), 0
    out = [""] * len(pieces)
    while at < len(whole):
        length = next((size for size in range(longest, 0, -1) if whole[at : at + size] in table), 0)
        out[owners[at]] += table[whole[at : at + length]] if length else whole[at]
        at += max(length, 1)
    return [unicodedata.normalize("NFC", piece) for piece in out]


def reads_as_vietnamese(text: str) -> float:
    """The share of the words that are built like Vietnamese syllables, 0 to 1; 0 for too short a text."""
    words = _WORD.findall(text)
    if len(words) < ENOUGH_WORDS:
        return 0.0
    return sum(map(_is_written, words)) / len(words)


def _is_written(word: str) -> bool:
    """Whether a word is a syllable as people write it: one tone at most, capitals only first or all through."""
    tones = sum(letter in TONES for letter in unicodedata.normalize("NFD", word))
    return tones <= 1 and (word[1:].islower() or word.isupper() or len(word) == 1) and is_syllable(word)


def encoding_of_text(text: str) -> str:
    """The old encoding that a text without fonts is in, by how it reads; empty when it reads best as it is."""
    if text.isascii():
        return ""
    text = text[:SAMPLE]
    best, plain = "", reads_as_vietnamese(text)
    for encoding in (TCVN3, VNI):
        share = reads_as_vietnamese(to_unicode(text, encoding))
        if share > plain + MIN_GAIN and share > 0.7:
            best, plain = encoding, share
    return best


def text_of(content: bytes) -> tuple[str, str]:
    """A text file's text in NFC and the name of its encoding: the marks of Unicode first, then what reads best."""
    if content.startswith(b"\xef\xbb\xbf"):
        return _tidy(content[3:].decode("utf-8", "replace")), "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tidy(content.decode("utf-16", "replace")), "utf-16"
    order = looks_utf16(content)
    if order:
        return _tidy(content.decode(order, "replace")), "utf-16"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _best(content)
    old = encoding_of_text(text)
    return (_tidy(to_unicode(text, old)), old) if old else (_tidy(text), "utf-8")


def _best(content: bytes) -> tuple[str, str]:
    """Vietnamese code pages, then Western Europe: the one in which most words are Vietnamese."""
    western = _decoded(content, "cp1252")
    readings = [
        ("windows-1258", _decoded(content, "cp1258")),
        (TCVN3, to_unicode(western, TCVN3)),
        (VNI, to_unicode(western, VNI)),
        ("viscii", to_unicode(content.decode("latin-1"), "viscii")),
        ("windows-1252", western),
    ]
    name, text = max(readings, key=lambda each: (round(reads_as_vietnamese(_tidy(each[1][:SAMPLE])), 3), -_odd(each[1][:SAMPLE])))
    return _tidy(text), name


def _decoded(content: bytes, code_page: str) -> str:
    """Bytes the code page does not know stay what they are in Latin-1: VNI and TCVN3 use them."""
    return "".join(_letter(byte, code_page) for byte in content)


@cache
def _letter(byte: int, code_page: str) -> str:
    try:
        return bytes([byte]).decode(code_page)
    except UnicodeDecodeError:
        return chr(byte)


def _odd(text: str) -> int:
    """How many signs stand inside words where no letter is: the mark of a wrong guess."""
    return len(re.findall(r"(?<=\w)[^\w\s.,;:!?()/\-–\"'%]", text))


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")


def legacy_fonts(names: Iterable[str]) -> dict[str, str]:
    """Those of the fonts that draw an old encoding, each with it."""
    return {name: encoding for name in names if (encoding := encoding_of_font(name))}
