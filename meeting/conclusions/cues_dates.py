"""The day by which something is to be done, as a sentence says it. Pure; texts come folded (`cues.fold`).

Only a whole day is a date. "Trước ngày 20/12" has no year: it is asked, with the likely year as a question. A month, a quarter
or a year that is named whole ends on its last day.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

#: Words that make a day a limit. "Đến ngày …" also tells how things stood: it counts only for days to come.
LIMIT = (
    r"(?:truoc|cham nhat(?: la)?(?: den| vao)?|muon nhat(?: la)?(?: vao)?|den het|den|trong|het|khong qua|xong|"
    r"hoan thanh(?: vao| den)?|vao|thoi han|han(?: cuoi| chot| bao cao| hoan thanh)?)"
)
HOUR = r"(?:\d{1,2}\s*(?:gio|h|:)\s*(?:\d{1,2})?\s*(?:phut)?\s*,?\s*)?"
BEGIN = rf"\b(?P<limit>{LIMIT})\s*:?\s*(?:la\s+)?{HOUR}"
YEAR = r"(?:\s*(?:[/.-]|,?\s*nam)\s*(?P<year>\d{4})\b)?"
DAY = re.compile(rf"{BEGIN}(?:ngay\s+)?(?P<day>\d{{1,2}})\s*(?:[/.-]|\s+thang\s+)\s*(?P<month>\d{{1,2}})(?!\d){YEAR}(?![/.-]?\d)")
SPOKEN = re.compile(
    rf"{BEGIN}(?:ngay\s+)(?P<day>\d{{1,2}})\s*(?:[/.-])\s*(?P<month>\d{{1,2}})\s*[/.-]\s*(?P<short>\d{{2}})(?!\d)"
)
MONTH = re.compile(rf"{BEGIN}(?:cuoi\s+)?thang\s+(?P<month>\d{{1,2}})(?!\d){YEAR}(?![/.-]?\d)")
QUARTER = re.compile(rf"{BEGIN}(?:cuoi\s+)?quy\s+(?P<quarter>iv|i{{1,3}}|[1-4])\b{YEAR}")
WHOLE_YEAR = re.compile(rf"{BEGIN}(?:cuoi\s+)?nam\s+(?P<year>\d{{4}})\b")
#: Limits that are no days: they are shown as they were said, and the date is asked.
VAGUE = re.compile(
    rf"\b{LIMIT}\s+(?:vong\s+)?(?:tuan (?:nay|toi|sau)|thang (?:nay|toi|sau)|quy (?:nay|toi)|nam nay|cuoi (?:thang|nam|tuan)|"
    r"\d{1,3} (?:ngay|tuan|thang)(?: lam viec)?)\b"
)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
FINISH = re.compile(r"\b(?:hoan thanh|xong|han)\b[^.;]{0,40}$")


@dataclass(frozen=True)
class Limit:
    """A limit as said: the whole day, or (`likely`) the day that is probably meant, to be asked; where it stands."""

    day: date | None
    likely: date | None
    start: int
    end: int
    finishes: bool = False  # said of the end of the work, not of a report on the way


def limits_of(folded: str, held_on: date | None) -> list[Limit]:
    """All limits in a sentence, in its order. Days before the meeting are no limits."""
    found = [each for each in _said(folded) if each.day is None or held_on is None or each.day >= held_on]
    taken: list[Limit] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not taken or each.start >= taken[-1].end:
            taken.append(_guessed(folded, each, held_on))
    return taken


def _said(folded: str) -> Iterator[Limit]:
    """Every way to say a limit; those without a year come with the year 1 in `likely`, to be guessed."""
    for hit in DAY.finditer(folded):
        yield from _limit(hit, int(hit["month"]), int(hit["day"]), _before(hit, exact=True))
    for hit in SPOKEN.finditer(folded):
        found = _date(2000 + int(hit["short"]), int(hit["month"]), int(hit["day"]))
        if found is not None:
            yield Limit(None, found, hit.start(), hit.end())
    for hit in MONTH.finditer(folded):
        yield from _limit(hit, int(hit["month"]), None, _before(hit))
    for hit in QUARTER.finditer(folded):
        number = QUARTERS.get(hit["quarter"]) or int(hit["quarter"])
        yield from _limit(hit, number * 3, None, 3 if _before(hit) else 0)
    for hit in WHOLE_YEAR.finditer(folded):
        yield from _limit(hit, 12, None, 12 if _before(hit) else 0)
    for hit in VAGUE.finditer(folded):
        yield Limit(None, None, hit.start(), hit.end())


def _before(hit: re.Match[str], exact: bool = False) -> int:
    """How many months "trước" goes back: before March is the end of February. Before a day is that day, as the desk enters it."""
    return 1 if hit["limit"] == "truoc" and not exact else 0


def _limit(hit: re.Match[str], month: int, day: int | None, back: int) -> Iterator[Limit]:
    year = int(hit["year"]) if hit["year"] else None
    asked = _day_in(year or 2000, month, day, back)
    if asked is not None or (year is None and (month, day) == (2, 29)):
        yield Limit(asked if year else None, None if year else date(1, month, 1), hit.start(), hit.end())


def _day_in(year: int, month: int, day: int | None, back: int = 0) -> date | None:
    if not 1 <= month <= 12:
        return None
    if day is not None:
        return _date(year, month, day)
    if back:
        year, month = (year, month - back) if month > back else (year - 1, month - back + 12)
    return _date(year, month, monthrange(year, month)[1]) if year > 0 else None


def _guessed(folded: str, each: Limit, held_on: date | None) -> Limit:
    """The limit with its likely day: the next such day after the meeting."""
    finishes = FINISH.search(folded[: each.start]) is not None or folded[each.start :].startswith(("hoan thanh", "xong", "han"))
    likely = each.likely
    if likely is not None and likely.year == 1:
        likely = _next(folded[each.start : each.end], held_on) if held_on else None
    return Limit(each.day, likely, each.start, each.end, finishes)


def _next(said: str, held_on: date) -> date | None:
    """What was said without a year, in the first year in which it lies after the meeting."""
    for year in (held_on.year, held_on.year + 1):
        found = [each.day for each in _said(f"{said}/{year}") if each.day is not None]
        if found and found[0] >= held_on:
            return found[0]
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
