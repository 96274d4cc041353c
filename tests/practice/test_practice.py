"""A practice: everything works as in a real meeting, nothing of it shows anywhere else, and at its end every trace is gone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock, database, jobs
from meeting.agenda.models import Item, Meeting
from meeting.discussion.models import Opinion
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.journal import Entry, verify
from meeting.materials.models import Submission
from meeting.notify.models import Delivery, Notification
from meeting.organization.models import Body, Membership
from meeting.permissions import SYSTEM
from meeting.practice import rules
from meeting.practice.models import Practice
from meeting.search.models import Passage, StaleMark
from meeting.tables import Base
from meeting.voting.models import Question
from meeting.writer import perform
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
#: What the record of the house keeps: that a practice was held and erased, and that a file came and was read, by its number.
STAYS = {"practice.held", "practice.erased", "documents.file_received", "documents.file_ready"}


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with database.reading() as session:
        counts = {table.name: select(func.count()).select_from(table) for table in Base.metadata.sorted_tables}
        return {name: session.scalar(count) or 0 for name, count in counts.items()}


def files(store: Path) -> set[str]:
    """All files in the store's folders of papers."""
    return {
        str(path) for name in ("files", "pages", "copies") for path in (store / "storage" / name).rglob("*") if path.is_file()
    }


def chain_zero() -> list[tuple[str, int]]:
    with database.reading() as session:
        return [(row.event, row.actor_id) for row in session.scalars(select(Entry).where(Entry.chain == 0).order_by(Entry.seq))]


def refused(do: Do, username: str, act: str, **wanted: Any) -> str:
    with pytest.raises(Refused) as refusal:
        do(username, act, **wanted)
    return refusal.value.code


def begun(council: Council, do: Do, body: str = "HĐND") -> Practice:
    made = do("minh", "practice.begin", body_id=council.body(body))
    jobs.run_waiting()
    return council.one(select(Practice).where(Practice.id == made["practice_id"]))


@pytest.fixture
def practice(council: Council, do: Do) -> Iterator[Practice]:
    """A practice of the HĐND with its paper read."""
    return begun(council, do)


def play(council: Council, do: Do, practice: Practice) -> None:
    """What people do in it: check in, read, write, speak, vote openly and secretly, close."""
    meeting = practice.meeting_id
    for who in ("lan", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=meeting)
    do("lan", "live.open", meeting_id=meeting)
    items = council.items(meeting)
    paper = council.one(select(Submission.file_id))
    do("lan", "live.go_to_item", meeting_id=meeting, item_id=items[1])
    do("hoa", "discussion.post", meeting_id=meeting, item_id=items[1], text="Góp ý thử")
    do("hoa", "speaking.ask", meeting_id=meeting, item_id=items[1])
    do("hoa", "shelf.put", file_id=paper)
    do("lan", "live.go_to_item", meeting_id=meeting, item_id=items[3])
    for question in council.all(select(Question.id).where(Question.meeting_id == meeting).order_by(Question.position)):
        do("lan", "voting.open", question_id=question, confirm=True)
        for who in ("lan", "hoa", "tuan"):
            do(who, "voting.cast", question_id=question, choice="for")
        do("lan", "voting.close", question_id=question)
        do("lan", "voting.publish", question_id=question)
    do("hoa", "guides.give_feedback", kind="wish", text="Buổi tập hay", page=f"/meetings/{meeting}/room")


def test_everybody_of_the_body_finds_it_and_nobody_else(council: Council, do: Do, practice: Practice, client, api):
    for who in ("lan", "hoa", "tuan", "minh", "van"):
        page = client(who).get("/").get_data(as_text=True)
        assert f'/meetings/{practice.meeting_id}"' in page, who
        assert "Tập dượt: không lưu lại" in page, who
    assert rules.TITLE not in client("hung").get("/").get_data(as_text=True)
    assert client("hung").get(f"/meetings/{practice.meeting_id}").status_code == 404
    assert [each["meeting_id"] for each in api("hoa").get("/practices")[1]["data"]] == [practice.meeting_id]
    assert api("hung").get("/practices")[1] == {"data": [], "bodies": []}


@pytest.mark.parametrize(
    "path",
    ["/meetings/{m}", "/meetings/{m}/room", "/meetings/{m}/votes", "/meetings/{m}/seats", "/documents/{f}", "/items/{i}/life"],
)
def test_each_screen_of_it_says_so(council: Council, practice: Practice, client, path: str):
    address = path.format(
        m=practice.meeting_id, f=council.one(select(Submission.file_id)), i=council.items(practice.meeting_id)[1]
    )
    page = client("hoa").get(address)
    assert page.status_code == 200
    assert "TẬP DƯỢT: không lưu lại" in page.get_data(as_text=True)
    assert "TẬP DƯỢT: không lưu lại" not in client("hoa").get("/meetings").get_data(as_text=True)


