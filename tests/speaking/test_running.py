"""The chair's hands on the floor: skip, stop and go on, one speech instead of another, two clicks at once."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from meeting import database
from meeting.errors import Refused
from meeting.rulebook.models import RuleBook
from meeting.speaking.models import Floor
from meeting.tables import Base
from tests import postgresql
from tests.conftest import MORNING, Council, Program
from tests.speaking.conftest import HOA, HUNG, TUAN, Chamber

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]


@pytest.fixture
def asked(council: Council, do: Do, meeting: int) -> dict[str, int]:
    """Hoa, Tuấn and Hùng have asked for the floor, in this order."""
    return {who: do(who, "speaking.ask", meeting_id=meeting)["floor_id"] for who in ("hoa", "tuan", "hung")}


def test_chair_skips_somebody_who_then_waits_behind_all(chamber: Chamber, do: Do, asked: dict[str, int]) -> None:
    do("hung", "speaking.call", floor_id=asked["hoa"])
    do("hung", "speaking.skip", floor_id=asked["hoa"])

    floor = chamber.floor()
    assert floor["called"] is None
    assert chamber.names() == [TUAN, HUNG, HOA]
    assert [line["skipped"] for line in floor["queue"]] == [0, 0, 1]
    assert (chamber.last().event, chamber.last().facts["times"]) == ("speaking.speaker_skipped", 1)
    assert do("hoa", "speaking.withdraw", floor_id=asked["hoa"]) == {}


def test_two_clicks_at_once_skip_once(chamber: Chamber, do: Do, asked: dict[str, int]) -> None:
    for _ in range(2):
        do("hung", "speaking.skip", floor_id=asked["hoa"], skipped=0)
    assert chamber.floor()["queue"][-1]["skipped"] == 1

    do("hung", "speaking.skip", floor_id=asked["hoa"], skipped=1)
    assert chamber.floor()["queue"][-1]["skipped"] == 2


def test_clock_stands_while_the_speech_is_stopped(chamber: Chamber, do: Do, at: At, asked: dict[str, int]) -> None:
    at(MORNING)
    do("hung", "speaking.start", floor_id=asked["hoa"])
    at(MORNING + timedelta(seconds=100))
    do("hung", "speaking.pause", floor_id=asked["hoa"])

    current = chamber.floor()["current"]
    assert (current["ends_at"], current["left_seconds"]) == (None, 320)
    assert current["paused_at"] == (MORNING + timedelta(seconds=100)).isoformat()
    at(MORNING + timedelta(seconds=400))
    assert chamber.floor()["current"] == current  # nothing ticks on the wire

    do("hung", "speaking.go_on", floor_id=asked["hoa"])
    current = chamber.floor()["current"]
    assert current["ends_at"] == (MORNING + timedelta(seconds=720)).isoformat()
    assert (current["paused_seconds"], current["left_seconds"], current["paused_at"]) == (300, None, None)

    at(MORNING + timedelta(seconds=730))
    do("hung", "speaking.stop", floor_id=asked["hoa"])
    assert (chamber.last().facts["seconds"], chamber.last().facts["over_seconds"]) == (430, 10)
    assert chamber.told()[-4:] == [
        "speaking.speech_started",
        "speaking.speech_paused",
        "speaking.speech_went_on",
        "speaking.speech_stopped",
    ]


def test_speech_that_ends_while_it_is_stopped_counts_no_pause(chamber: Chamber, do: Do, at: At, asked: dict[str, int]) -> None:
    at(MORNING)
    do("hung", "speaking.start", floor_id=asked["hoa"])
    at(MORNING + timedelta(seconds=30))
    do("hung", "speaking.pause", floor_id=asked["hoa"])
    at(MORNING + timedelta(seconds=600))
    do("hung", "speaking.stop", floor_id=asked["hoa"])

    assert chamber.last().facts["seconds"] == 30
    kept = chamber.council.one(select(Floor).where(Floor.id == asked["hoa"]))
    assert (kept.paused_at, kept.paused_seconds) == (None, 570)


def test_more_time_moves_the_end_of_a_stopped_speech_too(chamber: Chamber, do: Do, at: At, asked: dict[str, int]) -> None:
    at(MORNING)
    do("hung", "speaking.start", floor_id=asked["hoa"])
    do("hung", "speaking.pause", floor_id=asked["hoa"])
    for _ in range(2):  # two clicks at once give time once
        do("hung", "speaking.extend", floor_id=asked["hoa"], seconds=60, limit_seconds=420)

    assert chamber.floor()["current"]["left_seconds"] == 480


@pytest.mark.parametrize("act", ["call", "start", "pause", "go_on", "stop"])
def test_repeat_by_another_hand_is_harmless(chamber: Chamber, do: Do, asked: dict[str, int], act: str) -> None:
    before = {"call": (), "start": ("call",), "pause": ("start",), "go_on": ("start", "pause"), "stop": ("start",)}[act]
    for each in (*before, act):
        do("hung", f"speaking.{each}", floor_id=asked["hoa"])
    told = chamber.told()

    assert do("hung", f"speaking.{act}", floor_id=asked["hoa"]) == {}
    assert chamber.told() == told


@pytest.mark.parametrize("act", ["pause", "go_on", "stop"])
def test_only_a_running_speech_is_stopped_or_goes_on(do: Do, asked: dict[str, int], act: str) -> None:
    with pytest.raises(Refused, match="floor_state"):
        do("hung", f"speaking.{act}", floor_id=asked["hoa"])


def test_one_act_ends_a_speech_and_begins_another(chamber: Chamber, do: Do, asked: dict[str, int]) -> None:
    do("hung", "speaking.start", floor_id=asked["hoa"])
    with pytest.raises(Refused, match="someone_speaks"):
        do("hung", "speaking.start", floor_id=asked["tuan"])

    for _ in range(2):
        do("hung", "speaking.start", floor_id=asked["tuan"], instead=True)

    assert chamber.floor()["current"]["person"]["name"] == TUAN
    assert chamber.told()[-2:] == ["speaking.speech_stopped", "speaking.speech_started"]
    assert chamber.mine("hoa")["turns"] == 1


def test_one_act_ends_a_speech_and_calls_the_next(chamber: Chamber, do: Do, asked: dict[str, int]) -> None:
    do("hung", "speaking.start", floor_id=asked["hoa"])
    do("hung", "speaking.call", floor_id=asked["tuan"])
    assert chamber.floor()["current"]["person"]["name"] == HOA  # called while somebody speaks: gets ready

    do("hung", "speaking.call", floor_id=asked["hung"], instead=True)

    floor = chamber.floor()
    assert (floor["current"], floor["called"]["person"]["name"]) == (None, HUNG)
    assert chamber.names() == [TUAN]


def test_place_and_expected_moment_are_told(chamber: Chamber, do: Do, at: At, asked: dict[str, int]) -> None:
    at(MORNING)
    assert chamber.mine("hung")["requests"][0]["expected_at"] is None  # nobody speaks: only the seconds ahead are known
    do("hung", "speaking.start", floor_id=asked["hoa"])
    do("hung", "speaking.call", floor_id=asked["tuan"])

    (mine,) = chamber.mine("hung")["requests"]

    assert (mine["position"], mine["ahead_seconds"]) == (1, 420)
    assert mine["expected_at"] == (MORNING + timedelta(seconds=840)).isoformat()
    do("hung", "speaking.pause", floor_id=asked["hoa"])
    assert chamber.mine("hung")["requests"][0]["expected_at"] is None


def test_rule_of_the_body_travels_to_the_screens(council: Council, chamber: Chamber) -> None:
    council.update(RuleBook, council.book(), floor_order="unspoken_first", debate_first=True, warn_seconds=45, turns_per_item=2)

    assert chamber.floor()["rule"] == {
        "order": "unspoken_first",
        "debate_first": True,
        "turns_per_item": 2,
        "warn_seconds": 45,
    }


def test_who_has_not_spoken_goes_first_where_the_rule_says_so(
    council: Council, chamber: Chamber, do: Do, asked: dict[str, int]
) -> None:
    council.update(RuleBook, council.book(), floor_order="unspoken_first", debate_first=True)
    do("hung", "speaking.start", floor_id=asked["hoa"])
    do("hung", "speaking.stop", floor_id=asked["hoa"])

    do("hoa", "speaking.ask", meeting_id=chamber.id)
    assert chamber.names() == [TUAN, HUNG, HOA]
    do("tuan", "speaking.withdraw", floor_id=asked["tuan"])
    assert do("tuan", "speaking.ask", meeting_id=chamber.id, kind="debate")["position"] == 1
    assert chamber.names() == [TUAN, HUNG, HOA]


@pytest.mark.parametrize("who", ["hoa", "minh", "khach"])
def test_strangers_and_members_do_not_run_the_floor(
    council: Council, do: Do, meeting: int, asked: dict[str, int], who: str
) -> None:
    code = "not_found" if who == "khach" else "forbidden"
    for act in ("call", "skip", "start", "pause", "go_on", "stop", "extend"):
        with pytest.raises(Refused, match=code):
            do(who, f"speaking.{act}", floor_id=asked["tuan"])
    for act in ("reorder", "close_list", "open_list", "clear_list"):
        with pytest.raises(Refused, match=code):
            do(who, f"speaking.{act}", meeting_id=meeting)


def test_programs_run_the_floor_through_the_api(api: Callable[[str], Program], meeting: int, asked: dict[str, int]) -> None:
    chair = api("hung")
    for act in ("call", "skip", "start", "pause", "go_on", "extend", "stop"):
        assert chair.act(f"speaking.{act}", floor_id=asked["hoa"])[0] == 200, act
    assert api("hoa").act("speaking.pause", floor_id=asked["tuan"])[0] == 403
    assert api("khach").act("speaking.skip", floor_id=asked["tuan"])[0] == 404


ONE_SPEAKS = "UPDATE floor SET state = 'speaking', started_at = asked_at WHERE id = "


def test_sqlite_itself_lets_only_one_person_speak(store: Any, do: Do, asked: dict[str, int]) -> None:
    do("hung", "speaking.start", floor_id=asked["hoa"])
    path = str(database.database().writing.url.database)

    with sqlite3.connect(path) as around, pytest.raises(sqlite3.IntegrityError):
        around.execute(ONE_SPEAKS + str(asked["tuan"]))


@pytest.fixture
def other_store() -> Iterator[Connection]:
    """The tables of the floor in PostgreSQL, without the rows they refer to."""
    with postgresql.cluster() as address, create_engine(address).connect() as connection, connection.begin() as whole:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign keys
        Base.metadata.create_all(connection, checkfirst=False)
        yield connection
        whole.rollback()


def test_postgresql_itself_lets_only_one_person_speak(other_store: Connection) -> None:
    def speech(meeting_id: int, state: str) -> dict[str, Any]:
        about = {"meeting_id": meeting_id, "person_id": 1, "queue": "speaking", "kind": "speech", "limit_seconds": 60}
        return {**about, "state": state, "asked_at": MORNING, "started_at": MORNING}

    for meeting_id, state in ((1, "speaking"), (1, "waiting"), (1, "done"), (2, "speaking")):
        other_store.execute(insert(Floor).values(**speech(meeting_id, state)))
    with pytest.raises(IntegrityError, match="uq_floor_one_speaks"), other_store.begin_nested():
        other_store.execute(insert(Floor).values(**speech(1, "speaking")))
    with pytest.raises(IntegrityError, match="uq_floor_one_speaks"), other_store.begin_nested():
        other_store.execute(update(Floor).where(Floor.state == "waiting").values(state="speaking"))
