"""The life of one task against a plain model: whatever people do in whatever order, state, dates and refusals agree."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from meeting import clock
from meeting.errors import Refused
from meeting.organization.models import Person
from meeting.tasks.models import Task, TaskChange, TaskObstacle, TaskStep
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]

#: Who reports for which unit; Tuấn has no role in a unit and reports because he is named.
REPORTERS = {"kinh_te": "dung", "van_hoa": "tuan"}
OTHER = {"kinh_te": "van_hoa", "van_hoa": "kinh_te"}
OPEN = ("assigned", "received", "in_progress")
SAYS = {"reported": "task_reported", "accepted": "task_accepted", "cancelled": "task_cancelled"}


@dataclass
class Proposal:
    """One line on the clerk's sheet of proposals."""

    kind: str
    who: str
    wanted: Any
    state: str = "asked"


@dataclass
class Sheet:
    """The task as a clerk with paper and pencil would keep it."""

    state: str = "assigned"
    unit: str = "kinh_te"
    led: set[str] = field(default_factory=set)
    text: str = "Nhiệm vụ"
    percent: int = 0
    due: date = MORNING.date() + timedelta(days=20)
    done: date | None = None
    reporter: str = ""
    proposals: dict[int, Proposal] = field(default_factory=dict)
    obstacles: dict[int, str] = field(default_factory=dict)  # those that stand
    happened: int = 0

    def waiting(self, *kinds: str) -> list[int]:
        """Proposals that wait for an answer."""
        return [key for key, each in self.proposals.items() if each.state == "asked" and (not kinds or each.kind in kinds)]

    def withdraw(self, *kinds: str) -> None:
        """They are over with what they were about."""
        for key in self.waiting(*kinds):
            self.proposals[key].state = "withdrawn"

    def hindered(self, who: str) -> str | None:
        """Why somebody may not act for the unit."""
        if REPORTERS[self.unit] == who:
            return None
        return "not_your_unit" if who == "dung" else "forbidden"

    def unless(self, *allowed: str) -> str | None:
        """What its state says against a verb that needs one of these."""
        return None if self.state in allowed else SAYS.get(self.state, "task_received")


