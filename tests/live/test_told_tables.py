"""Several web processes: what another one wrote is read again from the tables it names, and everything when it names none."""

from collections.abc import Iterator

import pytest
from flask import Flask

from meeting.agenda.models import Meeting
from meeting.live import joining, push, state, touched, watching
from meeting.live.known import Audience, picture
from meeting.live.screens import ROOMS, Listener, Room
from tests.conftest import Council

MEMBER: Audience = ("member", None)


@pytest.fixture
def room(app: Flask, council: Council) -> Iterator[Room]:
    """A room in which one member's screen has heard the state; nobody else tells."""
    found = council.meeting(state="in_session")
    room = ROOMS[found] = Room(found, running=True)
    listener = Listener("a", council.actor("hoa"), MEMBER)
    push.enter(found, listener)
    with picture(found) as seen:
        joining._tell(room, seen, [joining.Joining(found, "a", listener.actor, "", lambda *_: True, MEMBER)])
    yield room
    ROOMS.pop(found, None)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sections that are read from now on."""
    looked: list[str] = []
    for name, section in state.SECTIONS.items():
        monkeypatch.setitem(
            state.SECTIONS, name, lambda view, name=name, section=section: (looked.append(name), section(view))[1]
        )
    return looked


def written_by_another(council: Council, room: Room) -> int:
    """A change of the place that this process only finds in the store; answers the meeting's version then."""
    written, stamps = set(touched._written), dict(touched._stamps)
    council.update(Meeting, room.meeting_id, place="Phòng họp số 9")
    touched._written.clear()
    touched._written.update(written)
    touched._stamps.clear()
    touched._stamps.update(stamps)
    return room.covered + 1


def test_only_the_sections_of_the_tables_told_are_read_again(council: Council, room: Room, read: list[str]) -> None:
    number = written_by_another(council, room)
    push._tell_all(room, whole=False)
    assert read == []

    watching._others_wrote("another", {"versions": {str(room.meeting_id): number}, "tables": ["meeting"]})
    push._tell_all(room, whole=False)

    assert "Phòng họp số 9" in room.sent[MEMBER]["meeting"]
    assert not room.is_behind


def test_a_table_nobody_shows_lets_nothing_be_read(council: Council, room: Room, read: list[str]) -> None:
    number = room.covered + 1
    watching._others_wrote("another", {"versions": {str(room.meeting_id): number}, "tables": ["page_note"]})
    push._tell_all(room, whole=False)

    assert read == []
    assert not room.is_behind


def test_who_does_not_say_what_was_written_lets_everything_be_read(council: Council, room: Room, read: list[str]) -> None:
    number = written_by_another(council, room)
    push.written_elsewhere(room.meeting_id, number)
    assert room.is_behind

    push._tell_all(room, whole=True)

    assert set(read) == set(state.SECTIONS)
    assert "Phòng họp số 9" in room.sent[MEMBER]["meeting"]


def test_a_doubt_is_settled_by_reading_everything_and_hides_no_later_change(council: Council, room: Room) -> None:
    push.erased(room.meeting_id)
    assert room.is_behind
    covered = room.covered
    push._tell_all(room, whole=True)
    assert not room.is_behind
    assert room.covered == covered

    push.written_elsewhere(room.meeting_id, covered + 1)

    assert room.is_behind


def test_a_change_that_was_never_told_stays_owed_until_everything_is_read(council: Council, room: Room) -> None:
    first = room.covered + 1
    told = {"versions": {str(room.meeting_id): first + 1}, "tables": ["page_note"]}
    watching._others_wrote("another", told)

    assert room.is_behind
    watching._others_wrote("a third", {"versions": {str(room.meeting_id): first}, "tables": ["page_note"]})
    assert not room.is_behind
    assert room.covered == first + 1


def test_what_was_written_is_told_once(council: Council, room: Room) -> None:
    touched.since_last()
    council.update(Meeting, room.meeting_id, place="Phòng họp số 9")

    assert touched.since_last() == ["meeting"]
    assert touched.since_last() == []


def test_what_is_known_for_who_has_left_is_forgotten_with_the_next_whole_reading(council: Council, room: Room) -> None:
    room.of(("desk", None))
    push._tell_all(room, whole=True)

    assert set(room.known) == {MEMBER}
