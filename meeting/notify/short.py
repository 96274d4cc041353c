"""Short messages: their letters, how many parts they take, and cutting them between words. Pure.

A message in the GSM alphabet (GSM 03.38) takes 160 characters, or 153 in each part of several; any other letter makes it
UCS-2, which takes 70 or 67. Vietnamese with its marks is UCS-2, without them GSM.
"""

import re
import unicodedata

from meeting.errors import N_, Refused, declare

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = frozenset("^{}\\[~]|€")  # of the GSM extension: each takes two characters
GSM_SIZES = (160, 153)
UCS2_SIZES = (70, 67)
MOST_PARTS = 4
TYPOGRAPHIC = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "…": "...",
        "đ": "d",
        "Đ": "D",
        "Ð": "D",
        "·": "-",
        "\u00a0": " ",
    }
)
MORE = "..."

declare({"phone_unusable": N_("%(phone)s is not a telephone number that messages can be sent to.")})


def without_marks(text: str) -> str:
    """Text in the GSM alphabet: Vietnamese letters without their marks, what has no such letter as a question mark."""
    apart = unicodedata.normalize("NFD", text.translate(TYPOGRAPHIC))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "".join(letter if letter in GSM or letter in DOUBLE else "?" for letter in bare)


def in_gsm(text: str) -> bool:
    """Whether every letter is of the GSM alphabet."""
    return all(letter in GSM or letter in DOUBLE for letter in text)


def length(text: str) -> int:
    """Characters as they are counted: double ones of GSM twice, in UCS-2 the units of UTF-16."""
    if in_gsm(text):
        return len(text) + sum(letter in DOUBLE for letter in text)
    return len(text.encode("utf-16-be")) // 2


def parts(text: str) -> int:
    """How many messages a text is sent as."""
    single, joined = GSM_SIZES if in_gsm(text) else UCS2_SIZES
    size = length(text)
    return 1 if size <= single else -(-size // joined)


def message(said: str, link: str = "", marks: bool = False, most_parts: int = 2) -> str:
    """What is sent: the sentence and the link, in so many parts at most. When it is too long the sentence is cut between
    two words and ends with three dots; the link is always whole."""
    written = " ".join((unicodedata.normalize("NFC", said) if marks else without_marks(said)).split())
    tail = f" {link}" if link else ""
    if parts(written + tail) <= most_parts:
        return written + tail
    words = written.split(" ")
    while words and parts(" ".join(words).rstrip(" ,;:.-") + MORE + tail) > most_parts:
        words.pop()
    return (" ".join(words).rstrip(" ,;:.-") + MORE + tail).strip()


def phone_number(written: str) -> str:
    """A Vietnamese telephone number as +84…, from any way of writing it. Refused: `phone_unusable`."""
    digits = re.sub(r"[\s.\-()]", "", written)
    digits = re.sub(r"^(\+|00)84|^84(?=\d{9}$)|^0(?=\d{9,10}$)", "", digits)
    if not re.fullmatch(r"[1-9]\d{8,9}", digits):
        raise Refused("phone_unusable", phone=written)
    return f"+84{digits}"
