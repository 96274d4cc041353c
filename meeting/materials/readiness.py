"""How far the members are prepared: how many have opened each paper and each item. Pure; counts only, never names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PaperSeen:
    """A paper as it is counted: its versions' files, the newest last, and the members who can read it."""

    requirement_id: int
    item_id: int | None
    files: tuple[int, ...]
    members: frozenset[int]


@dataclass(frozen=True)
class Share:
    """How many of how many members; `older_only` of them have opened an earlier version, but not the newest."""

    opened: int
    members: int
    older_only: int = 0

    @property
    def percent(self) -> int | None:
        """In per cent, rounded half up, but 100 only when it is all and 0 only when it is nobody; None without members."""
        if not self.members:
            return None
        rounded = (self.opened * 200 + self.members) // (self.members * 2)
        if 0 < self.opened < self.members:
            return min(99, max(1, rounded))
        return rounded

    @property
    def nobody(self) -> bool:
        """Whether there is something to open and nobody has."""
        return self.members > 0 and self.opened == 0


def paper_share(paper: PaperSeen, opened: Mapping[int, frozenset[int]]) -> Share:
    """How many members have opened a paper in its newest version; `opened` gives the files each person has opened."""
    newest = paper.files[-1] if paper.files else 0
    own = {person: opened.get(person, frozenset()) for person in paper.members}
    current = sum(newest in files for files in own.values())
    older = sum(newest not in files and not files.isdisjoint(paper.files) for files in own.values())
    return Share(current, len(paper.members), older)


def item_share(papers: Sequence[PaperSeen], opened: Mapping[int, frozenset[int]]) -> Share:
    """How many members have opened at least one paper of an item, in any version, of those who can read one."""
    members = frozenset(person for paper in papers for person in paper.members)
    seen = sum(
        any(person in paper.members and not opened.get(person, frozenset()).isdisjoint(paper.files) for paper in papers)
        for person in members
    )
    return Share(seen, len(members))


def least_first(shares: Mapping[int, Share], order: Sequence[int]) -> list[int]:
    """Item ids: what nobody has opened first, then by share, the programme's order where equal; without papers last."""

    def key(item_id: int) -> tuple[bool, float, int]:
        share = shares.get(item_id)
        if share is None or not share.members:
            return True, 0.0, order.index(item_id)
        return False, share.opened / share.members, order.index(item_id)

    return sorted(order, key=key)
