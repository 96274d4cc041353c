"""Vietnamese names as values: the order of a list, the search without marks, the user name."""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # each letter before the next; marks of tone come after all letters
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # ngang is 0, then huyền, hỏi, ngã, sắc, nặng
_PLACE = {letter: place for place, letter in enumerate(ALPHABET, start=1)}

SyllableKey = tuple[tuple[int, ...], int]


def nfc(text: str) -> str:
    """The text in the one composed form that is stored, with single spaces and without a byte order mark."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\ufeff", "")).split())


def syllable_key(syllable: str) -> SyllableKey:
    """Where one syllable stands: letters first, then its tone (hoà and hòa stand together)."""
    letters, tone = "", 0
    for mark in unicodedata.normalize("NFD", syllable.lower()):
        if mark in TONES:
            tone = TONES[mark]
        else:
            letters += mark
    composed = unicodedata.normalize("NFC", letters)
    return tuple(_PLACE.get(letter, len(ALPHABET) + ord(letter)) for letter in composed), tone


def name_key(full_name: str) -> tuple[SyllableKey, ...]:
    """Sorts people as Vietnamese lists do: by given name (the last word), then family name, then the middle."""
    words = full_name.split()
    if not words:
        return ()
    return tuple(syllable_key(word) for word in [words[-1], *words[:-1]])


def folded(text: str) -> str:
    """The text without marks and in small letters, so that `hoa` finds Hòa and Hoá."""
    apart = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d").lower())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def username_of(full_name: str) -> str:
    """A user name in plain letters: given name, a dot, the initials of the rest ("Vũ Thị Mai Lan" → "lan.vtm")."""
    words = [re.sub(r"[^a-z0-9]", "", word) for word in folded(full_name).split()]
    words = [word for word in words if word]
    if not words:
        return ""
    initials = "".join(word[0] for word in words[:-1])
    return f"{words[-1]}.{initials}" if initials else words[-1]


def free_username(full_name: str, taken: set[str]) -> str:
    """The first user name made of a name that nobody has: lan.vtm, lan.vtm2, lan.vtm3 …"""
    wanted = username_of(full_name) or "nguoidung"
    number, chosen = 1, wanted
    while chosen in taken:
        number += 1
        chosen = f"{wanted}{number}"
    return chosen
