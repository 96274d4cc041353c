"""The half-minute survey: who is asked, once, without a name; what is shown, when; and that nothing tells who said what."""

import logging
import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.batch import Answer, StoredAnswer
from meeting.evaluation import survey_box, survey_results
from meeting.evaluation.models import SealedAnswer, SurveyAnswer, SurveyBox, SurveyTurn
from meeting.evaluation.survey_box import Slip, open_all, seal, taken_apart
from meeting.events import Event
from meeting.journal import Entry
from meeting.notify.models import Notification
from meeting.permissions import SYSTEM
from meeting.voting.box import new_pair
from meeting.writer import perform
from tests.conftest import MORNING, Council, Program
from tests.evaluation.held import code, events, here, well_held

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]
MEMBERS = ("hoa", "tuan", "lan", "truong", "dung")
SECRET = "Chủ tọa ngắt lời quá nhiều"
GOOD = {"papers": 4, "chairing": 4, "heard": 3, "outcome": 4}


def test_slips_are_taken_apart_so_that_no_slip_is_known_by_its_pattern() -> None:
    private, public = new_pair()
    slips = [Slip({"papers": level, "heard": level}, f"Ý kiến {level}") for level in (1, 2, 3, 4)]

    bare = taken_apart(open_all(private, [seal(public, each) for each in slips]))

    assert Counter((tuple(each.marks.items()), each.comment) for each in bare) == Counter(
        [((("papers", n),), "") for n in (1, 2, 3, 4)]
        + [((("heard", n),), "") for n in (1, 2, 3, 4)]
        + [((), f"Ý kiến {n}") for n in (1, 2, 3, 4)]
    )
    assert len({each.key for each in bare}) == 12
    assert {len(seal(public, each)) for each in (Slip({}), Slip(GOOD, "ệ" * survey_box.MOST_LETTERS))} == {
        48 + survey_box.PADDED_BYTES
    }


def test_the_order_of_numbers_tells_nothing_of_the_order_of_arrival() -> None:
    private, public = new_pair()
    places: Counter[int] = Counter()
    for _ in range(200):
        bare = taken_apart(open_all(private, [seal(public, Slip({"papers": 1 if n == 0 else 4})) for n in range(8)]))
        by_number = sorted(bare, key=lambda each: each.key)
        places[next(place for place, each in enumerate(by_number) if each.marks["papers"] == 1)] += 1

    assert len(places) == 8
    assert max(places.values()) < 80


@pytest.fixture
def running(council: Council, do: Do, at: Callable[..., None]) -> int:
    """A meeting in session with Hùng in the chair and five more members in the room; three answers are enough."""
    at(MORNING)
    form = {"smallest_sample": 3, "criteria": [{"code": "result", "points": 100}], "starts_on": "2026-01-01"}
    questions = [{"code": each} for each in GOOD]
    do("minh", "evaluation.keep_form", body_id=council.body("UBND"), survey=questions, **form)
    starts = MORNING - timedelta(hours=2)
    meeting_id = council.meeting(state="in_session", starts_at=starts, opened_at=starts, items=0)
    for username in ("lan", "truong", "dung"):
        council.invite(meeting_id, username, voting=True)
    council.invite(meeting_id, "khach")
    for username in (*MEMBERS, "hung", "khach"):
        here(council, meeting_id, username)
    return meeting_id


@pytest.fixture
def over(do: Do, running: int) -> int:
    """The same meeting, closed: the survey has begun."""
    do("hung", "live.close", meeting_id=running)
    return running


def answer(do: Do, meeting_id: int, username: str, comment: str = "", **marks: int) -> None:
    do(username, "evaluation.answer_survey", meeting_id=meeting_id, answers=marks or GOOD, comment=comment)


def end(at: Callable[..., None]) -> None:
    at(MORNING + timedelta(days=9))
    perform(SYSTEM, "evaluation.close_by_time", {})


def shown(meeting_id: int) -> survey_results.Results:
    with database.reading() as session:
        found = survey_results.results(session, meeting_id)
    assert found is not None
    return found


def test_who_took_part_is_asked_when_the_meeting_closes(council: Council, over: int) -> None:
    box = council.one(select(SurveyBox))
    told = council.all(select(Notification.person_id).where(Notification.kind == "survey_open"))

    assert (box.meeting_id, box.asked, box.smallest_sample, box.state) == (over, 5, 3, "open")
    assert sorted(told) == sorted(council.person(each) for each in MEMBERS)
    assert clock.local(box.closes_at).isoformat() == "2026-11-29T00:00:00+07:00"


def test_nobody_is_asked_in_vain(council: Council, do: Do, at: Callable[..., None]) -> None:
    at(MORNING)
    starts = MORNING - timedelta(hours=2)
    few = council.meeting(state="in_session", starts_at=starts, opened_at=starts, items=0)  # three members, five answers needed
    do("hung", "live.close", meeting_id=few)

    assert council.all(select(SurveyBox)) == []


