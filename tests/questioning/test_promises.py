"""Promises from the word given to the proof that it was kept; answers in writing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from meeting.database import reading
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.notify.models import Notification
from meeting.questioning.models import Inquiry, Promise
from tests.conftest import MORNING, Council
from tests.questioning.conftest import Chamber, Do

TODAY = date(2026, 11, 23)
DUE = date(2026, 12, 20)


@pytest.fixture(autouse=True)
def morning(at: object) -> None:
    """The day of the sitting."""
    at(MORNING + timedelta(hours=6))  # type: ignore[operator]


def note(chamber: Chamber, do: Do, who: str = "minh", **values: object) -> int:
    known = {"meeting_id": chamber.meeting, "text": "Xử lý dứt điểm phố Ngọc Lâm.", "due_on": DUE.isoformat()}
    return int(do(who, "questioning.note_promise", **{**known, **values})["promise_id"])


def promise(council: Council, number: int) -> Promise:
    return council.one(select(Promise).where(Promise.id == number))


def told(council: Council, who: str) -> list[str]:
    wanted = select(Notification.kind).where(Notification.person_id == council.person(who)).order_by(Notification.id)
    return council.all(wanted)


def test_promise_is_noted_for_the_respondent_and_his_unit(chamber: Chamber, council: Council, do: Do) -> None:
    group, question = chamber.answered("hoa")
    number = note(chamber, do)

    row = promise(council, number)
    assert (row.group_id, row.floor_id, row.person_id) == (group, question, council.person("truong"))
    assert (row.unit_id, row.state, row.body_id) == (council.unit("kinh_te"), "open", council.body("HĐND"))
    assert (chamber.last().event, chamber.last().facts["due_on"]) == ("questioning.promise_noted", "2026-12-20")
    (line,) = chamber.seen("hoa")["promises"]  # everybody in the room reads it at once
    assert (line["text"], line["due_on"], line["state"]) == ("Xử lý dứt điểm phố Ngọc Lâm.", "2026-12-20", "open")
    assert told(council, "truong")[-1:] == ["promise_noted"]
    assert told(council, "dung")[-1:] == ["promise_for_unit"]


def test_refusals_of_noting(chamber: Chamber, ahead: Chamber, council: Council, do: Do) -> None:
    def refused(code: str, who: str = "minh", where: Chamber = chamber, **values: object) -> None:
        with pytest.raises(Refused, match=code):
            note(where, do, who, **values)

    refused("not_in_session", where=ahead)
    refused("promise_person")
    refused("respondent_uninvited", person_id=council.person("khach"))
    refused("promise_due_past", person_id=council.person("truong"), due_on="2026-11-22")
    refused("not_found", group_id=ahead.group())
    refused("forbidden", "hoa")
    refused("forbidden", "truong")
    refused("not_found", "khach")


def test_promiser_confirms_or_objects_and_a_correction_asks_anew(chamber: Chamber, council: Council, do: Do) -> None:
    chamber.answered()
    number = note(chamber, do)

    do("truong", "questioning.answer_promise", promise_id=number, agrees=True)
    assert promise(council, number).answer == "confirmed"
    with pytest.raises(Refused, match="objection_empty"):
        do("truong", "questioning.answer_promise", promise_id=number, agrees=False)
    do("truong", "questioning.answer_promise", promise_id=number, agrees=False, text="Tôi nói trước 31/12")
    assert (promise(council, number).answer, promise(council, number).answer_text) == ("objected", "Tôi nói trước 31/12")
    assert told(council, "minh")[-1:] == ["promise_objected"]
    assert chamber.last().event == "questioning.promise_answered"

    do("minh", "questioning.edit_promise", promise_id=number, due_on="2026-12-31")
    assert (promise(council, number).answer, promise(council, number).due_on) == ("", date(2026, 12, 31))
    assert chamber.last().facts["before"] == {"due_on": "2026-12-20"}
    assert do("minh", "questioning.edit_promise", promise_id=number, due_on="2026-12-31") == {}
    with pytest.raises(Refused, match="promise_due_past"):
        do("minh", "questioning.edit_promise", promise_id=number, due_on="2026-11-01")
    for act, values in (("edit_promise", {"text": "X"}), ("keep_promise", {"note": "X"}), ("lapse_promise", {"reason": "X"})):
        for who, code in (("hoa", "forbidden"), ("truong", "forbidden"), ("khach", "not_found")):
            with pytest.raises(Refused, match=code):
                do(who, f"questioning.{act}", promise_id=number, **values)
    for who, code in (("hoa", "not_your_promise"), ("minh", "not_your_promise"), ("khach", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, "questioning.answer_promise", promise_id=number, agrees=True)


def test_kept_with_day_words_and_proof_and_never_deleted(chamber: Chamber, council: Council, do: Do) -> None:
    chamber.answered("hoa")
    number = note(chamber, do)
    (foreign,) = council.write(
        File(
            name="a.pdf",
            sha256="0" * 64,
            size_bytes=1,
            media_type="application/pdf",
            uploaded_by=council.person("hoa"),
            uploaded_at=MORNING,
        )
    )
    with pytest.raises(Refused, match="not_found"):
        do("minh", "questioning.keep_promise", promise_id=number, note="Xong", file_id=foreign)
    with pytest.raises(Refused, match="kept_ahead"):
        do("minh", "questioning.keep_promise", promise_id=number, note="Xong", on="2026-11-24")
    with pytest.raises(Refused, match="malformed"):
        do("minh", "questioning.keep_promise", promise_id=number, note="Xong", link="https://example.org")

    assert do("minh", "questioning.keep_promise", promise_id=number, note="Đã xong", link="/tasks/3") == {"late": False}

    row = promise(council, number)
    assert (row.state, row.kept_on, row.kept_note, row.kept_link) == ("kept", TODAY, "Đã xong", "/tasks/3")
    assert told(council, "hoa")[-1:] == ["promise_kept"]
    assert chamber.last().event == "questioning.promise_kept"
    for act, values in (
        ("keep_promise", {"note": "X"}),
        ("edit_promise", {"text": "X"}),
        ("lapse_promise", {"reason": "X"}),
    ):
        with pytest.raises(Refused, match="promise_closed"):
            do("minh", f"questioning.{act}", promise_id=number, **values)
    with pytest.raises(Refused, match="promise_closed"):
        do("truong", "questioning.answer_promise", promise_id=number, agrees=True)

    other = note(chamber, do)
    do("lan", "questioning.lapse_promise", promise_id=other, reason="Đường đã giao cho thành phố")
    assert promise(council, other).state == "lapsed"
    assert council.one(select(func.count()).select_from(Promise)) == 2


def test_question_answered_in_writing(chamber: Chamber, council: Council, do: Do) -> None:
    question = chamber.question("hoa", "Về ngân sách", addressee_id=council.person("truong"), written=True)
    with pytest.raises(Refused, match="written_not_asked"):
        do("minh", "questioning.written_answer", floor_id=question)

    assert do("minh", "questioning.to_writing", floor_id=question, reason="outside") == {"due_on": "2026-12-13"}
    assert chamber.last().event == "questioning.question_to_writing"
    assert told(council, "truong")[-1:] == ["question_to_writing"]
    with pytest.raises(Refused, match="written_already"):
        do("minh", "questioning.to_writing", floor_id=question)
    for who, code in (("hoa", "forbidden"), ("khach", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, "questioning.to_writing", floor_id=question)
        with pytest.raises(Refused, match=code):
            do(who, "questioning.written_answer", floor_id=question)

    do("minh", "questioning.written_answer", floor_id=question, note="Công văn 12/UBND")
    row = council.one(select(Inquiry).where(Inquiry.floor_id == question))
    assert (row.answered_on, row.answer_note, row.written_due_on) == (TODAY, "Công văn 12/UBND", date(2026, 12, 13))
    assert told(council, "hoa")[-1:] == ["question_answered"]
    assert chamber.last().facts["late"] is False

    speech = do("tuan", "speaking.ask", meeting_id=chamber.meeting)["floor_id"]
    with pytest.raises(Refused, match="not_a_question"):
        do("minh", "questioning.to_writing", floor_id=speech)


def test_chair_hands_a_question_to_writing_at_the_floor(chamber: Chamber, council: Council, do: Do) -> None:
    group = chamber.group()
    do("lan", "questioning.open_group", group_id=group)
    question = chamber.question("hoa")
    do("lan", "speaking.to_writing", floor_id=question)
    assert council.one(select(Inquiry.written_due_on).where(Inquiry.floor_id == question)) == date(2026, 12, 13)
    assert chamber.seen("hoa")["queue"] == []


def test_reminders_go_out_a_week_before_and_when_overdue(chamber: Chamber, council: Council, do: Do, at: object) -> None:
    chamber.answered()
    note(chamber, do)
    kept = note(chamber, do, text="Đã xong ngay")
    do("minh", "questioning.keep_promise", promise_id=kept, note="Xong")

    for days in (10, 21, 28):
        at(MORNING + timedelta(days=days))  # type: ignore[operator]
        do("system", "notify.remind")

    reminders = [kind for kind in told(council, "truong") if kind.startswith("promise_") and kind != "promise_noted"]
    assert reminders == ["promise_kept", "promise_due_soon", "promise_overdue"]
    assert [kind for kind in told(council, "dung") if kind != "promise_for_unit"] == ["promise_due_soon", "promise_overdue"]


def test_who_came_in_by_a_link_knows_of_the_promises_of_that_meeting_only(chamber: Chamber, council: Council, do: Do) -> None:
    found = promise(council, note(chamber, do, person_id=council.person("truong")))
    truong = council.actor("truong")
    with reading() as session:
        held = session.merge(found, load=True)
        assert held.hats_of(replace(truong, only_meeting=chamber.meeting), session)
        assert not held.hats_of(replace(truong, only_meeting=chamber.meeting + 1), session)
