"""The acts on groups of questions: planned, agreed to and ordered before the sitting; opened, stopped and ended in it."""

from typing import Any

from pydantic import Field
from sqlalchemy import delete, func, select

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Item, Meeting
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live.rules import check_in_session
from meeting.permissions import SYSTEM, Action
from meeting.questioning import queries, rules
from meeting.questioning.models import GroupAgreement
from meeting.questioning.written import pass_on
from meeting.speaking.models import Floor, QuestionGroup
from meeting.speaking.service import FloorInput


class GroupInput(ActInput):
    """Names a group of questions."""

    group_id: int


class MakeGroupInput(ActInput):
    """A group: what it is about, who answers, and on which item."""

    meeting_id: int
    title: str = Field(min_length=1, max_length=300)
    respondent_id: int
    item_id: int | None = None


class EditGroupInput(GroupInput):
    """What is left out stays as it is."""

    title: str | None = Field(default=None, min_length=1, max_length=300)
    respondent_id: int | None = None
    item_id: int | None = None


class ArrangeInput(ActInput):
    """All groups of the meeting, the first one first; left out: by the number of agreements (NQ 114/2025, Điều 21.3)."""

    meeting_id: int
    group_ids: list[int] | None = Field(default=None, max_length=100)


class AssignInput(ActInput):
    """A question and its group; null takes it out."""

    floor_id: int
    group_id: int | None = None


class AgreeInput(GroupInput):
    """Whether one wants the group to be put."""

    agrees: bool = True


