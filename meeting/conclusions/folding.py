"""Letters without marks and case, so that two ways to type a word are the same word. Pure."""

import re
import unicodedata

MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]+")
#: Letters and dashes that are typed in more than one way.
ALIKE = str.maketrans({"Đ": "D", "Ð": "D", "đ": "d", "ð": "d", "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "“": '"', "”": '"'})


def fold(text: str) -> str:
    """ "Phòng Kinh tế" and "PHÒNG KINH  TẾ" are the same name: plain small letters, spaces single."""
    apart = unicodedata.normalize("NFD", text.translate(ALIKE))
    return " ".join(MARKS.sub("", apart).lower().split())


def fold_evenly(text: str) -> str:
    """The same letter for letter, so that a place in the folded text is the same place in the composed one."""
    return "".join(_plain(letter) for letter in text.translate(ALIKE))


def _plain(letter: str) -> str:
    if letter.isspace():
        return " "
    kept = [each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each)]
    small = (kept[0] if kept else " ").lower()
    return small if len(small) == 1 else small[0]
