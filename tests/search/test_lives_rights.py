"""Each reader meets in the life of a matter only what the rooms let them read; nothing hints at what is missing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.models import Instrument, Minutes, MinutesPart
from meeting.discussion.models import Opinion
from meeting.errors import Missing
from meeting.materials.audience_queries import may_open
from meeting.materials.models import Requirement, Submission
from meeting.permissions import Action, allows
from meeting.questioning.models import Promise
from meeting.rounds.models import OpinionRound
from meeting.search.matters import lives
from meeting.search.matters.life_sources import Part
from meeting.search.matters.lives import Life
from meeting.tasks.models import Task
from tests.conftest import MORNING, Council
from tests.search.living import (
    BUDGET,
    days,
    document_on,
    everything_on,
    item_on,
    life,
    link,
    meeting_of,
    minutes_on,
    opinion_on,
    paper_on,
)

CAST = ("lan", "hung", "minh", "van", "hoa", "tuan", "dung", "truong", "khach", "admin")
MONTH = timedelta(days=30)


def test_a_member_who_was_not_invited_to_one_meeting_sees_no_gap(council: Council) -> None:
    first, second, third = (item_on(council, MORNING + number * MONTH) for number in range(3))
    link(council, second, first)
    link(council, third, second)
    everything_on(council, second)
    seat = select(Participant.id).where(
        Participant.meeting_id == meeting_of(council, second), Participant.person_id == council.person("tuan")
    )
    council.update(Participant, council.one(seat), person_id=council.person("admin"))

    found = life(council, "tuan", first)

    assert found is not None
    assert days(found) == [first, third]
    assert all(not step.before for step in found.steps)
    assert (found.summary.times, found.summary.decisions, found.summary.open_tasks) == (2, 0, 0)
    assert life(council, "tuan", second) is None


def test_a_guest_of_one_item_sees_that_item_alone(council: Council) -> None:
    first, second = item_on(council, MORNING), item_on(council, MORNING + MONTH)
    link(council, second, first)
    everything_on(council, first)
    everything_on(council, second)
    (other,) = council.write(Item(meeting_id=meeting_of(council, second), position=2, title="Việc khác"))
    council.invite(meeting_of(council, first), "khach", item_ids=[first])
    council.invite(meeting_of(council, second), "khach", item_ids=[other])

    found = life(council, "khach", first)

    assert found is not None
    assert days(found) == [first]
    step = found.steps[0]
    assert len(step.papers) == 1
    assert (step.conclusions, step.resolutions, step.minutes, step.tasks, step.promises) == ([], [], None, [], [])
    assert (found.may_link, found.suggested) == (False, [])
    assert life(council, "khach", second) is None


def test_a_unit_that_knows_only_a_task_meets_only_the_task(council: Council) -> None:
    first = item_on(council, MORNING, "HĐND")
    second = item_on(council, MORNING + MONTH, "HĐND")
    link(council, second, first)
    made = everything_on(council, second)
    roles = frozenset((body, role) for body, role in council.actor("dung").roles if body == council.body("UBND"))
    officer = replace(council.actor("dung"), roles=roles)
    with database.reading() as session:
        found = lives.life_of(session, officer, second)
        with pytest.raises(Missing):  # the matter's other item gave no task
            lives.life_of(session, officer, first)

    assert found.steps == []
    assert [task.id for task in found.tasks] == [made["task"]]
    assert (found.promises, found.rounds) == ([], [])
    assert (found.summary.first_on, found.summary.times, found.summary.open_tasks) == (None, 0, 1)
    assert BUDGET not in found.title


def test_what_the_party_said_stays_with_the_party(council: Council) -> None:
    party = item_on(council, MORNING, "Đảng ủy")
    own = item_on(council, MORNING + MONTH)
    link(council, own, party)
    council.update(Meeting, meeting_of(council, party), secretary_id=council.person("lan"))
    made = everything_on(council, party)
    council.update(OpinionRound, made["round"], officer_id=council.person("lan"))

    assert days(life(council, "hung", own)) == [party, own]
    for who in ("minh", "van", "hoa", "tuan", "dung", "truong"):
        found = life(council, who, own)
        assert found is not None
        assert days(found) == [own]
        assert (found.tasks, found.promises, found.rounds) == ([], [], [])
        assert life(council, who, party) is None


def test_what_is_being_written_for_the_minutes_is_read_by_those_who_write(council: Council) -> None:
    first = item_on(council, MORNING, state="current")
    council.update(Meeting, meeting_of(council, first), state="in_session")
    council.write(MinutesPart(meeting_id=meeting_of(council, first), item_id=first, text="Đang bàn về thu.", edited_at=MORNING))

    writer, member = life(council, "minh", first), life(council, "hoa", first)

    assert writer is not None
    assert member is not None
    assert writer.steps[0].minutes == Part("Đang bàn về thu.", "writing")
    assert member.steps[0].minutes is None
    minutes_on(council, first, "Đã bàn về thu.")
    assert [seen.steps[0].minutes for who in ("minh", "hoa") if (seen := life(council, who, first))] == [
        Part("Đã bàn về thu.", "signed")
    ] * 2


def test_a_draft_is_known_to_those_who_prepare_it(council: Council) -> None:
    first = item_on(council, MORNING)
    second = item_on(council, MORNING + MONTH, state="planned")
    council.update(Meeting, meeting_of(council, second), state="draft")
    link(council, second, first)

    assert days(life(council, "minh", first)) == [first, second]
    assert days(life(council, "hoa", first)) == [first]


@pytest.mark.parametrize("who", CAST)
def test_every_reader_meets_just_what_the_rooms_allow(council: Council, who: str) -> None:
    """Each thing in the life is asked of its own room's rule, both ways."""
    items = [item_on(council, MORNING, body) for body in ("UBND", "HĐND", "Đảng ủy")]
    for later, earlier in ((1, 0), (2, 1)):
        link(council, items[later], items[earlier])
    for item_id in items:
        everything_on(council, item_id)
        paper_on(council, item_id, "Bản chờ", state="submitted")
        paper_on(council, item_id, "Chỉ thành viên", audience="members")
        paper_on(council, item_id, "Chỉ văn phòng", audience="office")
        document_on(council, item_id, "Dự thảo kết luận", state="approved")
        opinion_on(council, item_id, "tuan", document_id=council.one(_waiting(item_id)))
    council.invite(meeting_of(council, items[0]), "khach")

    found = next((seen for key in items if (seen := life(council, who, key))), None)
    steps = {step.item.id: step for step in found.steps} if found else {}
    with database.reading() as session:
        actor = council.actor(who)
        for item in session.scalars(select(Item).where(Item.id.in_(items))):
            may = allows(Action.READ_MEETING, item.hats_of(actor, session))
            assert (item.id in steps) is may
            if not may:
                continue
            step = steps[item.id]
            versions = [each for each in session.scalars(_versions(item.id)) if may_open(session, actor, each)]
            assert {each.requirement_id for each in step.papers} == {each.requirement_id for each in versions}
            assert all(may_open(session, actor, session.get_one(Submission, each.id)) for each in step.papers)
            opinions = session.scalars(select(Opinion).where(Opinion.item_id == item.id))
            assert step.opinions == sum(allows(Action.JOIN_LIVE, each.hats_of(actor, session)) for each in opinions)
            documents = session.scalars(select(Instrument).where(Instrument.meeting_id == item.meeting_id)).unique()
            readable = {each.id for each in documents if allows(Action.READ_CONCLUSIONS, each.hats_of(actor, session))}
            assert {each.id for each, _ in step.conclusions} | {each.id for each in step.resolutions} == readable
            minutes = session.scalars(select(Minutes).where(Minutes.meeting_id == item.meeting_id)).one()
            assert (step.minutes is not None) is allows(Action.READ_CONCLUSIONS, minutes.hats_of(actor, session))
        for model, action, seen in (
            (Task, Action.READ_TASKS, _all(found, "tasks")),
            (Promise, Action.READ_PROMISES, _all(found, "promises")),
            (OpinionRound, Action.READ_ROUNDS, _all(found, "rounds")),
        ):
            rows = session.scalars(select(model)).unique()
            readable = {row.id for row in rows if allows(action, row.hats_of(actor, session))}
            assert seen == (readable if found else set())


def _waiting(item_id: int) -> Any:
    files = select(Submission.file_id).join(Requirement)
    return files.where(Requirement.item_id == item_id, Requirement.what == "Bản chờ")


def _versions(item_id: int) -> Any:
    return select(Submission).join(Requirement).where(Requirement.item_id == item_id)


def _all(found: Life | None, name: str) -> set[int]:
    if found is None:
        return set()
    return {row.id for place in (*found.steps, found) for row in getattr(place, name)}


def test_a_right_taken_away_works_at_the_next_look(council: Council) -> None:
    first, second = item_on(council, MORNING), item_on(council, MORNING + MONTH)
    link(council, second, first)
    council.invite(meeting_of(council, first), "khach")
    assert days(life(council, "khach", first)) == [first]

    seat = select(Participant.id).where(
        Participant.meeting_id == meeting_of(council, first), Participant.person_id == council.person("khach")
    )
    council.update(Participant, council.one(seat), item_ids=[second])

    assert life(council, "khach", first) is None
