"""The figures of a judged query. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

AT = 10


@dataclass(frozen=True)
class Figures:
    """How well a query, or a class of them, is answered; 1 is best."""

    reciprocal: float  # 1 / place of the first relevant document
    recall: float  # share of the relevant documents among the first ten


def reciprocal_rank(found: Sequence[str], relevant: Collection[str]) -> float:
    """1 / place of the first that is relevant; 0 when none is."""
    return next((1 / place for place, each in enumerate(found, start=1) if each in relevant), 0.0)


def recall(found: Sequence[str], relevant: Collection[str], at: int = AT) -> float:
    """Share of the relevant ones that stand among the first `at`; where there are more than `at`, all places may be theirs."""
    wanted = min(at, len(set(relevant)))
    return len(set(found[:at]) & set(relevant)) / wanted if wanted else 1.0


def judged(found: Sequence[str], relevant: Collection[str]) -> Figures:
    """Both figures. Where nothing is relevant the answer must be empty."""
    if not relevant:
        return Figures(0.0, 0.0) if found else Figures(1.0, 1.0)
    return Figures(reciprocal_rank(found, relevant), recall(found, relevant))


def mean(figures: Iterable[Figures]) -> Figures:
    """The mean of several."""
    every = list(figures)
    return Figures(fmean(each.reciprocal for each in every), fmean(each.recall for each in every))
