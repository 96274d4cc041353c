"""Guides as acts: every version stays, two editors lose nothing, the shipped text is always at hand; remarks and answers."""

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from meeting import jobs
from meeting.database import reading
from meeting.documents.store import file_path
from meeting.errors import Refused
from meeting.guides import queries, rules, shipped
from meeting.guides.models import GuideFile, Remark
from meeting.journal import Entry
from meeting.notify.models import Notification
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
TEXT = "# Đại biểu\n\n## Bắt đầu {#start}\n\n1. Gọi Văn phòng.\n"


def events(council: Council) -> list[str]:
    return council.all(select(Entry.event).where(Entry.event.like("guides.%")).order_by(Entry.id))


def shown(name: str = "member") -> queries.Shown:
    with reading() as session:
        found = queries.guide(session, name, "vi")
        assert found.version is None or found.version.writer.called
        return found


def refused(do: Do, username: str, act: str, **wanted: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(username, act, **wanted)
    return refusal.value


@pytest.mark.parametrize("keeper", ["minh", "admin"])
def test_a_guide_is_edited_in_place_and_told(council: Council, do: Do, keeper: str):
    assert shown().is_shipped
    assert do(keeper, "guides.save", guide="member", text=TEXT, revision=0) == {"revision": 1}
    assert (shown().text, shown().revision, shown().is_shipped) == (TEXT.strip(), 1, False)
    assert do(keeper, "guides.save", guide="member", text=TEXT, revision=1) == {"revision": 1}
    assert events(council) == ["guides.saved"]


def test_two_editors_lose_nothing(do: Do):
    do("minh", "guides.save", guide="member", text=TEXT, revision=0)
    refusal = refused(do, "admin", "guides.save", guide="member", text=TEXT + "\n2. Khác.", revision=0)
    assert (refusal.code, refusal.facts["revision"]) == ("guide_changed", 1)
    assert "Minh" in refusal.facts["by"]
    assert do("admin", "guides.save", guide="member", text=TEXT + "\n2. Khác.", revision=1) == {"revision": 2}


def test_a_version_comes_back_and_the_shipped_text_too(council: Council, do: Do):
    do("minh", "guides.save", guide="member", text=TEXT, revision=0)
    do("minh", "guides.save", guide="member", text=TEXT + "\n2. Hai.", revision=1)
    assert do("minh", "guides.restore", guide="member", number=1, revision=2) == {"revision": 3}
    assert shown().text == TEXT.strip()
    assert do("minh", "guides.reset", guide="member", revision=3) == {"revision": 4}
    assert shown().is_shipped
    assert shown().text == shipped.text("member", "vi")
    assert refused(do, "minh", "guides.reset", guide="member", revision=4).code == "guide_as_shipped"
    assert refused(do, "minh", "guides.restore", guide="member", number=9, revision=4).code == "not_found"
    assert events(council) == ["guides.saved", "guides.saved", "guides.restored", "guides.reset"]
    with reading() as session:
        assert [each.number for each in queries.versions(session, "member", "vi")] == [4, 3, 2, 1]


def test_a_new_shipped_text_is_told_to_who_edited_the_old_one(council: Council, do: Do):
    do("minh", "guides.save", guide="member", text=TEXT, revision=0)
    assert not shown().shipped_changed
    version = council.one(select(queries.GuideVersion.id))
    council.update(queries.GuideVersion, version, shipped_sha256="0" * 64, shipped_text="# Đại biểu\n\nCâu cũ của bản trước.\n")
    assert shown().shipped_changed
    marks = queries.changes_of_shipped(shown())
    assert ("-", "Câu cũ của bản trước.") in marks
    assert any(mark == "+" for mark, _ in marks)
    do("minh", "guides.reset", guide="member", revision=1)
    assert not shown().shipped_changed


@pytest.mark.parametrize("stranger", ["hoa", "van", "dung", "khach"])
@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        ("guides.save", {"guide": "member", "text": TEXT, "revision": 0}),
        ("guides.restore", {"guide": "member", "number": 1, "revision": 0}),
        ("guides.reset", {"guide": "member", "revision": 0}),
        ("guides.add_picture", {"ticket": "x", "title": "Hình"}),
        ("guides.add_video", {"sha256": "0" * 64, "media_type": "video/mp4", "size_bytes": 1, "title": "Phim"}),
        ("guides.remove_file", {"file_id": 1}),
    ],
)
def test_only_the_desk_and_the_administrator_keep_guides(do: Do, stranger: str, act: str, wanted: dict[str, Any]):
    assert refused(do, stranger, act, **wanted).code == "forbidden"


def test_an_unknown_guide_is_none(do: Do):
    assert refused(do, "minh", "guides.save", guide="nobody", text=TEXT, revision=0).code == "not_found"


