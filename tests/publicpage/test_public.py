"""What anybody reads without signing in: what was released, in the words typed for it, and nothing else."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.conclusions.models import Notice
from meeting.documents import store as files
from meeting.documents.models import File
from meeting.organization.models import Body, OfficialNumber
from meeting.publicpage.rules import IN_PAGE, Shown, by_month, part, slug_of, state_of
from meeting.publicpage.views import READS_PER_ADDRESS
from meeting.tasks.models import Task
from tests.tasks.many import put_tasks

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], Any]
TODAY = date(2026, 12, 4)
PDF = b"%PDF-1.7 a published document"


@pytest.mark.parametrize(
    ("name", "slug"), [("HĐND", "hdnd"), ("UBND", "ubnd"), ("Đảng ủy", "dang-uy"), ("Ban QLDA & ĐT", "ban-qlda-dt")]
)
def test_names_in_addresses(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("accepted", "due", "done", "state"),
    [
        (True, TODAY, TODAY, "done"),
        (True, TODAY, TODAY + timedelta(days=1), "done_late"),
        (True, None, TODAY, "done"),
        (False, TODAY, None, "in_progress"),  # the due day itself is in time
        (False, TODAY - timedelta(days=1), TODAY, "overdue"),  # a report that waits inside is not told outside
        (False, None, None, "in_progress"),
    ],
)
def test_what_the_public_is_told_of_a_state(accepted: bool, due: date | None, done: date | None, state: str) -> None:
    assert state_of(accepted, due, done, TODAY) == state


def test_months_come_newest_first_and_their_tasks_by_day() -> None:
    def shown(key: int, month: int, day: int | None) -> Shown:
        due = date(2026, month, day) if day else None
        return Shown(key, "", "", "", "done", due, None, date(2026, month, 1), TODAY)

    found = by_month([shown(1, 11, 20), shown(2, 12, 9), shown(3, 12, 2), shown(4, 12, None)])

    assert [(month.month, [each.id for each in tasks]) for month, tasks in found] == [(12, [3, 2, 4]), (11, [1])]


def test_pages() -> None:
    things = list(range(IN_PAGE + 1))

    assert part(things, 1) == (things[:IN_PAGE], 2)
    assert part(things, 2) == part(things, 99) == ([IN_PAGE], 2)
    assert part([], 1) == ([], 1)


@dataclass
class Ward:
    """Two released tasks and one that stays inside; a published document and one that is not."""

    council: Any
    done: int
    late: int
    inside: int
    published: int
    kept: int


@pytest.fixture
def ward(council: Any, do: Do) -> Ward:
    """As of 23 November 2026 or whatever day it is."""
    ids = put_tasks(council, 10)
    today = clock.today()
    open_task = {"lead_unit_id": council.unit("kinh_te"), "given": True}
    values = {"state": "accepted", "done_on": today, "due_on": today, "text": "Bí mật: bà Nguyễn Thị A khiếu nại"}
    council.update(Task, ids[0], **open_task, **values)
    council.update(Task, ids[1], **open_task, state="in_progress", due_on=today - timedelta(days=9))
    council.update(Task, ids[2], **open_task, state="in_progress", text="Không ai ngoài cơ quan được biết")
    do("hung", "tasks.release", task_id=ids[0], public_text="Giải quyết một vụ việc tồn đọng", public_result="Đã xong")
    do("hung", "tasks.release", task_id=ids[1], public_text="Lát lại vỉa hè phố Ngọc Lâm")
    meeting = council.meeting(state="held")
    published = document(council, meeting, 7, "Kết luận về chiếu sáng", published_at=clock.now(), verify_code="ABC-123")
    kept = document(council, meeting, 8, "Kết luận nội bộ về cán bộ")
    return Ward(council, ids[0], ids[1], ids[2], published, kept)


def document(council: Any, meeting: int, number: int, abstract: str, **values: Any) -> int:
    """An issued notice with its PDF."""
    digest = hashlib.sha256(PDF + bytes([number])).hexdigest()
    path = files.file_path(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PDF + bytes([number]))
    kept = {"media_type": "application/pdf", "size_bytes": 30, "uploaded_at": clock.now(), "state": "ready", "pages_done": 1}
    (file,) = council.write(File(name="tb.pdf", sha256=digest, uploaded_by=None, page_count=1, signatures=[], **kept))
    symbol = f"{number:02d}/TB-UBND"
    (official,) = council.write(
        OfficialNumber(body_id=council.body("UBND"), kind="TB", period="2026", number=number, symbol=symbol)
    )
    row = Notice(
        meeting_id=meeting,
        state="issued",
        abstract=abstract,
        opening="",
        closing="",
        recipients="",
        drafted_at=clock.now(),
        drafted_by_id=council.person("minh"),
        issued_at=clock.now(),
        issued_on=clock.today(),
        number_id=official,
        document_id=file,
        **values,
    )
    return int(council.write(row)[0])


SECRETS = (
    "Bí mật",
    "Nguyễn Thị A",
    "Không ai ngoài",
    "nội bộ về cán bộ",
    "08/TB-UBND",
    "Hồ Tiến Dũng",
    "Đỗ Mạnh Hùng",
    "khiếu nại",
)
PLACES = ("/cong-khai", "/cong-khai/ubnd", "/cong-khai/ubnd/van-ban", "/cong-khai/ubnd.json", "/cong-khai/ubnd.atom")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_unreleased_is_told_and_no_cookie_is_set(ward: Ward, client: Client, place: str) -> None:
    for address in (place, place + "?lang=en"):
        heard = client("").get(address)
        text = heard.get_data(as_text=True)
        assert heard.status_code == 200
        assert [word for word in SECRETS if word in text] == []
        assert "Set-Cookie" not in heard.headers
        assert "Cookie" not in heard.headers.get("Vary", "")
        assert heard.headers["Cache-Control"] == "public, max-age=300"
        assert "csrf" not in text


def test_the_page_tells_tasks_by_month_with_state_and_result(ward: Ward, client: Client) -> None:
    page = client("").get("/cong-khai/ubnd").get_data(as_text=True)

    for words in ("Giải quyết một vụ việc tồn đọng", "Đã xong", "Lát lại vỉa hè", "Quá hạn", "Phòng Kinh tế, Hạ tầng và Đô thị"):
        assert words in page
    assert f"{clock.today():%m/%Y}" in page
    assert "07/TB-UBND" in page
    assert 'href="/xac-thuc/ABC-123"' in page
    assert "<script" not in page
    assert '<html lang="vi"' in page


def test_the_page_speaks_english_when_asked_never_by_cookie(ward: Ward, client: Client) -> None:
    browser = client("")
    browser.set_cookie("language", "en")

    assert "Key tasks and results" not in browser.get("/cong-khai/ubnd").get_data(as_text=True)
    english = browser.get("/cong-khai/ubnd?lang=en").get_data(as_text=True)
    assert "Key tasks and results" in english
    assert '<html lang="en"' in english
    assert "lang=en" in english  # goes along to the next page


def test_somebody_signed_in_reads_the_same(ward: Ward, client: Client) -> None:
    assert client("hung").get("/cong-khai/ubnd").data == client("").get("/cong-khai/ubnd").data


def test_the_front_names_the_bodies_that_show_something(ward: Ward, client: Client) -> None:
    page = client("").get("/cong-khai").get_data(as_text=True)

    assert "Ủy ban nhân dân phường" in page
    assert "Hội đồng nhân dân" not in page
    for address in ("/cong-khai/hdnd", "/cong-khai/khong-co", "/cong-khai/hdnd.json", "/cong-khai/hdnd/van-ban"):
        heard = client("").get(address)
        assert heard.status_code == 404
        assert heard.headers["Cache-Control"] == "no-store"


def test_before_anything_is_released_the_front_says_so(council: Any, client: Client) -> None:
    assert "Chưa có nội dung nào được công khai" in client("").get("/cong-khai").get_data(as_text=True)


def test_what_is_known_is_not_sent_again(ward: Ward, client: Client, do: Do) -> None:
    first = client("").get("/cong-khai/ubnd")
    again = client("").get("/cong-khai/ubnd", headers={"If-None-Match": first.headers["ETag"]})
    do("hung", "tasks.release", task_id=ward.late, public_text="Lát lại vỉa hè hai phố")
    changed = client("").get("/cong-khai/ubnd", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert changed.status_code == 200


def test_what_is_taken_off_is_gone(ward: Ward, client: Client, do: Do) -> None:
    do("hung", "tasks.unrelease", task_id=ward.late, reason="Sai số liệu")

    assert "Lát lại vỉa hè" not in client("").get("/cong-khai/ubnd").get_data(as_text=True)


def test_a_cancelled_task_is_gone(ward: Ward, client: Client, do: Do) -> None:
    do("hung", "tasks.cancel", task_id=ward.late, reason="Không còn phù hợp")

    assert "Lát lại vỉa hè" not in client("").get("/cong-khai/ubnd").get_data(as_text=True)


def test_the_pdf_is_served_only_while_it_is_published(ward: Ward, client: Client) -> None:
    heard = client("").get(f"/cong-khai/van-ban/{ward.published}.pdf")
    inside = client("").get(f"/cong-khai/van-ban/{ward.kept}.pdf")
    ward.council.update(Notice, ward.published, published_at=None)
    after = client("").get(f"/cong-khai/van-ban/{ward.published}.pdf")

    assert (heard.status_code, heard.data, heard.headers["Content-Type"]) == (200, PDF + b"\x07", "application/pdf")
    assert "Set-Cookie" not in heard.headers
    assert (inside.status_code, after.status_code) == (404, 404)
    assert client("").get("/cong-khai/van-ban/99.pdf").status_code == 404


def test_a_withdrawn_document_stays_with_its_mark(ward: Ward, client: Client) -> None:
    ward.council.update(Notice, ward.published, withdrawn_at=clock.now())

    assert "Đã thu hồi ngày" in client("").get("/cong-khai/ubnd").get_data(as_text=True)
    feed = client("").get("/cong-khai/ubnd.json").get_json(force=True)
    (item,) = [each for each in feed["items"] if "document" in each["tags"]]
    assert item["title"].startswith("Đã thu hồi: 07/TB-UBND")
    assert item["_document"]["withdrawn_on"] == clock.today().isoformat()


def test_a_document_that_names_an_earlier_one_tells_it_only_when_that_is_public(ward: Ward, client: Client) -> None:
    meeting = ward.council.one(select(Notice.meeting_id).where(Notice.id == ward.kept))
    document(
        ward.council,
        meeting,
        9,
        "Đính chính",
        published_at=clock.now(),
        about_id=ward.kept,
        relation="corrects",
        relation_reason="x",
    )
    hidden = client("").get("/cong-khai/ubnd/van-ban").get_data(as_text=True)
    ward.council.update(Notice, ward.kept, published_at=clock.now())
    told = client("").get("/cong-khai/ubnd/van-ban").get_data(as_text=True)

    assert "08/TB-UBND" not in hidden
    assert "Đính chính 08/TB-UBND" in told


def test_programs_read_the_same_facts(ward: Ward, client: Client) -> None:
    heard = client("").get("/cong-khai/ubnd.json")
    feed = heard.get_json(force=True)
    tasks = {item["_task"]["text"]: item["_task"] for item in feed["items"] if "task" in item["tags"]}

    assert heard.headers["Content-Type"].startswith("application/feed+json")
    assert (feed["version"], feed["title"]) == ("https://jsonfeed.org/version/1.1", "Ủy ban nhân dân phường")
    assert set(tasks) == {"Giải quyết một vụ việc tồn đọng", "Lát lại vỉa hè phố Ngọc Lâm"}
    assert tasks["Giải quyết một vụ việc tồn đọng"]["state"] == "done"
    assert tasks["Lát lại vỉa hè phố Ngọc Lâm"] == {
        "text": "Lát lại vỉa hè phố Ngọc Lâm",
        "result": "",
        "lead_unit": "Phòng Kinh tế, Hạ tầng và Đô thị",
        "state": "overdue",
        "due_on": (clock.today() - timedelta(days=9)).isoformat(),
        "done_on": None,
        "month": f"{clock.today() - timedelta(days=9):%Y-%m}",
    }
    (document,) = [item for item in feed["items"] if "document" in item["tags"]]
    assert document["_document"]["symbol"] == "07/TB-UBND"
    assert document["_document"]["genuine_url"].endswith("/xac-thuc/ABC-123")


def test_news_readers_read_it_too(ward: Ward, client: Client) -> None:
    heard = client("").get("/cong-khai/ubnd.atom")
    atom = fromstring(heard.data)
    name = "{http://www.w3.org/2005/Atom}"

    assert heard.headers["Content-Type"].startswith("application/atom+xml")
    titles = {entry.findtext(f"{name}title") for entry in atom.findall(f"{name}entry")}
    assert titles == {"Giải quyết một vụ việc tồn đọng", "Lát lại vỉa hè phố Ngọc Lâm", "07/TB-UBND. Kết luận về chiếu sáng"}
    assert all(entry.findtext(f"{name}updated") for entry in atom.findall(f"{name}entry"))


def test_long_lists_have_pages(ward: Ward, client: Client) -> None:
    put_tasks(ward.council, IN_PAGE + 5, seed=50)
    with Session(database.database().writing) as session:
        shown = update(Task).where(Task.state == "in_progress", Task.id > 12)
        session.execute(update(Task).where(Task.id > 12).values(state="in_progress", given=True))
        session.execute(shown.values(released_at=datetime(2026, 11, 1, tzinfo=UTC), public_text="Việc"))
        session.commit()

    first = client("").get("/cong-khai/ubnd").get_data(as_text=True)
    second = client("").get("/cong-khai/ubnd?page=2").get_data(as_text=True)
    keys = [set(re.findall(r'id="task-(\d+)"', page)) for page in (first, second)]

    assert len(keys[0]) == IN_PAGE
    assert keys[1]
    assert not keys[0] & keys[1]
    assert 'href="/cong-khai/ubnd?page=2"' in first
    assert client("").get("/cong-khai/ubnd?page=x").status_code == 200


def test_too_many_questions_from_one_address_are_refused_without_a_cookie(council: Any, client: Client) -> None:
    browser = client("")
    answers = [browser.get("/cong-khai") for _ in range(READS_PER_ADDRESS.amount + 1)]

    assert {each.status_code for each in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert "Set-Cookie" not in answers[-1].headers


def test_two_bodies_of_one_name_have_two_addresses(ward: Ward, client: Client, do: Do) -> None:
    (other,) = ward.council.write(Body(kind="committee", name="Ủy ban khác", short_name="Ubnd", symbol_code="UB"))
    (key,) = put_tasks(ward.council, 1, seed=3)
    now = clock.now()
    ward.council.update(
        Task, key, body_id=other, state="in_progress", given=True, released_at=now, public_text="Việc của ủy ban khác"
    )

    assert "Việc của ủy ban khác" not in client("").get("/cong-khai/ubnd").get_data(as_text=True)
    assert "Việc của ủy ban khác" in client("").get(f"/cong-khai/ubnd-{other}").get_data(as_text=True)


def test_nothing_of_a_closed_meeting_stays_public(ward: Ward, client: Client, council: Any) -> None:
    meeting = council.one(select(Notice.meeting_id).where(Notice.id == ward.published))
    council.update(Task, ward.done, meeting_id=meeting)
    assert client("").get(f"/cong-khai/van-ban/{ward.published}.pdf").status_code == 200

    council.update(Meeting, meeting, closed=True)

    page = client("").get("/cong-khai/ubnd").get_data(as_text=True)
    assert "Lát lại vỉa hè phố Ngọc Lâm" in page
    assert "Giải quyết một vụ việc tồn đọng" not in page
    assert "Kết luận về chiếu sáng" not in page
    assert client("").get(f"/cong-khai/van-ban/{ward.published}.pdf").status_code == 404


def test_nothing_of_a_practice_is_public_by_any_address(ward: Ward, client: Client, council: Any) -> None:
    council.update(Body, council.body("UBND"), practice_of_id=council.body("HĐND"))

    assert client("").get(f"/cong-khai/van-ban/{ward.published}.pdf").status_code == 404
    assert client("").get("/cong-khai/ubnd").status_code == 404
