"""The demo council: filled through acts, with a true journal, and two meetings that can be opened."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from meeting import clock, config, database, demo, jobs, migrations
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.seating_models import Seat
from meeting.calendars.models import WeekProgramme
from meeting.catalogues.models import Room
from meeting.conclusions import genuine
from meeting.conclusions.models import Instrument
from meeting.database import reading
from meeting.demo.people import OFFERED, STAFF, delegates
from meeting.demo.plans import BRIEFINGS
from meeting.documents import store
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.exchange.models import ApiCall, Client, ClientRight, Webhook, WebhookDelivery
from meeting.guides.models import Remark
from meeting.health import start
from meeting.invitations.models import GuestLink, Invitation, Substitution
from meeting.jobs import Job
from meeting.journal import Entry
from meeting.materials.models import Extension, Requirement
from meeting.materials.release_models import Comparison
from meeting.notes.models import Note
from meeting.opendata import akoma, sittings
from meeting.opendata.models import OpenObject, PublicSitting
from meeting.organization import chart, identity, queries
from meeting.organization.models import Body, ExtraRight, Group, Unit
from meeting.permissions import Role
from meeting.practice.models import Practice
from meeting.records.keeping import plan_now
from meeting.records.service import verify_journal
from meeting.rounds.models import OpinionRound
from meeting.rulebook.models import MeetingType
from meeting.shelf.models import ShelfPaper
from meeting.signing import practising, verify
from meeting.signing.models import SigningKey
from meeting.tablets.models import Tablet
from meeting.tasks.models import Task
from meeting.voting.models import Question, Result
from meeting.writer import perform

pytestmark = pytest.mark.server
MEMBERS = 25


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder filled once for this file; the tests after the first ones go on with it."""
    folder = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    jobs.queue.forget()
    migrations.upgrade()
    demo.fill(MEMBERS)
    yield folder
    database.use(None)


@pytest.fixture(autouse=True)
def _store(filled: Path) -> Iterator[None]:
    """Other fixtures may have put another store in place."""
    url = f"sqlite:///{filled / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=filled, database_url=url, keys=filled / "keys"))
    database.use(database.Database(url))
    yield
    database.use(None)


def one(statement: Any) -> Any:
    with reading() as session:
        return session.scalar(statement)


def all_of(statement: Any) -> list[Any]:
    with reading() as session:
        return list(session.scalars(statement))


def meeting(state: str, body: str, kind: str) -> Any:
    kinds = select(Meeting).join(Body, Body.id == Meeting.body_id).join(MeetingType, MeetingType.id == Meeting.type_id)
    beside = Meeting.sitting.in_(("group", "closing"))
    found = all_of(kinds.where(Body.short_name == body, Meeting.state == state, MeetingType.code == kind, ~beside))
    assert len(found) == 1
    return found[0]


def coming() -> Any:
    return meeting("issued", "UBND", "regular")


def actor(username: str) -> Any:
    with reading() as session:
        return queries.actor_of(session, queries.account_named(session, username))


def test_the_journal_of_the_demo_is_whole_and_only_acts_wrote_it() -> None:
    found = verify_journal()

    assert found.faults == []
    assert found.entries > 150
    assert one(select(func.count(Job.id)).where(Job.state != "done")) == 0
    assert one(select(func.count(Entry.id)).where(Entry.at > clock.now())) == 0


def test_every_paper_was_read_by_the_real_reading_code() -> None:
    files = all_of(select(File))

    assert len(files) > 12
    assert {file.state for file in files} == {"ready"}
    assert all(file.page_count >= 1 for file in files)


def test_every_role_is_worn_by_somebody_and_the_taps_work() -> None:
    worn = {role for someone in STAFF for _, role in actor(someone.username).roles}

    assert worn == set(Role) - {Role.PRESIDER, Role.PRESIDIUM, Role.COUNTER, Role.ADMIN, Role.SYSTEM}
    assert actor("admin").is_admin
    assert [account["username"] for account in identity.demo_accounts()] == list(OFFERED)
    assert one(select(func.count(Unit.id))) == 7