@act("questioning.make_group", Action.KEEP_GROUPS)
def make_group(tx: Tx, wanted: MakeGroupInput) -> dict[str, Any]:
    """Plans a group of questions that one respondent answers. Comes last in the order. Recorded with title and respondent.

    Refused: `respondent_uninvited`, `respondent_stands_in` (nobody answers for another, NQ 114/2025 Điều 22.2).
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.KEEP_GROUPS, meeting)
    _check_respondent(tx, meeting, wanted.respondent_id)
    _check_item(tx, meeting, wanted.item_id)
    last = tx.scalar(select(func.max(QuestionGroup.position)).where(QuestionGroup.meeting_id == meeting.id)) or 0
    known = {"title": wanted.title, "respondent_id": wanted.respondent_id, "item_id": wanted.item_id}
    group = tx.add(QuestionGroup(meeting_id=meeting.id, position=last + 1, **known))
    tx.record(Event.QUESTION_GROUP_PLANNED, group, group_id=group.id, **known)
    return {"group_id": group.id}


def _check_respondent(tx: Tx, meeting: Meeting, person_id: int) -> None:
    found = queries.invitation(tx.reading, meeting.id, person_id)
    stands_for = found.stands_for.called if found and found.stands_for else None
    rules.check_respondent(invited=found is not None, stands_for=stands_for, name=found.person.called if found else "")


def _check_item(tx: Tx, meeting: Meeting, item_id: int | None) -> None:
    if item_id is not None and tx.get(Item, item_id).meeting_id != meeting.id:
        raise Missing()


@act("questioning.edit_group", Action.KEEP_GROUPS)
def edit_group(tx: Tx, wanted: EditGroupInput) -> dict[str, Any]:
    """Gives a group another title or item; before it is opened also another respondent, to whom its questions then go.

    Refused: `group_state`, `respondent_uninvited`, `respondent_stands_in`. Recorded with what changed.
    """
    group = _kept(tx, wanted.group_id)
    rules.step("edit", group.state)
    after = wanted.model_dump(include={"title", "respondent_id", "item_id"}, exclude_none=True)
    changed = {name: value for name, value in after.items() if getattr(group, name) != value}
    if not changed:
        tx.nothing_to_record("the group is so already")
        return {}
    _check_item(tx, group.meeting, wanted.item_id)
    if "respondent_id" in changed:
        rules.step("pick", group.state)
        _check_respondent(tx, group.meeting, changed["respondent_id"])
        for floor in _waiting(tx, group):
            floor.addressee_id = changed["respondent_id"]
    for name, value in changed.items():
        setattr(group, name, value)
    tx.record(Event.QUESTION_GROUP_EDITED, group, group_id=group.id, after=changed)
    return {}


def _kept(tx: Tx, group_id: int) -> QuestionGroup:
    group = tx.get(QuestionGroup, group_id)
    tx.require(Action.KEEP_GROUPS, group)
    return group


def _waiting(tx: Tx, group: QuestionGroup) -> list[Floor]:
    found = select(Floor).where(Floor.group_id == group.id, Floor.state.in_(("waiting", "called")))
    return list(tx.scalars(found.order_by(Floor.id)))


@act("questioning.remove_group", Action.KEEP_GROUPS)
def remove_group(tx: Tx, wanted: GroupInput) -> dict[str, Any]:
    """Drops a group that was never opened; its questions and promises stay registered. Refused: `group_state`. Recorded."""
    group = _kept(tx, wanted.group_id)
    rules.step("remove", group.state)
    for row in (*tx.scalars(select(Floor).where(Floor.group_id == group.id)), *queries.promises_of(tx.reading, group.id)):
        row.group_id = None
    tx.execute(delete(GroupAgreement).where(GroupAgreement.group_id == group.id))
    tx.record(Event.QUESTION_GROUP_REMOVED, group, group_id=group.id, title=group.title)
    tx.delete(group)
    return {}


@act("questioning.arrange_groups", Action.KEEP_GROUPS)
def arrange_groups(tx: Tx, wanted: ArrangeInput) -> dict[str, Any]:
    """Puts the groups in order: as named, or from the most agreements down. Refused: `groups_incomplete`. Recorded."""
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.KEEP_GROUPS, meeting)
    groups = {each.id: each for each in queries.groups_of(tx.reading, meeting.id)}
    if wanted.group_ids is None:
        agreed = queries.agreements(tx.reading, meeting.id)
        order = rules.by_agreement([(each.id, agreed.get(each.id, 0), each.position) for each in groups.values()])
    else:
        order = rules.arranged(list(groups), wanted.group_ids)
    if order == list(groups):
        tx.nothing_to_record("the groups stand in this order already")
        return {}
    for position, group_id in enumerate(order, 1):
        groups[group_id].position = position
    tx.record(Event.QUESTION_GROUPS_ORDERED, meeting, group_ids=order, by_agreements=wanted.group_ids is None)
    return {}


@act("questioning.agree", Action.ASK_FLOOR)
def agree(tx: Tx, wanted: AgreeInput) -> dict[str, Any]:
    """A member says which planned groups to put; the groups are picked by the number of agreements. Can be taken back.

    Refused: `only_members_ask`, `group_state` once it was opened. Recorded with the member's name.
    """
    group = tx.get(QuestionGroup, wanted.group_id)
    tx.require(Action.ASK_FLOOR, group)
    if not queries.voters_among(tx.reading, group.meeting_id, [tx.actor.person_id]):
        raise Refused("only_members_ask")
    rules.step("pick", group.state)
    own = tx.find(GroupAgreement, (group.id, tx.actor.person_id))
    if (own is not None) == wanted.agrees:
        tx.nothing_to_record("this was said already")
        return {}
    if own is None:
        tx.add(GroupAgreement(group_id=group.id, person_id=tx.actor.person_id, at=tx.now))
    else:
        tx.delete(own)
    tx.record(Event.QUESTION_GROUP_AGREED, group, group_id=group.id, agrees=wanted.agrees)
    return {}


@act("questioning.assign", Action.KEEP_GROUPS)
def assign(tx: Tx, wanted: AssignInput) -> dict[str, Any]:
    """Puts a registered question into a group, whose respondent it then goes to, or takes it out.

    Refused: `not_a_question`, `question_started`, `group_state`, `not_found` (a group of another meeting). Recorded.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.KEEP_GROUPS, floor)
    if floor.kind != "question":
        raise Refused("not_a_question")
    if floor.state != "waiting":
        raise Refused("question_started")
    before = floor.addressee_id
    if wanted.group_id is not None:
        group = tx.get(QuestionGroup, wanted.group_id)
        if group.meeting_id != floor.meeting_id:
            raise Missing()
        rules.step("edit", group.state)
        if group.respondent_id == floor.person_id:
            raise Refused("question_to_oneself")
        floor.addressee_id, floor.item_id = group.respondent_id, group.item_id or floor.item_id
    floor.group_id = wanted.group_id
    facts = {"addressee_id": floor.addressee_id, "before": before}
    tx.record(Event.QUESTION_ASSIGNED, floor, floor_id=floor.id, group_id=floor.group_id, **facts)
    return {}


