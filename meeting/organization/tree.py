"""Pure rules of the tree of units: what lies below what, and that nothing lies below itself."""

from collections.abc import Iterable, Mapping

from meeting.errors import N_, Refused, declare

declare(
    {
        "unit_circle": N_("%(name)s would lie below itself. Choose another unit above it."),
        "unit_deep": N_("Units can lie at most %(most)s below each other."),
    }
)

MOST_DEEP = 8
Parents = Mapping[int, int | None]


def below(parents: Parents, root: int) -> frozenset[int]:
    """A unit and all its parts, however deep."""
    found, edge = {root}, {root}
    while edge:
        edge = {unit for unit, parent in parents.items() if parent in edge} - found
        found |= edge
    return frozenset(found)


def line_above(parents: Parents, unit: int) -> list[int]:
    """The units above one, the nearest first."""
    line: list[int] = []
    above = parents.get(unit)
    while above is not None and above not in line:
        line.append(above)
        above = parents.get(above)
    return line


def check_place(parents: Parents, unit: int, parent: int | None, name: str) -> None:
    """Whether a unit may lie below another: never below itself (`unit_circle`) or too deep (`unit_deep`)."""
    if parent is None:
        return
    parts = below(parents, unit)
    if parent in parts:
        raise Refused("unit_circle", name=name)
    height = max(line_above(parents, part).index(unit) + 1 if part != unit else 0 for part in parts)
    if len(line_above(parents, parent)) + 2 + height > MOST_DEEP:
        raise Refused("unit_deep", most=MOST_DEEP)


def tops(parents: Parents, shown: Iterable[int]) -> set[int]:
    """Those of the shown units above which nothing is shown."""
    there = set(shown)
    return {unit for unit in there if parents.get(unit) not in there}
