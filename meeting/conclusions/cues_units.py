"""The units that a text names: full names, short names, and the ways people shorten them. Pure; texts come folded.

"Phòng Văn hóa – Xã hội" is also "Phòng VH-XH", "P. VHXH", "Phòng Văn hóa và Xã hội"; where a shorter form would mean two units it
means none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from meeting.conclusions.folding import fold

#: Long and short forms of what names begin with or hold.
FORMS = (
    (
        "uy ban mat tran to quoc viet nam",
        r"(?:uy ban mat tran to quoc(?: viet nam)?|(?:uy ban\s*|ub\s*)?mttq(?: viet nam|\s*vn)?)",
    ),
    ("mat tran to quoc viet nam", r"(?:mat tran to quoc(?: viet nam)?|mttq(?:\s*vn)?)"),
    ("hoi dong nhan dan", r"(?:hoi dong nhan dan|hdnd)"),
    ("uy ban nhan dan", r"(?:uy ban nhan dan|ubnd)"),
    ("hdnd", r"(?:hoi dong nhan dan|hdnd)"),
    ("ubnd", r"(?:uy ban nhan dan|ubnd)"),
    ("van phong", r"(?:van phong|vp)"),
    ("trung tam", r"(?:trung tam|tt)"),
    ("cong an", r"(?:cong an|ca(?= (?:phuong|xa)))"),
    ("phong", r"(?:phong|p\.|p(?= ))"),
)
HEADS = ("van phong", "trung tam", "ban chi huy", "phong", "ban", "hoi", "doan", "to")
PLACE = re.compile(r"\s(?:phuong|xa(?! hoi)|dac khu)(?:\s.*)?$")
JOINT = r"(?:\s*[,&/-]+\s*(?:va\s+)?|\s+(?:va\s+|&\s*)?)"
SPLIT = re.compile(r"\s*[,&/-]+\s*(?:va\s+)?|\s+va\s+")

Names = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True)
class Hit:
    """A unit named in a text."""

    unit: int
    start: int
    end: int


def hits_of(folded: str, units: Names) -> list[Hit]:
    """The units named in a text, in its order; the longest name wins where one contains another."""
    rest, found = folded, []
    for pattern, unit in _patterns(tuple((unit, names) for unit, names in units.items())):
        for hit in pattern.finditer(rest):
            found.append(Hit(unit, hit.start(), hit.end()))
            rest = rest[: hit.start()] + "\0" * (hit.end() - hit.start()) + rest[hit.end() :]
    return sorted(found, key=lambda each: each.start)


@lru_cache(maxsize=16)
def _patterns(units: tuple[tuple[int, tuple[str, ...]], ...]) -> list[tuple[re.Pattern[str], int]]:
    """One pattern for each way to name a unit, the longest first. A shortened way that two units share is nobody's."""
    sure = {(fold(name), unit) for unit, names in units for name in names if name.strip()}
    known = {name for name, _ in sure}
    short = Counter(way for way, _ in {(way, unit) for name, unit in sure for way in _shortened(name)})
    loose = {(way, unit) for name, unit in sure for way in _shortened(name) if short[way] == 1 and way not in known}
    ways = sorted(sure | loose, key=lambda pair: -len(pair[0]))
    return [(re.compile(rf"(?<!\w){_pattern(way)}(?!\w)"), unit) for way, unit in ways]


def _shortened(name: str) -> Iterator[str]:
    """Shorter ways to say a folded name: without its place, only its first part, its parts by their first letters."""
    bare = PLACE.sub("", name)
    if bare != name:
        yield bare
        yield f"{bare} {name[len(bare) :].split(maxsplit=1)[0]}"
    head = next((each for each in HEADS if bare.startswith(f"{each} ")), "")
    parts = [part for part in SPLIT.split(bare[len(head) :].strip()) if part]
    if not head or not parts:
        return
    if head == "van phong":
        yield head
    if len(parts) > 1 and len(parts[0].split()) > 1:
        yield f"{head} {parts[0]}"
    letters = ["".join(word[0] for word in part.split()) for part in parts]
    if len("".join(letters)) > 1:
        yield f"{head} {' - '.join(letters)}"
        yield f"{head} {''.join(letters)}"


def _pattern(way: str) -> str:
    """A folded name as a pattern in which dashes, commas and "và" may be set in any of the usual ways."""
    pattern = JOINT.join(re.escape(part).replace(r"\ ", r"\s+") for part in SPLIT.split(way) if part)
    for long, forms in FORMS:
        plain = re.compile(rf"(?<![a-z\\]){re.escape(_spaced(long))}(?![a-z])")
        hit = plain.search(pattern)
        if hit is not None:
            return pattern[: hit.start()] + _spaced(forms) + pattern[hit.end() :]
    return pattern


def _spaced(words: str) -> str:
    return words.replace(" ", r"\s+")
