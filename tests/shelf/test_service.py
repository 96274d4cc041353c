"""One's own shelf as acts: folders, papers, throwing away; nobody else comes near it; nothing is told."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.documents.models import File, Page
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.notes.models import Note
from meeting.permissions import SYSTEM
from meeting.shelf.models import Folder, ShelfPaper, ShelfText
from meeting.writer import perform
from tests.conftest import Council
from tests.documents.conftest import stored_bytes
from tests.documents.papers import paper

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def own(do: Do, sent: Any) -> tuple[int, int]:
    """A paper of three pages on Hoa's shelf: paper id, file id."""
    file_id = sent("hoa", paper(3, text="Ngân sách phường năm sau tăng ở ngõ 91."), "So tay.pdf")
    return do("hoa", "shelf.put", file_id=file_id, title="Sổ tay đại biểu")["paper_id"], file_id


def shown(api: Any, who: str, query: str = "") -> dict[str, Any]:
    status, body = api(who).get(f"/shelf{query}")
    assert status == 200, body
    return body


def test_papers_lie_in_folders_and_are_moved_and_renamed(api: Any, do: Do, own: tuple[int, int]):
    outer = do("hoa", "shelf.make_folder", name="Kỳ họp thứ ba")["folder_id"]
    inner = do("hoa", "shelf.make_folder", name="Chất vấn", parent_id=outer)["folder_id"]

    do("hoa", "shelf.move", paper_id=own[0], folder_id=inner)
    do("hoa", "shelf.rename", paper_id=own[0], title="Sổ tay 2026")

    top, inside = shown(api, "hoa"), shown(api, "hoa", f"?folder={inner}")
    assert ([each["name"] for each in top["folders"]], top["folders"][0]["papers"], top["data"]) == (["Kỳ họp thứ ba"], 1, [])
    assert [each["name"] for each in inside["path"]] == ["Kỳ họp thứ ba"]
    assert [(each["title"], each["page_count"], each["own"]) for each in inside["data"]] == [("Sổ tay 2026", 3, True)]
    do("hoa", "shelf.move_folder", folder_id=inner)
    do("hoa", "shelf.rename_folder", folder_id=inner, name="Chất vấn, giải trình")
    do("hoa", "shelf.remove_folder", folder_id=outer)
    assert [each["name"] for each in shown(api, "hoa")["folders"]] == ["Chất vấn, giải trình"]


def test_a_full_folder_is_not_removed_and_nothing_is_lost(council: Council, do: Do, own: tuple[int, int]):
    folder = do("hoa", "shelf.make_folder", name="Giữ")["folder_id"]
    do("hoa", "shelf.move", paper_id=own[0], folder_id=folder)

    with pytest.raises(Refused, match="folder_not_empty"):
        do("hoa", "shelf.remove_folder", folder_id=folder)

    do("hoa", "shelf.throw_away", paper_id=own[0])
    do("hoa", "shelf.remove_folder", folder_id=folder)
    do("hoa", "shelf.take_back", paper_id=own[0])
    assert council.one(select(ShelfPaper.folder_id)) is None


def test_the_words_of_own_papers_are_found_without_marks(api: Any, own: tuple[int, int]):
    by_text, by_title = shown(api, "hoa", "?q=ngan+sach")["data"], shown(api, "hoa", "?q=so+tay")["data"]

    assert [hit["page"] for hit in by_text[0]["found"]] == [1, 2, 3]
    assert "Ngân sách phường năm sau" in by_text[0]["found"][0]["passage"]
    assert [each["title"] for each in by_title] == ["Sổ tay đại biểu"]
    assert shown(api, "hoa", "?q=sach+ngan")["data"] == []
    assert shown(api, "hoa", "?q=%25_'\"")["data"] == []
    assert shown(api, "tuan", "?q=ngan+sach")["data"] == []


def test_a_paper_put_before_it_was_read_is_found_once_it_is(api: Any, do: Do, send: Any, read_all: Any):
    _, answer = send("hoa", paper(1, text="Cây cầu mới"), "cau.pdf")
    do("hoa", "shelf.put", file_id=answer["file_id"])

    assert shown(api, "hoa", "?q=cay+cau")["data"] == []
    read_all()

    assert [each["document_id"] for each in shown(api, "hoa", "?q=cay+cau")["data"]] == [answer["file_id"]]


def test_the_same_paper_again_moves_it_and_a_second_title_is_kept(council: Council, do: Do, own: tuple[int, int]):
    folder = do("hoa", "shelf.make_folder", name="Khác")["folder_id"]
    do("hoa", "shelf.throw_away", paper_id=own[0])

    again = do("hoa", "shelf.put", file_id=own[1], folder_id=folder)

    assert again["paper_id"] == own[0]
    assert council.one(select(ShelfPaper.title)) == "Sổ tay đại biểu"
    assert council.one(select(ShelfPaper.thrown_at)) is None


