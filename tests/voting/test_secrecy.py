"""Secret votes on a running server: its files, copied during and after the vote, tie no person to a choice, no order to an order.

Each voter marks a paper of thirty lines in a pattern that nobody else has and nobody could guess: such a pattern found anywhere
would be a ballot found. The server says everything that can be logged, and ballots come through both of its doors.
"""

import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter

import pytest
from sqlalchemy import select

from meeting import database
from meeting.batch import StoredAnswer
from meeting.database import Database
from meeting.journal import Entry
from meeting.voting import digests, keys
from meeting.voting.models import BareBallot, Question, QuestionLine, Receipt, Result, SealedBallot
from tests.serving import Server, Tablet
from tests.waiting import until

pytestmark = pytest.mark.server

VOTERS = 14
LINES = 30
MARKS = ("for", "against", "abstain")
LETTERS = {"for": "f", "against": "a", "abstain": "s", "none": "-"}
WINDOW = 10  # letters of a packed ballot in a row that nothing else can be
MARKED = re.compile(rb'"\d+"\s*:\s*"(for|against|abstain|none)"')  # marks of a ballot as JSON
CHOSEN = re.compile(rb"""["']?choice["']?\s*[:=]\s*["'](for|against|abstain)["']""")
TEXT = "một lời không ai được đọc"


def files(folder):
    """Every file of the installation but the keys: name -> bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "keys" not in path.relative_to(folder).parts:
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def backup(store, name):
    """`meeting backup` beside the running server; what is in it, by name."""
    target = store.parent / f"{store.name}-{name}.tar"
    command = [sys.executable, "-m", "meeting.cli", "backup", str(target), "--data", str(store)]
    environment = {**os.environ, "MEETING_KEYS": str(store / "keys")}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=120)
    raw = target.read_bytes()
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        assert "meeting.db" in archive.getnames()
    target.unlink()
    return {f"backup {name}": raw}


def key_files(store):
    """The private keys that lie anywhere."""
    return [path for path in (store / "keys").rglob("*") if path.is_file()]


def sealed(store):
    """(key, box) of every sealed ballot, read from a copy of the store's files."""
    copy = store.parent / f"{store.name}-copy"
    shutil.copytree(store / "storage", copy, ignore=shutil.ignore_patterns("tmp", "*.lock"))
    opened = Database(f"sqlite:///{copy / 'meeting.db'}")
    with opened.writing.connect() as connection:
        rows = [tuple(row) for row in connection.execute(select(SealedBallot.key, SealedBallot.box))]
    opened.close()
    shutil.rmtree(copy)
    return rows


def ballots_in(held, patterns):
    """Where a ballot can be read in plain: (file, what). Nothing may be found."""
    found = []
    for name, data in held.items():
        found += [(name, each.group()) for each in MARKED.finditer(data)]
        found += [(name, each.group()) for each in CHOSEN.finditer(data)]
        found += [(name, TEXT)] * (TEXT.encode() in data or json.dumps(TEXT).encode() in data)
        for packed in patterns.values():
            windows = {packed[start : start + WINDOW].encode() for start in range(LINES - WINDOW + 1)}
            found += [(name, window) for window in windows if window in data]
    return found


def boxes_in(held, rows):
    """Files with a sealed ballot, or a piece of one, in them."""
    pieces = [piece for key, box in rows for piece in (key, box[:48], box[200:248], box[-48:])]
    return {name for name, data in held.items() if any(piece in data for piece in pieces)}


@pytest.fixture(scope="module")
def patterns():
    """A pattern of marks for each voter, no two alike in any stretch."""
    chance = random.Random("thirty lines")
    return {f"dai_bieu_{place}": [chance.choice(MARKS) for _ in range(LINES)] for place in range(VOTERS)}


def vote(server, chamber, question, ballots):
    """In the order of `ballots`: by turns over HTTP and over Socket.IO, with a wrong ballot before the right one."""
    for place, (name, ballot) in enumerate(ballots.items()):
        wrong = {**ballot, "text": TEXT} if "choice" in ballot else {"choices": {"0": "for", "1": 7}}
        assert server.act(name, "voting.cast", question_id=question, request_id=f"w-{question}-{name}", **wrong)[0] in (409, 422)
        wanted = {"question_id": question, "request_id": f"r-{question}-{name}", **ballot}
        if place % 2:
            tablet = Tablet(server.address, f"token-{name}").connect()
            tablet.join(chamber.meeting_id)
            heard = tablet.call("voting.cast", **wanted)
            tablet.close()
            assert heard["ok"], heard
        else:
            assert server.act(name, "voting.cast", **wanted)[0] == 200


