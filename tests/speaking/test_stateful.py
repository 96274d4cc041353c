"""The floor against a plain model: whatever people do in whatever order, the queue, the one speaker and the seconds agree."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.live.state import View
from meeting.rulebook.models import RuleBook
from meeting.speaking import sections
from meeting.speaking.models import Floor
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]

PEOPLE = ("hoa", "tuan", "hung", "khach")
LIMITS = {"speech": 420, "debate": 120, "order": 60}


@dataclass
class Wish:
    """One request as a clerk with paper and a stopwatch would keep it."""

    who: str
    kind: str
    state: str = "waiting"
    skipped: bool = False
    limit: int = 0
    spoken: int = 0


@dataclass
class Paper:
    """The clerk's paper: who registered when, what the chair put by hand, who speaks, whether the watch runs."""

    wishes: dict[int, Wish] = field(default_factory=dict)
    registered: list[int] = field(default_factory=list)  # in order of arrival; a skipped one again at the end
    hand: list[int] = field(default_factory=list)
    paused: bool = False

    def one(self, state: str) -> int | None:
        """Who is called, or who speaks."""
        return next((key for key, wish in self.wishes.items() if wish.state == state), None)

    def waiting(self) -> list[int]:
        """Who waits, in order of arrival."""
        return [key for key in self.registered if self.wishes[key].state == "waiting"]

    def by_rule(self, keys: list[int]) -> list[int]:
        """Points of order, then debates, then the rest, each in order of arrival; who was skipped is one of the rest."""
        kinds = [[], [], []]  # type: list[list[int]]
        for key in keys:
            wish = self.wishes[key]
            kinds[2 if wish.skipped else {"order": 0, "debate": 1}.get(wish.kind, 2)].append(key)
        return [*kinds[0], *kinds[1], *kinds[2]]

    def leads(self, key: int) -> bool:
        """Whether it is a point of order that goes first."""
        return self.wishes[key].kind == "order" and not self.wishes[key].skipped

    def queue(self) -> list[int]:
        """The whole queue: what the chair arranged, points of order that came later before it, all others behind."""
        waiting = self.waiting()
        hand = [key for key in self.hand if key in waiting]
        others = self.by_rule([key for key in waiting if key not in hand])
        head = []
        while hand and self.leads(hand[0]):
            head.append(hand.pop(0))
        return head + [key for key in others if self.leads(key)] + hand + [key for key in others if not self.leads(key)]

    def arrange(self, wanted: list[int]) -> None:
        """The chair's hand holds down to the last place that differs from the rule."""
        ruled = self.by_rule(self.waiting())
        self.hand = list(wanted)
        while self.hand and self.hand[-1] == ruled[len(self.hand) - 1]:
            self.hand.pop()

    def off_hand(self, key: int) -> None:
        """Somebody no longer stands where the chair put them."""
        self.hand = [each for each in self.hand if each != key]


