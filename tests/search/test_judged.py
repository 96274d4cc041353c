"""No judged query may be answered worse than before: a hundred queries over real texts, on either engine.

The record is renewed on purpose with `python -m tests.search.judged --keep`, when a query got better, or when one may get worse
for a reason that the commit gives. `python -m tests.search.judged` alone tells what is found and what is missed;
`make bench` prints the same figures over all texts.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import postgresql
from tests.search.judged import figures, judging, record, texts
from tests.search.judged.figures import Figures, recall, reciprocal_rank
from tests.search.judged.judging import Answer, Query
from tests.search.judged.standing import Standing, a_slice, standing

LEAST = 60


@pytest.mark.parametrize(
    ("found", "relevant", "wanted"),
    [
        (["a"], {"a"}, 1.0),
        (["b", "a"], {"a"}, 0.5),
        (["b", "c", "a", "d"], {"d", "a"}, 1 / 3),
        (["b"], {"a"}, 0.0),
        ([], {"a"}, 0.0),
    ],
)
def test_the_reciprocal_rank_is_that_of_the_first_relevant_document(found: list[str], relevant: set[str], wanted: float) -> None:
    assert reciprocal_rank(found, relevant) == pytest.approx(wanted)


TEN = [str(number) for number in range(10)]


@pytest.mark.parametrize(
    ("found", "relevant", "wanted"),
    [
        (["a", "x", "b"], {"a", "b"}, 1.0),
        (["a"], {"a", "b"}, 0.5),
        ([*TEN, "a"], {"a"}, 0.0),  # the eleventh is not looked at
        (TEN, {*TEN, "a", "b"}, 1.0),  # more are relevant than there is room for
        (["a", "a"], {"a", "b"}, 0.5),
        ([], set(), 1.0),
    ],
)
def test_recall_is_the_share_of_the_relevant_among_the_first_ten(found: list[str], relevant: set[str], wanted: float) -> None:
    assert recall(found, relevant) == pytest.approx(wanted)


def test_where_nothing_is_relevant_nothing_may_be_found() -> None:
    assert figures.judged([], set()) == Figures(1.0, 1.0)
    assert figures.judged(["a"], set()) == Figures(0.0, 0.0)


def test_a_mean_is_taken_of_both_figures() -> None:
    assert figures.mean([Figures(1.0, 0.5), Figures(0.5, 0.0)]) == Figures(0.75, 0.25)


def query(**values: object) -> Query:
    return Query(**{"typed": "vỉa hè", "kind": "plain", "relevant": frozenset({"a"}), "why": "", **values})  # type: ignore[arg-type]


def answer(*keys: str, passages: tuple[str, ...] = (), offers: tuple[str, ...] = ()) -> Answer:
    return Answer(keys, len(keys), passages or tuple("" for _ in keys), offers)


@pytest.mark.parametrize(
    ("asked", "said", "wanted"),
    [
        (query(), answer("b", "a"), Figures(0.5, 1.0)),
        (query(never=frozenset({"b"})), answer("a", "b"), Figures(0.0, 0.0)),
        (query(holds="via he"), answer("a", passages=("Lòng đường, vỉa hè.",)), Figures(1.0, 1.0)),
        (query(holds="via he"), answer("a", passages=("Lòng đường.",)), Figures(0.0, 0.0)),
        (query(relevant=frozenset(), offer="via he"), answer(offers=("vía hè", "vỉa hè")), Figures(1.0, 1.0)),
        (query(relevant=frozenset(), offer="via he"), answer(offers=("lòng đường", "vỉa hè")), Figures(0.5, 1.0)),
        (query(relevant=frozenset(), offer="via he"), answer(), Figures(0.0, 0.0)),
    ],
)
def test_an_answer_is_judged_by_what_it_shows_and_offers(asked: Query, said: Answer, wanted: Figures) -> None:
    assert judging.judge(asked, said) == wanted


def test_every_query_that_got_worse_is_named() -> None:
    before = {"a": Figures(1.0, 1.0), "b": Figures(0.5, 1.0), "c": Figures(1.0, 0.5), "d": Figures(1.0, 1.0)}
    now = {"a": Figures(0.5, 1.0), "b": Figures(1.0, 1.0), "c": Figures(1.0, 0.25)}

    told = record.worse(now, before)

    assert [line.partition(":")[0] for line in told] == ["a", "c", "d"]
    assert record.worse(before, before) == []


def test_the_list_is_long_and_every_judgement_gives_its_reason() -> None:
    every = judging.queries()

    assert len(every) >= LEAST
    assert [name for name, times in Counter(each.name for each in every).items() if times > 1] == []
    assert all(each.why for each in every)
    assert set(record.kept()) == {each.name for each in every}


@pytest.fixture
def real() -> list[texts.Text]:
    if not texts.there():
        pytest.skip(texts.ABSENT)
    return texts.all_texts()


def test_the_list_names_texts_that_there_are(real: list[texts.Text]) -> None:
    there = {text.key for text in real}
    named = {key for each in judging.queries() for key in each.relevant | each.never if ":" not in key}

    assert named - there == set()


@pytest.fixture(params=["whoosh", "postgresql"])
def system(request: pytest.FixtureRequest, real: list[texts.Text], tmp_path: Path) -> Iterator[Standing]:
    with ExitStack() as stack:
        address = stack.enter_context(postgresql.cluster()) if request.param == "postgresql" else ""
        these = a_slice(real, judging.queries())
        yield stack.enter_context(standing(tmp_path, these, address, request.param))


def test_no_query_is_answered_worse_than_before(system: Standing) -> None:
    reached = judging.run(judging.queries(), system.ask)

    assert record.worse(reached, record.kept()) == []
