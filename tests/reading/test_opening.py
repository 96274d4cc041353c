"""What the viewer is given to open a paper: to whom, with which neighbours, in which state."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.documents.models import File
from meeting.materials.models import Submission
from meeting.organization.identity import hashed
from tests.conftest import MORNING, Council
from tests.reading.papers import PARTS, Do, hand_in, lay

TOKEN = "t" * 43


@dataclass
class Pack:
    """A meeting with three papers: two of its second item, one of its third."""

    council: Council
    do: Do
    meeting_id: int
    first: int
    second: int
    third: int


@pytest.fixture
def pack(council: Council, do: Do, at: Any) -> Pack:
    """Tomorrow's UBND meeting; its members may read."""
    at(MORNING)
    meeting_id = council.meeting(starts_at=clock.now() + timedelta(days=20))
    items = council.items(meeting_id)
    files = [lay(council, pictures=False) for _ in range(3)]
    places = (items[1], items[1], items[2])
    for file_id, what, item in zip(files, ("Tờ trình", "Báo cáo thẩm tra", "Kế hoạch"), places, strict=True):
        hand_in(council, do, file_id, what, meeting_id, item)
    return Pack(council, do, meeting_id, *files)


def test_a_member_gets_everything_the_viewer_shows(pack: Pack, api: Any) -> None:
    pack.do("hoa", "materials.mark_read", file_id=pack.first, page=3, seen=[2], seconds=12)

    status, opened = api("hoa").get(f"/documents/{pack.first}/reading")

    assert status == 200
    assert (opened["title"], opened["item_number"], opened["version"]) == ("Tờ trình", 2, 1)
    assert (opened["page_count"], opened["pages"]) == (4, [[595, 842]] * 4)
    assert (opened["seen"], opened["last_page"], opened["takeable"]) == ([2, 3], 3, "original")
    assert opened["widths"] == sorted(opened["widths"])
    assert [opened[name] for name in ("recognised", "textless", "remarks", "outline", "signatures")] == [[]] * 5
    assert (opened["strip"], opened["groups"], opened["meeting_id"]) == (None, [], pack.meeting_id)


def test_beside_a_paper_lie_those_of_its_item_then_of_the_meeting(pack: Pack, api: Any) -> None:
    def beside(file_id: int) -> tuple[Any, Any]:
        opened = api("hoa").get(f"/documents/{file_id}/reading")[1]
        return opened["previous"] and opened["previous"]["id"], opened["next"] and opened["next"]["id"]

    assert beside(pack.first) == (None, pack.second)
    assert beside(pack.second) == (pack.first, pack.third)
    assert beside(pack.third) == (pack.second, None)


def test_an_older_version_stands_where_its_paper_stands_and_names_the_new_one(pack: Pack, api: Any) -> None:
    again = lay(pack.council, pictures=False)
    wanted = requirement_of(pack)
    pack.do("minh", "materials.return", requirement_id=wanted, reason="Rà soát số liệu")
    pack.do("dung", "materials.submit", requirement_id=wanted, file_id=again, reason="Theo yêu cầu")
    pack.do("minh", "materials.accept", requirement_id=wanted)

    opened = api("hoa").get(f"/documents/{pack.first}/reading")[1]

    assert opened["strip"]["newer"] == {"file_id": again, "number": 2}
    assert opened["next"]["id"] == pack.second


def requirement_of(pack: Pack) -> int:
    wanted = select(Submission.requirement_id).where(Submission.file_id == pack.first)
    return int(pack.council.one(wanted))


@pytest.mark.parametrize("who", ["khach", "lan"])
@pytest.mark.parametrize("what", ["reading", "words"])
def test_who_is_not_invited_finds_nothing(pack: Pack, api: Any, who: str, what: str) -> None:
    assert api(who).get(f"/documents/{pack.first}/{what}")[0] == 404
    assert api("hoa").get(f"/documents/{pack.first}/{what}")[0] == 200


