"""The quorum against a plain model: whoever comes, leaves, is corrected or represented, in whatever order."""

from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.live.queries import quorum
from meeting.rulebook.models import RuleBook
from meeting.writer import perform
from tests.conftest import MORNING, Council

MEMBERS = ("hung", "hoa", "tuan")
STAND_INS = ("truong", "dung")
ANYBODY = st.sampled_from(MEMBERS + STAND_INS)
HERE = ("present", "late", "remote")


class Seats(RuleBasedStateMachine):
    """Three seats. Each has one voter: its member, or whoever was sent instead; a seat counts when its voter is here."""

    council: Council

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(clock.frozen(MORNING))
        self.voter = {member: member for member in MEMBERS}
        self.sent: dict[str, int] = {}  # by member: the substitution that stands
        self.here: set[str] = set()

    def teardown(self) -> None:
        self.stack.close()

    @initialize()
    def issued(self) -> None:
        self.meeting = self.council.meeting(starts_at=MORNING)

    @property
    def invited(self) -> set[str]:
        return {*MEMBERS, *self.voter.values()}

    def do(self, who: str, act: str, allowed: bool, **wanted: Any) -> dict[str, Any] | None:
        """The act, which must be done exactly when the model allows it."""
        try:
            heard = perform(self.council.actor(who), act, wanted)
            code = ""
        except Refused as refused:
            heard, code = None, refused.code
        assert (code == "") == allowed, f"{act} by {who}: {code or 'done'}"
        return heard

    @rule(who=ANYBODY)
    def check_in(self, who: str) -> None:
        if self.do(who, "live.check_in", who in self.invited, meeting_id=self.meeting) is not None:
            self.here.add(who)

    @rule(who=ANYBODY)
    def leave(self, who: str) -> None:
        if self.do(who, "live.leave", who in self.here, meeting_id=self.meeting) is not None:
            self.here.discard(who)

    @rule(who=ANYBODY, presence=st.sampled_from(["present", "late", "left", "remote", "excused", "absent"]))
    def correct(self, who: str, presence: str) -> None:
        wanted = {"person_id": self.council.person(who), "presence": presence, "reason": "Kiểm lại danh sách"}
        if self.do("van", "live.correct_attendance", who in self.invited, meeting_id=self.meeting, **wanted) is not None:
            (self.here.add if presence in HERE else self.here.discard)(who)

    @rule(member=st.sampled_from(MEMBERS), instead=st.sampled_from(STAND_INS))
    def send(self, member: str, instead: str) -> None:
        free = member != "hung" and member not in self.sent and instead not in self.voter.values()
        wanted = {
            "meeting_id": self.meeting,
            "substitute_id": self.council.person(instead),
            "reason": "Đi công tác",
            "despite_clash": True,
        }
        heard = self.do(member, "invitations.name_substitute", free, **wanted)
        if heard is not None:
            self.voter[member], self.sent[member] = instead, heard["substitution_id"]

    @rule(member=st.sampled_from(MEMBERS))
    def take_back(self, member: str) -> None:
        if member not in self.sent:
            return
        allowed = self.voter[member] not in self.here
        if self.do(member, "invitations.withdraw_substitute", allowed, substitution_id=self.sent[member]) is not None:
            self.voter[member] = member
            del self.sent[member]

    @invariant()
    def the_quorum_is_what_the_model_counts(self) -> None:
        with database.reading() as session:
            found = quorum(session, session.get_one(Meeting, self.meeting))
        present = sum(voter in self.here for voter in self.voter.values())
        assert (found.present, found.total, found.need, found.met) == (present, 3, 2, present >= 2)


@pytest.fixture
def machine(council: Council) -> type[Seats]:
    """The machine on this test's store, where members may send somebody who votes for them."""
    council.update(RuleBook, council.book("UBND"), substitutes="votes", substitute_consent=False, quorum="2/3")
    Seats.council = council
    return Seats


def test_the_quorum_of_a_meeting(machine: type[Seats]) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine, settings=settings(max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=quiet)
    )
