"""Every main page of every role, in a real browser: it opens, axe finds nothing, targets are fat, nothing runs off the side."""

from datetime import timedelta

import pytest

from meeting import clock
from meeting.agenda.seating_models import Seat, Seating
from meeting.catalogues.models import CatalogueEntry, Room
from meeting.catalogues.shapes import drawn
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.live import codes
from meeting.materials.models import Requirement
from meeting.voting.models import Elector, OpenBallot
from meeting.writer import perform
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.conftest import Council
from tests.tasks.many import put_tasks
from tests.voting.paper_votes import counted, put, put_rows
from tests.waiting import painted
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]

SECRETARY = [
    "/meetings/ID/votes",
    "/voting-record/members",
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
    "/meetings/DRAFT/minutes",
    "/meetings/HELD/minutes",
    "/meetings/HELD/minutes/history",
    "/meetings/ID/script",
    "/meetings/ID/script/print",
    "/meetings/ID/attendance",
    "/meetings/ID/seat-map",
    "/meetings/ID/seat/CODE",
    "/meetings/ID/evaluation",
    "/evaluation/form?body=2",
    "/papers",
    "/notices",
    "/notices?body=UBND&kind=TB&state=issued",
    "/resolutions",
    "/paper-forms",
    "/paper-forms/2/TB",
    "/tasks",
    "/tasks?view=due",
    "/tasks/1",
    "/tasks/new",
    "/tasks/1/edit",
    "/tasks/review",
    "/tasks/sheet",
    "/tasks/public",
    "/promises",
    "/meetings/ID/questions",
    "/reports",
    "/search?q=phien",
    "/items/1/life",
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
    "/guides/chair",
    "/guides/member/edit",
    "/practice",
    "/practice/over",
    "/sessions",
    "/shelf",
    "/meetings/ID/papers?by=unit",
    "/reports/units",
    "/reports/tasks",
    "/reports/leaders",
    "/reports/people",
    "/reports/rounds",
    "/reports/procedure",
    "/reports/procedure/edit",
    "/reports/evidence/meetings/meetings",
    "/meetings/ID/procedure",
    "/rounds",
    "/rounds/new?body=UBND",
    "/rounds/1",
    "/desk/tablets?body=2",
    "/desk/tablets?meeting=ID",
]
DELEGATE = [
    "/meetings/ID/votes",
    "/voting-record",
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
    "/search/saved",
    "/items/1/life",
    "/profile",
    "/profile/second-step",
    "/profile/identities",
    "/safe-line",
    "/guides",
    "/guides/member",
    "/feedback",
    "/signing/keys",
    "/xac-thuc",
    "/tablets",
    "/tablets/pair",
    "/kept",
    "/notifications",
    "/channels",
    "/meetings/ID/changes",
    "/rounds",
    "/rounds/1",
]
CHAIR = [
    "/",
    "/meetings/ID",
    "/meetings/ID/console",
    "/meetings/ID/evaluation",
    "/evaluation/form?body=2",
    "/rules",
    "/rules/TYPE",
    "/rules/TYPE/edit",
    "/rules/calendar",
    "/meetings/ID/papers/readiness",
    "/tasks",
    "/tasks/1",
    "/tasks/review",
]
ADMIN = [
    "/",
    "/guides/admin/edit",
    "/feedback?state=new",
    "/people",
    "/people/new",
    "/people/1",
    "/people/import",
    "/units",
    "/units/1",
    "/organization?retired=1",
    "/bodies",
    "/bodies/2",
    "/bodies/2/term",
    "/sign-ins",
    "/keeping",
    "/health",
    "/retention",
    "/reports",
    "/rules?body=2",
    "/rules/calendar",
    "/reports/units",
    "/clients",
    "/clients/new",
]
PAGES = [
    *(("minh", path) for path in SECRETARY),
    *(("hoa", path) for path in DELEGATE),
    *(("hung", path) for path in CHAIR),
    *(("dung", path) for path in ["/tasks/1", "/tasks?view=unit", "/reports/units", "/reports/tasks"]),
    *(("dung", path) for path in ["/", "/papers", "/tasks", "/papers/owed", "/papers/owed?show=all&when=past", "/papers/owed/1"]),
    *(("truong", path) for path in ["/papers/owed", "/papers/approve/1"]),
    *(("minh", path) for path in ["/papers/owed/1", "/papers/check/1", "/meetings/ID/papers/late"]),
    ("hung", "/meetings/ID/papers/late"),
    ("hung", "/meetings/HELD/minutes"),
    ("hung", "/meetings/HELD/minutes/history"),
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
    due_at = (clock.now() + timedelta(days=3)).isoformat()
    asked = {"body_id": council.body("UBND"), "title": "Hố ga ngõ 91", "text": "Đồng ý?", "ground": "urgent", "due_at": due_at}
    _voted(council, meeting)
    put_tasks(council, 14, meeting_id=meeting)
    made = perform(council.actor("minh"), "rounds.draft", asked)
    perform(council.actor("minh"), "rounds.send", {"round_id": made["round_id"]})
    return meeting


@pytest.fixture(scope="module")
def minuted(running: House) -> tuple[int, int]:
    """A meeting whose minutes are in draft, and one whose minutes were corrected."""
    council = running.council
    begun = clock.now() - timedelta(days=2)
    over = {"starts_at": begun, "opened_at": begun, "closed_at": begun + timedelta(hours=2), "minutes_state": "draft"}
    found = [council.meeting(state="held", **over) for _ in range(2)]
    for each in found:
        text = "I. THÀNH PHẦN THAM DỰ\n1. Có mặt: 3/3 thành viên.\nKết luận: Thông qua."
        (minutes_id,) = council.write(Minutes(meeting_id=each, text=text, drafted_at=begun))
        council.write(MinutesVersion(minutes_id=minutes_id, version=1, text=text, edited_at=begun))
    wanted = {"meeting_id": found[1]}
    minh = council.actor("minh")
    perform(minh, "conclusions.sign_minutes", wanted)
    perform(minh, "conclusions.correct_minutes", {**wanted, "reason": "Ghi sai số người có mặt"})
    perform(minh, "conclusions.edit_minutes", {**wanted, "text": text.replace("3/3", "2/3")})
    perform(minh, "conclusions.sign_minutes", wanted)
    return found[0], found[1]


def _voted(council: Council, meeting: int) -> None:
    """An open vote that is over, with Hoa's ballot, and an election on paper that is to come."""
    question, _ = put(council, meeting, kind="open", options=["for", "against"])
    hoa = council.person("hoa")
    put_rows(Elector(question_id=question, person_id=hoa), OpenBallot(question_id=question, person_id=hoa, choice="for"))
    counted(council, question, counts={"for": 20, "against": 3})
    put(council, meeting, "election", 2, title="Bầu Phó Chủ tịch", state="draft", opened_at=None)


@pytest.mark.parametrize(("username", "path"), PAGES, ids=[f"{username}{path}" for username, path in PAGES])
def test_the_page_serves_everybody_on_every_device(
    house: House, meeting: int, minuted: tuple[int, int], username: str, path: str
) -> None:
    touch = username in ("hoa", "hung")
    path = path.replace("ID", str(meeting)).replace("TYPE", str(house.council.type()))
    path = path.replace("DRAFT", str(minuted[0])).replace("HELD", str(minuted[1]))
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
