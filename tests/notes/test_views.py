"""The lists of notes: of a meeting by item and paper, and of all meetings."""

import uuid

import pytest

from meeting.agenda.models import Meeting
from tests.counting import asked
from tests.notes.setting import PAPER, SCHOOLS


@pytest.fixture
def noted(paper):
    """What Hoa wrote, what Tuấn shares, what he keeps to himself."""
    paper.put(kind="highlight", text="Phòng nào?")
    paper.put(kind="bookmark", text="")
    paper.put("tuan", text="Nhờ mọi người xem", shared="meeting")
    paper.put("tuan", text="Riêng của Tuấn")
    return f"/meetings/{paper.desk.meeting_id}/notes"


def test_the_list_of_a_meeting_shows_own_and_shared_notes_by_paper(client, noted, paper):
    shown = client("hoa").get(noted)

    assert shown.status_code == 200
    assert "Tờ trình dự toán ngân sách năm 2027" in shown.text
    assert "2. Nội dung 2" in shown.text
    for words in ("Phòng nào?", "trường mầm non", "Nhờ mọi người xem", f"/documents/{paper.file_id}?page=1"):
        assert words in shown.text
    assert "Riêng của Tuấn" not in shown.text
    assert "Phòng nào?" not in client("tuan").get(noted).text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?whose=mine", "Phòng nào?", "Nhờ mọi người xem"),
        ("?whose=shared", "Nhờ mọi người xem", "Phòng nào?"),
        ("?kind=highlight", "Phòng nào?", "Nhờ mọi người xem"),
        ("?kind=ink", "Không có ghi chú loại này", "Phòng nào?"),
        ("?kind=nonsense&whose=nonsense", "Phòng nào?", "Riêng của Tuấn"),
    ],
)
def test_the_list_is_filtered(client, noted, query, shown, hidden):
    text = client("hoa").get(noted + query).text

    assert shown in text
    assert hidden not in text


def test_a_note_is_listed_once_on_the_newest_version_lost_ones_first(client, api, paper, noted):
    first = paper.file_id
    paper.publish(tuple(each for each in PAPER if each is not SCHOOLS))

    text = client("hoa").get(noted).text

    assert text.count("Phòng nào?") == 1
    assert "Trang cũ 1, bản 1" in text
    assert f"/documents/{first}?page=1" in text
    listed = api("hoa").get(f"/meetings/{paper.desk.meeting_id}/notes")[1]["data"]
    assert [(note["kind"], note["lost"]) for note in listed] == [("highlight", True), ("bookmark", False), ("sticky", False)]
    assert {note["file_id"] for note in listed} == {paper.file_id}


def test_an_empty_list_says_what_to_do(client, paper):
    text = client("hoa").get(f"/meetings/{paper.desk.meeting_id}/notes").text

    assert "Chưa có ghi chú nào" in text
    assert "notes.jsonld" not in text


def test_the_list_is_closed_to_strangers(client, api, noted):
    assert [client(who).get(noted).status_code for who in ("hoa", "khach", "lan", "admin")] == [200, 404, 404, 404]
    assert [api(who).get(noted)[0] for who in ("hoa", "khach", "lan", "admin")] == [200, 404, 404, 404]


def test_a_note_leads_to_the_floor_only_while_the_meeting_runs(client, council, noted, paper):
    assert "#speak=" not in client("hoa").get(noted).text
    council.update(Meeting, paper.desk.meeting_id, state="in_session")

    text = client("hoa").get(noted).text

    assert f"/meetings/{paper.desk.meeting_id}/room#speak=Ph%C3%B2ng%20n%C3%A0o%3F" in text
    assert text.count("#speak=") == 1  # not from others' notes, nor from a bookmark without words


def test_my_notes_lead_to_their_meetings(client, paper, noted):
    text = client("hoa").get("/notes").text

    assert noted in text
    assert "2 ghi chú" in text
    assert "Chưa có ghi chú nào" in client("hung").get("/notes").text


def test_notes_on_papers_of_no_meeting_are_listed_too(client, paper):
    own = paper.file(uploader="hoa")
    paper.put(file_id=own, text="Bài riêng")

    text = client("hoa").get("/notes").text

    assert "Bài riêng" in text
    assert f"/documents/{own}?page=1" in text


def test_the_meeting_page_leads_to_the_notes(client, noted, paper):
    page = f"/meetings/{paper.desk.meeting_id}"

    assert "Ghi chú (3)" in client("hoa").get(page).text
    assert "Ghi chú (1)" in client("hung").get(page).text


def test_all_my_notes_over_the_api_the_latest_first(api, paper, noted):
    key = str(uuid.uuid4())
    paper.put(key=key, text="mới nhất")

    status, answer = api("hoa").get("/me/notes?limit=2")

    assert status == 200
    assert answer["data"][0]["key"] == key
    assert (len(answer["data"]), answer["next"]) == (2, "2")
    assert answer["data"][0]["paper"] == {"title": "Tờ trình dự toán ngân sách năm 2027", "version": 1, "item_number": 2}


def test_the_list_asks_the_store_equally_often_for_few_and_many_notes(client, paper, noted):
    def cost():
        with asked() as statements:
            client("hoa").get(noted)
        return len(statements)

    cost()
    before = cost()
    for _ in range(5):
        paper.put(text="thêm")

    assert cost() == before
