"""What a search can be narrowed by, with counts: of each value as many documents as would be left, all other filters kept."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import N_
from meeting.organization.models import Unit
from meeting.search.finding import names
from meeting.search.finding.answers import Asked, Facet
from meeting.search.finding.catalogue import Catalogue
from meeting.search.finding.narrowing import Filters, between, in_state
from meeting.search.rules import LABELS, STANDINGS

MOST_VALUES = 12
NO_YEAR = 1900  # what has no day of its own bears this one: see `sources.UNDATED`
PERIODS: Mapping[str, str] = {
    "this-month": N_("This month"),
    "this-quarter": N_("This quarter"),
    "this-year": N_("This year"),
    "last-year": N_("Last year"),
}


def days_of(period: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of a period as it stands in an address; None where it is none."""
    if period == "this-month":
        return today.replace(day=1), _month_end(today.year, today.month)
    if period == "this-quarter":
        first = today.month - (today.month - 1) % 3
        return date(today.year, first, 1), _month_end(today.year, first + 2)
    named = {"this-year": today.year, "last-year": today.year - 1}.get(period)
    year = named or (int(period) if period.isascii() and period.isdigit() and len(period) == 4 else 0)
    return (date(year, 1, 1), date(year, 12, 31)) if year > NO_YEAR else None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Counting:
    """The documents that answer whatever the filters say, and the filters."""

    session: Session
    catalogue: Catalogue
    asked: Asked
    docs: BitMap
    filters: Filters
    today: date
    readable: Callable[[BitMap], BitMap]
    shown: Collection[int] = ()  # meetings of the hits, whose titles are asked for with those that are counted

    def chosen(self, sets: Mapping[Any, BitMap], value: Any) -> Any:
        """The value that was chosen, if the reader may read anything of it: else it is not even named."""
        return value if value and self.readable(sets.get(value, BitMap())) else None

    def without(self, name: str) -> BitMap:
        """What is left by all filters but one."""
        return narrowed(self.docs, {other: docs for other, docs in self.filters.items() if other != name})


def narrowed(docs: BitMap, filters: Filters) -> BitMap:
    """What is left by all filters."""
    return BitMap.intersection(docs, *filters.values()) if filters else docs


def counted(counting: Counting) -> dict[str, list[Facet]]:
    """All facets. A facet with nothing to choose is empty."""
    return {
        "kind": _kinds(counting),
        "body": _bodies(counting),
        "period": _periods(counting),
        "unit": _units(counting),
        "meeting": _meetings(counting),
        "state": _states(counting),
    }


def _kinds(counting: Counting) -> list[Facet]:
    base = counting.without("kind")
    sets = counting.catalogue.by_kind
    numbers = _numbers(base, {kind: sets[kind] for kind in LABELS if kind in sets})
    return _facets(numbers, counting.asked.kind, lambda kind: (kind, LABELS[kind]), most=len(LABELS))


def _bodies(counting: Counting) -> list[Facet]:
    numbers = _numbers(counting.without("body"), counting.catalogue.by_body)
    short = {key: body.short for key, body in names.bodies(counting.session).items()}
    chosen = counting.chosen(counting.catalogue.by_body, counting.asked.body_id)
    return _facets(numbers, chosen, lambda key: (short.get(key, ""), short.get(key, "")))


def _units(counting: Counting) -> list[Facet]:
    chosen = counting.chosen(counting.catalogue.by_unit, counting.asked.unit_id)
    numbers = _most(_numbers(counting.without("unit"), counting.catalogue.by_unit), chosen)
    wanted = select(Unit.id, Unit.name).where(Unit.id.in_([key for key, _ in numbers]))
    called = dict(counting.session.execute(wanted).all()) if numbers else {}
    return _facets(numbers, chosen, lambda key: (str(key), called.get(key, "")))


def _meetings(counting: Counting) -> list[Facet]:
    base = counting.without("meeting")
    chosen = counting.chosen(counting.catalogue.by_meeting, counting.asked.meeting_id)
    numbers = _most(_numbers(base, counting.catalogue.by_meeting), chosen)
    keys = [key for key, _ in numbers]
    known = names.meetings(counting.session, [*keys, *counting.shown])
    called = {key: f"{row.title} · {clock.local(row.starts_at):%d/%m/%Y}" for key in keys if (row := known.get(key))}
    return _facets(numbers, chosen, lambda key: (str(key), called.get(key, "")))


def _states(counting: Counting) -> list[Facet]:
    base = counting.without("state")
    sets = ((word, in_state(counting.catalogue, word, counting.today)) for word in STANDINGS)
    numbers = [(word, number) for word, docs in sets if (number := base.intersection_cardinality(docs))]
    return _facets(numbers, counting.asked.state, lambda word: (word, STANDINGS[word]), most=len(STANDINGS), by_count=False)


def _periods(counting: Counting) -> list[Facet]:
    """This month, quarter and year, last year, and each year before; those that leave nothing are not offered."""
    base, catalogue, today = counting.without("period"), counting.catalogue, counting.today
    chosen = (counting.asked.since, counting.asked.until)
    found: list[Facet] = []
    for name, label in PERIODS.items():
        days = days_of(name, today)
        number = base.intersection_cardinality(between(catalogue, *days)) if days else 0
        if number or chosen == days:
            found.append(Facet(name, label, number, chosen == days))
    for year in sorted(catalogue.by_year, reverse=True):
        number = base.intersection_cardinality(catalogue.by_year[year])
        days = days_of(str(year), today)
        if days and number and year not in (today.year, today.year - 1):
            found.append(Facet(str(year), str(year), number, chosen == days))
    kept = found[:MOST_VALUES]
    return kept + [facet for facet in found[MOST_VALUES:] if facet.chosen]


def _numbers(base: BitMap, sets: Mapping[Any, BitMap]) -> list[tuple[Any, int]]:
    return [(value, number) for value, docs in list(sets.items()) if (number := base.intersection_cardinality(docs))]


def _most(numbers: Iterable[tuple[Any, int]], chosen: Any, most: int = MOST_VALUES) -> list[tuple[Any, int]]:
    """The biggest, and what was chosen even if it leaves nothing."""
    ordered = sorted(numbers, key=lambda each: -each[1])
    kept = ordered[:most]
    if chosen and all(value != chosen for value, _ in kept):
        kept = [*kept[: most - 1], (chosen, dict(ordered).get(chosen, 0))]
    return kept


def _facets(
    numbers: Iterable[tuple[Any, int]],
    chosen: Any,
    called: Callable[[Any], tuple[str, str]],
    most: int = MOST_VALUES,
    by_count: bool = True,
) -> list[Facet]:
    kept = _most(numbers, chosen, most) if by_count else list(numbers)
    if not by_count and chosen and all(value != chosen for value, _ in kept):
        kept.append((chosen, 0))
    named = ((*called(value), number, value == chosen) for value, number in kept)
    return [Facet(value, label, number, on) for value, label, number, on in named if label]
