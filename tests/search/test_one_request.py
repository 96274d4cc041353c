"""What one search costs: statements to the store."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from meeting.database import database
from meeting.search.finding import names
from meeting.search.rights.picture import marks
from tests.conftest import Council
from tests.search.grown import on_both

MOST_STATEMENTS = 12
Write = Callable[..., int]


@contextmanager
def noted() -> Iterator[Counter[str]]:
    """The statements of this process meanwhile, and how often each is asked."""
    asked: Counter[str] = Counter()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked[" ".join(statement.split())] += 1

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@on_both
def test_a_search_asks_the_store_few_questions_and_none_twice(
    council: Council, notice: Write, feed: Callable[..., None], api: Callable[[str], Any]
) -> None:
    meetings = [council.meeting(state="held", items=1) for _ in range(2)]
    for number, meeting_id in enumerate(meetings, start=7):
        notice("Về trật tự vỉa hè.", "Về chợ, vỉa hè phố 2.", meeting_id=meeting_id, number=number)
    feed(*meetings)
    reader = api("hoa")
    assert reader.get("/search?q=via+he")[1]["total"] == 2  # what is known of rights for longer than a request is known now

    with noted() as asked:
        found = reader.get("/search?q=v%E1%BB%89a+h%C3%A8")[1]

    assert found["total"] == 2
    assert {hit["meeting"] for hit in found["data"]} == {"Phiên họp UBND"}
    assert asked.total() <= MOST_STATEMENTS, asked
    assert [statement for statement, times in asked.items() if times > 1 and "search_index" not in statement] == []


def test_names_and_marks_are_those_of_the_sessions_picture(council: Council) -> None:
    (first, second) = (council.meeting(state="held") for _ in range(2))
    with database().reads() as session, noted() as asked:
        assert set(names.meetings(session, [first])) == {first}
        assert names.meetings(session, [first, second])[second].title == "Phiên họp UBND"
        before = marks(session)
        council.meeting(state="held")
        assert marks(session) == before
        assert max(times for statement, times in asked.items() if "epoch" in statement) == 1