def test_who_holds_it_and_what_is_refused(council: Council, do: Do):
    hdnd = council.body("HĐND")
    for stranger in ("lan", "hoa", "van", "dung"):
        assert refused(do, stranger, "practice.begin", body_id=hdnd) == "forbidden"
    assert refused(do, "admin", "practice.begin", body_id=hdnd) == "not_found"
    assert refused(do, "minh", "practice.begin", body_id=council.body("Đảng ủy")) == "not_found"
    made = do("minh", "practice.begin", body_id=hdnd)
    assert refused(do, "minh", "practice.begin", body_id=hdnd) == "practice_runs"
    of_practice = council.one(select(Practice.body_id))
    assert refused(do, "minh", "practice.begin", body_id=of_practice) == "practice_of_practice"
    assert refused(do, "hoa", "practice.end", practice_id=made["practice_id"]) == "forbidden"
    assert refused(do, "minh", "practice.end_over", practice_id=made["practice_id"]) == "forbidden"
    assert refused(do, "minh", "practice.lay_paper", practice_id=made["practice_id"], file_id=1) == "forbidden"
    assert refused(do, "hung", "practice.end", practice_id=made["practice_id"]) == "not_found"


def test_everything_can_be_tried_and_every_trace_is_erased(council: Council, do: Do, store: Path):
    council.meeting("HĐND")
    before, kept, told = rows(), files(store), chain_zero()
    practice = begun(council, do)
    play(council, do, practice)
    jobs.run_waiting()
    with database.reading() as session:
        assert len({row.chain for row in session.scalars(select(Entry)) if row.chain}) >= 1

    do("minh", "practice.end", practice_id=practice.id)
    jobs.run_waiting()

    after = rows()
    more = [event for event, _ in chain_zero()[len(told) :]]
    assert set(more) - STAYS == {"guides.feedback_given"}, "a remark is no part of the practice"
    assert all(actor == 0 for event, actor in chain_zero()[len(told) :] if event.startswith("practice."))
    for name, added in (("journal", len(more)), ("remark", 1), ("setting", 1)):  # up to which numbers none is given again
        after[name] -= added
    after["job"], before["job"] = 0, 0  # counted below: what ran for everybody
    assert {name: n for name, n in after.items() if n != before[name]} == {}
    assert files(store) == kept
    with database.reading() as session:
        assert list(verify(session.connection())) == []
        named = [job.arguments for job in session.scalars(select(jobs.Job))]
    assert [each for each in named if "practice_id" in each or "file_id" in each] == []


def test_it_waits_for_nobody(council: Council, do: Do, practice: Practice):
    do("lan", "live.check_in", meeting_id=practice.meeting_id)
    do("lan", "live.open", meeting_id=practice.meeting_id)
    do("lan", "live.go_to_item", meeting_id=practice.meeting_id, item_id=council.items(practice.meeting_id)[0])
    assert council.one(select(Item.state).where(Item.id == council.items(practice.meeting_id)[0])) == "current"


def test_no_page_about_a_person_names_the_roles_of_it(council: Council, practice: Practice, client):
    for who, path in (("hoa", "/profile"), ("admin", f"/people/{council.person('hoa')}")):
        page = client(who).get(path).get_data(as_text=True)
        assert "HĐND</" in page, path
        assert '<span class="muted"></span>' not in page, path
        assert '<b class="med"></b>' not in page, path


def test_the_guard_of_the_journal_stands_again(council: Council, do: Do, practice: Practice):
    do("minh", "practice.end", practice_id=practice.id)
    with Session(database.database().writing) as session, pytest.raises(Exception, match="append-only"):
        session.connection().exec_driver_sql("DELETE FROM journal")


def test_other_meetings_stay_as_they_are(council: Council, do: Do):
    real = council.meeting("HĐND")
    do("hoa", "live.check_in", meeting_id=real)
    practice = begun(council, do)
    play(council, do, practice)
    do("minh", "practice.end", practice_id=practice.id)
    assert council.one(select(Meeting.id).where(Meeting.id == real)) == real
    assert council.all(select(Entry.event).where(Entry.chain == real)) == ["live.checked_in"]
    assert len(council.items(real)) == 3


def test_no_number_of_it_is_ever_given_again(council: Council, do: Do):
    real = council.meeting("HĐND")
    practice = begun(council, do)
    play(council, do, practice)
    named = (Meeting, Body, Item, Question, File, Entry)
    highest = {each: council.one(select(func.max(each.id))) for each in named}

    do("minh", "practice.end", practice_id=practice.id)

    newest = council.one(select(func.max(Entry.id)))
    assert newest > highest[Entry], "who follows the journal by numbers would miss what comes next"
    again = begun(council, do)
    assert again.meeting_id > highest[Meeting]
    assert again.body_id > highest[Body]
    for each in (Item, Question):
        of = council.all(select(each.id).where(each.meeting_id == again.meeting_id).order_by(each.id))
        assert of[0] > highest[each]
        assert len(set(of)) == len(of)
    assert council.one(select(Submission.file_id)) > highest[File]
    assert council.one(select(Meeting.id).where(Meeting.id == real)) == real