def test_a_picture_is_drawn_anew_and_shown_to_everybody(council: Council, do: Do, client):
    out = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(out, "PNG")
    browser = client("minh")
    sent = browser.post(
        "/api/v1/guides/files", data={"file": (io.BytesIO(out.getvalue()), "nut.png"), "title": "Nút gửi"}, headers=token(browser)
    )
    assert sent.status_code == 200, sent.get_data(as_text=True)
    made = sent.get_json()
    assert made["mark"] == f"![Nút gửi](picture:{made['id']})"
    jobs.run_waiting()
    picture = client("khach").get(f"/guides/files/{made['id']}")
    assert picture.status_code == 200
    assert picture.mimetype in ("image/png", "image/jpeg")
    assert picture.get_data() != out.getvalue()
    do("minh", "guides.save", guide="member", text=f"{TEXT}\n{made['mark']}", revision=0)
    assert refused(do, "minh", "guides.remove_file", file_id=made["id"]).code == "guide_file_used"
    do("minh", "guides.save", guide="member", text=TEXT, revision=1)
    do("minh", "guides.remove_file", file_id=made["id"])
    assert council.all(select(GuideFile.id)) == []
    assert client("khach").get(f"/guides/files/{made['id']}").status_code == 404


def test_a_video_is_served_piece_by_piece(client):
    film = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 5000
    browser = client("admin")
    sent = browser.post(
        "/api/v1/guides/files", data={"file": (io.BytesIO(film), "phim.mp4"), "title": "Phim"}, headers=token(browser)
    )
    assert sent.status_code == 200, sent.get_data(as_text=True)
    part = client("hoa").get(f"/guides/files/{sent.get_json()['id']}", headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.get_data(), part.mimetype) == (206, b"ftypisom", "video/mp4")
    part.close()


def test_a_paper_becomes_no_video_by_its_hash(council: Council, do: Do, store: Path):
    """Everybody could read it in a guide, and taking the video away would erase the paper."""
    paper = b"%PDF-1.7 confidential"
    digest = sha256(paper).hexdigest()
    place = file_path(digest)
    place.parent.mkdir(parents=True)
    place.write_bytes(paper)
    wanted = {"sha256": digest, "media_type": "video/mp4", "size_bytes": len(paper), "title": "Phim"}

    for who in ("minh", "admin"):
        assert refused(do, who, "guides.add_video", **wanted).code == "upload_unknown"

    assert council.all(select(GuideFile.id)) == []
    assert place.read_bytes() == paper


def test_what_is_no_picture_is_refused(client):
    browser = client("minh")
    sent = browser.post(
        "/api/v1/guides/files", data={"file": (io.BytesIO(b"%PDF-1.7\n1 0 obj\n"), "a.pdf"), "title": "A"}, headers=token(browser)
    )
    assert sent.status_code == 409
    assert sent.get_json()["code"] == "not_a_guide_picture"
    browser = client("hoa")
    assert browser.post("/api/v1/guides/files", data={}, headers=token(browser)).status_code == 403


def token(browser: Any) -> dict[str, str]:
    page = browser.get("/guides").get_data(as_text=True)
    return {"X-CSRFToken": page.partition('name="csrf-token" content="')[2].partition('"')[0]}


def test_everybody_leaves_a_remark_and_hears_the_answer(council: Council, do: Do):
    given = {"kind": "fault", "text": "Chữ nhỏ quá", "page": "/meetings/3?q=riêng#x", "browser": "Firefox"}
    remark = do("hoa", "guides.give_feedback", **given)["remark_id"]
    row = council.one(select(Remark))
    assert (row.page, row.state, row.browser) == ("/meetings/3", "new", "Firefox")
    assert do("admin", "guides.answer_feedback", remark_id=remark, state="looking") == {"state": "looking"}
    do("admin", "guides.answer_feedback", remark_id=remark, state="answered", answer="Bấm Cỡ chữ.")
    told = council.all(select(Notification).where(Notification.kind == "feedback_answered"))
    assert [each.person_id for each in told] == [council.person("hoa")]
    do("admin", "guides.answer_feedback", remark_id=remark, state="closed")
    assert refused(do, "admin", "guides.answer_feedback", remark_id=remark, answer="x").code == "remark_closed"
    assert events(council) == ["guides.feedback_given", *["guides.feedback_answered"] * 3]
    facts = council.all(select(Entry.facts).where(Entry.event == "guides.feedback_given"))
    assert "Chữ nhỏ quá" not in str(facts)


@pytest.mark.parametrize("stranger", ["hoa", "minh", "khach"])
def test_only_the_administrator_answers(do: Do, stranger: str):
    remark = do("hoa", "guides.give_feedback", kind="wish", text="Thêm màu")["remark_id"]
    assert refused(do, stranger, "guides.answer_feedback", remark_id=remark, answer="x").code == "forbidden"
    assert refused(do, "admin", "guides.answer_feedback", remark_id=remark, answer=" ").code == "remark_without_answer"


def test_nobody_floods_the_administrator(do: Do):
    for number in range(rules.MAX_REMARKS):
        do("tuan", "guides.give_feedback", kind="question", text=f"Câu hỏi {number}")
    assert refused(do, "tuan", "guides.give_feedback", kind="question", text="Nữa").code == "too_many_remarks"
    do("hoa", "guides.give_feedback", kind="question", text="Của người khác")


def test_shortcuts_are_switched_off_for_oneself(do: Do, client):
    assert 'data-keys="off"' not in client("hoa").get("/guides").get_data(as_text=True)
    do("hoa", "guides.set_keys", on=False)
    assert 'data-keys="off"' in client("hoa").get("/guides").get_data(as_text=True)
    do("hoa", "guides.set_keys", on=True)
    assert 'data-keys="off"' not in client("hoa").get("/guides").get_data(as_text=True)
    assert 'data-keys="off"' not in client("tuan").get("/guides").get_data(as_text=True)