def test_people_were_elected_on_paper_and_questions_wait_for_today() -> None:
    older = meeting("held", "HĐND", "special")
    elected, carried = all_of(select(Question).where(Question.meeting_id == older.id).order_by(Question.id))
    today = meeting("issued", "HĐND", "regular")
    waiting = all_of(select(Question).where(Question.meeting_id == today.id).order_by(Question.position))

    assert (elected.form, elected.on_paper, elected.state) == ("election", True, "published")
    result = one(select(Result).where(Result.question_id == elected.id))
    assert (result.issued, result.returned, result.passed) == (MEMBERS - 1, MEMBERS - 1, True)
    assert one(select(Result.spoken).where(Result.question_id == carried.id)) == 1
    assert [(each.form, each.kind) for each in waiting] == [
        ("matter", "open"), ("matter", "open"), ("election", "hand"), ("relief", "open"), ("paper", "open"),
    ]  # fmt: skip
    assert {each.state for each in all_of(select(OpinionRound))} == {"decided", "open"}


def test_the_past_meeting_is_finished_and_its_tasks_stand_in_several_states() -> None:
    past = meeting("held", "UBND", "regular")

    assert (past.minutes_state, past.notice_state, past.evaluation_state) == ("signed", "issued", "closed")
    tasks = all_of(select(Task).where(Task.meeting_id == past.id))
    assert {task.state for task in tasks} == {"accepted", "reported", "in_progress", "received", "assigned"}
    assert any(task.due_on and task.due_on < clock.today() and task.state == "received" for task in tasks)


def test_the_coming_meeting_has_papers_in_every_state() -> None:
    owed = all_of(select(Requirement).where(Requirement.meeting_id == coming().id))

    states = {"asked", "preparing", "with_head", "submitted", "checking", "returned", "accepted", "published"}
    assert {row.state for row in owed} == states
    assert sum(bool(row.first_late_minutes) for row in owed) == 2
    assert [row.late_decision for row in owed if row.late_decision] == ["accepted"]
    assert {asked.state for asked in all_of(select(Extension))} == {"asked", "granted"}
    assert any(row.first_received_at is None and row.due_at < clock.now() for row in owed)


def test_a_published_paper_has_a_new_version_and_says_what_changed() -> None:
    compared = all_of(select(Comparison))

    assert [each.state for each in compared] == ["ready", "ready"]
    assert all(each.pages_of("changed") >= 1 for each in compared)


def test_notes_followed_the_new_version_and_groups_and_a_shelf_are_there() -> None:
    notes = all_of(select(Note))

    carried = [each for each in notes if each.carried_from_id is not None]
    assert (len(carried), [each.lost for each in carried]) == (4, [False] * 4)
    assert [each.shared for each in notes if each.shared != "me"] == ["group"]
    assert one(select(func.count(Group.id))) == 5
    assert one(select(func.count(ShelfPaper.id))) == 2


def test_the_coming_meeting_was_called_by_a_numbered_paper_and_is_answered_in_every_way() -> None:
    invited = all_of(select(Participant).where(Participant.meeting_id == coming().id))

    (paper,) = all_of(select(Invitation).where(Invitation.meeting_id == coming().id))
    assert (paper.state, paper.number is not None, paper.document_id is not None) == ("issued", True, True)
    assert {each.reply for each in invited} == {"accepted", "declined", "none"}
    assert {each.absence for each in invited} == {"", "asked", "approved"}
    assert {each.state for each in all_of(select(Substitution))} == {"asked", "consented"}
    assert one(select(func.count(GuestLink.id))) == 1


def test_its_programme_is_a_tree_in_its_second_version_and_its_people_have_seats() -> None:
    items = all_of(select(Item).where(Item.meeting_id == coming().id))

    assert coming().programme_version == 2
    assert max(item.depth for item in items) == 1
    assert one(select(func.count(Seat.id)).where(Seat.meeting_id == coming().id, Seat.person_id.is_not(None))) > 5


