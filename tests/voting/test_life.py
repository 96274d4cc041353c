"""The life of a question against a plain model: whoever does what, in whatever order, whenever; and a server that keeps time."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.journal import Entry, verify
from meeting.live import state as live_state
from meeting.voting import timing
from meeting.voting.models import Elector, OpenBallot, Question, ReadyMark, Receipt, Result, SpokenBallot
from meeting.writer import perform
from tests.conftest import MORNING, Council
from tests.serving import Server
from tests.voting.conftest import Chamber
from tests.waiting import until

MEMBERS = ("lan", "hoa", "tuan")
ANYBODY = st.sampled_from(MEMBERS)
CHOICE = st.sampled_from(["for", "against", "abstain"])
RUNNING = ("open", "paused")


class Life(RuleBasedStateMachine):
    """One meeting of three members; one question after the other. The model knows who voted what and when the box closes."""

    council: Council

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.now = MORNING
        self.stack.enter_context(clock.frozen(self.now))
        self.here: set[str] = set()
        self.fresh()

    def fresh(self) -> None:
        self.question = 0
        self.state = ""
        self.ready: set[str] = set()
        self.ballots: dict[str, str] = {}
        self.spoken: dict[str, tuple[int, str]] = {}  # entered and not decided
        self.left: float | None = None  # seconds until the box closes by itself
        self.changeable = True

    def teardown(self) -> None:
        """The journal told each opening, each close and each cancellation once, and nobody changed it."""
        self.stack.close()
        with database.reading() as session:
            entries = [(each.event, each.facts.get("question_id")) for each in session.scalars(select(Entry))]
            assert list(verify(session.connection())) == []
        for event in ("voting.vote_opened", "voting.vote_closed", "voting.result_published", "voting.question_cancelled"):
            told = [number for name, number in entries if name == event]
            assert len(told) == len(set(told))

    @initialize()
    def begin(self) -> None:
        meeting = self.council.meeting("HĐND", starts_at=MORNING)
        self.chamber = Chamber(self.council, "HĐND", meeting, self.council.items(meeting))
        self.chamber.start()
        self.here = set(MEMBERS)

    def do(self, who: str, act: str, allowed: bool, **wanted: Any) -> dict[str, Any] | None:
        """The act, which must be done exactly when the model allows it."""
        try:
            heard, code = perform(self.council.actor(who), act, wanted), ""
        except Refused as refused:
            heard, code = None, refused.code
        assert (code == "") == allowed, f"{act} by {who} in state {self.state!r}: {code or 'done'}"
        return heard

    @property
    def over(self) -> bool:
        return self.state == "open" and self.left is not None and self.left <= 0

    @precondition(lambda self: self.state in ("", "closed", "published", "cancelled"))
    @rule(seconds=st.sampled_from([0, 30, 60]), changeable=st.booleans(), again=st.booleans())
    def prepare(self, seconds: int, changeable: bool, again: bool) -> None:
        old = self.question
        repeats = bool(again and old and self.state)
        self.fresh()
        if repeats:
            self.question = int(self.chamber.do("minh", "voting.repeat", question_id=old)["question_id"])
            self.chamber.do("minh", "voting.edit", question_id=self.question, seconds=seconds, changeable=changeable)
        else:
            self.question = self.chamber.prepare(seconds=seconds, changeable=changeable)
        self.state, self.seconds, self.changeable = "draft", seconds, changeable

    @precondition(lambda self: self.question)
    @rule()
    def freeze(self) -> None:
        if self.do("minh", "voting.ready", self.state in ("draft", "ready"), question_id=self.question) is not None:
            self.state = "ready"

    @precondition(lambda self: self.question)
    @rule(who=ANYBODY, ready=st.booleans())
    def mark(self, who: str, ready: bool) -> None:
        allowed = self.state == "ready" and who in self.here
        if self.do(who, "voting.mark_ready", allowed, question_id=self.question, ready=ready) is not None:
            (self.ready.add if ready else self.ready.discard)(who)

    @precondition(lambda self: self.question)
    @rule()
    def open(self) -> None:
        fits = self.state in ("draft", "ready") and len(self.here) >= 2
        if self.do("lan", "voting.open", fits or self.state == "open", question_id=self.question) is not None and fits:
            self.state = "open"
            self.left = self.seconds or None

    @precondition(lambda self: self.question)
    @rule()
    def pause(self) -> None:
        allowed = (self.state == "open" and not self.over) or self.state == "paused"
        if self.do("lan", "voting.pause", allowed, question_id=self.question) is not None:
            self.state = "paused"

    @precondition(lambda self: self.question)
    @rule()
    def resume(self) -> None:
        if self.do("lan", "voting.resume", self.state in RUNNING, question_id=self.question) is not None:
            self.state = "open"

    @precondition(lambda self: self.question)
    @rule(seconds=st.sampled_from([5, 45]))
    def extend(self, seconds: int) -> None:
        allowed = self.state in RUNNING and not self.over
        if self.do("lan", "voting.extend", allowed, question_id=self.question, seconds=seconds) is not None:
            self.left = (self.left or 0) + seconds

    @precondition(lambda self: self.question)
    @rule(who=ANYBODY, choice=CHOICE)
    def cast(self, who: str, choice: str) -> None:
        free = who not in self.ballots or self.changeable
        allowed = self.state == "open" and not self.over and who in self.here and free
        if self.do(who, "voting.cast", allowed, question_id=self.question, choice=choice) is not None:
            self.ballots[who] = choice
            self.spoken.pop(who, None)

    @precondition(lambda self: self.question)
    @rule(who=ANYBODY, choice=CHOICE)
    def say_aloud(self, who: str, choice: str) -> None:
        voted, waits = who in self.ballots, who in self.spoken
        allowed = self.state == "open" and not self.over and who in self.here and not voted and not waits
        wanted = {"person_id": self.council.person(who), "choice": choice, "reason": "Hỏng máy"}
        heard = self.do("minh", "voting.cast_for", allowed, question_id=self.question, **wanted)
        if heard is not None:
            self.spoken[who] = (heard["spoken_id"], choice)

    @precondition(lambda self: self.spoken)
    @rule(refuses=st.booleans())
    def decide(self, refuses: bool) -> None:
        who = sorted(self.spoken)[0]
        number, choice = self.spoken[who]
        allowed = refuses or (self.state == "open" and not self.over and who in self.here)
        name = "voting.refuse_spoken" if refuses else "voting.confirm_spoken"
        if self.do("lan", name, allowed, spoken_id=number) is not None:
            del self.spoken[who]
            if not refuses:
                self.ballots[who] = choice

    @rule(who=st.sampled_from(["hoa", "tuan"]))
    def come_or_go(self, who: str) -> None:
        name = "live.leave" if who in self.here else "live.check_in"
        self.chamber.do(who, name, meeting_id=self.chamber.meeting_id)
        (self.here.discard if who in self.here else self.here.add)(who)

    @precondition(lambda self: self.question)
    @rule()
    def close(self) -> None:
        allowed = self.state in (*RUNNING, "closed", "published")
        if self.do("lan", "voting.close", allowed, question_id=self.question) is not None and self.state in RUNNING:
            self.state, self.spoken = "closed", {}

    @precondition(lambda self: self.question)
    @rule()
    def publish(self) -> None:
        allowed = self.state in ("closed", "published")
        if self.do("lan", "voting.publish", allowed, question_id=self.question) is not None:
            self.state = "published"

    @precondition(lambda self: self.question)
    @rule(rare=st.integers(0, 3))
    def cancel(self, rare: int) -> None:
        if rare:
            return
        allowed = self.state not in ("published", "cancelled")
        if self.do("lan", "voting.cancel", allowed, question_id=self.question, reason="Đặt lại câu hỏi") is not None:
            self.state, self.spoken = "cancelled", {}

    @rule(seconds=st.sampled_from([1, 10, 29, 31, 120]), looked=st.booleans())
    def time_goes_on(self, seconds: int, looked: bool) -> None:
        """Sometimes nobody looks at the clock for a while: still no ballot is taken after the end."""
        self.now += timedelta(seconds=seconds)
        self.stack.enter_context(clock.frozen(self.now))
        if self.state == "open" and self.left is not None:
            self.left -= seconds
        if looked:
            timing.close_due()
            if self.over:
                self.state, self.spoken = "closed", {}

    @invariant()
    def agrees(self) -> None:
        if not self.question:
            return
        mine = lambda model: model.question_id == self.question  # noqa: E731
        one = self.council.one
        assert one(select(Question.state).where(Question.id == self.question)) == self.state
        kept = self.council.all(select(OpenBallot.choice).where(mine(OpenBallot)))
        assert sorted(kept) == sorted(self.ballots.values())
        assert one(select(func.count()).where(mine(Receipt))) == len(self.ballots)
        assert one(select(func.count()).where(mine(ReadyMark))) == len(self.ready)
        assert one(select(func.count()).where(mine(Elector))) == (0 if self.state == "draft" else one_or_all(self))
        waits = select(func.count()).where(mine(SpokenBallot), SpokenBallot.state == "asked")
        assert one(waits) == len(self.spoken)
        if self.state in ("closed", "published"):
            counts = one(select(Result.counts).where(mine(Result)))
            assert counts == {key: list(self.ballots.values()).count(key) for key in ("for", "against", "abstain")}

    @invariant()
    def every_screen_hears_the_same_and_no_counts(self) -> None:
        if self.state not in RUNNING:
            return
        with database.reading() as session:
            meeting = session.get_one(Meeting, self.chamber.meeting_id)
            for audience in live_state.AUDIENCES:
                view = live_state.View(session, meeting, audience, clock.now())
                shown = live_state.SECTIONS["voting"](view)["current"]
                assert (shown["id"], shown["state"], shown["cast"]) == (self.question, self.state, len(self.ballots))
                assert shown["result"] is None


def one_or_all(life: Life) -> int:
    """Everybody with a vote stands on a frozen register; one that was cancelled as a draft has none."""
    frozen = life.council.one(select(func.count()).where(Elector.question_id == life.question))
    return frozen if life.state == "cancelled" and frozen in (0, 3) else 3


def test_the_life_of_a_question_against_a_model(council):
    class Here(Life):
        pass

    Here.council = council
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
        ),
    )


@pytest.mark.server
def test_a_server_closes_a_box_when_its_time_ends_also_after_a_kill(room, council, store):
    chamber = room()
    database.database().close()
    server = Server(store, ready=True).start()
    try:
        prepared = server.act("minh", "voting.prepare", item_id=chamber.items[0], title="Có hạn giờ", seconds=2)
        first = prepared[1]["question_id"]
        assert server.act("lan", "voting.open", question_id=first)[0] == 200
        server.act("hoa", "voting.cast", question_id=first, choice="for")
        until(lambda: server.get("hoa", f"/questions/{first}")[1]["state"] == "closed", "the box did not close by itself")
        prepared = server.act("minh", "voting.prepare", item_id=chamber.items[0], title="Máy chủ dừng", seconds=2)
        second = prepared[1]["question_id"]
        assert server.act("lan", "voting.open", question_id=second)[0] == 200
        server.kill()
        server.start()
        until(lambda: server.get("hoa", f"/questions/{second}")[1]["state"] == "closed", "the restart closed nothing")
    finally:
        server.stop()
