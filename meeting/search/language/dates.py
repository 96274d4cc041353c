"""Days, months, quarters and years as people type them: other ways to write them in a text, and the days they mean in a field.

Pure. `today` is only asked for what is told from it (hôm qua, tháng này).
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from meeting.search.language.syllabary import level

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d\d?)"
_MONTH = r"(?P<m>\d\d?)"
_SPACE = r"[ \t]{0,3}"
_LEAD = r"(?<![\w/.\-])"
_END = r"(?![\w/]|[.,\-]\d)"
_TAIL = rf"(?:{_SPACE}[/\-]{_SPACE}|{_SPACE}nam{_SPACE}){_YEAR}"
_MONTHS = {"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_MONTH_NAMES = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_SPOKEN = r"(?P<m>gieng|mot|hai|ba|tu|sau|bay|tam|chin|muoi(?: mot| hai)?|chap)"
_ROMAN = ("I", "II", "III", "IV")
_QUARTER = r"(?P<q>iv|i{1,3}|[1-4]|mot|hai|ba|bon|tu)"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}


@dataclass(frozen=True)
class Said:
    """A date that stands in a question: where, the ways to write it, and what it means."""

    start: int
    end: int
    ways: tuple[str, ...]  # as typed first
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None


def _full_day(day: int, month: int, year: int) -> tuple[str, ...]:
    return (f"{day}/{month}/{year}", f"{day} tháng {month} năm {year}")


def _day(day: int, month: int) -> tuple[str, ...]:
    return (f"{day}/{month}", f"{day} tháng {month}")


def _month(month: int, year: int | None) -> tuple[str, ...]:
    if year is None:
        return (f"tháng {month}", f"tháng {_MONTH_NAMES[month - 1]}")
    return (
        f"tháng {month}/{year}",
        f"tháng {month} năm {year}",
        f"{month}/{year}",
        f"tháng {_MONTH_NAMES[month - 1]} năm {year}",
    )


def _quarter(quarter: int, year: int | None) -> tuple[str, ...]:
    roman = _ROMAN[quarter - 1]
    if year is None:
        return (f"quý {roman}", f"quý {quarter}")
    months = tuple(f"tháng {month} năm {year}" for month in range(3 * quarter - 2, 3 * quarter + 1))
    return (f"quý {roman}/{year}", f"quý {quarter}/{year}", f"quý {roman} năm {year}", f"quý {quarter} năm {year}", *months)


_Reader = Callable[[re.Match[str], str], Said | None]


def _number(match: re.Match[str], name: str) -> int | None:
    found = match.groupdict().get(name)
    return int(found) if found else None


def _said_day(match: re.Match[str], typed: str) -> Said | None:
    day, month, year = int(match["d"]), int(match["m"]), _number(match, "y")
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2024, month)[1]:
        return None
    ways = _full_day(day, month, year) if year else _day(day, month)
    return Said(*match.span(), (typed, *ways), year, month, day)


def _said_month(match: re.Match[str], typed: str) -> Said | None:
    word, year = match["m"], _number(match, "y")
    month = int(word) if word.isdigit() else _spoken_month(word)
    if not 1 <= month <= 12 or (word == "sau" and not year and "sáu" not in typed.lower()):  # tháng sau: next month
        return None
    return Said(*match.span(), (typed, *_month(month, year)), year, month)


def _spoken_month(word: str) -> int:
    if word == "chap":
        return 12
    first, _, second = word.partition(" ")
    return _MONTHS[first] + (_MONTHS[second] if second else 0)


def _said_quarter(match: re.Match[str], typed: str) -> Said | None:
    quarter, year = _QUARTERS[match["q"]], _number(match, "y")
    return Said(*match.span(), (typed, *_quarter(quarter, year)), year, quarter=quarter)


def _said_year(match: re.Match[str], typed: str) -> Said | None:
    return Said(*match.span(), (typed, match["y"]), int(match["y"]))


#: Read in this order on the text without marks; what one has read is closed to the next.
_PATTERNS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(_LEAD + pattern + _END), reader)
    for pattern, reader in (
        (rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)", _said_day),
        (rf"(?:ngay{_SPACE})?{_DAY}{_SPACE}(?P<sep>[/.\-]){_SPACE}{_MONTH}{_SPACE}(?P=sep){_SPACE}{_YEAR}", _said_day),
        (rf"(?:ngay )?{_DAY} thang {_MONTH}(?:,? nam {_YEAR})?", _said_day),
        (rf"thang{_SPACE}{_MONTH}(?:{_TAIL})?", _said_month),
        (rf"thang {_SPOKEN}(?:{_TAIL})?", _said_month),
        (rf"{_MONTH}/{_YEAR}", _said_month),
        (rf"qu[yi] {_QUARTER}(?:{_TAIL})?", _said_quarter),
        (rf"(?:ngay )?{_DAY}/{_MONTH}", _said_day),
        (rf"ngay {_DAY}[.\-]{_MONTH}", _said_day),
        (rf"nam {_YEAR}", _said_year),
    )
)


def said_in(typed: str) -> list[Said]:
    """The dates that stand in a cleaned question, in order, none overlapping another."""
    plain = level(typed)
    found: list[Said] = []
    for pattern, reader in _PATTERNS:
        for match in pattern.finditer(plain):
            said = reader(match, typed[slice(*match.span())])
            if said:
                found.append(said)
                plain = plain[: said.start] + "\0" * (said.end - said.start) + plain[said.end :]
    return sorted(found, key=lambda said: said.start)


Period = tuple[date, date]


def period(typed: str, today: date) -> Period | None:
    """The first and the last day that a value of a field means (tháng 6, quý I, 2026, hôm qua, tuần trước), else None."""
    plain = " ".join(level(typed).split())
    told = _told(plain, today)
    if told:
        return told
    if re.fullmatch(r"(?:19|20)\d\d", plain):
        return date(int(plain), 1, 1), date(int(plain), 12, 31)
    found = said_in(typed.strip())
    if len(found) != 1 or (found[0].end - found[0].start) != len(typed.strip()):
        return None
    return _days(found[0], today)


def _days(said: Said, today: date) -> Period | None:
    if said.day and said.month:
        year = said.year or _year_of(said.month, today)
        if said.day > calendar.monthrange(year, said.month)[1]:
            return None
        day = date(year, said.month, said.day)
        return day, day
    if said.month:
        return month_days(said.year or _year_of(said.month, today), said.month)
    if said.quarter:
        year = said.year or _year_of(3 * said.quarter - 2, today)
        return month_days(year, 3 * said.quarter - 2)[0], month_days(year, 3 * said.quarter)[1]
    return (date(said.year, 1, 1), date(said.year, 12, 31)) if said.year else None


def _year_of(month: int, today: date) -> int:
    """A month without a year: of this year, or of the last one when it is more than a month ahead."""
    return today.year - (month > today.month + 1)


def month_days(year: int, month: int) -> Period:
    """The first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _told(plain: str, today: date) -> Period | None:
    """Days told from today."""
    days = {"hom nay": 0, "hom qua": -1, "hom kia": -2, "ngay mai": 1, "mai": 1}
    if plain in days:
        day = today + timedelta(days=days[plain])
        return day, day
    match = re.fullmatch(r"(\d{1,3}) (ngay|tuan) (?:qua|truoc|gan day|vua qua)", plain)
    if match:
        return today - timedelta(days=int(match[1]) * (7 if match[2] == "tuan" else 1)), today
    match = re.fullmatch(r"(dau|cuoi) (tuan|thang|quy|nam)(?: nay)?", plain)
    if match:
        first, last = _around(match[2], 0, today)
        return (first, today) if match[1] == "dau" else (max(first, today), last)
    match = re.fullmatch(r"(tuan|thang|quy|nam) (nay|truoc|qua|vua qua|roi|ngoai|sau|toi|nay)", plain)
    if not match:
        return None
    steps = {"nay": 0, "sau": 1, "toi": 1}.get(match[2], -1)
    return _around(match[1], steps, today)


def _around(unit: str, steps: int, today: date) -> Period:
    """The week, month, quarter or year so many steps from today's."""
    if unit == "tuan":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * steps)
        return monday, monday + timedelta(days=6)
    if unit == "nam":
        return date(today.year + steps, 1, 1), date(today.year + steps, 12, 31)
    length = 3 if unit == "quy" else 1
    first = (today.year * 12 + today.month - 1) // length * length + steps * length
    last = first + length - 1
    return month_days(first // 12, first % 12 + 1)[0], month_days(last // 12, last % 12 + 1)[1]