def test_a_body_may_ask_nothing(council: Council, do: Do, running: int) -> None:
    form = {"criteria": [{"code": "result", "points": 1}], "starts_on": "2026-11-01", "survey": []}
    do("minh", "evaluation.keep_form", body_id=council.body("UBND"), **form)

    do("hung", "live.close", meeting_id=running)

    assert council.all(select(SurveyBox)) == []


def test_an_answer_is_given_once(council: Council, do: Do, ask: Ask, over: int) -> None:
    answer(do, over, "hoa")

    assert code(ask("hoa", "evaluation.answer_survey", meeting_id=over, answers=GOOD)) == "survey_answered"
    assert council.all(select(SurveyTurn.person_id)) == [council.person("hoa")]
    assert len(council.all(select(SealedAnswer.key))) == 1
    assert events(council, Event.SURVEY_ANSWERED) == [{}]


def test_who_is_not_asked_does_not_answer(council: Council, do: Do, ask: Ask, over: int) -> None:
    wanted = {"meeting_id": over, "answers": GOOD}
    for username, refusal in (
        ("hung", "survey_not_yours"),
        ("khach", "forbidden"),
        ("minh", "forbidden"),
        ("admin", "not_found"),
    ):
        assert code(ask(username, "evaluation.answer_survey", **wanted)) == refusal, username
    other = well_held(council, seats=("hoa",))
    assert code(ask("hoa", "evaluation.answer_survey", meeting_id=other, answers=GOOD)) == "survey_closed"
    assert code(ask("tuan", "evaluation.answer_survey", meeting_id=other, answers=GOOD)) == "survey_not_yours"


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [({}, "survey_empty"), ({"guess": 4}, "malformed"), ({"papers": 0}, "malformed"), ({"papers": 5}, "malformed")],
)
def test_a_wrong_slip_is_not_taken(council: Council, ask: Ask, over: int, answers: dict[str, int], refusal: str) -> None:
    assert code(ask("hoa", "evaluation.answer_survey", meeting_id=over, answers=answers)) == refusal
    assert council.all(select(SealedAnswer.key)) == council.all(select(SurveyTurn.id)) == []


def test_results_are_shown_only_when_the_survey_has_ended(
    council: Council, do: Do, over: int, at: Callable[..., None], api: Callable[[str], Program]
) -> None:
    for username, marks in (("hoa", {"papers": 1}), ("tuan", {"papers": 4, "heard": 3}), ("lan", {"papers": 4})):
        answer(do, over, username, comment=SECRET if username == "hoa" else "", **marks)
    during = shown(over)
    assert (during.state, during.answered, during.asked, during.questions, during.comments) == ("open", 3, 5, (), ())
    assert SECRET not in str(api("hung").get(f"/meetings/{over}/evaluation"))

    end(at)

    after = shown(over)
    assert (after.state, after.answered, after.comments) == ("counted", 3, (SECRET,))
    counted = {each.question.code: dict(each.counts) for each in after.questions}
    assert counted["papers"] == {4: 2, 3: 0, 2: 0, 1: 1}
    assert counted["heard"] == {4: 0, 3: 1, 2: 0, 1: 0}
    _, heard = api("hung").get(f"/meetings/{over}/evaluation")
    assert heard["survey"]["comments"] == [SECRET]
    assert events(council, Event.SURVEY_CLOSED) == [{"asked": 5, "answered": 3, "state": "counted"}]


def test_the_chair_finishing_early_does_not_end_the_survey(council: Council, do: Do, over: int, at: Callable[..., None]) -> None:
    do("hung", "evaluation.grade", meeting_id=over, verdict="met", reason="Không có nội dung riêng")
    do("hung", "evaluation.close", meeting_id=over)

    for username in ("hoa", "tuan", "lan"):
        answer(do, over, username)
    assert shown(over).state == "open"
    end(at)
    assert shown(over).state == "counted"


def test_too_few_answers_are_never_opened(council: Council, do: Do, ask: Ask, over: int, at: Callable[..., None]) -> None:
    answer(do, over, "hoa", comment=SECRET)
    answer(do, over, "tuan")

    end(at)

    found = shown(over)
    assert (found.state, found.answered, found.questions, found.comments) == ("too_few", 2, (), ())
    assert council.all(select(SurveyAnswer.id)) == council.all(select(SealedAnswer.key)) == []
    assert code(ask("lan", "evaluation.answer_survey", meeting_id=over, answers=GOOD)) == "survey_closed"


def test_a_lost_key_ends_the_survey_without_results(
    council: Council, do: Do, store: Path, over: int, at: Callable[..., None]
) -> None:
    for username in ("hoa", "tuan", "lan"):
        answer(do, over, username)
    for key in (store / "storage" / "survey_keys").iterdir():
        key.unlink()

    end(at)

    assert shown(over).state == "lost"
    assert council.all(select(SealedAnswer.key)) == []


def everything(store: Path) -> dict[str, bytes]:
    """Every file of the installation but the keys."""
    found = [path for path in store.rglob("*") if path.is_file() and "survey_keys" not in path.parts]
    return {str(path.relative_to(store)): path.read_bytes() for path in found}