class TheFloor(RuleBasedStateMachine):
    """People ask, withdraw, are called, skipped, interrupted; the clerk writes it down."""

    council: Council
    do: Do
    at: At

    @initialize()
    def open_a_meeting(self) -> None:
        self.seconds = 0
        self.at(MORNING)
        self.id = self.council.meeting()
        self.council.invite(self.id, "khach")
        for who in PEOPLE:
            self.do(who, "live.check_in", meeting_id=self.id)
        self.do("hung", "live.open", meeting_id=self.id)
        self.do("hung", "live.go_to_item", meeting_id=self.id, item_id=self.council.items(self.id)[0])
        self.paper = Paper()
        for who, kind in (("hoa", "speech"), ("tuan", "order"), ("khach", "debate"), ("tuan", "speech")):
            self.ask(who, kind, 1)

    def later(self, seconds: int) -> None:
        self.seconds += seconds
        self.at(MORNING + timedelta(seconds=self.seconds))
        speaks = self.paper.one("speaking")
        if speaks is not None and not self.paper.paused:
            self.paper.wishes[speaks].spoken += seconds

    def has(self, *states: str) -> bool:
        """Whether somebody stands so."""
        return any(wish.state in states for wish in self.paper.wishes.values())

    def tried(self, act: str, **wanted: Any) -> dict[str, Any] | str:
        try:
            return self.do("hung", f"speaking.{act}", **wanted)
        except Refused as refused:
            return refused.code

    def picked(self, data: st.DataObject, *states: str) -> int:
        return data.draw(st.sampled_from([key for key, wish in self.paper.wishes.items() if wish.state in states]))

    @rule(who=st.sampled_from(PEOPLE), kind=st.sampled_from(sorted(LIMITS)), seconds=st.integers(1, 90))
    def ask(self, who: str, kind: str, seconds: int) -> None:
        self.later(seconds)
        open_ones = [self.paper.wishes[key] for key in self.paper.waiting() if self.paper.wishes[key].who == who]
        if any((wish.kind == "order") == (kind == "order") for wish in open_ones):
            with pytest.raises(Refused, match="already_asked"):
                self.do(who, "speaking.ask", meeting_id=self.id, kind=kind)
            return
        answer = self.do(who, "speaking.ask", meeting_id=self.id, kind=kind)
        self.paper.wishes[answer["floor_id"]] = Wish(who, kind, limit=LIMITS[kind])
        self.paper.registered.append(answer["floor_id"])
        assert self.paper.queue().index(answer["floor_id"]) + 1 == answer["position"]

    @precondition(lambda self: self.has("waiting", "called"))
    @rule(data=st.data(), act=st.sampled_from(["withdraw", "to_writing"]))
    def leave(self, data: st.DataObject, act: str) -> None:
        key = self.picked(data, "waiting", "called")
        assert self.tried(act, floor_id=key) == {}
        self.paper.wishes[key].state = "gone"

    @precondition(lambda self: self.has("waiting"))
    @rule(data=st.data(), instead=st.booleans())
    def call(self, data: st.DataObject, instead: bool) -> None:
        key = self.picked(data, "waiting")
        assert self.tried("call", floor_id=key, instead=instead) == {}
        if instead:
            self.over()
        before = self.paper.one("called")
        if before is not None:
            self.paper.wishes[before].state = "waiting"
        self.paper.wishes[key].state = "called"

    @precondition(lambda self: self.has("waiting", "called"))
    @rule(data=st.data(), seconds=st.integers(1, 90))
    def skip(self, data: st.DataObject, seconds: int) -> None:
        self.later(seconds)
        key = self.picked(data, "waiting", "called")
        assert self.tried("skip", floor_id=key) == {}
        self.paper.wishes[key].state, self.paper.wishes[key].skipped = "waiting", True
        self.paper.registered.remove(key)
        self.paper.registered.append(key)
        self.paper.off_hand(key)

    @precondition(lambda self: self.has("waiting", "called"))
    @rule(data=st.data(), instead=st.booleans())
    def start(self, data: st.DataObject, instead: bool) -> None:
        key = self.picked(data, "waiting", "called")
        taken = self.paper.one("speaking") is not None
        answer = self.tried("start", floor_id=key, instead=instead)
        if taken and not instead:
            assert answer == "someone_speaks"
            return
        assert answer == {}
        self.over()
        self.paper.wishes[key].state = "speaking"

    def over(self) -> None:
        speaks = self.paper.one("speaking")
        if speaks is not None:
            self.paper.wishes[speaks].state = "done"
            self.paper.paused = False
            kept = self.council.one(select(Floor.seconds).where(Floor.id == speaks))
            assert kept == self.paper.wishes[speaks].spoken

    @precondition(lambda self: self.has("speaking"))
    @rule(spoke=st.integers(1, 300), rested=st.integers(1, 300), spoke_on=st.integers(0, 300))
    def interrupt(self, spoke: int, rested: int, spoke_on: int) -> None:
        speaks = self.paper.one("speaking")
        for act, seconds in (("pause", spoke), ("go_on", rested)):
            self.later(seconds)
            assert self.tried(act, floor_id=speaks) == {}
            self.paper.paused = act == "pause"
        self.later(spoke_on)

    @precondition(lambda self: self.has("speaking"))
    @rule(seconds=st.integers(0, 600), act=st.sampled_from(["pause", "stop", "extend"]))
    def go_through_a_speech(self, seconds: int, act: str) -> None:
        self.later(seconds)
        speaks = self.paper.one("speaking")
        assert speaks is not None
        assert self.tried(act, floor_id=speaks) == {}
        if act == "stop":
            self.over()
        elif act == "extend":
            self.paper.wishes[speaks].limit += 60
        else:
            self.paper.paused = True

    @precondition(lambda self: len(self.paper.waiting()) > 1)
    @rule(data=st.data())
    def arrange(self, data: st.DataObject) -> None:
        wanted = data.draw(st.permutations(self.paper.queue()))
        assert self.tried("reorder", meeting_id=self.id, floor_ids=wanted) == {}
        self.paper.arrange(wanted)
        assert self.paper.queue() == wanted

    @rule()
    def back_to_the_rule(self) -> None:
        assert self.tried("reorder", meeting_id=self.id, by_rule=True) == {}
        self.paper.hand = []

    @precondition(lambda self: len(self.paper.waiting()) > 3)  # seldom: it ends the interesting part
    @rule()
    def clear(self) -> None:
        gone = self.paper.waiting()
        assert self.tried("clear_list", meeting_id=self.id) == {"cleared": len(gone)}
        for key in gone:
            self.paper.wishes[key].state = "gone"

    @invariant()
    def screens_agree_with_the_paper(self) -> None:
        if not hasattr(self, "paper"):
            return
        with database.reading() as session:
            floor = sections.speaking(View(session, session.get_one(Meeting, self.id), "member", clock.now()))
        assert [line["id"] for line in floor["queue"]] == self.paper.queue()
        assert (floor["called"] or {}).get("id") == self.paper.one("called")
        speaks = self.paper.one("speaking")
        assert (floor["current"] or {}).get("id") == speaks
        if speaks is None:
            return
        left = self.paper.wishes[speaks].limit - self.paper.wishes[speaks].spoken
        ends = (MORNING + timedelta(seconds=self.seconds + left)).isoformat()
        told = floor["current"]["left_seconds"], floor["current"]["ends_at"]
        assert told == ((left, None) if self.paper.paused else (None, ends))


@pytest.fixture
def floor(council: Council, do: Do, at: At) -> type[TheFloor]:
    """The machine in this test's store, where debate goes before new speakers."""
    council.update(RuleBook, council.book(), debate_first=True)
    return type("TheFloorHere", (TheFloor,), {"council": council, "do": staticmethod(do), "at": staticmethod(at)})


def test_floor_agrees_with_a_plain_model(floor: type[TheFloor]) -> None:
    few = settings(max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(floor, settings=few)
