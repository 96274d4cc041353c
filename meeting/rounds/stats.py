"""What came back in a written round, counted by option, unit and day. Pure; every sum is exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meeting.voting import majority


@dataclass(frozen=True)
class Asked:
    """Somebody on the register, with the unit they belonged to when it was frozen."""

    person_id: int
    unit_id: int | None = None


@dataclass(frozen=True)
class Given:
    """One answer as it stands, and the day it was last given on (local)."""

    person_id: int
    choice: str
    day: date


def counts(options: Sequence[str], answers: Iterable[Given]) -> dict[str, int]:
    """How many chose each option, in the order of the slip; those that nobody chose too."""
    found = dict.fromkeys(options, 0)
    for each in answers:
        found[each.choice] += 1
    return found


def by_unit(options: Sequence[str], asked: Sequence[Asked], answers: Sequence[Given]) -> list[dict[str, Any]]:
    """For each unit: asked, answered, counts. People without a unit come last, as `unit_id` None. The sums are those of all."""
    units: dict[int | None, list[int]] = {}
    for each in asked:
        units.setdefault(each.unit_id, []).append(each.person_id)
    given = {each.person_id: each for each in answers}
    rows = []
    for unit_id in sorted(units, key=lambda each: (each is None, each or 0)):
        theirs = [given[person] for person in units[unit_id] if person in given]
        numbers = {"asked": len(units[unit_id]), "answered": len(theirs)}
        rows.append({"unit_id": unit_id, **numbers, "counts": counts(options, theirs)})
    return rows


def by_day(options: Sequence[str], answers: Sequence[Given]) -> list[dict[str, Any]]:
    """For each day on which answers came: how many, their counts, and how many had come until its end."""
    days: dict[date, list[Given]] = {}
    for each in answers:
        days.setdefault(each.day, []).append(each)
    rows, so_far = [], 0
    for day in sorted(days):
        so_far += len(days[day])
        rows.append({"day": day.isoformat(), "answered": len(days[day]), "so_far": so_far, "counts": counts(options, days[day])})
    return rows


def without_choices(result: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen result for those who do not read by name: in a unit of one, or on a day with one answer, the counts by option
    would say how somebody answered, so units and days tell only how many did."""
    plain = {
        name: [{key: value for key, value in row.items() if key != "counts"} for row in result[name]]
        for name in ("by_unit", "by_day")
    }
    return {**result, **plain}


def percent(part: int, whole: int) -> str:
    """A share as people read it: 2/3 is 66,67%, from the exact fraction."""
    return majority.percent(majority.share(part, whole))


def silent(asked: Iterable[Asked], answers: Iterable[Given]) -> list[int]:
    """Who has not answered, in the order of the register."""
    given = {each.person_id for each in answers}
    return [each.person_id for each in asked if each.person_id not in given]


def agree(result: Mapping[str, Any]) -> bool:
    """Whether the sums of a frozen result agree with one another (checked before it is written, and by tests)."""
    answered = sum(result["counts"].values())
    units, days = result["by_unit"], result["by_day"]
    return (
        answered == result["answered"]
        and result["asked"] == result["answered"] + result["silent"]
        and sum(row["asked"] for row in units) == result["asked"]
        and all(sum(row["counts"][key] for row in units) == number for key, number in result["counts"].items())
        and all(sum(row["counts"][key] for row in days) == number for key, number in result["counts"].items())
        and all(sum(row["counts"].values()) == row["answered"] for row in [*units, *days])
    )