def test_what_is_planned_further_ahead_is_there() -> None:
    council, party = meeting("draft", "HĐND", "regular"), meeting("issued", "Đảng ủy", "regular")

    assert [paper.state for paper in all_of(select(Invitation).where(Invitation.meeting_id == council.id))] == ["signed"]
    assert one(select(func.count(Requirement.id)).where(Requirement.meeting_id == council.id)) == 4
    assert party.closed
    assert one(select(func.count(Meeting.id)).where(Meeting.series_id.is_not(None))) == BRIEFINGS
    assert one(select(func.count(Room.id)).where(Room.plan.is_not(None))) == 3
    assert {week.state for week in all_of(select(WeekProgramme))} == {"published"}


@pytest.mark.parametrize(("body", "kind", "chair"), [("HĐND", "regular", "lan"), ("UBND", "thematic", "hung")])
def test_two_meetings_of_today_can_be_opened_by_their_chairs(body: str, kind: str, chair: str) -> None:
    ready = meeting("issued", body, kind)

    assert clock.local(ready.starts_at).date() == clock.today()
    accepted = select(func.count(Requirement.id)).where(Requirement.meeting_id == ready.id, Requirement.state == "published")
    assert one(accepted) >= 3
    perform(actor(chair), "live.open", {"meeting_id": ready.id})
    assert one(select(Meeting.state).where(Meeting.id == ready.id)) == "in_session"


def test_the_council_sits_over_three_days_and_its_groups_in_parallel() -> None:
    sittings = all_of(select(Meeting).where(Meeting.session_id.is_not(None)).order_by(Meeting.starts_at, Meeting.id))

    assert [each.sitting for each in sittings] == ["opening", "group", "group", "group", "closing"]
    together = [each for each in sittings if each.sitting == "group"]
    assert len({each.starts_at for each in together}) == 1
    assert len({each.chair_id for each in together}) == 3
    assert {each.state for each in together} == {"issued"}


def test_so_many_members_as_wanted_are_invited_to_the_council() -> None:
    council = one(select(Meeting).where(Meeting.sitting == "opening"))

    voting = select(func.count(Participant.id)).where(Participant.meeting_id == council.id, Participant.voting)
    assert one(voting) == MEMBERS


@pytest.mark.parametrize(("members", "further"), [(None, 12), (6, 0), (10, 4), (500, 494)])
def test_the_council_grows_to_the_wanted_size(members: int | None, further: int) -> None:
    assert len(delegates(members)) == further


def test_the_resolution_is_signed_and_sealed_digitally_and_known_as_genuine() -> None:
    resolution = one(select(Instrument).where(Instrument.family == "decision"))
    notice = one(select(Instrument).where(Instrument.family == "conclusion", Instrument.state == "issued"))

    assert (resolution.state, resolution.sealing, notice.sealing) == ("issued", "key", "mark")
    pdf = store.file_path(one(select(File.sha256).where(File.id == resolution.document_id))).read_bytes()
    signatures, filled = verify.signatures_of(pdf)
    assert [each["name"] for each in signatures] == [
        "Vũ Thị Mai Lan (THỬ NGHIỆM)",
        "HỘI ĐỒNG NHÂN DÂN PHƯỜNG LẠC GIANG (THỬ NGHIỆM)",
    ]
    assert all(each["sound"] and each["valid_then"] for each in signatures)
    assert [datetime.fromisoformat(each["signed_at"]) for each in signatures] == [resolution.signed_at, resolution.locked_at]
    assert filled["number"] == f"{resolution.number.number:02d}"
    with reading() as session:
        proven = genuine.found(session, resolution.verify_code)
    assert proven is not None
    assert (proven.standing, proven.digital, proven.locked_at) == ("in_force", True, resolution.locked_at)


def test_who_signs_and_each_body_has_one_practice_key() -> None:
    keys = all_of(select(SigningKey))

    assert all("THỬ NGHIỆM" in key.subject and key.valid_until > clock.now() for key in keys)
    assert {actor(username).person_id for username in ("lan", "hung", "minh")} <= {key.person_id for key in keys}
    assert {key.body_id for key in keys if key.body_id} == set(all_of(select(Body.id).where(Body.practice_of_id.is_(None))))
    assert practising.give() == []