def test_what_was_thrown_away_goes_after_thirty_days_and_its_bytes_with_it(
    council: Council, at: Any, do: Do, own: tuple[int, int], store: Any
):
    now = clock.now()
    do("hoa", "notes.put", file_id=own[1], key=str(uuid.uuid4()), kind="sticky", page=1, text="Của riêng tôi")
    council.update(File, own[1], outline=[{"title": "Ngân sách", "page": 1, "level": 1}])
    do("hoa", "shelf.throw_away", paper_id=own[0])
    with pytest.raises(Refused, match="thrown_away"):
        do("hoa", "shelf.rename", paper_id=own[0], title="x")
    at(now + timedelta(days=29))
    assert perform(SYSTEM, "shelf.sweep", {}) == {"removed": 0}

    at(now + timedelta(days=31))

    assert perform(SYSTEM, "shelf.sweep", {}) == {"removed": 1}
    assert council.all(select(ShelfPaper)) == council.all(select(Page)) == council.all(select(ShelfText)) == []
    assert stored_bytes(store) == []
    file = council.one(select(File))
    assert (file.state, file.name, file.outline, len(file.sha256)) == ("refused", "", None, 64)
    assert council.all(select(Note)) == []


def test_a_paper_of_a_meeting_is_found_here_by_title_and_read_by_its_own_right(council: Council, api: Any, do: Do, sent: Any):
    meeting_id = council.meeting()
    asked = do("minh", "materials.request", meeting_id=meeting_id, unit_id=council.unit("kinh_te"), what="Tờ trình ngân sách")
    file_id = sent("dung", paper(2), "to trinh.pdf")
    submitted = do(
        "dung", "materials.submit", requirement_id=asked["requirement_id"], file_id=file_id, reason="Chờ số liệu quyết toán"
    )
    do("minh", "materials.accept", submission_id=submitted["submission_id"])

    do("hoa", "shelf.put", file_id=file_id)

    (row,) = shown(api, "hoa", "?q=ngan+sach")["data"]
    assert (row["title"], row["own"], row["readable"], row["found"]) == ("Tờ trình ngân sách", False, True, [])
    assert council.all(select(ShelfText)) == [], "the text of a meeting's paper lies nowhere but in its own room"
    with pytest.raises(Refused, match="not_found"):
        do("lan", "shelf.put", file_id=file_id)


def test_strangers_neither_see_nor_touch_a_shelf(council: Council, client: Any, do: Do, api: Any, own: tuple[int, int]):
    folder = do("hoa", "shelf.make_folder", name="Riêng")["folder_id"]
    theirs = [
        ("shelf.rename_folder", {"folder_id": folder, "name": "x"}),
        ("shelf.move_folder", {"folder_id": folder}),
        ("shelf.remove_folder", {"folder_id": folder}),
        ("shelf.make_folder", {"name": "x", "parent_id": folder}),
        ("shelf.rename", {"paper_id": own[0], "title": "x"}),
        ("shelf.move", {"paper_id": own[0]}),
        ("shelf.throw_away", {"paper_id": own[0]}),
        ("shelf.take_back", {"paper_id": own[0]}),
        ("shelf.put", {"file_id": own[1]}),
    ]

    for who in ("tuan", "minh", "lan"):
        for act, wanted in theirs:
            with pytest.raises(Refused, match="not_found"):
                do(who, act, **wanted)
        assert api(who).get(f"/shelf?folder={folder}")[0] == 404
        assert client(who).get(f"/documents/{own[1]}").status_code == 404
    assert client("admin").get("/shelf").status_code == 404
    with pytest.raises(Refused, match="forbidden"):
        do("admin", "shelf.make_folder", name="x")
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "shelf.sweep")
    assert council.one(select(Folder.name)) == "Riêng"


def test_nothing_of_a_shelf_stands_in_the_journal(council: Council, do: Do, own: tuple[int, int]):
    before = council.all(select(Entry.id))

    folder = do("hoa", "shelf.make_folder", name="Riêng")["folder_id"]
    do("hoa", "shelf.move", paper_id=own[0], folder_id=folder)
    do("hoa", "shelf.throw_away", paper_id=own[0])

    assert council.all(select(Entry.id)) == before


def test_a_paper_of_the_shelf_opens_in_the_reader_with_the_way_back(client: Any, do: Do, own: tuple[int, int]):
    folder = do("hoa", "shelf.make_folder", name="Giữ")["folder_id"]
    do("hoa", "shelf.move", paper_id=own[0], folder_id=folder)

    read = client("hoa").get(f"/documents/{own[1]}")

    assert read.status_code == 200
    assert "Sổ tay đại biểu" in read.text
    assert f"/shelf?folder={folder}" in read.text


def test_the_page_of_the_shelf_shows_what_lies_there(client: Any, do: Do, own: tuple[int, int]):
    do("hoa", "shelf.make_folder", name="Kỳ họp <thứ ba>")

    page = client("hoa").get("/shelf").text

    assert "Kỳ họp &lt;thứ ba&gt;" in page
    assert "Sổ tay đại biểu" in page
    assert "Chưa bỏ tài liệu nào" in client("hoa").get("/shelf?thrown=1").text
    assert "Trang 1" in client("hoa").get("/shelf?q=ngõ 91").text
