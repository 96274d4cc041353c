"""What was not written is not read again; and what is known is always what a fresh reading says."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.live import joining, push, state, touched
from meeting.live.known import Audience, People, Sections, picture, text_of
from meeting.live.models import Progress
from meeting.live.screens import ROOMS, Listener, Room
from meeting.writer import writer
from tests.conftest import Council

Do = Callable[..., Any]

BY_ANYBODY = ("live.check_in", "live.leave", "speaking.ask", "speaking.withdraw", "discussion", "voting.cast")
CAST = ("lan", "hung", "minh", "van", "hoa", "tuan", "khach")


@pytest.fixture
def running(council: Council, do: Do) -> int:
    """A meeting of the UBND in session, with a guest."""
    found = council.meeting(state="in_session")
    council.invite(found, "khach", voting=False)
    for who in ("hung", "hoa"):
        do(who, "live.check_in", meeting_id=found)
    return found


def read(meeting_id: int, *known: Sections | People, council: Council | None = None, whole: bool = False) -> None:
    with picture(meeting_id) as found:
        for each in known:
            if isinstance(each, Sections):
                each.refresh(found, whole=whole)
            else:
                assert council is not None
                each.refresh(found, [council.actor(who) for who in CAST], whole=whole)


def fresh(meeting_id: int, audience: str) -> dict[str, Any]:
    with database.reading() as session:
        found = state.sections(session, session.get_one(Meeting, meeting_id), audience)
    return dict(json.loads(json.dumps(found)))


def test_only_what_an_act_wrote_is_read_again(running: int, do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Sections(("member", None))
    read(running, known)
    looked: list[str] = []
    for name, section in state.SECTIONS.items():
        monkeypatch.setitem(
            state.SECTIONS, name, lambda view, name=name, section=section: (looked.append(name), section(view))[1]
        )

    read(running, known)
    assert looked == []
    do("hoa", "speaking.ask", meeting_id=running, kind="speech", subject="Thoát nước")
    read(running, known)

    assert "speaking" in looked
    assert not {"voting", "discussion", "agenda", "meeting"} & set(looked)


def test_the_answer_that_is_kept_lets_nothing_be_read(running: int, do: Do, council: Council) -> None:
    """A kept answer has a column that is called like a table, and so have other rows."""
    known, people = Sections(("desk", None)), People()
    read(running, known, people, council=council)
    then = touched.moment()

    heard = writer.submit(council.actor("hoa"), "discussion.post", {"meeting_id": running, "text": "Nhất trí."}, "r-1")

    assert heard.ok
    assert {name for name, part in known.parts.items() if not part.holds} == {"discussion"}
    stale = {name for name, (_, tables) in people.read.items() if touched.written_since(then, tables)}
    assert stale == {"discussion"}


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("INSERT INTO stored_answer (account_id, body) VALUES (?, ?)", {"stored_answer"}),
        ('INSERT INTO opinion (page, text) VALUES (?, ?) RETURNING id, "page"', {"opinion"}),
        ("UPDATE meeting SET state=?, body_id=? WHERE meeting.id = ?", {"meeting"}),
        ("update floor set place = 0", {"floor"}),
        ('UPDATE "meeting" SET title=?', {"meeting"}),
        ("DELETE FROM agreement WHERE opinion_id IN (SELECT id FROM opinion)", {"agreement", "opinion"}),
        ("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", {"setting"}),
        (
            "WITH gone AS (DELETE FROM floor WHERE id = 1 RETURNING id) INSERT INTO opinion SELECT * FROM gone",
            {"floor", "opinion"},
        ),
        ("TRUNCATE opinion", {"opinion"}),  # no word that says where the table stands: all that is named
    ],
)
def test_what_a_writing_may_change(text: str, tables: set[str]) -> None:
    assert touched.targets(text) == tables


def test_each_part_notes_its_own_tables(running: int) -> None:
    """Sections share a picture of the store, but none leans on what another has loaded."""
    together, alone = Sections(("desk", None)), {}
    read(running, together)
    for name in state.SECTIONS:
        one = Sections(("desk", None))
        with picture(running) as found, pytest.MonkeyPatch.context() as only:
            only.setattr(state, "SECTIONS", {name: state.SECTIONS[name]})
            one.refresh(found, whole=False)
        alone[name] = one.parts[name].tables

    assert {name: part.tables for name, part in together.parts.items()} == alone
    assert Progress.__tablename__ in together.parts["notice"].tables


def test_a_table_counts_as_written_only_after_the_commit(running: int, council: Council) -> None:
    with database.reading() as session:
        session.execute(select(Progress))
    then = touched.moment()
    council.update(Meeting, running, place="Phòng họp số 2")

    assert touched.written_since(then, {"meeting"})
    assert not touched.written_since(then, {"progress", "ballot"})
    assert not touched.written_since(touched.moment(), {"meeting"})


def acts(council: Council, meeting_id: int, chance: random.Random) -> tuple[str, str, dict[str, Any]]:
    """Something that somebody tries."""
    who = chance.choice(CAST)
    items = council.items(meeting_id)
    where = {"meeting_id": meeting_id}
    person = council.person(chance.choice(CAST))
    floor = {"floor_id": chance.randint(1, 8)}
    question = {"question_id": chance.randint(1, 3)}
    name, wanted = chance.choice(
        [
            ("live.check_in", where),
            ("live.leave", where),
            ("live.tell", {**where, "text": f"Thông báo {chance.random()}"}),
            ("live.go_to_item", {**where, "item_id": chance.choice(items)}),
            ("live.correct_attendance", {**where, "person_id": person, "presence": "remote", "reason": "Dự trực tuyến"}),
            ("live.pause", where),
            ("live.resume", where),
            ("speaking.ask", {**where, "kind": "speech", "subject": "Ý kiến"}),
            ("speaking.call", floor),
            ("speaking.start", floor),
            ("speaking.stop", floor),
            ("speaking.withdraw", floor),
            ("discussion.post", {**where, "text": "Tôi đồng ý", "item_id": chance.choice(items)}),
            ("voting.prepare", {**where, "item_id": items[0], "title": "Thông qua", "kind": "open"}),
            ("voting.open", question),
            ("voting.cast", {**question, "choice": chance.choice(("for", "against"))}),
            ("voting.close", question),
            ("voting.publish", question),
            ("agenda.set_participants", {**where, "remove": [council.person("khach")]}),
        ]
    )
    if not name.startswith(BY_ANYBODY) and chance.random() < 0.9:
        who = "minh" if name.startswith("agenda") else "hung"
    return who, name, wanted


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_known_is_what_a_fresh_reading_says(seed: int, running: int, do: Do, council: Council) -> None:
    chance = random.Random(seed)
    audiences = [Sections((name, None)) for name in state.AUDIENCES]
    people, done = People(), 0
    actors = [council.actor(who) for who in CAST]
    read(running, *audiences)
    with picture(running) as found:
        people.read_for(found, actors)
    for _ in range(50):
        who, name, wanted = acts(council, running, chance)
        try:
            do(who, name, **wanted)
        except Refused:
            continue
        done += 1
        read(running, *audiences, people, council=council)
        for each in audiences:
            said = {section: json.loads(text) for section, text in each.texts().items()}
            assert said == fresh(running, each.audience[0]), name
        with database.reading() as session:
            anew = state.personal(session, session.get_one(Meeting, running), actors)
        for actor in actors:
            assert json.loads(people.text(actor.person_id)) == json.loads(text_of(anew[actor.person_id])), name

    assert done > 10


def test_whose_screen_went_and_came_again_is_told_to_who_joined_meanwhile(running: int, council: Council) -> None:
    """Nothing went out while the screen was away, so the last telling and the next are alike: the joiner heard another."""
    desk: Audience = ("desk", None)
    room = ROOMS[running] = Room(running, running=True)  # nobody else tells
    try:
        for sid, who, audience in (("a", "hung", desk), ("b", "hoa", ("member", None))):
            push.enter(running, Listener(sid, council.actor(who), audience))
        before = push._news(room, desk, push.texts_of(room, desk))["connections"]
        push.leave("b")
        coming = joining.Joining(running, "c", council.actor("hung"), "", lambda *_: True, desk)
        push.enter(running, Listener("c", council.actor("hung"), desk))
        with picture(running) as found:
            joining._tell(room, found, [coming])
        push.enter(running, Listener("d", council.actor("hoa"), ("member", None)))

        assert push._news(room, desk, push.texts_of(room, desk)).get("connections") == before
    finally:
        del ROOMS[running]