def test_no_file_of_a_running_server_gives_a_secret_ballot_away(room, council, store, patterns):
    chamber = room(crowd=VOTERS)
    names = list(patterns)
    paper = chamber.prepare("secret", form="paper", lines=[{"title": f"Nội dung {n + 1}"} for n in range(LINES)])
    unanimous = chamber.prepare("secret", title="Đồng lòng")
    mixed = chamber.prepare("secret", title="Khác ý")
    wanted = select(QuestionLine.id).where(QuestionLine.question_id == paper).order_by(QuestionLine.position)
    lines = [str(line) for line in council.all(wanted)]
    packed = {name: "".join(LETTERS[mark] for mark in marks) for name, marks in patterns.items()}
    order = random.Random(7).sample(names, VOTERS)  # in which they vote
    papers = {name: {"choices": dict(zip(lines, patterns[name], strict=True))} for name in order}
    votes = {
        paper: papers,
        unanimous: {name: {"choice": "for"} for name in order},
        mixed: {name: {"choice": MARKS[place * 3 // VOTERS]} for place, name in enumerate(order)},
    }
    url = database.database().url
    database.use(None)
    server = Server(store, ready=True, program="tests.voting.chatty_server").start()
    during, after, gone, private = {}, {}, [], []
    try:
        for question, ballots in votes.items():
            assert server.act("lan", "voting.open", question_id=question, confirm=True)[0] == 200
            vote(server, chamber, question, dict(list(ballots.items())[: VOTERS // 2]))
            during |= {f"{question} half {name}": data for name, data in files(store).items()}
            vote(server, chamber, question, dict(list(ballots.items())[VOTERS // 2 :]))
            (key_file,) = key_files(store)
            private.append(key_file.read_bytes())
            now = {**files(store), **(backup(store, "during") if question == paper else {})}
            rows = sealed(store)
            assert len(rows) == VOTERS
            assert question != paper or "backup during" in boxes_in(now, rows)  # the search finds what is there
            during |= {f"{question} full {name}": data for name, data in now.items()}
            gone += rows
            assert server.act("lan", "voting.close", question_id=question)[0] == 200
            assert key_files(store) == []
            until(lambda rows=rows: not boxes_in(files(store), rows), "a sealed ballot stays on the disk after the close")
            assert server.act("lan", "voting.publish", question_id=question)[0] == 200
            after |= {f"{question} {name}": data for name, data in files(store).items()}
        after |= backup(store, "after")
    finally:
        server.stop()

    log = (store / "server.log").read_bytes()
    assert log.count(b'"DEBUG"') > 1000
    assert ballots_in({**during, **after, **files(store)}, packed) == []
    assert boxes_in({**after, **files(store)}, gone) == set()
    for each in private:
        assert [name for name, data in {**during, **after}.items() if each in data or each.hex().encode() in data] == []
    database.use(Database(url))
    for question, ballots in votes.items():
        _agrees(council, question, ballots)
    _lies_in_no_order(council, paper, [patterns[name] for name in order], lines)


def _agrees(council, question, ballots):
    """The result is right, everybody has a receipt, and no answer kept for a repeat says more than when."""
    result = council.one(select(Result).where(Result.question_id == question))
    assert result.cast == len(ballots)
    receipts = council.all(select(Receipt.person_id).where(Receipt.question_id == question))
    assert sorted(receipts) == sorted(council.person(name) for name in ballots)
    if result.counts:
        assert {key: n for key, n in result.counts.items() if n} == Counter(each["choice"] for each in ballots.values())
    kept = council.all(select(StoredAnswer).where(StoredAnswer.request_id.like(f"r-{question}-%")))
    assert len(kept) == len(ballots)
    assert {(each.digest, frozenset(each.body)) for each in kept} == {(None, frozenset({"received_at"}))}
    refused = council.all(select(StoredAnswer).where(StoredAnswer.request_id.like(f"w-{question}-%")))
    assert {each.digest for each in refused} <= {None}
    assert keys.read(council.one(select(Question.public_key).where(Question.id == question))) is None


def _lies_in_no_order(council, question, arrived, lines):
    """Neither as they lie nor as the journal lists them do the rows follow the order of arrival, or give a ballot together."""
    rows = council.all(select(BareBallot).where(BareBallot.question_id == question))
    (facts,) = [
        each.facts
        for each in council.all(select(Entry).where(Entry.event == "voting.vote_closed"))
        if each.facts["question_id"] == question
    ]
    by_print = {digests.bare(each.nonce, each.choice, each.line_id): each for each in rows}
    assert len(rows) == len(lines) * len(arrived)
    assert set(by_print) == set(facts["ballots"])
    for order in (rows, [by_print[each] for each in facts["ballots"]]):
        columns = [[row.choice for row in order if row.line_id == int(line)] for line in lines]
        came = [[ballot[place] for ballot in arrived] for place in range(len(lines))]
        assert [Counter(column) for column in columns] == [Counter(column) for column in came]
        assert sum(column == first for column, first in zip(columns, came, strict=True)) <= 1
        together = {tuple(column[place] for column in columns) for place in range(len(arrived))}
        assert together.isdisjoint(map(tuple, arrived))
        alongside = {tuple(row.choice for row in order[start : start + LINES]) for start in range(len(order))}
        assert alongside.isdisjoint(map(tuple, arrived))
