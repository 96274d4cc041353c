"""Who may read what is found: the fast way answers as the rooms do, document by document."""

from typing import Any

import pytest
from pyroaring import BitMap
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.models import Instrument, Minutes
from meeting.database import database
from meeting.discussion.models import Opinion
from meeting.events import Event
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.permissions import Actor
from meeting.rounds.models import OpinionRound
from meeting.search.finding import catalogue
from meeting.search.models import StaleMark
from meeting.search.passages import service
from meeting.search.rights import known
from meeting.search.rights.sight import Sight
from meeting.search.rights.sight_rules import reads
from meeting.search.rules import KINDS
from meeting.tasks.models import Task
from meeting.voting.models import Question
from tests.conftest import MORNING, Council
from tests.search.scenes import Scene


def feed_everything(scene: Scene) -> None:
    """Reads every meeting, and what belongs to none, as the worker does."""
    with Session(database().writing) as session:
        session.add_all(StaleMark(kind=service.EVERY, scope=scope, source_id=0) for scope in (0, *scene.meetings))
        session.commit()
    service.feed()


def one_by_one(session: Session, actor: Actor, found: catalogue.Catalogue) -> set[tuple[str, int]]:
    """What somebody may read, each document asked of its own room."""
    return {
        (doc.kind, doc.source_id)
        for number in found.every
        if reads(session, actor, (doc := found.docs[number]).kind, doc.source_id)
    }


def at_once(session: Session, actor: Actor, found: catalogue.Catalogue) -> set[tuple[str, int]]:
    """What somebody may read, asked for all documents together."""
    readable = Sight(session, actor, found).readable(BitMap(found.every))
    return {(found.docs[number].kind, found.docs[number].source_id) for number in readable}


def differences(scene: Scene, *, unfed: bool = False) -> list[tuple[str, set[tuple[str, int]]]]:
    """For whom the two ways differ, and in what. `unfed`: of some of them only, and what was fed as a
    draft may be held back until it is read anew."""
    found = []
    onlookers = scene.onlookers()
    for actor in scene.dice.sample(onlookers, 7) if unfed else onlookers:
        with database().reads() as session:
            known_docs = catalogue.current(session)
            quick = at_once(session, actor, known_docs)
        with database().reads() as session:
            slow = one_by_one(session, actor, catalogue.current(session))
        if unfed:
            drafts = {(doc.kind, doc.source_id) for doc in known_docs.docs if doc.state in known.DRAFTS}
            slow -= drafts - quick
        if quick ^ slow:
            found.append((actor.name, quick ^ slow))
    return found


@pytest.mark.parametrize("seed", range(2))  # a third council is compared in `test_rights`, by whole searches
def test_all_at_once_is_as_one_by_one(council: Council, seed: int) -> None:
    scene = Scene(council, seed, meetings=4)
    scene.party_only()
    feed_everything(scene)

    assert differences(scene) == []


def test_every_kind_is_there_and_somebody_reads_it_and_somebody_does_not(council: Council) -> None:
    scene = Scene(council, 3, meetings=8)
    feed_everything(scene)
    seen: set[str] = set()
    unseen: set[str] = set()
    for actor in scene.onlookers():
        with database().reads() as session:
            found = catalogue.current(session)
            readable = at_once(session, actor, found)
            every = {(found.docs[number].kind, found.docs[number].source_id) for number in found.every}
        seen |= {kind for kind, _ in readable}
        unseen |= {kind for kind, _ in every - readable}

    assert seen == unseen == set(KINDS)


CHANGES: tuple[tuple[type[Any], dict[str, tuple[object, ...]]], ...] = (
    (Meeting, {"state": ("draft", "issued", "held"), "presider_id": (None, 2), "chair_id": (1, 2)}),
    (Participant, {"presidium": (True, False), "voting": (True, False)}),
    (Instrument, {"state": ("draft", "approved", "signed"), "signer_id": (None, 5)}),
    (Minutes, {"state": ("draft", "signed")}),
    (Requirement, {"audience": ("all", "members", "office")}),
    (Submission, {"state": ("accepted", "returned", "replaced")}),
    (Question, {"state": ("draft", "ready", "open", "cancelled")}),
    (Opinion, {"withdrawn_at": (None, MORNING)}),
    (Task, {"lead_unit_id": (1, 2, 3), "given": (True, False)}),
    (OpinionRound, {"officer_id": (3, 4, 5, 6)}),
)


def change_one(scene: Scene, model: type[Any], values: dict[str, tuple[object, ...]]) -> None:
    """Changes one row at random; the journal tells in its meeting's chain that something happened, and nothing more."""
    with Session(database().writing) as session:
        row = scene.one(*session.scalars(select(model)).unique())
        for name, among in values.items():
            setattr(row, name, scene.one(*among))
        requirement = getattr(row, "requirement", row)
        chain = row.id if model is Meeting else getattr(requirement, "meeting_id", None) or 0
        event = {Task: Event.TASK_TRANSFERRED, OpinionRound: Event.ROUND_EDITED}.get(model, Event.MEETING_EDITED)
        last = session.scalar(select(func.max(Entry.seq)).where(Entry.chain == chain)) or 0
        told = {"chain": chain, "seq": last + 1, "at": MORNING, "actor_id": 0, "event": event.value, "facts": {}}
        session.execute(insert(Entry), [{**told, "previous": "", "hash": ""}])
        session.commit()


@pytest.mark.parametrize("seed", [21])
def test_what_happens_ends_what_is_known_of_its_meeting(council: Council, seed: int) -> None:
    scene = Scene(council, seed, meetings=4)
    feed_everything(scene)
    assert differences(scene) == []

    for model, values in CHANGES:
        for _ in range(2):
            change_one(scene, model, values)
        assert (model, differences(scene, unfed=True)) == (model, [])


def test_known_verdicts_are_taken_as_they_are(council: Council) -> None:
    scene = Scene(council, 5)
    feed_everything(scene)
    actor = council.actor("hoa")
    with database().reads() as session:
        found = catalogue.current(session)
        first = Sight(session, actor, found).readable(BitMap(found.every))
    with database().reads() as session:
        again = Sight(session, actor, found).readable(BitMap(found.every))
        decided = known.ground_of(found).verdicts(actor).decided

    assert again == first
    assert decided == found.every
