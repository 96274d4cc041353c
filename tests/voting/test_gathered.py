"""Ballots gathered in one run and ballots taken act by act leave the same tables, the same journal and the same answers."""

import random
import shutil
from collections import Counter, deque
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from meeting import database
from meeting.acts import parse
from meeting.batch import StoredAnswer, Waiting
from meeting.journal import Entry
from meeting.live.models import Attendance
from meeting.voting.models import BareBallot, OpenBallot, Receipt, Result, SealedBallot
from meeting.writer import writer

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def mix(chamber, question, seed):
    """(username, request id, input): first ballots, changes, repeats, strangers, guests, absent and wrong choices."""
    chance = random.Random(seed)
    voters = [*chamber.crowd, "hoa", "tuan", "lan"]
    wishes = []
    for number in range(60):
        username = chance.choice([*voters, *voters, "khach", "minh", "absent_one"]) if number else "minh"
        choice = chance.choice(["for", "against", "abstain", "abstain", "other"])
        more = {"text": "vì sao"} if chance.random() < 0.1 else {}
        request_id = f"r-{username}-{chance.randrange(3)}" if chance.random() < 0.5 else f"only-{number}"
        wishes.append((username, request_id, {"question_id": question, "choice": choice, **more}))
    return wishes


def submit(chamber, wishes, *, gathered: bool) -> list[Any]:
    """All wishes wait at once; the writer takes them as one batch after another (or each alone)."""
    queue: deque[Waiting] = deque()
    for username, request_id, wanted in wishes:
        act, model = parse("voting.cast", wanted)
        queue.append(Waiting(chamber.actor(username), act, model, request_id, repr(sorted(wanted.items()))))
    asked = list(queue)
    if gathered:
        while queue:
            writer._batch(queue)
    else:
        for waiting in asked:
            writer._batch(deque([waiting]))
    return [(each.answer.status, each.answer.body) for each in asked]


def picture(council, kind):
    """Everything that a vote leaves behind, without what is random by design."""
    entries = council.all(select(Entry).where(Entry.event.like("voting.%")).order_by(Entry.chain, Entry.seq))
    return {
        "receipts": sorted((each.person_id, each.at) for each in council.all(select(Receipt))),
        "open": sorted((each.person_id, each.choice, each.text) for each in council.all(select(OpenBallot))),
        "sealed": len(council.all(select(SealedBallot.key))),
        "answers": sorted(
            (each.account_id, each.request_id, each.digest, each.status, repr(each.body))
            for each in council.all(select(StoredAnswer))
        ),
        "journal": [
            (each.seq, each.actor_id, each.event, each.facts if kind == "open" else sorted(each.facts)) for each in entries
        ],
        "hashes": [each.hash for each in entries] if kind == "open" else [],
    }


@pytest.mark.parametrize("kind", ["open", "secret"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_ways_leave_the_same(room, council, store, at, kind, seed):
    at(AT)
    chamber = room(crowd=12)
    absent = chamber.crowd.pop()
    council.update(Attendance, max(council.all(select(Attendance.id))), presence="left")
    question = chamber.open(kind)
    wishes = [(absent if name == "absent_one" else name, *rest) for name, *rest in mix(chamber, question, seed)]
    database.database().empty_log()
    before = store / "before.db"
    shutil.copy(store / "storage" / "meeting.db", before)

    gathered = submit(chamber, wishes, gathered=True)
    first = picture(council, kind)
    url = database.database().url
    database.use(None)
    for path in (store / "storage").glob("meeting.db*"):
        path.unlink()
    shutil.copy(before, store / "storage" / "meeting.db")
    database.use(database.Database(url))
    alone = submit(chamber, wishes, gathered=False)
    second = picture(council, kind)

    assert gathered == alone
    assert first == second
    assert {status for status, _ in gathered} >= {200, 403, 404, 409}


def test_waiting_ballots_are_really_gathered(room):
    chamber = room(crowd=20)
    question = chamber.open("secret")
    runs = []
    spec = parse("voting.cast", {"question_id": question, "choice": "for"})[0].gather
    real = spec.run
    object.__setattr__(spec, "run", lambda tx, ballots: runs.append(len(ballots)) or real(tx, ballots))
    try:
        wishes = [(name, f"r-{name}", {"question_id": question, "choice": "for"}) for name in chamber.crowd]
        answers = submit(chamber, wishes, gathered=True)
    finally:
        object.__setattr__(spec, "run", real)

    assert runs == [20]
    assert {status for status, _ in answers} == {200}


@contextmanager
def statements():
    """What the writer asks of the store: (SQL, how many values at once)."""
    seen = []
    engine = database.database().writing

    def note(_connection, _cursor, sql, values, _context, many):
        seen.append((sql, len(values[0]) if many else len(values)))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("kind", ["open", "secret"])
def test_a_hundred_ballots_ask_the_store_as_often_as_ten(room, kind):
    chamber = room(crowd=60)
    question = chamber.open(kind)
    wishes = [(name, f"r-{name}", {"question_id": question, "choice": "for"}) for name in chamber.crowd]
    submit(chamber, wishes[:10], gathered=True)  # whatever is asked for the first time
    with statements() as few:
        answers = submit(chamber, wishes[10:20], gathered=True)
    with statements() as many:
        answers += submit(chamber, wishes[20:], gathered=True)

    assert {status for status, _ in answers} == {200}
    assert len(many) == len(few) <= 25
    assert max(values for _, values in many) <= 2 * 40 + 10  # the stored answers are asked for by two columns


def test_a_close_among_arriving_ballots_counts_each_acknowledged_one(room, council):
    chamber = room(crowd=30)
    question = chamber.open("secret")
    queue: deque[Waiting] = deque()
    chance = random.Random(7)
    for place, username in enumerate(chamber.crowd):
        if place in (10, 20):
            act, model = parse("voting.close", {"question_id": question})
            queue.append(Waiting(chamber.actor("lan"), act, model))
        act, model = parse("voting.cast", {"question_id": question, "choice": chance.choice(["for", "against"])})
        queue.append(Waiting(chamber.actor(username), act, model, f"r-{username}"))
    asked = list(queue)
    while queue:
        writer._batch(queue)

    taken = [each for each in asked if each.act.name == "voting.cast" and each.answer.status == 200]
    late = [each.answer.body["code"] for each in asked if each.answer.status == 409]
    result = council.one(select(Result).where(Result.question_id == question))
    assert len(taken) == result.cast == sum(result.counts.values()) == 10
    assert set(late) == {"vote_closed"}
    assert len(council.all(select(BareBallot.nonce))) == 10
    assert len(council.all(select(Receipt.person_id))) == 10
    assert Counter(council.all(select(Entry.event)))["voting.vote_closed"] == 1
