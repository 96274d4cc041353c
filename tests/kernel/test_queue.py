"""The writer's queue: nobody hears before the commit, nobody waits for another's trouble, crowds come in together."""

import threading
from functools import partial

import pytest
from sqlalchemy import func, select

from meeting import database
from meeting.errors import Unavailable
from meeting.journal import Entry
from meeting.writer import BATCH_ACTS, Writer
from tests.kernel import saying  # noqa: F401 - registers the act kernel.say


@pytest.fixture
def running(council):
    """A writer with a thread of its own, as the web process has it."""
    found = Writer()
    found.start()
    yield found
    found.stop()


def kept():
    """The words that stand in the store now, as somebody else sees it."""
    with database.reading() as session:
        return {facts["word"] for facts in session.scalars(select(Entry.facts))}


class Hall:
    """Hands in many acts and keeps what is heard of each."""

    def __init__(self, writer, actor):
        self.writer, self.actor = writer, actor
        self.answers, self.stood = {}, {}
        self.done = threading.Event()

    def say(self, words):
        for word in words:
            heard = partial(self.hear, word, len(words))
            self.writer.hand_in(heard, self.actor, "kernel.say", {"word": word})
        assert self.done.wait(60)

    def hear(self, word, expected, answer):
        self.stood[word] = word in kept()
        self.answers[word] = answer
        if len(self.answers) == expected:
            self.done.set()


def test_whoever_hears_an_answer_finds_it_in_the_store(running, council):
    assert kept() == set()
    hall = Hall(running, council.actor("hoa"))

    hall.say([f"word {number}" for number in range(250)] + ["refuse", "break"])

    assert all(stood == hall.answers[word].ok for word, stood in hall.stood.items())
    assert sum(answer.ok for answer in hall.answers.values()) == 250
    assert (hall.answers["refuse"].status, hall.answers["break"].status) == (409, 500)


def test_one_who_cannot_be_told_keeps_nobody_waiting(running, council):
    heard = threading.Event()

    def gone(_answer):
        raise ConnectionError

    running.hand_in(gone, council.actor("hoa"), "kernel.say", {"word": "một"})
    running.hand_in(lambda _answer: heard.set(), council.actor("tuan"), "kernel.say", {"word": "hai"})

    assert heard.wait(60)
    assert kept() == {"một", "hai"}


def test_what_is_malformed_or_late_is_answered_at_once(running, council):
    answers = []
    running.hand_in(answers.append, council.actor("hoa"), "kernel.say", {"colour": "red"})
    running.hand_in(answers.append, council.actor("hoa"), "kernel.unknown", {})
    running.stop()
    running.hand_in(answers.append, council.actor("hoa"), "kernel.say", {"word": "muộn"})

    assert [answer.status for answer in answers] == [422, 404, Unavailable("stopping").status]


@pytest.mark.parametrize(("moments", "least", "most"), [(0, 1, 1), (2, 65, 65), (9, BATCH_ACTS, BATCH_ACTS + 31)])
def test_those_who_speak_in_one_moment_come_into_one_batch(store, monkeypatch, moments, least, most):
    """Each turn of the loop lets some more in; the writer begins when a turn brings nobody or the batch is full."""
    writer, turns = Writer(), []
    writer._queue.append(0)

    def turn(_seconds):
        turns.append(32)
        writer._queue.extend(range(32 if len(turns) <= moments else 0))

    monkeypatch.setattr("meeting.writer.time.sleep", turn)
    writer._let_others_in()

    assert least <= len(writer._queue) <= most


def test_a_crowd_is_told_from_a_single_act(council, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("meeting.writer.time.monotonic", lambda: now[0])
    writer = Writer()
    actor = council.actor("hoa")

    def batch(acts):
        for number in range(acts):
            writer._queue.append(writer._admitted(actor, "kernel.say", {"word": str(number)}, None))
        assert writer.is_crowded
        writer._batch(writer._queue)
        return writer.is_crowded

    assert not batch(1)
    assert batch(20)
    now[0] += 1
    assert not writer.is_crowded
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 21
