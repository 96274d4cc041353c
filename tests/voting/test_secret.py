"""A secret vote ties no name to a choice anywhere: not in tables, answers, journal, logs, nor in the raw bytes on the disk."""

import hashlib
import json
import logging
from collections import Counter, deque

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from meeting import config, database
from meeting.acts import REGISTRY, parse
from meeting.batch import StoredAnswer, Waiting
from meeting.journal import Entry
from meeting.voting import keys, sweep
from meeting.voting.models import BareBallot, Question, QuestionLine, Receipt, Result, SealedBallot
from meeting.writer import writer

CHOICES = ["for", "against", "abstain"]


def disk(store):
    return b"".join(path.read_bytes() for path in (store / "storage").iterdir() if path.name.startswith("meeting.db"))


def key_files():
    return [path for path in config.settings().keys.rglob("*") if path.is_file()]


def vote(chamber, question):
    """Everybody in the crowd votes in turn; returns username -> choice."""
    chosen = {name: CHOICES[place % 3] for place, name in enumerate(chamber.crowd)}
    for place, (name, choice) in enumerate(chosen.items()):
        chamber.do(name, "voting.cast", f"r-{place}", question_id=question, choice=choice)
    return chosen


def test_a_secret_vote_counts_every_ballot_and_knows_who_voted(room, council):
    chamber = room(crowd=9)
    question = chamber.open("secret")
    chosen = vote(chamber, question)
    chamber.finish(question)

    result = council.one(select(Result).where(Result.question_id == question))

    assert result.counts == dict(Counter(chosen.values()))
    assert sorted(council.all(select(Receipt.person_id))) == sorted(council.person(name) for name in chosen)
    assert council.all(select(SealedBallot.key)) == []
    assert Counter(council.all(select(BareBallot.choice))) == Counter(chosen.values())


def test_a_secret_ballot_is_final(room):
    chamber = room()
    question = chamber.open("secret")
    chamber.cast(question, hoa="for")

    for choice in CHOICES:
        heard = chamber.ask("hoa", "voting.cast", question_id=question, choice=choice)
        assert (heard.status, heard.body["code"]) == (409, "already_voted")


def test_the_same_request_with_another_choice_gets_its_first_answer_again(room, council):
    chamber = room()
    question = chamber.open("secret")

    first = chamber.ask("hoa", "voting.cast", "r-1", question_id=question, choice="for")
    again = chamber.ask("hoa", "voting.cast", "r-1", question_id=question, choice="against")

    assert again == first
    assert council.all(select(StoredAnswer.digest).where(StoredAnswer.request_id == "r-1")) == [None]


def test_no_stored_answer_journal_entry_or_log_line_says_a_choice(room, council, caplog):
    chamber = room(crowd=6)
    question = chamber.open("secret")
    vote(chamber, question)
    chamber.ask("dai_bieu_0", "voting.cast", "late-1", question_id=question, choice="abstain")
    chamber.ask("hoa", "voting.cast", "bad-1", question_id=question, choice="other", text="abstain")
    chamber.ask("hoa", "voting.cast", "bad-2", question_id=question, choice="abstain", text="vì sao")

    answers = council.all(select(StoredAnswer).where(StoredAnswer.act == "voting.cast"))
    entries = council.all(select(Entry).where(Entry.event == "voting.ballot_received"))

    assert len(answers) == 9
    for each in answers:
        assert each.digest is None
        said = json.dumps({**each.body, "facts": {**each.body.get("facts", {}), "offered": []}})
        assert not any(choice in said for choice in ("abstain", "against", '"for"', "vì sao"))
    assert {frozenset(each.facts) for each in entries} == {frozenset({"question_id", "again"})}
    assert "abstain" not in caplog.text


def test_nothing_on_the_disk_ties_a_name_to_a_choice_after_the_close(room, council, store):
    chamber = room(crowd=12)
    question = chamber.open("secret")
    vote(chamber, question)
    with database.reading() as session:
        sealed = [(each.key, each.box) for each in session.scalars(select(SealedBallot))]
    assert len(sealed) == 12
    (key_file,) = key_files()
    private = key_file.read_bytes()
    assert private not in disk(store)

    chamber.finish(question)

    left = disk(store)
    for key, box in sealed:
        assert key not in left
        assert box[:64] not in left
        assert box[-64:] not in left
    assert private not in left
    assert key_files() == []
    log = store / "storage" / "meeting.db-wal"
    assert not log.exists() or log.stat().st_size < 100_000  # the publishing after it, not the ballots


def test_bare_ballots_lie_in_no_order_of_voting(room, council):
    chamber = room(crowd=40)
    question = chamber.open("secret")
    for place, name in enumerate(chamber.crowd):
        chamber.do(name, "voting.cast", question_id=question, choice="for" if place < 20 else "against")
    chamber.do("lan", "voting.close", question_id=question)

    (facts,) = council.all(select(Entry.facts).where(Entry.event == "voting.vote_closed"))
    rows = {
        hashlib.sha256(each.nonce + each.choice.encode()).hexdigest(): each.choice for each in council.all(select(BareBallot))
    }

    listed = [rows[each] for each in facts["ballots"]]
    assert Counter(listed) == {"for": 20, "against": 20}
    assert listed != ["for"] * 20 + ["against"] * 20


