"""Every main page of every role, in a real browser: it opens, axe finds nothing, targets are fat, nothing runs off the side."""

from datetime import timedelta

import pytest

from meeting import clock
from meeting.agenda.seating_models import Seat, Seating
from meeting.catalogues.models import CatalogueEntry, Room
from meeting.catalogues.shapes import drawn
from meeting.live import codes
from meeting.materials.models import Requirement
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.waiting import painted
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]

SECRETARY = [
    "/",
    "/meetings",
    "/week?body=UBND",
    "/meetings/new",
    "/meetings/ID",
    "/meetings/ID/edit",
    "/meetings/ID/programme",
    "/meetings/ID/participants",
    "/meetings/ID/papers",
    "/meetings/ID/desk",
    "/meetings/ID/minutes",
    "/meetings/ID/script",
    "/meetings/ID/script/print",
    "/meetings/ID/attendance",
    "/meetings/ID/seat-map",
    "/meetings/ID/seat/CODE",
    "/meetings/ID/evaluation",
    "/papers",
    "/notices",
    "/tasks",
    "/promises",
    "/meetings/ID/questions",
    "/reports",
    "/search?q=phien",
    "/notifications",
    "/channels",
    "/channels/body",
    "/calendar",
    "/calendar/unit?view=month",
    "/week",
    "/meetings/ID/mailed",
    "/catalogues/positions",
    "/catalogues/document-types?edit=1",
    "/catalogues/authorities/import",
    "/rooms",
    "/rooms/1",
    "/rooms/1/plan",
    "/meetings/ID/seats",
    "/meetings/ID/papers/release",
    "/meetings/ID/papers/readiness",
    "/meetings/ID/papers/readers",
    "/rules",
    "/rules/TYPE",
    "/rules/TYPE/edit",
    "/rules/import?body=2",
    "/rules/calendar",
    "/rules/calendar/import",
    "/invitations",
    "/meetings/ID/invitations",
    "/meetings/ID/invitations/paper",
    "/meeting-templates",
    "/meetings/ID/repeat?every=week&count=3",
    "/meetings/ID/changes",
    "/groups",
    "/sessions",
    "/shelf",
    "/meetings/ID/papers?by=unit",
    "/reports/units",
]
DELEGATE = [
    "/meetings/ID/seat-map",
    "/meetings/ID/seat/CODE",
    "/notes",
    "/meetings/ID/notes",
    "/calendar",
    "/calendar?view=month",
    "/calendar?view=week",
    "/week?body=UBND",
    "/calendar/feed",
    "/rooms/1",
    "/meetings/ID/seats",
    "/",
    "/meetings",
    "/meetings/ID",
    "/meetings/ID/room",
    "/shelf",
    "/shelf?thrown=1",
    "/papers",
    "/tasks",
    "/search",
    "/profile",
    "/tablets",
    "/kept",
    "/notifications",
    "/channels",
    "/meetings/ID/changes",
]
CHAIR = [
    "/",
    "/meetings/ID",
    "/meetings/ID/console",
    "/meetings/ID/evaluation",
    "/rules",
    "/rules/TYPE",
    "/rules/TYPE/edit",
    "/rules/calendar",
    "/meetings/ID/papers/readiness",
]
ADMIN = [
    "/",
    "/people",
    "/people/new",
    "/people/1",
    "/people/import",
    "/units",
    "/bodies",
    "/sign-ins",
    "/reports",
    "/rules?body=2",
    "/rules/calendar",
    "/reports/units",
]
PAGES = [
    *(("minh", path) for path in SECRETARY),
    *(("hoa", path) for path in DELEGATE),
    *(("hung", path) for path in CHAIR),
    *(("dung", path) for path in ["/", "/papers", "/tasks", "/papers/owed", "/papers/owed?show=all&when=past", "/papers/owed/1"]),
    *(("truong", path) for path in ["/papers/owed", "/papers/approve/1"]),
    *(("minh", path) for path in ["/papers/owed/1", "/papers/check/1", "/meetings/ID/papers/late"]),
    ("hung", "/meetings/ID/papers/late"),
    *(("admin", path) for path in ADMIN),
]


@pytest.fixture(scope="module")
def meeting(running: House) -> int:
    """A meeting with its programme and its seats, ready to open; the catalogues hold an entry."""
    council = running.council
    council.write(CatalogueEntry(kind="document_type", name="Tờ trình", abbreviation="TTr", style="state"))
    plan = drawn("hall", rows=3, seats=6, heads=3, aisle=True).as_value()
    (room,) = council.write(Room(name="Hội trường", place="Tầng 3", plan=plan, plan_version=1))
    meeting = council.meeting(items=5, room_id=room)
    council.write(Seating(meeting_id=meeting, room_id=room, room_version=1, plan=plan, taken_at=clock.now()))
    council.write(Seat(meeting_id=meeting, label="A1", person_id=council.person("hoa")))
    due = {"due_at": clock.now() - timedelta(hours=1), "asked_at": clock.now() - timedelta(days=3)}
    of_unit = {"unit_id": council.unit("kinh_te"), "asked_by": council.person("minh"), **due}
    council.write(Requirement(meeting_id=meeting, item_id=council.items(meeting)[1], what="Tờ trình dự toán", **of_unit))
    return meeting


@pytest.mark.parametrize(("username", "path"), PAGES, ids=[f"{username}{path}" for username, path in PAGES])
def test_the_page_serves_everybody_on_every_device(house: House, meeting: int, username: str, path: str) -> None:
    touch = username in ("hoa", "hung")
    path = path.replace("ID", str(meeting)).replace("TYPE", str(house.council.type()))
    path = path.replace("CODE", codes.seat_code(meeting, "A1"))
    page = house.look(username, path, TOUCH if touch else DESK)
    assert violations(page) == []
    assert page.locator("h1").count() == 1, "one heading says what the page is"
    if touch:
        assert page.evaluate(SMALL) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate("() => { document.documentElement.dataset.text = '130'; }")
    painted(page)
    assert page.evaluate(WIDE) <= 0
