"""Field words in a question: đơn vị:, từ:, số:, … with what stands behind them.

Pure. A field word with nonsense or nothing behind it stays among the ordinary words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from meeting.search.language import dates, symbols
from meeting.search.language.syllabary import level
from meeting.search.language.words import folded_forms

MOST_WORDS = 8  # of a name behind a field word


@dataclass(frozen=True, slots=True)
class Fields:
    """What was typed behind field words; empty means any."""

    unit: str = ""
    person: str = ""
    number: str = ""  # a symbol, whole or in part: `symbols.bears`
    kind: str = ""  # a kind of `rules.KINDS`
    body: str = ""
    meeting: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether no field word was typed."""
        return self == Fields()


#: For a field (`unit`, `state` …) whether there is such a value: told by who can look it up.
Known = Mapping[str, Callable[[str], bool]]

#: The words before the colon, without marks, and what they fill.
NAMES: Mapping[str, str] = {
    "don vi": "unit",
    "nguoi": "person",
    "so": "number",
    "so ky hieu": "number",
    "ky hieu": "number",
    "loai": "kind",
    "co quan": "body",
    "cuoc hop": "meeting",
    "phien hop": "meeting",
    "trang thai": "state",
    "tinh trang": "state",
    "tu": "since",
    "tu ngay": "since",
    "den": "until",
    "den ngay": "until",
    "ngay": "period",
    "thang": "period",
    "quy": "period",
    "nam": "period",
}
_KINDS: Mapping[str, str] = {
    "notice": "thông báo kết luận, thông báo, kết luận, tbkl, tb, kl",
    "resolution": "nghị quyết, quyết định, nghị quyết quyết định, nq, qđ",
    "meeting": "cuộc họp, phiên họp, kỳ họp, buổi họp, hội nghị, họp",
    "minutes": "biên bản, biên bản họp, biên bản cuộc họp, bb",
    "paper": "tài liệu, tài liệu họp, báo cáo, tờ trình, tl, bc, ttr",
    "item": "nội dung, nội dung họp, mục, chương trình",
    "question": "biểu quyết, kết quả biểu quyết, bq",
    "task": "nhiệm vụ, việc, nv",
    "opinion": "ý kiến, phát biểu, góp ý, yk",
    "promise": "lời hứa, cam kết, chất vấn",
    "round": "lấy ý kiến bằng văn bản, lấy ý kiến, phiếu lấy ý kiến",
    "person": "người, cán bộ, đại biểu",
    "unit": "đơn vị, phòng, phòng ban",
}
KIND_WORDS: Mapping[str, str] = {folded_forms(word): kind for kind, words in _KINDS.items() for word in (kind, *words.split(","))}

_NAME = re.compile(rf"(?<![\w/])(?P<minus>-)?(?P<name>{'|'.join(sorted(NAMES, key=len, reverse=True))}) ?: {{0,2}}")
_QUOTES = '"“”«»„'
_NEXT = re.compile(rf"{_NAME.pattern}|(?P<quoted>[{_QUOTES}][^{_QUOTES}]*(?:[{_QUOTES}]|\Z))")
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)(?:[{_QUOTES}]|\Z)")
_STOPS = re.compile(rf"[,;{_QUOTES}]|(?<!\S)-(?=\w)")
_WORD = re.compile(r"\S+")


@dataclass
class Taken:
    """The fields that were read, and the spans of the question that they filled."""

    fields: Fields = field(default_factory=Fields)
    left_out: Fields = field(default_factory=Fields)
    spans: list[tuple[int, int]] = field(default_factory=list)


def take(said: str, today: date, known: Known) -> Taken:
    """Reads the field words of a cleaned question."""
    taken = Taken()
    plain = level(said)
    at = 0
    while match := _NEXT.search(plain, at):
        at = match.end()
        if match["quoted"]:  # words in quotes are a phrase, whatever stands in them
            continue
        after = _NAME.search(plain, at)
        name = NAMES[match["name"]]
        filled, used = _filled(name, match["name"], said[at : after.start() if after else len(said)], today, known)
        if not filled or (match["minus"] and not filled.keys().isdisjoint(("since", "until"))):
            continue
        if match["minus"]:
            taken.left_out = replace(taken.left_out, **filled)
        else:
            taken.fields = replace(taken.fields, **filled)
        at += used
        taken.spans.append((match.start(), at))
    return taken


Filled = dict[str, Any]


def _filled(name: str, word: str, rest: str, today: date, known: Known) -> tuple[Filled, int]:
    """What a field gets from the text behind it, and how many letters of it that took; nothing when it makes no sense."""
    quoted = _QUOTED.match(rest)
    if quoted:
        value = _value(name, word, quoted[1].strip(), today, known)
        return value, quoted.end() if value else 0
    if name == "number":
        return _number(rest)
    stop = _STOPS.search(rest)
    open_part = rest[: stop.start()] if stop else rest
    ends = [found.end() for found in _WORD.finditer(open_part)][:MOST_WORDS]
    for end in reversed(ends[: _most(name, open_part, known)]):
        value = _value(name, word, open_part[:end].strip(), today, known)
        if value:
            return value, end
    return {}, 0


def _most(name: str, value: str, known: Known) -> int:
    """How many words a value without quotes may have: an abbreviation is one, a person's name goes on as long as its capitals."""
    words = value.split()
    if name in known or name not in ("unit", "person", "body", "meeting", "state"):
        return MOST_WORDS
    if words and len(words[0]) > 1 and words[0].isupper():
        return 1
    if name == "person" and words and words[0][0].isupper():
        capitals = [word[:1].isupper() for word in words]
        return capitals.index(False) if False in capitals else MOST_WORDS
    return MOST_WORDS


def _number(rest: str) -> tuple[Filled, int]:
    first = symbols.typed_in(rest)
    if first and first[0].start == 0:
        return {"number": first[0].key}, first[0].end
    word = _WORD.match(rest)
    value = word.group().rstrip(".,;") if word else ""
    sense = bool(re.search(r"\w", value)) and (any(letter.isdigit() for letter in value) or "-" in value or "/" in value)
    return ({"number": symbols.key(value)}, len(value)) if sense else ({}, 0)


def _value(name: str, word: str, value: str, today: date, known: Known) -> Filled:
    """The fields that one value fills."""
    if not re.search(r"[^\W_]", value):
        return {}
    if name == "kind":
        kind = KIND_WORDS.get(folded_forms(value))
        return {"kind": kind} if kind else {}
    if name == "number":
        return {"number": symbols.key(value)}
    if name in ("since", "until", "period"):
        days = dates.period(value, today) or (dates.period(f"{word} {value}", today) if name == "period" else None)
        if days is None:
            return {}
        first, last = days
        return {"since": first} if name == "since" else {"until": last} if name == "until" else {"since": first, "until": last}
    return {name: value} if name not in known or known[name](value) else {}