def test_no_file_tells_who_said_what(
    council: Council, do: Do, store: Path, over: int, at: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    order = ["tuan", "hoa", "truong", "lan", "dung"]
    for place, username in enumerate(order):
        remark = f"{SECRET} {place}"
        wanted = {"meeting_id": over, "answers": {**GOOD, "papers": 1 + place % 4}, "comment": remark}
        do(username, "evaluation.answer_survey", request_id=f"wish-{place}", **wanted)
        during = everything(store)
        assert not [name for name, data in during.items() if SECRET.encode() in data], place
    assert not [name for name, data in everything(store).items() if b'"papers": 1' in data or b'"papers":1' in data]
    sealed = council.all(select(SealedAnswer.box))
    (key_file,) = (store / "storage" / "survey_keys").iterdir()
    key = key_file.read_bytes()

    end(at)

    after = everything(store)
    pieces = [box[:48] for box in sealed] + [box[-48:] for box in sealed]
    assert not [name for name, data in after.items() for piece in pieces if piece in data]
    assert list((store / "storage" / "survey_keys").iterdir()) == []
    assert not [name for name, data in after.items() if key in data]
    assert SECRET not in caplog.text
    assert SECRET not in str(council.all(select(Entry.facts)))
    kept = council.all(select(StoredAnswer).where(StoredAnswer.request_id.like("wish-%")))
    assert {(each.digest, str(each.body)) for each in kept} == {(None, str({"received": True}))}


def test_the_rows_of_a_survey_name_nobody_and_no_time(council: Council, do: Do, over: int, at: Callable[..., None]) -> None:
    order = ["tuan", "hoa", "truong", "lan", "dung"]
    for place, username in enumerate(order):
        answer(do, over, username, comment=f"Ý kiến {place}", papers=1 + place % 4)
    with database.reading() as session:
        columns = [row[1] for row in session.execute(text("PRAGMA table_info(sealed_answer)"))]
        assert columns == ["key", "meeting_id", "box"]
    end(at)

    with database.reading() as session:
        columns = [row[1] for row in session.execute(text("PRAGMA table_info(survey_answer)"))]
    assert columns == ["id", "meeting_id", "answers", "comment"]
    rows = council.all(select(SurveyAnswer))
    assert all((len(row.answers), bool(row.comment)) in ((1, False), (0, True)) for row in rows)
    assert Counter(row.comment for row in rows if row.comment) == Counter(f"Ý kiến {place}" for place in range(5))


def test_the_page_is_for_those_who_are_asked(
    council: Council, do: Do, over: int, client: Callable[[str], FlaskClient], api: Callable[[str], Program]
) -> None:
    page = client("hoa").get(f"/meetings/{over}/survey").get_data(as_text=True)
    assert page.count('type="radio"') == 16
    assert f"/meetings/{over}/survey" in client("hoa").get("/").get_data(as_text=True)
    assert f"/meetings/{over}/survey" in client("hoa").get(f"/meetings/{over}").get_data(as_text=True)
    for username in ("hung", "minh", "khach", "admin"):
        assert client(username).get(f"/meetings/{over}/survey").status_code == 404, username
        assert api(username).get(f"/meetings/{over}/survey")[0] == 404
    assert api("hoa").get(f"/meetings/{over}/survey")[1]["answered"] is False

    answer(do, over, "hoa")

    assert 'type="radio"' not in client("hoa").get(f"/meetings/{over}/survey").get_data(as_text=True)
    assert f"/meetings/{over}/survey" not in client("hoa").get("/").get_data(as_text=True)
    assert api("hoa").get(f"/meetings/{over}/survey")[1]["answered"] is True


def test_an_old_key_that_nothing_needs_is_destroyed(store: Path, council: Council) -> None:
    needed, stray = survey_box.make_key(), survey_box.make_key()
    assert needed is not None
    assert stray is not None

    assert survey_box.sweep([needed]) == 0  # too young: a survey may be beginning just now
    long_ago = MORNING.timestamp() - 10 * survey_box.A_DAY
    for path in (store / "storage" / "survey_keys").iterdir():
        os.utime(path, (long_ago - 1e6, long_ago - 1e6))
    survey_box.sweep([needed])

    assert survey_box.read_key(needed) is not None
    assert survey_box.read_key(stray) is None


def test_a_meeting_closed_twice_has_one_survey(council: Council, over: int) -> None:
    assert council.one(select(Meeting.state).where(Meeting.id == over)) == "held"
    assert len(council.all(select(SurveyBox.meeting_id))) == 1


def test_another_program_answers_the_same_way(over: int, api: Callable[[str], Program]) -> None:
    assert api("hoa").act("evaluation.answer_survey", meeting_id=over, answers=GOOD)[0] == 200
    status, refused = api("hoa").act("evaluation.answer_survey", meeting_id=over, answers=GOOD)
    assert (status, refused["code"]) == (409, "survey_answered")
    assert api("khach").act("evaluation.answer_survey", meeting_id=over, answers=GOOD)[0] == 403
