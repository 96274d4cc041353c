"""Many hands at once: whatever arrives when, the sums agree, and nothing that was acknowledged is missing.

Acknowledged ballots are receipts are ballots are what was counted; opening and closing twice does nothing a second time.
"""

import random
import threading
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sqlalchemy import func, select

from meeting import database
from meeting.journal import Entry, verify
from meeting.live.models import Attendance
from meeting.voting.models import BareBallot, OpenBallot, Question, QuestionLine, Receipt, Result, SealedBallot
from tests.serving import Tablet, serving
from tests.voting.test_evidence import checked, unfolded

VOTERS = 100
CLIENTS = 50
QUESTIONS = 6
ACTS_EACH = 14
CHOICES = ("for", "against", "abstain")


def agrees(council, question, acknowledged):
    """The sums of one question; returns its state. `acknowledged`: usernames whose ballot was answered with yes."""
    row = council.one(select(Question).where(Question.id == question))
    people = {council.person(name) for name in acknowledged}
    receipts = council.all(select(Receipt.person_id).where(Receipt.question_id == question))
    results = council.all(select(Result).where(Result.question_id == question))
    entries = council.all(select(Entry).where(Entry.event == "voting.ballot_received"))
    told = {each.actor_id for each in entries if each.facts["question_id"] == question}
    per_ballot = max(len(council.all(select(QuestionLine.id).where(QuestionLine.question_id == question))), 1)
    counts = {
        model: council.one(select(func.count()).where(model.question_id == question))
        for model in (OpenBallot, SealedBallot, BareBallot)
    }
    assert sorted(receipts) == sorted(people) == sorted(told)
    if row.kind == "open":
        assert counts == {OpenBallot: len(people), SealedBallot: 0, BareBallot: 0}
    elif row.state in ("open", "paused"):
        assert counts == {OpenBallot: 0, SealedBallot: len(people), BareBallot: 0}
    elif row.state in ("closed", "published"):
        assert counts == {OpenBallot: 0, SealedBallot: 0, BareBallot: len(people) * per_ballot}
    assert len(results) == (row.state in ("closed", "published") or (row.state == "cancelled" and row.closed_at is not None))
    for result in results:
        assert result.cast == len(people)
        assert sum(result.counts.values()) == (result.cast if per_ballot == 1 else 0)
        assert all(sum(line["counts"].values()) == result.cast for line in result.lines or [])
    return row.state


def happened(council, question):
    """How often each thing happened to a question."""
    entries = council.all(select(Entry).where(Entry.event.like("voting.%")))
    return Counter(each.event for each in entries if each.facts.get("question_id") == question)


def is_whole():
    """The journal holds together."""
    with database.reading() as session:
        return list(verify(session.connection())) == []


@pytest.mark.server
def test_a_hundred_at_once_are_all_counted(room, council, store):
    chamber = room()
    chamber.seat(VOTERS)
    present = [Attendance(meeting_id=chamber.meeting_id, person_id=council.person(n), presence="present") for n in chamber.crowd]
    council.write(*present)
    kinds = {kind: chamber.prepare(kind) for kind in ("secret", "open")}
    url = database.database().url
    database.use(None)
    acknowledged = {}
    with serving(store, ready=True) as server:
        with ThreadPoolExecutor(20) as pool:
            tablets = dict(pool.map(lambda name: (name, Tablet(server.address, f"token-{name}").connect()), chamber.crowd))
            list(pool.map(lambda tablet: tablet.join(chamber.meeting_id), tablets.values()))
        for kind, question in kinds.items():
            assert server.act("lan", "voting.open", question_id=question)[0] == 200
            gate, heard = threading.Barrier(VOTERS), {}

            def vote(name, question=question, gate=gate, heard=heard):
                gate.wait(60)
                wanted = {"question_id": question, "choice": CHOICES[len(name) % 3], "request_id": f"{question}-{name}"}
                heard[name] = tablets[name].call("voting.cast", **wanted)["ok"]

            threads = [threading.Thread(target=vote, args=(name,)) for name in chamber.crowd]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            acknowledged[question] = {name for name, ok in heard.items() if ok}
            with ThreadPoolExecutor(4) as pool:
                closings = list(pool.map(lambda _, q=question: server.act("lan", "voting.close", question_id=q)[0], range(4)))
            assert closings == [200] * 4
            assert server.act("lan", "voting.publish", question_id=question)[0] == 200
            tablets[chamber.crowd[0]].until(
                lambda tablet, q=question: (
                    (tablet.sections["voting"]["current"] or {}).get("result") is not None
                    and tablet.sections["voting"]["current"]["id"] == q
                )
            )
            assert tablets[chamber.crowd[0]].sections["voting"]["current"]["result"]["cast"] == VOTERS, kind
        for tablet in tablets.values():
            tablet.close()
        headers = {"Authorization": "Bearer token-lan"}
        packs = [
            requests.get(f"{server.address}/questions/{each}/evidence.zip", headers=headers, timeout=60)
            for each in kinds.values()
        ]
    assert [checked(unfolded(each.content)) for each in packs] == [[], []]
    database.use(database.Database(url))

    for question in kinds.values():
        assert acknowledged[question] == set(chamber.crowd)
        assert agrees(council, question, acknowledged[question]) == "published"
        assert happened(council, question)["voting.vote_closed"] == 1
    assert is_whole()