class Life(RuleBasedStateMachine):
    """One task of the UBND, given to the economic unit; the culture unit may take it over and hand it back."""

    council: Council
    do: Do

    @initialize()
    def begin(self) -> None:
        self.day = MORNING
        self.sheet = Sheet()
        council = self.council
        council.update(Person, council.person("tuan"), unit_id=council.unit("van_hoa"))
        (self.task_id,) = council.write(
            Task(
                body_id=council.body("UBND"),
                origin="own",
                text=self.sheet.text,
                lead_unit_id=council.unit("kinh_te"),
                officer_id=council.person("dung"),
                leader_id=council.person("hung"),
                due_on=self.sheet.due,
                first_due_on=self.sheet.due,
                assigned_at=MORNING,
            )
        )

    def attempt(self, code: str | None, who: str, act: str, **wanted: Any) -> dict[str, Any] | None:
        """Does an act that has to be refused with this code, or done when there is none."""
        heard: tuple[str | None, dict[str, Any] | None]
        with clock.frozen(self.day):
            try:
                heard = None, self.do(who, act, **wanted)
            except Refused as refused:
                heard = refused.code, None
        assert heard[0] == code, (act, heard[0], code, self.sheet)
        answer = heard[1]
        if answer is None:
            return None
        self.sheet.happened += 1
        return answer

    @property
    def task(self) -> Task:
        return self.council.one(select(Task).where(Task.id == self.task_id))  # type: ignore[no-any-return]

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(who=st.sampled_from(["dung", "tuan"]))
    def receive(self, who: str) -> None:
        code = self.sheet.hindered(who) or self.sheet.unless("assigned")
        if self.attempt(code, who, "tasks.receive", task_id=self.task_id) is not None:
            self.sheet.state = "received"

    @rule(who=st.sampled_from(["dung", "tuan"]), percent=st.sampled_from([0, 10, 40, 90]), why=st.sampled_from(["", "Làm lại"]))
    def report(self, who: str, percent: int, why: str) -> None:
        sheet = self.sheet
        back = percent < sheet.percent and not why
        code = sheet.hindered(who) or ("progress_back" if back else sheet.unless(*OPEN))
        wanted = {"progress_percent": percent, "text": "Đã làm", "back_reason": why}
        if self.attempt(code, who, "tasks.report", task_id=self.task_id, **wanted) is not None:
            sheet.state, sheet.percent, sheet.reporter = "in_progress", percent, who

    @rule(who=st.sampled_from(["dung", "tuan"]))
    def finish(self, who: str) -> None:
        sheet = self.sheet
        code = sheet.hindered(who) or sheet.unless(*OPEN)
        wanted = {"progress_percent": 100, "text": "Xong", "done": True}
        if self.attempt(code, who, "tasks.report", task_id=self.task_id, **wanted) is not None:
            sheet.state, sheet.percent, sheet.done, sheet.reporter = "reported", 100, clock.local(self.day).date(), who
            sheet.withdraw("content", "unit")

    @rule(who=st.sampled_from(["minh", "hung"]))
    def accept(self, who: str) -> None:
        sheet = self.sheet
        answer = self.attempt(self._unjudged(), who, "tasks.accept", task_id=self.task_id)
        if answer is not None:
            assert answer["on_time"] == (sheet.done is not None and sheet.done <= sheet.due)
            sheet.state, sheet.obstacles = "accepted", {}
            sheet.withdraw()

    @rule(reason=st.sampled_from(["", "Thiếu biên bản"]))
    def send_back(self, reason: str) -> None:
        code = self._unjudged() or (None if reason else "reason_needed")
        if self.attempt(code, "minh", "tasks.send_back", task_id=self.task_id, reason=reason) is not None:
            self.sheet.state, self.sheet.done = "in_progress", None

    def _unjudged(self) -> str | None:
        if self.sheet.state in OPEN:
            return "task_not_reported"
        return SAYS[self.sheet.state] if self.sheet.state != "reported" else None

    @rule(kind=st.sampled_from(["time", "content", "unit"]), who=st.sampled_from(["dung", "tuan"]), days=st.integers(-3, 9))
    def propose(self, kind: str, who: str, days: int) -> None:
        sheet, today = self.sheet, clock.local(self.day).date()
        due, text, other = sheet.due + timedelta(days=days), f"{sheet.text}.", OTHER[sheet.unit]
        code = sheet.hindered(who) or sheet.unless(*OPEN) or ("change_waits" if sheet.waiting(kind) else None)
        if kind == "time" and code is None:
            code = "extension_not_later" if days <= 0 else "extension_past" if due < today else None
        asked: dict[str, Any] = {
            "time": {"due_on": due.isoformat()},
            "content": {"wanted_text": text},
            "unit": {"unit_id": self.council.unit(other)},
        }[kind]
        answer = self.attempt(code, who, "tasks.propose_change", task_id=self.task_id, kind=kind, text="Vì", **asked)
        if answer is not None:
            sheet.proposals[answer["change_id"]] = Proposal(kind, who, {"time": due, "content": text, "unit": other}[kind])

    @rule(data=st.data(), who=st.sampled_from(["dung", "tuan"]))
    def take_back(self, data: st.DataObject, who: str) -> None:
        sheet = self.sheet
        if not sheet.proposals:
            return
        key = data.draw(st.sampled_from(sorted(sheet.proposals)))
        proposal = sheet.proposals[key]
        reports = who == "dung" or REPORTERS[sheet.unit] == who  # a former unit still has its hats, a member has none
        code = None if reports else "forbidden"
        code = code or (None if proposal.who == who else "not_your_proposal")
        code = code or (None if proposal.state == "asked" else "change_decided")
        if self.attempt(code, who, "tasks.withdraw_change", change_id=key) is not None:
            proposal.state = "withdrawn"

    @rule(data=st.data(), granted=st.booleans(), answer=st.sampled_from(["", "Đồng ý"]))
    def decide(self, data: st.DataObject, granted: bool, answer: str) -> None:
        sheet = self.sheet
        if not sheet.proposals:
            return
        key = data.draw(st.sampled_from(sorted(sheet.proposals)))
        proposal = sheet.proposals[key]
        code = None if proposal.state == "asked" else "change_decided"
        code = code or (None if granted or answer else "answer_needed")
        later = proposal.kind != "time" or proposal.wanted > sheet.due
        if code is None and granted and not later:
            code = "extension_not_later"
        if code is None and granted and proposal.kind == "time":
            code = self._past(proposal.wanted)
        officer = {"officer_id": self.council.person(REPORTERS[proposal.wanted])} if proposal.kind == "unit" else {}
        wanted = {"granted": granted, "answer": answer, **officer}
        if self.attempt(code, "hung", "tasks.decide_change", change_id=key, **wanted) is None:
            return
        proposal.state = "granted" if granted else "refused"
        if granted and proposal.kind == "time":
            sheet.due = proposal.wanted
        elif granted and proposal.kind == "content":
            sheet.text = proposal.wanted
        elif granted:
            self._moved(proposal.wanted)

    def _past(self, due: date) -> str | None:
        gone = self.sheet.state != "reported" and due < clock.local(self.day).date()
        return "extension_past" if gone else None

    @rule(days=st.integers(-2, 9), reason=st.sampled_from(["", "Mưa bão"]))
    def extend(self, days: int, reason: str) -> None:
        sheet = self.sheet
        due = sheet.due + timedelta(days=days)
        code = sheet.unless(*OPEN, "reported") or ("extension_not_later" if days <= 0 else None)
        code = code or self._past(due) or (None if reason else "reason_needed")
        wanted = {"due_on": due.isoformat(), "reason": reason}
        if self.attempt(code, "minh", "tasks.extend", task_id=self.task_id, **wanted) is not None:
            sheet.due = due
            for key in sheet.waiting("time"):
                sheet.proposals[key].state = "granted"

    @rule(reason=st.sampled_from(["", "Đúng chức năng"]), same=st.booleans())
    def transfer(self, reason: str, same: bool) -> None:
        sheet = self.sheet
        to = sheet.unit if same else OTHER[sheet.unit]
        code = sheet.unless(*OPEN) or ("same_unit" if same else None) or (None if reason else "reason_needed")
        wanted = {"unit_id": self.council.unit(to), "officer_id": self.council.person(REPORTERS[to]), "reason": reason}
        if self.attempt(code, "hung", "tasks.transfer", task_id=self.task_id, **wanted) is not None:
            self._moved(to)

    def _moved(self, to: str) -> None:
        sheet = self.sheet
        sheet.led.add(sheet.unit)
        sheet.unit, sheet.state, sheet.done = to, "assigned", None
        sheet.withdraw()

    @rule(who=st.sampled_from(["dung", "tuan"]), text=st.sampled_from(["Thiếu vốn", "Vướng dân"]))
    def raise_obstacle(self, who: str, text: str) -> None:
        sheet = self.sheet
        code = sheet.hindered(who) or sheet.unless(*OPEN)
        stands = text in sheet.obstacles.values()
        answer = self.attempt(code, who, "tasks.raise_obstacle", task_id=self.task_id, text=text)
        if answer is not None:
            sheet.obstacles[answer["obstacle_id"]] = text
            sheet.happened -= stands  # the same again leaves no line

    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        known = self.council.all(select(TaskObstacle.id).where(TaskObstacle.task_id == self.task_id))
        if not known:
            return
        key = data.draw(st.sampled_from(known))
        code = None if key in self.sheet.obstacles else "obstacle_settled"
        if self.attempt(code, "minh", "tasks.settle_obstacle", obstacle_id=key, answer="Đã xử lý") is not None:
            del self.sheet.obstacles[key]

    @rule()
    def urge(self) -> None:
        self.attempt(self.sheet.unless(*OPEN), "minh", "tasks.urge", task_id=self.task_id)

    @rule(reason=st.sampled_from(["", "", "Dự án dừng"]))
    def cancel(self, reason: str) -> None:
        sheet = self.sheet
        code = sheet.unless(*OPEN, "reported") or (None if reason else "reason_needed")
        if self.attempt(code, "minh", "tasks.cancel", task_id=self.task_id, reason=reason) is not None:
            sheet.state, sheet.obstacles = "cancelled", {}
            sheet.withdraw()

    @invariant()
    def the_store_says_what_the_sheet_says(self) -> None:
        if not hasattr(self, "task_id"):
            return
        task, sheet = self.task, self.sheet
        assert (task.state, task.progress_percent, task.text) == (sheet.state, sheet.percent, sheet.text)
        assert (task.due_on, task.first_due_on, task.done_on) == (sheet.due, MORNING.date() + timedelta(days=20), sheet.done)
        assert task.lead_unit.short_name == sheet.unit
        newest = max(sheet.obstacles, default=None)
        assert task.obstacle == (sheet.obstacles[newest] if newest is not None else "")
        kept = self.council.all(select(TaskChange).where(TaskChange.task_id == self.task_id))
        assert {each.id: each.state for each in kept} == {key: each.state for key, each in sheet.proposals.items()}
        assert len(self.council.all(select(TaskStep).where(TaskStep.task_id == self.task_id))) == sheet.happened
        assert {each.unit_id for each in task.former_units} == {self.council.unit(code) for code in sheet.led}


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_the_life_of_a_task_agrees_with_the_sheet(council: Council, do: Do) -> None:
    class Machine(Life):
        pass

    Machine.council, Machine.do = council, staticmethod(do)  # type: ignore[assignment]
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    )