@act("questioning.open_group", Action.RUN_QUESTIONING)
def open_group(tx: Tx, wanted: GroupInput) -> dict[str, Any]:
    """The chair names the group; from now on members register for it and are called in the order of registration (Điều 23.2).

    Refused: `not_in_session`, `group_state`, `group_running` while another is open, `respondent_away`. Recorded.
    """
    group = _run(tx, wanted.group_id)
    check_in_session(group.meeting.state)
    state = rules.step("open", group.state)
    running = next((each for each in queries.groups_of(tx.reading, group.meeting_id) if each.state == "open"), None)
    here = queries.is_here(tx.reading, group.meeting_id, group.respondent_id)
    rules.check_open(running.title if running else None, here=here, name=group.respondent.called)
    group.state, group.opened_at = state, tx.now
    tx.record(Event.QUESTION_GROUP_OPENED, group, **_facts(group))
    return {}


def _run(tx: Tx, group_id: int) -> QuestionGroup:
    group = tx.get(QuestionGroup, group_id)
    tx.require(Action.RUN_QUESTIONING, group)
    return group


def _facts(group: QuestionGroup) -> dict[str, Any]:
    known = {"group_id": group.id, "item_id": group.item_id, "title": group.title}
    return {**known, "respondent_id": group.respondent_id, "name": group.respondent.called}


@act("questioning.stop_group", Action.RUN_QUESTIONING)
def stop_group(tx: Tx, wanted: GroupInput) -> dict[str, Any]:
    """The questioning rests: whoever speaks is stopped, who waits goes on waiting. Refused: `group_state`. Recorded."""
    _stop(tx, _run(tx, wanted.group_id))
    return {}


def _stop(tx: Tx, group: QuestionGroup) -> None:
    state = rules.step("stop", group.state)
    _silence(tx, group)
    group.state = state
    tx.record(Event.QUESTION_GROUP_STOPPED, group, **_facts(group))


def _silence(tx: Tx, group: QuestionGroup) -> None:
    """Ends the running turn of a group and lets whoever was called wait again."""
    for floor in tx.scalars(select(Floor).where(Floor.group_id == group.id, Floor.state.in_(("called", "speaking")))).all():
        if floor.state == "called":
            floor.state, floor.called_at = "waiting", None
        else:
            tx.call("speaking.stop", FloorInput(floor_id=floor.id))
    tx.flush()


@act("questioning.end_group", Action.RUN_QUESTIONING)
def end_group(tx: Tx, wanted: GroupInput) -> dict[str, Any]:
    """The chair ends the group. Questions that were not put are answered in writing within 20 days (Điều 25.1c, 25.2).

    Refused: `group_state`. Recorded with how many were put and how many go to writing; each of those has an entry too.
    """
    return {"in_writing": end(tx, _run(tx, wanted.group_id))}


def end(tx: Tx, group: QuestionGroup) -> int:
    """Ends a group; tells how many of its questions go to writing."""
    state = rules.step("end", group.state)
    _silence(tx, group)
    left = _waiting(tx, group)
    unput = [each for each in left if each.kind == "question"]
    for floor in left:
        if floor.kind != "question":
            floor.state = "withdrawn"
    for floor in unput:
        pass_on(tx, floor, "unanswered")
    put = select(func.count()).where(Floor.group_id == group.id, Floor.kind == "question", Floor.started_at.is_not(None))
    group.state, group.ended_at = state, tx.now
    tx.record(Event.QUESTION_GROUP_ENDED, group, **_facts(group), put=tx.scalar(put) or 0, in_writing=len(unput))
    return len(unput)


@on(Event.ITEM_STARTED)
def stop_with_its_item(tx: Tx, told: Told) -> None:
    """When the meeting turns to another item the open group rests."""
    group = next((each for each in queries.groups_of(tx.reading, told.chain) if each.state == "open"), None)
    if group is not None and group.item_id not in (None, told.facts["item_id"]):
        with tx.acting_as(SYSTEM):
            _stop(tx, group)
