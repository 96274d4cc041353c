"""A led page over real sockets: members, the desk and the wall hear it at once; a guest only of papers that reach guests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meeting import database
from meeting.agenda.models import Item, Meeting
from meeting.materials.models import Requirement
from tests.conftest import Council
from tests.live.test_page import paper  # noqa: F401 - fixture
from tests.live.test_sockets import tablet
from tests.serving import Server, serving

pytestmark = pytest.mark.server

BOXES = [[100, 200, 900, 220]]


@pytest.fixture
def running(
    council: Council,
    paper: Callable[..., int],  # noqa: F811
    store: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Server, int, int, int]]:
    """A meeting in session at the item that Hoa presents, Khách as its guest: a paper for all and one for members."""
    found = council.meeting(state="in_session")
    first = council.items(found)[0]
    council.update(Item, first, presenter_id=council.person("hoa"), state="current")
    council.update(Meeting, found, current_item_id=first)
    council.invite(found, "khach", voting=False)
    for_all, for_members = paper(found, first), paper(found, first)
    council.update(Requirement, 1, audience="all")
    council.update(Requirement, 2, audience="members")
    database.database().empty_log()
    database.use(None)
    folder = tmp_path_factory.mktemp("served")
    (folder / "storage").mkdir()
    shutil.copy(store / "storage" / "meeting.db", folder / "storage" / "meeting.db")
    with serving(folder, ready=True) as server:
        yield server, found, for_all, for_members


def test_a_turned_page_and_a_passage_reach_whom_the_paper_reaches(running: tuple[Server, int, int, int]) -> None:
    server, found, for_all, for_members = running
    hoa, tuan, hung, khach = (tablet(server, each, found) for each in ("hoa", "tuan", "hung", "khach"))
    hall = tablet(server, "minh", found, audience="hall")
    everybody = (tuan, hung, khach, hall)

    assert hoa.me["page"] == {"presents": True, "screen": None}
    assert hoa.call("live.show_page", meeting_id=found, document_id=for_all, page=2, screen="t1") == {"ok": True}
    for each in everybody:
        each.until(lambda screen: (screen.sections["page"] or {}).get("page") == 2)
    hoa.until(lambda screen: screen.me["page"]["screen"] == "t1")
    assert hoa.call("live.point", meeting_id=found, document_id=for_all, page=2, boxes=BOXES, screen="t1", going_on=True)["ok"]
    for each in everybody:
        each.until(lambda screen: (screen.sections["page"] or {}).get("point") == {"boxes": BOXES})

    assert hoa.call("live.show_page", meeting_id=found, document_id=for_members, page=1, screen="t1", going_on=True)["ok"]
    for each in (tuan, hung):
        each.until(lambda screen: (screen.sections["page"] or {}).get("document_id") == for_members)
        assert each.sections["page"]["point"] is None
    for each in (khach, hall):
        each.until(lambda screen: screen.sections["page"] is None)

    assert tuan.call("live.show_page", meeting_id=found, document_id=for_all, page=1)["code"] == "forbidden"
    assert hung.call("live.show_page", meeting_id=found, document_id=for_all, page=3)["ok"]
    assert (
        hoa.call("live.show_page", meeting_id=found, document_id=for_all, page=1, screen="t1", going_on=True)["code"]
        == "lead_taken"
    )
    late = tablet(server, "tuan", found)
    assert (late.sections["page"]["page"], late.sections["page"]["by"]["name"]) == (3, "Ông Đỗ Mạnh Hùng")
    for each in (hoa, tuan, hung, khach, hall, late):
        each.close()