def test_a_visitor_by_link_reads_the_papers_of_that_meeting_only(pack: Pack, app: Flask, council: Council, do: Do) -> None:
    other = council.meeting(starts_at=clock.now() + timedelta(days=20))
    foreign = lay(council, pictures=False)
    hand_in(council, do, foreign, "Tờ trình khác", other, council.items(other)[0])
    guest = do("minh", "invitations.add_guest", meeting_id=pack.meeting_id, full_name="Trần Văn Bình", phone="0900000000")
    do("minh", "invitations.make_link", meeting_id=pack.meeting_id, person_id=guest["person_id"], sha256=hashed(TOKEN))
    browser = app.test_client()
    browser.get(f"/g/{TOKEN}")

    mine = [browser.get(f"/api/v1/documents/{pack.first}/{what}").status_code for what in ("reading", "words")]
    others = [browser.get(f"/api/v1/documents/{foreign}/{what}").status_code for what in ("reading", "words")]

    assert (mine, others) == ([200, 200], [404, 404])
    assert browser.get(f"/documents/{pack.first}").status_code == 200


def test_a_paper_not_read_yet_opens_for_its_sender_alone_and_a_refused_one_for_nobody(pack: Pack, api: Any) -> None:
    pack.council.update(File, pack.first, state="waiting", pages_done=0)
    assert api("hoa").get(f"/documents/{pack.first}/reading")[0] == 404
    assert api("dung").get(f"/documents/{pack.first}/reading")[1]["state"] == "waiting"

    pack.council.update(File, pack.first, state="refused", refusal="secret", refusal_facts={"level": "MẬT"})
    status, refused = api("dung").get(f"/documents/{pack.first}/reading")
    assert (status, refused["code"]) == (409, "file_gone")


def test_pages_read_by_machine_and_pages_without_text_are_named(council: Council, do: Do, api: Any, at: Any) -> None:
    at(MORNING)
    meeting_id = council.meeting(starts_at=clock.now() + timedelta(days=20))
    scanned = lay(council, sources=["ocr", "text", "none", "ocr"], pictures=False)
    hand_in(council, do, scanned, "Bản quét", meeting_id, None)

    opened = api("hoa").get(f"/documents/{scanned}/reading")[1]

    assert (opened["recognised"], opened["textless"]) == ([1, 4], [3])


def test_what_may_be_taken_away_and_where_to_follow_are_told(pack: Pack, api: Any) -> None:
    wanted = requirement_of(pack)
    pack.do("minh", "materials.set_audience", requirement_id=wanted, audience="all", takeable="none")
    assert api("hoa").get(f"/documents/{pack.first}/reading")[1]["takeable"] == "none"

    pack.council.update(Meeting, pack.meeting_id, state="in_session")
    assert api("hoa").get(f"/documents/{pack.first}/reading")[1]["live_meeting_id"] == pack.meeting_id


def test_words_come_page_by_page_with_their_boxes(pack: Pack, api: Any) -> None:
    status, heard = api("hoa").get(f"/documents/{pack.first}/words?from=2&to=3")

    assert status == 200
    assert [(page["number"], page["source"]) for page in heard["data"]] == [(2, "text"), (3, "text")]
    assert [word[4] for word in heard["data"][0]["words"]] == " ".join(PARTS[1]).split()
    assert all(0 <= edge <= 1000 for word in heard["data"][0]["words"] for edge in word[:4])


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [("", [1, 2, 3, 4]), ("?from=4&to=400", [4]), ("?from=9", []), ("?from=-3&to=1", [1]), ("?from=3&to=1", [])],
)
def test_words_of_any_pages_can_be_asked(pack: Pack, api: Any, asked: str, numbers: list[int]) -> None:
    heard = api("hoa").get(f"/documents/{pack.first}/words{asked}")[1]

    assert [page["number"] for page in heard["data"]] == numbers


def test_the_page_carries_its_data_and_the_shell_none(pack: Pack, client: Any) -> None:
    page = client("hoa").get(f"/documents/{pack.first}?page=2")
    shell = client("hoa").get("/documents/shell")

    assert page.status_code == 200
    assert "data-opening=" in page.text
    assert (shell.status_code, "data-opening=" in shell.text) == (200, False)
    assert client("khach").get(f"/documents/{pack.first}").status_code == 404