def test_the_public_page_shows_a_finished_task_with_its_result() -> None:
    shown = all_of(select(Task).where(Task.released_at.is_not(None)))

    assert {bool(task.public_result): task.state for task in shown} == {True: "accepted", False: "in_progress"}


def test_every_unit_stands_on_the_chart_below_the_body_that_it_serves() -> None:
    assert all_of(select(Unit.short_name).where(Unit.body_id.is_(None))) == []
    with reading() as session:
        branches = chart.chart(session, actor("admin"))
    assert {branch.body.short_name: len(branch.nodes) for branch in branches if branch.body} == {
        "Đảng ủy": 0,
        "HĐND": 1,
        "UBND": 6,
    }


def test_a_right_and_a_role_end_soon_and_the_start_pages_of_administrators_say_so() -> None:
    (right,) = all_of(select(ExtraRight))
    with reading() as session:
        waits = start.waiting(session, actor("admin"))
        refused = start.refused(session, actor("admin"))
        mine = start.own_people(session, actor("anh"))

    assert clock.today() < right.ends_on <= clock.today() + timedelta(days=30)
    assert (right.person_id, right.action) == (actor("linh").person_id, "calendars.keep_week")
    assert [each.kind for each in waits["ending"]] == ["role", "right"]
    assert [(row.name, bool(row.lost_at)) for row, _ in waits["tablets"]] == [("Máy tính bảng 07", True)]
    assert (waits["locked"], waits["unanswered"]) == ([], 1)
    assert [line.row.username for line in refused["lines"]] == ["quantri", "hoa"]
    assert mine is not None
    assert mine["found"].headless == ()
    assert [(person.full_name, lacks) for person, lacks in mine["lacking"]][:1] == [("Từ Thị Ngọc Ánh", ("never_came",))]


def test_another_system_reads_and_nothing_of_the_demo_leaves_the_machine() -> None:
    (client,) = all_of(select(Client))
    (hook,) = all_of(select(Webhook))

    assert client.on
    assert one(select(func.count(ClientRight.id)).where(ClientRight.client_id == client.id)) == 6
    assert {call.status for call in all_of(select(ApiCall))} == {200, 403}
    assert one(select(func.max(ApiCall.at))) < clock.now()
    assert (hook.on, hook.url.startswith("https://"), ".example/" in hook.url) == (False, True, True)
    assert [each.state for each in all_of(select(WebhookDelivery).order_by(WebhookDelivery.id))] == ["failed", "taken"]


def test_tablets_are_paired_and_one_of_them_is_lost() -> None:
    tablets = all_of(select(Tablet).order_by(Tablet.name))

    assert all(each.paired_at for each in tablets)
    assert [each.lost_at is not None for each in tablets] == [False, False, False, True]
    assert [each.battery for each in tablets] == [84, 17, 100, 46]


def test_two_sittings_are_public_and_one_has_its_minutes() -> None:
    shown = all_of(select(PublicSitting).join(Meeting, Meeting.id == PublicSitting.meeting_id).order_by(Meeting.starts_at))
    kinds = set(all_of(select(OpenObject.kind).where(OpenObject.deleted_at.is_(None))))

    assert len(shown) == 2
    assert {"meeting", "agendaitem", "organization", "person"} <= {kind.lower() for kind in kinds}
    with reading() as session:
        minutes = akoma.document(sittings.record_of(session, session.get_one(Meeting, shown[0].meeting_id), ""))
    assert b"akomaNtoso" in minutes


def test_remarks_backups_and_a_practice_are_there() -> None:
    assert {each.state: bool(each.answer) for each in all_of(select(Remark))} == {"answered": True, "new": False}
    with reading() as session:
        plan = plan_now(session)
    assert (plan.on, plan.times, plan.drill) == (True, ("01:30",), True)
    (practice,) = all_of(select(Practice))
    with reading() as session:
        assert session.get_one(Body, practice.of_id).short_name == "UBND"


def test_a_system_with_people_is_not_filled_again() -> None:
    with pytest.raises(Refused, match="system_not_empty"):
        demo.fill()
