"""The seats in colours: what members see, what the desk sees, and that only a published open vote shows who voted how."""

from collections.abc import Callable
from typing import Any

from meeting.voting.models import Question
from meeting.voting.rules import KINDS
from tests.conftest import Council, Program
from tests.rollcall.test_sheets import seated

Do = Callable[..., dict[str, Any]]
Api = Callable[[str], Program]


def voted(council: Council, do: Do) -> tuple[int, int]:
    """A running meeting with a vote that closed: (meeting, question)."""
    meeting = council.meeting()
    seated(council, meeting, hoa="A1", tuan="A2")
    for who in ("hoa", "tuan", "hung"):
        do(who, "live.check_in", meeting_id=meeting)
    do("hung", "live.open", meeting_id=meeting)
    item = council.items(meeting)[0]
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=item)
    question = do("minh", "voting.prepare", meeting_id=meeting, item_id=item, title="Thông qua", kind="open")["question_id"]
    do("hung", "voting.open", question_id=question)
    do("hoa", "voting.cast", question_id=question, choice="for")
    do("tuan", "voting.cast", question_id=question, choice="against")
    do("hung", "voting.close", question_id=question)
    return meeting, question


def test_members_see_who_is_here_and_no_reason(council: Council, do: Do, api: Api) -> None:
    meeting = council.meeting()
    seated(council, meeting, hoa="A1")
    do("tuan", "agenda.reply", meeting_id=meeting, reply="declined", reason="Khám bệnh")
    do("hoa", "live.check_in", meeting_id=meeting)

    status, member = api("hoa").get(f"/meetings/{meeting}/seat-map")
    _, desk = api("minh").get(f"/meetings/{meeting}/seat-map")

    assert status == 200
    assert (member["seats"]["A1"]["presence"], member["own"]) == ("present", "A1")
    assert {each["name"]: each["presence"] for each in member["without"]} == {
        "Ông Đỗ Mạnh Hùng": "absent",
        "Ông Lê Anh Tuấn": "absent",
    }
    assert "excused" in {each["presence"] for each in desk["without"]}
    assert "Khám bệnh" not in str(member) + str(desk)
    assert api("khach").get(f"/meetings/{meeting}/seat-map")[0] == 404


def test_open_vote_shows_on_the_seats_only_after_publication(council: Council, do: Do, api: Api) -> None:
    meeting, question = voted(council, do)
    path = f"/meetings/{meeting}/seat-map?question={question}"

    before = {who: api(who).get(path)[1]["vote"] for who in ("hoa", "minh", "hung")}
    do("hung", "voting.publish", question_id=question, confirm=True)
    after = api("hoa").get(path)[1]["vote"]

    assert before == {"hoa": None, "minh": None, "hung": None}
    hoa, tuan = council.person("hoa"), council.person("tuan")
    assert after["choices"] == {str(hoa): "for", str(tuan): "against"}


def test_only_open_votes_show_on_the_seats_whatever_lies_in_the_box(council: Council, do: Do, api: Api) -> None:
    meeting, question = voted(council, do)
    do("hung", "voting.publish", question_id=question, confirm=True)

    for kind in KINDS:
        council.update(Question, question, kind=kind)
        for who in ("hoa", "minh", "hung"):
            for path in (f"/meetings/{meeting}/seat-map?question={question}", f"/meetings/{meeting}/seat-map"):
                assert (api(who).get(path)[1]["vote"] is not None) is (kind == "open"), kind


def test_speaker_is_marked(council: Council, do: Do, api: Api) -> None:
    meeting, _ = voted(council, do)
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)

    assert api("tuan").get(f"/meetings/{meeting}/seat-map")[1]["speaker"] == council.person("hoa")


def test_a_limited_guest_learns_of_votes_and_speeches_on_the_own_items_only(council: Council, do: Do, api: Api) -> None:
    meeting, question = voted(council, do)
    do("hung", "voting.publish", question_id=question, confirm=True)
    first, second, _ = council.items(meeting)
    council.invite(meeting, "khach", item_ids=[second])
    council.invite(meeting, "truong", item_ids=[first])
    do("hung", "speaking.start", floor_id=do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"])

    for question_id in ("", f"?question={question}"):
        told = {who: api(who).get(f"/meetings/{meeting}/seat-map{question_id}")[1] for who in ("khach", "truong", "tuan")}
        assert (told["khach"]["vote"], told["khach"]["speaker"]) == (None, None)
        for who in ("truong", "tuan"):
            assert (told[who]["vote"]["question_id"], told[who]["speaker"]) == (question, council.person("hoa"))
