"""What is fetched ahead is what is then asked for: nothing of a question goes to the engine by itself."""

from collections.abc import Sequence

import pytest
from pyroaring import BitMap

from meeting.search.finding import tiers
from meeting.search.language import wanted

TYPED = [
    "via he",
    "vỉa hè",
    "kết luận của UBND tỉnh về đầu tư công",
    '"lấn chiếm lòng đường" -"vỉa hè" -đất',
    "135/TB-UBND ngày 7/11/2026",
    "TBKL tháng 6 đơn vị:kinh",
    "a b c d e f g",
    "số 61",
    "họp",
    "",
]


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_asked_was_fetched_ahead(typed: str) -> None:
    question = wanted.read(typed)
    asked: set[tuple[str, ...]] = set()

    def find(terms: Sequence[str]) -> BitMap:
        if terms:
            asked.add(tuple(sorted(set(terms))))
        return BitMap([1]) if terms else BitMap()

    tiers.phrases(find, question)
    ahead = {tuple(sorted(set(terms))) for terms in tiers.asked_for(question)}
    assert asked <= ahead

    tiers.loose(find, question)
    assert asked <= ahead | {tuple(sorted(set(terms))) for terms in tiers.asked_for_loosely(question)}
