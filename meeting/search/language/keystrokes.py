"""Vietnamese typed with the Vietnamese of the keyboard off: Telex (thoats nuowcs) and VNI (thoa1t nu7o71c) as keys give it.

Pure.
"""

import unicodedata

from meeting.search.language.syllabary import FOLDED, bare, is_syllable

_TELEX_TONES = {"f": "2", "s": "1", "x": "4", "r": "3", "j": "5"}
_COMBINING = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"u": "ư", "o": "ơ"}
_VOWELS = "aăâeêioôơuưy"
_LONGEST = 12


def decoded(word: str) -> str:
    """What was meant by the keys, with its marks; empty when they make no Vietnamese syllable, or nothing else than they show."""
    keys = word.lower()
    if not 2 <= len(keys) <= _LONGEST or not keys.isascii() or not keys.isalnum() or keys.isdigit():
        return ""
    read = _vni(keys) if any(key.isdigit() for key in keys) else _telex(keys)
    if read is None or "".join(read[0]) + read[1] == keys:
        return ""
    letters, tone = "".join(read[0]), read[1]
    if is_syllable(letters + tone):
        return written(letters, tone)
    return bare(letters) if bare(letters) in FOLDED else ""  # not all keys were given


def _telex(keys: str) -> tuple[list[str], str] | None:
    letters: list[str] = []
    tone = ""
    for key in keys:
        vowels = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and vowels:
            tone = _TELEX_TONES[key]
        elif key == "w":
            if not _horn(letters, "uoa"):
                letters.append("ư")
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key in _HATS and key in letters and letters[-1] not in _VOWELS.replace(key, ""):
            letters[len(letters) - 1 - letters[::-1].index(key)] = _HATS[key]
        else:
            letters.append(key)
    return letters, tone


def _vni(keys: str) -> tuple[list[str], str] | None:
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _COMBINING:
            tone = key
        elif key == "6":
            at = next((at for at in reversed(range(len(letters))) if letters[at] in _HATS), None)
            if at is None:
                return None
            letters[at] = _HATS[letters[at]]
        elif key in "78":
            if not _horn(letters, "uo" if key == "7" else "a"):
                return None
        elif key == "9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key.isdigit():
            return None
        else:
            letters.append(key)
    return letters, tone


def _horn(letters: list[str], among: str) -> bool:
    """Puts the horn or the breve on the last vowel that takes it; on both of uo."""
    for at in reversed(range(len(letters))):
        if letters[at] in among:
            before = letters[at - 1] if at else ""
            if letters[at] == "a" and before == "u" and "u" in among and letters[:2] != ["q", "u"]:  # uaw: ưa
                letters[at - 1] = "ư"
            else:
                letters[at] = "ă" if letters[at] == "a" else _HORNS[letters[at]]
                if letters[at] == "ơ" and before == "u":
                    letters[at - 1] = "ư"
            return True
    return False


def written(letters: str, tone: str) -> str:
    """A syllable with its tone on the letter where most texts have it (hóa, ủy, của, muốn)."""
    if not tone:
        return letters
    start = 2 if letters.startswith(("qu", "gi")) and len(letters) > 2 and letters[2] in _VOWELS else 0
    vowels = [at for at in range(start, len(letters)) if letters[at] in _VOWELS]
    if not vowels:
        return letters
    own = [at for at in vowels if letters[at] in "ăâêôơư"]
    closed = vowels[-1] < len(letters) - 1
    at = own[-1] if own else vowels[-1] if closed or len(vowels) == 1 else vowels[len(vowels) - 2]
    return unicodedata.normalize("NFC", letters[: at + 1] + _COMBINING[tone] + letters[at + 1 :])
