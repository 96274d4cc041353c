"""Real tablets on a real server: they see each other's acts, and only what is theirs to see."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from meeting import config, database
from tests.conftest import Council
from tests.serving import Server, Tablet, serving

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all tests of this file."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "storage").mkdir()
    shutil.copy(template, folder / "storage" / "meeting.db")
    with serving(folder, ready=True) as found:
        yield found


@pytest.fixture
def running(server: Server) -> tuple[Server, int]:
    """The server with a new UBND meeting that waits to be opened; Trường is its guest."""
    url = f"sqlite:///{server.data / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=server.data, database_url=url, keys=server.data / "keys"))
    database.use(database.Database(url))
    found = Council().meeting()
    Council().invite(found, "truong")
    database.use(None)
    return server, found


def tablet(server: Server, username: str, meeting_id: int, **more: str) -> Tablet:
    found = Tablet(server.address, f"token-{username}").connect()
    assert found.join(meeting_id, **more)["ok"]
    return found


def test_tablets_see_each_others_acts(running: tuple[Server, int]) -> None:
    server, found = running
    hung, hoa = tablet(server, "hung", found), tablet(server, "hoa", found)
    hall = tablet(server, "minh", found, audience="hall")

    for who in ("hoa", "tuan"):
        server.act(who, "live.check_in", meeting_id=found)
    assert hung.call("live.open", meeting_id=found) == {"ok": True}
    hoa.until(lambda each: each.sections["meeting"]["state"] == "in_session" and each.sections["attendance"]["present"] == 2)

    item = hoa.sections["agenda"]["items"][0]["id"]
    hung.call("live.go_to_item", meeting_id=found, item_id=item)
    asked = hoa.call("speaking.ask", meeting_id=found, kind="speech", subject="Thoát nước")
    hung.until(lambda each: [line["id"] for line in each.sections["speaking"]["queue"]] == [asked["floor_id"]])
    hung.call("speaking.start", floor_id=asked["floor_id"])
    for each in (hoa, hall):
        each.until(lambda screen: (screen.sections["speaking"]["current"] or {}).get("id") == asked["floor_id"])
    hoa.until(lambda each: [one["state"] for one in each.me["floor"]["requests"]] == ["speaking"])

    assert "people" in hung.sections["attendance"]
    assert "people" not in hoa.sections["attendance"]
    for each in (hung, hoa, hall):
        each.close()


def test_tablet_that_was_away_gets_the_true_state_by_joining(running: tuple[Server, int]) -> None:
    server, found = running
    hoa = tablet(server, "hoa", found)
    hoa.close()
    for who in ("hoa", "tuan"):
        server.act(who, "live.check_in", meeting_id=found)
    server.act("hung", "live.open", meeting_id=found)
    server.act("tuan", "discussion.post", meeting_id=found, text="Trong lúc mất mạng")

    again = tablet(server, "hoa", found)

    assert again.sections["meeting"]["state"] == "in_session"
    assert [comment["text"] for comment in again.sections["discussion"]["comments"]] == ["Trong lúc mất mạng"]
    again.close()


def test_a_second_window_hears_at_once_whose_screens_are_connected(running: tuple[Server, int]) -> None:
    server, found = running
    first, hoa = tablet(server, "hung", found), tablet(server, "hoa", found)
    first.until(lambda each: len(each.sections.get("connections", [])) == 2)

    second = tablet(server, "hung", found)

    assert second.sections["connections"] == first.sections["connections"]
    assert "connections" not in hoa.sections
    for each in (first, second, hoa):
        each.close()


def test_act_sent_again_with_its_number_counts_once(running: tuple[Server, int]) -> None:
    server, found = running
    hoa = tablet(server, "hoa", found)

    first = hoa.call("discussion.post", meeting_id=found, text="Một lần", request_id="r-1")
    second = hoa.call("discussion.post", meeting_id=found, text="Một lần", request_id="r-1")

    assert first == second
    assert len(server.get("tuan", f"/meetings/{found}/comments")[1]["data"]) == 1
    hoa.close()


def test_stranger_joins_nothing(running: tuple[Server, int]) -> None:
    server, found = running
    khach = Tablet(server.address, "token-khach").connect()

    heard = khach.join(found)

    assert (heard["ok"], heard["code"]) == (False, "not_found")
    khach.close()


def test_somebody_taken_off_the_meeting_hears_nothing_more(running: tuple[Server, int]) -> None:
    server, meeting_id = running
    hoa, tuan = (Tablet(server.address, f"token-{name}").connect() for name in ("hoa", "tuan"))
    hoa.join(meeting_id)
    tuan.join(meeting_id)
    _, people = server.get("minh", f"/meetings/{meeting_id}/participants")
    person = next(row["person_id"] for row in people["data"] if "Tuấn" in row["name"])

    server.act("minh", "agenda.set_participants", meeting_id=meeting_id, remove=[person])
    server.act("minh", "live.tell", meeting_id=meeting_id, text="Mời vào phòng họp")

    hoa.until(lambda tablet: (tablet.sections["notice"] or {}).get("text") == "Mời vào phòng họp")
    assert (tuan.sections["notice"] or {}).get("text") is None
    tuan.until(lambda tablet: not tablet.io.connected)
    again = Tablet(server.address, "token-tuan").connect()
    assert again.join(meeting_id)["code"] == "not_found"
    for tablet in (hoa, again):
        tablet.close()


def test_a_tablet_whose_token_ended_is_let_go(running: tuple[Server, int]) -> None:
    server, meeting_id = running
    hoa, truong = (Tablet(server.address, f"token-{name}").connect() for name in ("hoa", "truong"))
    for tablet in (hoa, truong):
        assert tablet.join(meeting_id)["ok"]
    _, people = server.get("admin", "/people?q=truong")

    server.act("admin", "organization.lock_account", person_id=people["data"][0]["id"])
    server.act("minh", "live.tell", meeting_id=meeting_id, text="Mời vào phòng họp")

    hoa.until(lambda tablet: (tablet.sections["notice"] or {}).get("text") == "Mời vào phòng họp")
    truong.until(lambda tablet: not tablet.io.connected)
    assert (truong.sections["notice"] or {}).get("text") is None
    hoa.close()
