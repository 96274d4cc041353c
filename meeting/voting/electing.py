"""Who is elected, and who goes into a further round. Pure.

Sources: Nghị quyết 104/2025/UBTVQH15, Điều 16 and forms 1, 3.1, 3.2, 5, 6 (each person for or against; the share is of ALL
delegates); Luật Tổ chức chính quyền địa phương 72/2025/QH15 (elected with more than half of all). Where more pass than there
are seats, those with most votes are elected; of those with equal votes around the last seat nobody is: they stand again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ELECTED, BELOW, FEWER, TIED = "elected", "not_elected", "fewer_votes", "tied_for_seat"


@dataclass(frozen=True)
class Elected:
    """What became of each candidate, by line id, and who stands again for the seats left."""

    outcomes: Mapping[int, str]
    seats: int
    again: tuple[int, ...] = ()

    @property
    def people(self) -> tuple[int, ...]:
        """The line ids of those elected."""
        return tuple(line for line, outcome in self.outcomes.items() if outcome == ELECTED)

    @property
    def left(self) -> int:
        """Seats that nobody has won."""
        return self.seats - len(self.people)


def elect(votes: Mapping[int, int], needed: Mapping[int, int], seats: int) -> Elected:
    """Fills so many seats from the candidates' votes in favour; `needed` says how many each must have.

    Candidates keep the order of the paper. Whoever stands again: those with equal votes for the last seat, else, when too few
    had enough, everybody who was not elected.
    """
    enough = [line for line in votes if votes[line] >= needed[line]]
    outcomes = dict.fromkeys(votes, BELOW)
    if len(enough) <= seats:
        outcomes |= dict.fromkeys(enough, ELECTED)
        again = _rest(outcomes) if len(enough) < seats else ()
        return Elected(outcomes, seats, again)
    last = sorted((votes[line] for line in enough), reverse=True)[seats - 1] if seats else max(votes[line] for line in enough) + 1
    above = [line for line in enough if votes[line] > last]
    level = [line for line in enough if votes[line] == last]
    outcomes |= {line: FEWER for line in enough if votes[line] < last} | dict.fromkeys(above, ELECTED)
    if len(above) + len(level) <= seats:
        outcomes |= dict.fromkeys(level, ELECTED)
        return Elected(outcomes, seats)
    outcomes |= dict.fromkeys(level, TIED)
    return Elected(outcomes, seats, tuple(line for line in votes if outcomes[line] == TIED))


def _rest(outcomes: Mapping[int, str]) -> tuple[int, ...]:
    return tuple(line for line, outcome in outcomes.items() if outcome != ELECTED)


CHOSEN, NOT_CHOSEN, LEVEL = "chosen", "not_chosen", "tied"


def prefer(votes: Mapping[int, int], needed: Mapping[int, int]) -> Elected:
    """Which of several alternatives is chosen: the one that has enough; with two that have, the one with more votes.

    When none is chosen the two that lead (with those level with the second) are put to the vote again.
    """
    enough = [line for line in votes if votes[line] >= needed[line]]
    most = max((votes[line] for line in enough), default=0)
    leading = [line for line in enough if votes[line] == most]
    if len(leading) == 1:
        return Elected({line: CHOSEN if line in leading else NOT_CHOSEN for line in votes}, 1)
    outcomes = {line: LEVEL if line in leading else NOT_CHOSEN for line in votes}
    return Elected(outcomes, 1, tuple(leading) or _two_leading(votes))


def _two_leading(votes: Mapping[int, int]) -> tuple[int, ...]:
    ranked: Sequence[int] = sorted(votes.values(), reverse=True)
    if len(ranked) < 2 or not ranked[0]:
        return ()
    second = ranked[1] or ranked[0]
    again = tuple(line for line in votes if votes[line] >= second)
    return again if len(again) > 1 else ()