def test_what_merely_points_at_it_is_another_s_and_stays(council: Council, do: Do):
    """A meeting of the body itself, or a note of its own, is never erased because a pointer leads into the practice."""
    real = council.meeting("HĐND")
    practice = begun(council, do)
    council.update(Meeting, real, copied_from_id=practice.meeting_id)
    item = council.one(select(Item.id).where(Item.meeting_id == practice.meeting_id).limit(1))
    said = {"text": "Của phiên thật", "at": clock.now(), "person_id": council.person("hoa")}
    opinions = council.write(Opinion(meeting_id=real, item_id=item, **said))
    do("minh", "practice.end", practice_id=practice.id)

    assert council.one(select(Meeting.copied_from_id).where(Meeting.id == real)) is None
    assert len(council.items(real)) == 3
    assert council.all(select(Opinion.id).where(Opinion.item_id.is_(None))) == opinions


PLACES = (
    ("minh", "/reports"),
    ("minh", "/reports/people"),
    ("minh", "/reports/tasks"),
    ("admin", "/reports"),
    ("minh", "/search?q=tập dượt"),
    ("hoa", "/search?q=biểu quyết thử"),
    ("minh", "/week?body=HĐND"),
    ("hoa", "/calendar?view=month"),
    ("minh", "/meetings/new"),
    ("minh", "/rules"),
    ("minh", "/channels/body"),
    ("minh", "/rounds/new?body=HĐND"),
    ("minh", "/notices"),
    ("minh", "/tasks/new"),
    ("minh", "/groups"),
    ("admin", "/bodies"),
    ("", "/cong-khai"),
    ("", "/cong-khai/hdnd.json"),
)


def test_it_shows_nowhere_else(council: Council, do: Do, client, practice: Practice):
    play(council, do, practice)
    jobs.run_waiting()
    for who, path in PLACES:
        page = client(who).get(path, follow_redirects=True).get_data(as_text=True)
        inside = page.partition("<main")[2] or page
        assert rules.TITLE not in inside, path
        assert "(tập dượt)" not in inside, path
    assert council.all(select(Passage.id).where(Passage.body_id == practice.body_id)) == []
    assert council.all(select(StaleMark).where(StaleMark.scope == practice.meeting_id)) == []
    of = council.all(select(Notification.id).where(Notification.meeting_id == practice.meeting_id))
    assert council.all(select(Delivery.id).where(Delivery.notification_id.in_(of))) == []


def test_reports_lists_and_the_public_page_are_byte_for_byte_what_they_were(council: Council, do: Do, client, at):
    at(clock.now())
    asked = [
        ("minh", "/reports/meetings.csv"),
        ("minh", "/reports/people.csv"),
        ("minh", "/reports/tasks.csv"),
        ("", "/cong-khai"),
        ("hoa", "/week.ics?body=HĐND"),
    ]

    def read() -> dict[str, bytes]:
        heard = {path: client(who).get(path) for who, path in asked}
        assert {path: each.status_code for path, each in heard.items()} == dict.fromkeys(heard, 200)
        return {path: each.get_data() for path, each in heard.items()}

    before = read()
    practice = begun(council, do)
    play(council, do, practice)
    jobs.run_waiting()
    assert read() == before
    do("minh", "practice.end", practice_id=practice.id)
    assert read() == before


def test_it_ends_by_itself_after_a_day(council: Council, do: Do, practice: Practice, at):
    with pytest.raises(Refused):
        perform(SYSTEM, "practice.end_over", {"practice_id": practice.id})
    at(clock.now() + timedelta(hours=25))
    perform(SYSTEM, "practice.end_over", {"practice_id": practice.id})
    assert council.all(select(Practice.id)) == []
    assert council.all(select(Body.id).where(Body.practice_of_id.is_not(None))) == []
    assert council.all(select(Membership.id).where(Membership.practice)) == []
    assert [event for event, _ in chain_zero() if event.startswith("practice.")] == ["practice.held", "practice.erased"]


def test_its_programme_paper_and_questions_are_ready(council: Council, practice: Practice):
    assert council.one(select(Meeting.state).where(Meeting.id == practice.meeting_id)) == "issued"
    assert len(council.all(select(Item.id).where(Item.meeting_id == practice.meeting_id))) == len(rules.PROGRAMME)
    assert council.all(select(Question.kind).where(Question.meeting_id == practice.meeting_id).order_by(Question.position)) == [
        "open",
        "secret",
    ]
    file = council.one(select(Submission)).file_id
    with database.reading() as session:
        assert session.get_one(File, file).page_count == 2


@pytest.mark.parametrize(
    ("is_practice", "runs", "kinds", "members", "code"),
    [
        (False, False, 1, 3, ""),
        (True, False, 1, 3, "practice_of_practice"),
        (False, True, 1, 3, "practice_runs"),
        (False, False, 0, 3, "practice_without_rules"),
        (False, False, 1, 0, "practice_without_members"),
    ],
)
def test_when_one_may_begin(is_practice, runs, kinds, members, code):
    if not code:
        return rules.check_begin("HĐND", is_practice=is_practice, runs=runs, kinds=kinds, members=members)
    with pytest.raises(Refused) as refusal:
        rules.check_begin("HĐND", is_practice=is_practice, runs=runs, kinds=kinds, members=members)
    assert refusal.value.code == code
    return None
