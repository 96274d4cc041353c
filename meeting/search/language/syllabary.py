"""Which letters make a Vietnamese syllable: an opening and a rime. By this, glued words are cut and misspelt ones mended.

Pure. The letters here are without tone; both with marks (`ê`, `ư`) and folded.
"""

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}  # huyền, sắc, ngã, hỏi, nặng
_OPENINGS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat
oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât
uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uynh uyên uyêt uyt uyn uyu ư ưa ưc ưi ưng ươc ươi
ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"""
_AFTER_QU = """a ac ach ai an ang anh ao at au ay ăc ăn ăng ăp ăt âc ân âng ât âu ây e en eng eo et ê êch ên ênh êt ơ ơi ơn i ich
in inh it iu y ych yên yêt ynh yt ôc"""
OPENINGS = ("", *_OPENINGS.split())
RIMES = frozenset(_RIMES.split())
AFTER_QU = frozenset(_AFTER_QU.split())
_SOFT = tuple("eêiy")  # before these stand k, gh, ngh; before all others c, g, ng
_LONGEST = 7
_MOST_GLUED = 3


def _goes(opening: str, rime: str) -> bool:
    """Whether the spelling lets this rime follow this opening."""
    soft = rime.startswith(_SOFT)
    match opening:
        case "k" | "gh" | "ngh":
            return soft
        case "c" | "ng":
            return not soft
        case "g":
            return not soft or rime.startswith("i")  # gì, gìn, giếng
        case "gi":
            return not rime.startswith(("i", "y"))
        case "qu":
            return rime in AFTER_QU
        case "":
            return not rime.startswith("iê")
    return rime[0] != "y" or rime == "y"


#: Every syllable the spelling allows, with the marks of its letters and without tone; and the same folded.
LETTERS = frozenset(
    opening + rime for opening in OPENINGS for rime in (AFTER_QU if opening == "qu" else RIMES) if _goes(opening, rime)
)


def bare(letters: str) -> str:
    """Without any marks, đ as d."""
    split = unicodedata.normalize("NFD", letters)
    return "".join(letter for letter in split if not unicodedata.combining(letter)).replace("đ", "d").replace("ð", "d")


FOLDED = frozenset(bare(letters) for letters in LETTERS)
_STOPPED = re.compile(r"(?:ch|[cpt])$")


def is_syllable(exact: str) -> bool:
    """Whether an exact form (letters, then the number of the tone) can be a Vietnamese syllable."""
    letters, tone = (exact[:-1], exact[-1]) if exact[-1:].isdigit() else (exact, "")
    if letters not in LETTERS:
        return False
    return not _STOPPED.search(letters) or tone in ("1", "5")


def toned(word: str) -> str:
    """A word in lower case, its letters with their marks, its tone as a number at the end."""
    tone, letters = "", []
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in TONES:
            tone = TONES[letter]
        else:
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)).replace("ð", "đ") + tone


@lru_cache(maxsize=5_000)
def glued(word: str) -> tuple[str, ...]:
    """Words that lost the space between them (hạtầng, vịlà), parted; () when the word is none of these.

    Only a word with marks that is no syllable itself is parted, so that no foreign word is torn.
    """
    whole = unicodedata.normalize("NFC", word)
    if not 4 <= len(whole) <= _MOST_GLUED * _LONGEST or not whole.isalpha() or bare(whole.lower()) == whole.lower():
        return ()
    if is_syllable(toned(whole)) or bare(whole.lower()) in FOLDED:  # luạn: one wrong mark
        return ()
    return _parted(whole, _MOST_GLUED) or ()


def _parted(word: str, most: int) -> tuple[str, ...] | None:
    """The parts, as few as can be, a part that opens with a consonant before one that does not."""
    if is_syllable(toned(word)):
        return (word,)
    if most < 2:
        return None
    found: list[tuple[tuple[int, int], tuple[str, ...]]] = []
    for at in range(2, min(_LONGEST, len(word) - 2) + 1):
        if not is_syllable(toned(word[:at])):
            continue
        rest = _parted(word[at:], most - 1)
        if rest:
            found.append(((len(rest), _doubtful(bare(word[at:]).lower())), (word[:at], *rest)))
    return min(found)[1] if found else None


def _doubtful(rest: str) -> int:
    """How unlikely a syllable begins here: with a vowel (hạt|ầng), or with a g torn from ng (trun|gương)."""
    return 2 if rest[0] == "g" and rest[1] not in "ih" else int(rest[0] in "aeiouy")


@lru_cache(maxsize=5_000)
def _level(letter: str) -> str:
    plain = bare(letter.lower())
    return plain if len(plain) == 1 else letter


def level(text: str) -> str:
    """Lower case without marks, letter for letter, so that places in it are places in the text."""
    return "".join(map(_level, text))
