"""A failing store never answers "done": SQLite rolls a whole transaction back when the disk is full."""

from sqlalchemy import select, text

from meeting import database
from meeting.journal import Entry
from tests.kernel import saying  # noqa: F401 - registers the act kernel.say


def test_a_full_disk_answers_not_saved_and_the_writer_lives_on(council, do, ask):
    do("hoa", "kernel.say", word="trước")
    _limit_pages(council, growth=2)

    heard = [ask("hoa", "kernel.say", f"id-{n}", word="đầy" * 3000) for n in range(20)]

    assert {answer.status for answer in heard} >= {503}
    kept = len(council.all(select(Entry.seq))) - 1
    assert kept == sum(answer.ok for answer in heard)
    _limit_pages(council, growth=100_000)
    assert do("hoa", "kernel.say", word="sau") == {"said": "sau"}


def _limit_pages(council, growth):
    engine = database.database().writing
    with engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + growth}"))
        connection.rollback()
