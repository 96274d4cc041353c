"""The big screen: by itself what happens; the chair, the podium and the desk put a scene there and take it away again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Participant
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.live import scenes, state
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
NOW = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
AUTO = {"name": "auto", "until": None, "text": "", "ref": None}


@pytest.fixture
def meeting(council: Council) -> int:
    """A UBND meeting in session."""
    return council.meeting(state="in_session")


def shown(council: Council, username: str, meeting_id: int, wanted: str = "") -> Any:
    with database.reading() as session:
        return state.joined(session, meeting_id, council.actor(username), wanted)["state"]["scene"]


def recorded(council: Council, meeting_id: int) -> list[Any]:
    return council.all(select(Entry.facts).where(Entry.chain == meeting_id, Entry.event == Event.SCENE_SHOWN))


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_every_scene_is_accepted_with_what_it_needs(scene: str) -> None:
    wanted = scenes.SceneInput(meeting_id=1, scene=scene, text="Đề nghị ổn định chỗ ngồi", until=NOW + timedelta(minutes=10))
    scenes.check_scene(wanted, NOW, page_led=True)


@pytest.mark.parametrize(
    ("scene", "more", "led", "code"),
    [
        ("notice", {}, False, "scene_needs_text"),
        ("notice", {"text": "   "}, False, "scene_needs_text"),
        ("break", {"until": NOW}, False, "scene_time_past"),
        ("break", {"until": NOW - timedelta(minutes=1)}, False, "scene_time_past"),
        ("page", {}, False, "scene_needs_page"),
    ],
)
def test_a_scene_without_what_it_needs_is_refused(scene: str, more: dict[str, Any], led: bool, code: str) -> None:
    with pytest.raises(Refused) as refused:
        scenes.check_scene(scenes.SceneInput(meeting_id=1, scene=scene, **more), NOW, page_led=led)
    assert refused.value.code == code


@pytest.mark.parametrize("username", ["hung", "minh"])
def test_chair_and_desk_put_a_scene_there_and_all_screens_know(council: Council, do: Do, meeting: int, username: str) -> None:
    until = (clock.now() + timedelta(minutes=15)).isoformat()

    do(username, "live.show_scene", meeting_id=meeting, scene="break", until=until, text="Mời dùng nước")

    for who, wanted in (("hoa", ""), ("hung", ""), ("minh", "hall")):
        told = shown(council, who, meeting, wanted)
        assert (told["name"], told["text"]) == ("break", "Mời dùng nước")
        assert datetime.fromisoformat(told["until"]) == datetime.fromisoformat(until)
    assert [facts["scene"] for facts in recorded(council, meeting)] == ["break"]
    do(username, "live.show_scene", meeting_id=meeting, scene="auto")
    assert shown(council, "hoa", meeting) == AUTO


def test_the_same_scene_again_is_no_event(council: Council, do: Do, meeting: int) -> None:
    for _ in range(3):
        do("hung", "live.show_scene", meeting_id=meeting, scene="agenda")
    assert [facts["scene"] for facts in recorded(council, meeting)] == ["agenda"]


def test_an_item_of_this_meeting_only(council: Council, do: Do, api: Any, meeting: int) -> None:
    other = council.items(council.meeting(state="in_session"))[0]
    mine = council.items(meeting)[1]
    do("hung", "live.show_scene", meeting_id=meeting, scene="item", ref=mine)

    status, heard = api("hung").act("live.show_scene", meeting_id=meeting, scene="item", ref=other)

    assert (status, heard["code"]) == (404, "not_found")
    assert shown(council, "hoa", meeting)["ref"] == mine


@pytest.mark.parametrize(("username", "status"), [("hoa", 403), ("van", 403), ("khach", 404), ("dung", 403)])
def test_nobody_else_steers_the_hall(council: Council, api: Any, meeting: int, username: str, status: int) -> None:
    found, _ = api(username).act("live.show_scene", meeting_id=meeting, scene="blank")
    assert found == status
    assert shown(council, "hung", meeting) == AUTO


def test_the_presidium_sits_at_the_console_and_steers_the_hall(council: Council, api: Any, client: Any, meeting: int) -> None:
    seat = council.one(
        select(Participant.id).where(Participant.meeting_id == meeting, Participant.person_id == council.person("tuan"))
    )
    council.update(Participant, seat, presidium=True)

    assert client("tuan").get(f"/meetings/{meeting}/room").location.endswith("/console")
    assert client("tuan").get(f"/meetings/{meeting}/console").status_code == 200
    assert api("tuan").act("live.show_scene", meeting_id=meeting, scene="agenda")[0] == 200
    assert shown(council, "hung", meeting)["name"] == "agenda"


def test_a_break_ends_with_the_recess_and_every_scene_with_the_meeting(council: Council, do: Do, meeting: int) -> None:
    do("hung", "live.pause", meeting_id=meeting)
    do("hung", "live.show_scene", meeting_id=meeting, scene="break")
    do("hung", "live.resume", meeting_id=meeting)
    assert shown(council, "hoa", meeting) == AUTO

    do("hung", "live.show_scene", meeting_id=meeting, scene="agenda")
    do("hung", "live.pause", meeting_id=meeting)
    do("hung", "live.resume", meeting_id=meeting)
    assert shown(council, "hoa", meeting)["name"] == "agenda"
    do("hung", "live.close", meeting_id=meeting)
    assert shown(council, "hoa", meeting) == AUTO


def test_after_the_close_the_hall_is_not_steered(council: Council, do: Do, meeting: int) -> None:
    do("hung", "live.close", meeting_id=meeting)
    with pytest.raises(Refused) as refused:
        do("hung", "live.show_scene", meeting_id=meeting, scene="welcome")
    assert refused.value.code == "check_in_closed"


def test_the_code_on_the_wall_leads_to_the_room(council: Council, client: Any, meeting: int) -> None:
    drawn = client("minh").get(f"/meetings/{meeting}/hall/code.svg")
    assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    assert client("hoa").get(f"/meetings/{meeting}/hall/code.svg").status_code == 403