def plans(chamber, questions, chance):
    """What each of fifty clients will do, in their order: mostly ballots, among them everything a chair can press."""
    chair = ["voting.open", "voting.open", "voting.close", "voting.pause", "voting.resume", "voting.publish", "voting.cancel"]
    found = []
    for place in range(CLIENTS):
        name = chamber.crowd[place] if place < len(chamber.crowd) else "lan"
        steps = []
        for _ in range(ACTS_EACH):
            question = chance.choice(questions)
            if name != "lan":
                steps.append(("voting.cast", {"question_id": question, "choice": chance.choice(CHOICES)}))
                continue
            act = chance.choices(chair, [6, 6, 4, 2, 4, 2, 1 if question != questions[0] else 0])[0]
            more = {"reason": "Làm lại"} if act == "voting.cancel" else {"confirm": True} if act == "voting.open" else {}
            steps.append((act, {"question_id": question, **more}))
        found.append((name, steps))
    return found


@pytest.mark.server
@pytest.mark.parametrize("seed", [1, 2])
def test_fifty_clients_at_random_leave_sums_that_agree(room, council, store, seed):
    chance = random.Random(seed)
    chamber = room(crowd=CLIENTS - 8)
    questions = [chamber.prepare(("secret", "open")[n % 2], changeable=n % 4 != 1) for n in range(QUESTIONS)]
    url = database.database().url
    database.use(None)
    said, lock = defaultdict(list), threading.Lock()
    with serving(store, ready=True) as server:
        gate = threading.Barrier(CLIENTS)

        def work(plan):
            name, steps = plan
            tablet = Tablet(server.address, f"token-{name}").connect()
            gate.wait(60)
            for act, wanted in steps:
                heard = tablet.call(act, **wanted)
                with lock:
                    said[act, wanted["question_id"]].append((name, heard["ok"], heard.get("code")))
            tablet.close()

        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(work, plans(chamber, questions, chance)))
        codes = {code for answers in said.values() for _, ok, code in answers if not ok}
        assert not codes & {"bug", "not_saved", "conflict", "busy"}, codes
        ending = [("voting.resume", {}), ("voting.close", {}), ("voting.publish", {"confirm": True})]
        for question in (*questions, questions[0]):  # the first again: now no other can be in its way
            for act, more in ending:
                server.act("lan", act, question_id=question, **more)
            server.act("lan", "voting.open", question_id=questions[0], confirm=True)
    database.use(database.Database(url))

    ends = Counter()
    for question in questions:
        acknowledged = {name for name, ok, _ in said["voting.cast", question] if ok}
        state = council.one(select(Question.state).where(Question.id == question))
        if state == "cancelled":
            assert council.all(select(SealedBallot.key).where(SealedBallot.question_id == question)) == []
        else:
            agrees(council, question, acknowledged)
        for event in ("vote_opened", "vote_closed", "result_published", "question_cancelled"):
            assert happened(council, question)[f"voting.{event}"] <= 1, (question, event)
        ends[state] += 1
    assert ends["published"] >= 1
    assert any(ok for (act, _), answers in said.items() if act == "voting.cast" for _, ok, _ in answers)
    assert is_whole()
    assert [path for path in (store / "keys").rglob("*") if path.is_file()] == []
