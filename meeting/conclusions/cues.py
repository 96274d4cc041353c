"""Reading a task out of a sentence of the chair: "Giao A chủ trì, phối hợp với B; hoàn thành trước ngày 15/12/2026".

What is found is offered to the secretary, never entered by itself. What is not said stays open and is asked: no date is
ever invented (a date without its year is not a date).
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cue:
    """What a sentence says about a task. `leads` has more than one unit when the sentence names two leaders."""

    leads: tuple[int, ...] = ()
    cooperating: tuple[int, ...] = ()
    due_on: date | None = None

    @property
    def is_task(self) -> bool:
        """Whether the sentence gives anything to anybody."""
        return bool(self.leads)

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be asked: "lead" when there are two, "due" when no whole date was said."""
        return (("lead",) if len(self.leads) > 1 else ()) + (("due",) if self.leads and not self.due_on else ())


END = r";|\.(?:\s|$)|$"  # of a clause


def read_cue(text: str, units: Mapping[int, tuple[str, ...]]) -> Cue:
    """The task in a sentence. `units` gives each unit's names, full and short; case and marks do not matter."""
    folded = fold(text)
    given = re.search(rf"\bgiao\b(?P<who>.+?)(?=\bchu tri\b|\bphoi hop\b|\bthuc hien\b|:|{END})", folded)
    with_whom = re.search(rf"\bphoi hop (?:voi|cung)\b(?P<who>.+?)(?=\bhoan thanh\b|\btruoc ngay\b|{END})", folded)
    leads = named(given["who"], units) if given else ()
    helpers = named(with_whom["who"], units) if with_whom else ()
    return Cue(leads, tuple(u for u in helpers if u not in leads), due_date(folded))


def named(segment: str, units: Mapping[int, tuple[str, ...]]) -> tuple[int, ...]:
    """The units a piece of text names, in order; the longest name wins where one contains another."""
    names = sorted(((fold(n), u) for u, many in units.items() for n in many if n.strip()), key=lambda p: -len(p[0]))
    found: dict[int, int] = {}
    rest = segment
    for name, unit in names:
        for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", rest):
            found.setdefault(unit, hit.start())
            rest = rest[: hit.start()] + " " * len(name) + rest[hit.end() :]
    return tuple(sorted(found, key=lambda unit: found[unit]))


DATES = (
    re.compile(r"\b(?:truoc|den|trong) (?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b"),
    re.compile(r"\b(?:truoc|den|trong) ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})\b"),
)
MONTH = re.compile(r"\btrong thang (\d{1,2})\s*(?:/| nam )\s*(\d{4})\b")


def due_date(folded: str) -> date | None:
    """The day a sentence names as its limit, or None. "Trong tháng 12/2026" means the last day of that month."""
    for pattern in DATES:
        for day, month, year in pattern.findall(folded):
            if (found := _date(int(year), int(month), int(day))) is not None:
                return found
    if (whole := MONTH.search(folded)) is not None:
        month, year = int(whole[1]), int(whole[2])
        return _date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


#: Letters and dashes that are typed in more than one way.
ALIKE = str.maketrans({"Đ": "D", "Ð": "D", "đ": "d", "–": "-", "—": "-"})


def fold(text: str) -> str:
    """Letters without marks and case, spaces single: "Phòng Kinh tế" and "PHÒNG KINH TẾ" are the same name."""
    plain = unicodedata.normalize("NFD", text.translate(ALIKE))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).lower().split())