def test_a_changed_bare_ballot_no_longer_fits_the_journal(room, council):
    chamber = room()
    question = chamber.open("secret")
    chamber.cast(question, hoa="for", tuan="for")
    chamber.finish(question)
    with database.database().writing.begin() as connection:
        connection.execute(text("UPDATE bare_ballot SET choice = 'against'"))

    (facts,) = council.all(select(Entry.facts).where(Entry.event == "voting.vote_closed"))
    now = {hashlib.sha256(each.nonce + each.choice.encode()).hexdigest() for each in council.all(select(BareBallot))}

    assert now.isdisjoint(facts["ballots"])


def test_few_electors_must_be_confirmed_by_the_chair(room):
    chamber = room()
    question = chamber.prepare("secret")

    warned = chamber.ask("lan", "voting.open", question_id=question)
    opened = chamber.ask("lan", "voting.open", question_id=question, confirm=True)

    assert (warned.status, warned.body["code"], warned.body["facts"]) == (409, "few_electors", {"electors": 3})
    assert opened.status == 200


def test_the_key_stands_before_the_opening_is_acknowledged_and_ends_with_a_cancelling(room, council):
    chamber = room()
    question = chamber.open("secret")
    chamber.cast(question, hoa="for")
    assert len(key_files()) == 1

    chamber.do("lan", "voting.cancel", question_id=question, reason="Làm lại")

    assert key_files() == []
    assert council.all(select(SealedBallot.key)) == []
    assert council.all(select(BareBallot.nonce)) == []


def test_a_lost_key_is_said_at_the_close_and_the_vote_is_called_off_at_start(room, council):
    chamber = room()
    question = chamber.open("secret")
    chamber.cast(question, hoa="for")
    for path in key_files():
        path.unlink()

    heard = chamber.ask("lan", "voting.close", question_id=question)
    sweep.sweep()
    sweep.sweep()

    row = council.one(select(Question).where(Question.id == question))
    assert (heard.status, heard.body["code"]) == (409, "box_key_lost")
    assert row.state == "cancelled"
    assert "lost power" in row.reason
    assert council.all(select(SealedBallot.key)) == []


def test_the_start_destroys_the_keys_of_closed_votes_and_keeps_those_of_open_ones(room, council):
    chamber = room()
    question = chamber.open("secret")
    (kept,) = key_files()
    keys.write(b"p" * 32, b"k" * 32)

    sweep.sweep()

    assert key_files() == [kept]
    chamber.cast(question, hoa="for")
    chamber.finish(question)


def test_only_the_system_calls_off_a_lost_box(room):
    chamber = room()
    question = chamber.open("secret")

    heard = chamber.ask("lan", "voting.call_off_lost_box", question_id=question)

    assert heard.status == 403


@pytest.mark.parametrize("kind", ["open", "secret"])
def test_a_result_needs_no_ballots(room, council, kind):
    chamber = room()
    question = chamber.open(kind)

    chamber.finish(question)

    result = council.one(select(Result).where(Result.question_id == question))
    assert (result.cast, result.passed) == (0, False)


@pytest.mark.parametrize("where", ["meeting.voting.box.seal", "meeting.voting.forms.pack", "meeting.voting.casting.write"])
@pytest.mark.parametrize("error", [RuntimeError, IntegrityError])
def test_a_bug_in_casting_leaves_no_choice_in_the_log_or_the_answer(room, council, monkeypatch, caplog, where, error):
    """Whatever breaks with a ballot in hand: the traceback names lines of code, and none of what was marked."""
    caplog.set_level(logging.DEBUG)
    chamber = room(crowd=3)
    question = chamber.open("secret", form="paper", lines=[{"title": f"Nội dung {n}"} for n in range(4)])
    lines = [str(each) for each in council.all(select(QuestionLine.id).where(QuestionLine.question_id == question))]
    marks = dict(zip(lines, ["against", "abstain", "against", "for"], strict=True))

    def broken(*given, **more):
        said = f"{given} {more}"
        raise IntegrityError("INSERT", None, Exception("constraint")) if error is IntegrityError else RuntimeError(len(said))

    monkeypatch.setattr(where, broken)
    heard = [chamber.ask(name, "voting.cast", f"r-{name}", question_id=question, choices=marks) for name in chamber.crowd]
    _, model = parse("voting.cast", {"question_id": question, "choices": marks})
    waiting = [Waiting(chamber.actor(name), REGISTRY["voting.cast"], model, f"g-{name}") for name in chamber.crowd]
    writer._batch(deque(waiting))

    formatted = logging.Formatter()
    said = (
        "".join(formatted.format(each) for each in caplog.records)
        + repr([*heard, *(each.answer for each in waiting)])
        + repr(model)
    )
    assert {each.status for each in heard} <= {500, 409}
    assert not any(word in said for word in ("against", "abstain", "'for'", '"for"', "asaf", "asf"))
    assert council.all(select(SealedBallot.key)) == []
    assert council.all(select(Receipt.person_id)) == []
