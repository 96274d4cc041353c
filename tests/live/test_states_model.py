"""The states of a meeting against a plain model: whatever is done in whatever order, both stand at the same place."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Item, Meeting
from meeting.errors import Refused
from meeting.live.models import Handover, ItemRun, Progress
from meeting.live.timing import Stretch, seconds_of
from meeting.permissions import Action, allows
from meeting.writer import perform
from tests.conftest import MORNING, Council

MEMBERS = ("hung", "hoa", "tuan")
PLACES = st.integers(0, 3)
WHO = st.sampled_from(MEMBERS)


class Model:
    """What a meeting is, in the plainest words: a state, a list of items, who is here, who was asked to preside."""

    def __init__(self) -> None:
        self.state = "issued"
        self.adjourned = False
        self.items = ["planned"] * 4
        self.order = [0, 1, 2, 3]
        self.current: int | None = None
        self.here: set[str] = set()
        self.seconds = [0] * 4
        self.deputy: str | None = None  # of the whole meeting
        self.deputies: dict[int, str] = {}  # of items

    @property
    def presides(self) -> str:
        by_item = self.deputies.get(self.current) if self.current is not None else None
        return by_item or self.deputy or "hung"

    @property
    def quorum(self) -> bool:
        return len(self.here) >= 2

    def leaves(self, who: str) -> None:
        self.here.discard(who)
        self.settle()

    def settle(self) -> None:
        """Whoever presides now and is not here presides no longer."""
        if self.deputy not in self.here:
            self.deputy = None
        if self.current is not None and self.deputies.get(self.current, "hung") not in self.here:
            self.deputies.pop(self.current, None)


class Running(RuleBasedStateMachine):
    """Acts by anybody at any time; each either does what the model says, or is refused and changes nothing."""

    council: Council

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.now = MORNING
        self.stack.enter_context(clock.frozen(self.now))
        self.model = Model()

    def teardown(self) -> None:
        self.stack.close()

    @initialize()
    def issued(self) -> None:
        self.meeting = self.council.meeting(items=4, starts_at=MORNING)
        self.items = self.council.items(self.meeting)

    def do(self, who: str, act: str, allowed: bool, **wanted: Any) -> bool:
        """The act, which must be done exactly when the model allows it."""
        try:
            perform(self.council.actor(who), f"live.{act}", {"meeting_id": self.meeting, **wanted})
            code = ""
        except Refused as refused:
            code = refused.code
        assert (code == "") == allowed, f"{act} by {who}: {code or 'done'}"
        return allowed

    @rule(seconds=st.integers(1, 900))
    def time_goes_by(self, seconds: int) -> None:
        if self.model.state == "in_session" and self.model.current is not None:
            self.model.seconds[self.model.current] += seconds
        self.now += timedelta(seconds=seconds)
        self.stack.enter_context(clock.frozen(self.now))

    @rule(who=WHO)
    def check_in(self, who: str) -> None:
        if self.do(who, "check_in", self.model.state != "held"):
            self.model.here.add(who)

    @rule(who=WHO)
    def leave(self, who: str) -> None:
        if self.do(who, "leave", self.model.state != "held" and who in self.model.here):
            self.model.leaves(who)

    @rule(who=WHO)
    def open(self, who: str) -> None:
        if self.do(who, "open", who == self.model.presides and self.model.state == "issued"):
            self.model.state = "in_session"

    @rule(who=WHO)
    def pause(self, who: str) -> None:
        if self.do(who, "pause", who == self.model.presides and self.model.state == "in_session"):
            self.model.state = "paused"

    @rule(who=WHO)
    def resume(self, who: str) -> None:
        enough = self.model.quorum or not self.model.adjourned
        if self.do(who, "resume", who == self.model.presides and self.model.state == "paused" and enough):
            self.model.state, self.model.adjourned = "in_session", False

    @rule(who=WHO)
    def adjourn(self, who: str) -> None:
        running = self.model.state in ("in_session", "paused")
        another_day = (self.now + timedelta(days=2)).isoformat()
        if self.do(who, "adjourn", who == self.model.presides and running, resumes_at=another_day, reason="Hết giờ"):
            self.model.state, self.model.adjourned = "paused", True
            self.model.here.clear()
            self.model.settle()

    @rule(who=WHO, place=PLACES)
    def go_to_item(self, who: str, place: int) -> None:
        model = self.model
        allowed = model.state == "in_session" and model.quorum and model.items[place] not in ("current", "deferred")
        if self.do(who, "go_to_item", who == model.presides and allowed, item_id=self.items[place]):
            if model.current is not None:
                model.items[model.current] = "done"
            model.items[place], model.current = "current", place
            model.settle()

    @rule(who=WHO, place=PLACES)
    def postpone(self, who: str, place: int) -> None:
        model = self.model
        allowed = model.state == "in_session" and model.items[place] in ("planned", "current")
        wanted = {"item_id": self.items[place], "reason": "Chưa đủ hồ sơ"}
        if self.do(who, "postpone_item", who == model.presides and allowed, **wanted):
            model.items[place] = "deferred"
            model.current = None if model.current == place else model.current

    @rule(who=WHO, place=PLACES)
    def take_up_again(self, who: str, place: int) -> None:
        model = self.model
        allowed = model.state == "in_session" and model.items[place] == "deferred"
        if self.do(who, "take_up_again", who == model.presides and allowed, item_id=self.items[place]):
            model.items[place] = "planned"

    @rule(who=WHO, place=PLACES)
    def take_ahead(self, who: str, place: int) -> None:
        model = self.model
        allowed = model.state == "in_session" and model.items[place] == "planned"
        wanted = {"item_id": self.items[place], "reason": "Theo đề nghị"}
        if self.do(who, "take_ahead", who == model.presides and allowed, **wanted):
            model.order.remove(place)
            if model.current is not None:
                at = model.order.index(model.current) + 1
            else:
                at = next((n for n, each in enumerate(model.order) if model.items[each] == "planned"), len(model.order))
            model.order.insert(at, place)

    @rule(who=WHO, to=WHO, place=st.none() | PLACES)
    def hand_over(self, who: str, to: str, place: int | None) -> None:
        model = self.model
        given = model.deputy == who or (place is not None and model.deputies.get(place) == who)
        mine = who == "hung" or (who == model.presides and given)
        ahead = place is None or model.items[place] in ("planned", "current")
        same = model.deputy if place is None else model.deputies.get(place)
        allowed = mine and ahead and model.state != "held" and to != "hung" and to in model.here and to != same
        wanted = {} if place is None else {"item_id": self.items[place]}
        if self.do(who, "hand_over", allowed, to_id=self.council.person(to), **wanted):
            if place is None:
                model.deputy = to
            else:
                model.deputies[place] = to

    @rule(who=WHO, place=st.none() | PLACES)
    def take_back(self, who: str, place: int | None) -> None:
        model = self.model
        held = model.deputy if place is None else model.deputies.get(place)
        may = who == "hung" or (who == model.presides and held == who)
        wanted = {} if place is None else {"item_id": self.items[place]}
        if self.do(who, "take_back", may and held is not None, **wanted):
            if place is None:
                model.deputy = None
            else:
                model.deputies.pop(place)

    @rule(who=WHO, sure=st.integers(0, 3))
    def close(self, who: str, sure: int) -> None:
        model = self.model
        if sure:  # seldom, so that meetings live long enough
            return
        if self.do(who, "close", who == model.presides and model.state in ("in_session", "paused")):
            if model.current is not None:
                model.items[model.current] = "done"
            model.state, model.current, model.adjourned = "held", None, False
            model.deputy, model.deputies = None, {}

    @invariant()
    def the_store_is_what_the_model_says(self) -> None:
        model = self.model
        with database.reading() as session:
            found = session.get_one(Meeting, self.meeting)
            rows = {each.id: each for each in session.scalars(select(Item).where(Item.meeting_id == self.meeting))}
            progress = session.get(Progress, self.meeting)
            runs = list(session.scalars(select(ItemRun).where(ItemRun.meeting_id == self.meeting)))
            current = None if model.current is None else self.items[model.current]
            assert (found.state, found.current_item_id) == (model.state, current)
            assert [rows[each].state for each in self.items] == model.items
            assert [self.items[each] for each in model.order] == sorted(rows, key=lambda each: rows[each].position)
            running = model.state == "in_session" and current is not None
            assert [run.item_id for run in runs if run.ended_at is None] == ([current] if running else [])
            assert (progress is not None and progress.item_since is not None) == running
            assert (progress is not None and progress.adjourned_at is not None) == model.adjourned
            for place, item in enumerate(self.items):
                stretches = [Stretch(run.started_at, run.ended_at) for run in runs if run.item_id == item]
                assert seconds_of(stretches, self.now) == model.seconds[place]
                assert (running and item == current) or rows[item].seconds_used == model.seconds[place]
            can = [who for who in MEMBERS if allows(Action.RUN_MEETING, found.hats_of(self.council.actor(who), session))]
            assert can == [model.presides]
            active = Handover.meeting_id == self.meeting, Handover.ended_at.is_(None)
            handed = session.execute(select(Handover.item_id, Handover.to_id).where(*active))
            wanted = {(self.items[place], self.council.person(who)) for place, who in model.deputies.items()}
            wanted |= {(None, self.council.person(model.deputy))} if model.deputy else set()
            assert {(row.item_id, row.to_id) for row in handed} == wanted


@pytest.fixture
def machine(council: Council) -> type[Running]:
    """The machine on this test's store; each run makes a meeting of its own there."""
    Running.council = council
    return Running


def test_states_of_a_meeting(machine: type[Running]) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine, settings=settings(max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=quiet)
    )
