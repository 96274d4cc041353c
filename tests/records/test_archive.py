"""The archive file of a closed meeting: everything with its list, for the office alone, while its days last."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from meeting import clock, database, jobs
from meeting.agenda.models import Meeting
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.permissions import SYSTEM
from meeting.records import archive_paper, archive_pieces, archiving
from meeting.records.models import ArchiveFile
from meeting.writer import perform
from tests.documents.papers import paper
from tests.voting.paper_votes import counted, put

Do = Callable[..., dict[str, Any]]
Council = Any


@pytest.fixture
def filed(store: Path, council: Council) -> int:
    """A meeting that was held and filed: a paper in two versions, a vote, signed minutes."""
    begun = clock.now() - timedelta(days=9)
    over = {"starts_at": begun, "opened_at": begun, "closed_at": begun + timedelta(hours=2)}
    meeting = council.meeting(state="held", **over)
    item = council.items(meeting)[0]
    unit = {"unit_id": council.unit("kinh_te"), "asked_by": council.person("minh"), "asked_at": begun, "due_at": begun}
    (asked,) = council.write(Requirement(meeting_id=meeting, item_id=item, what="Tờ trình dự toán", state="accepted", **unit))
    for number in (1, 2):
        content = paper(number)
        digest = hashlib.sha256(content).hexdigest()
        place = store / "storage" / "files" / digest[:2] / digest
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        facts = {"name": "x.pdf", "media_type": "application/pdf", "size_bytes": len(content), "uploaded_at": begun}
        (file,) = council.write(File(sha256=digest, state="ready", page_count=number, pages_done=number, **facts))
        sent = {
            "sent_by": council.person("dung"),
            "received_at": begun,
            "published_at": begun,
            "late_minutes": 0,
            "state": "accepted",
        }
        council.write(Submission(requirement_id=asked, number=number, file_id=file, symbol=f"{number}/TTr-KT", **sent))
    question, _ = put(council, meeting, kind="open", options=["for", "against"])
    counted(council, question, counts={"for": 3, "against": 1})
    text = "Kết luận: Thông qua."
    (minutes,) = council.write(Minutes(meeting_id=meeting, text=text, drafted_at=begun, state="signed", signed_at=begun))
    council.write(MinutesVersion(minutes_id=minutes, version=1, text=text, edited_at=begun, signed_at=begun))
    council.update(Meeting, meeting, state="archived", minutes_state="signed")
    return int(meeting)


def test_it_holds_everything_and_a_list_with_the_hash_of_every_file(filed: int, do: Do, client: Any, council: Council) -> None:
    archive = do("minh", "records.ask_archive", meeting_id=filed)["archive_id"]
    jobs.run_waiting()

    with client("minh").get(f"/archives/{archive}") as got:
        content = got.data

    assert (got.status_code, got.headers["Cache-Control"]) == (200, "no-store")
    with zipfile.ZipFile(io.BytesIO(content)) as inside:
        listed = json.loads(inside.read("danh-muc.json"))
        names = set(inside.namelist())
        for row in listed["files"]:
            assert hashlib.sha256(inside.read(row["path"])).hexdigest() == row["sha256"]
        book = load_workbook(io.BytesIO(inside.read("muc-luc.xlsx")))
    assert names == {row["path"] for row in listed["files"]} | {"danh-muc.json", "muc-luc.xlsx", "muc-luc.pdf"}
    folders = [row["path"].split("/")[0] for row in listed["files"]]
    assert folders == ["2-tai-lieu", "2-tai-lieu", "3-diem-danh", "4-bien-ban", "5-bieu-quyet", "7-nhat-ky"]
    assert [row["sheets"] for row in listed["files"][:2]] == ["1", "2-3"]
    assert [row["remark"] for row in listed["files"][:2]] == ["Bản 1, đã có bản thay thế", "Bản 2"]
    assert listed["files"][0]["symbol"] == "1/TTr-KT"
    assert book.active.cell(5, 2).value == "1/TTr-KT"
    told = council.all(select(Entry.facts).where(Entry.event == "records.archive_taken"))
    assert [each["sha256"] for each in told] == [hashlib.sha256(content).hexdigest()]


def test_only_the_office_of_the_body_has_it_made_and_only_for_itself(filed: int, do: Do, client: Any, api: Any) -> None:
    archive = do("van", "records.ask_archive", meeting_id=filed)["archive_id"]
    with pytest.raises(Refused, match="archive_on_its_way"):
        do("van", "records.ask_archive", meeting_id=filed)
    for username, code in (("hoa", "forbidden"), ("hung", "forbidden"), ("khach", "not_found"), ("admin", "not_found")):
        with pytest.raises(Refused, match=code):
            do(username, "records.ask_archive", meeting_id=filed)
    jobs.run_waiting()

    statuses = []
    for name in ("minh", "hoa", "van"):
        with client(name).get(f"/archives/{archive}") as answer:
            statuses.append(answer.status_code)
    assert statuses == [404, 404, 200]
    assert api("van").get(f"/meetings/{filed}/archive")[1]["archive"]["state"] == "done"
    assert [api(name).get(f"/meetings/{filed}/archive")[0] for name in ("hoa", "khach")] == [403, 404]
    for name, wanted in (
        ("records.archive_goes_on", {"archive_id": archive, "state": "done"}),
        ("records.archive_written", {"meeting_id": filed, "sha256": "", "pieces": 1}),
    ):
        with pytest.raises(Refused, match="forbidden"):
            do("van", name, **wanted)


def test_a_meeting_that_is_not_filed_has_none(store: Path, do: Do, council: Council) -> None:
    meeting = council.meeting(state="held", closed_at=clock.now())

    with pytest.raises(Refused, match="archive_not_filed"):
        do("minh", "records.ask_archive", meeting_id=meeting)


def test_after_seven_days_it_is_gone_and_the_meeting_stays(filed: int, do: Do, client: Any, council: Council) -> None:
    archive = do("minh", "records.ask_archive", meeting_id=filed)["archive_id"]
    jobs.run_waiting()
    assert archiving.place_of(archive).exists()

    with clock.frozen(clock.now() + timedelta(days=8)):
        with pytest.raises(Refused, match="archive_gone"):
            do("minh", "records.take_archive", archive_id=archive)
        assert archiving.clear_away() == 1

    assert council.all(select(ArchiveFile.state)) == ["gone"]
    assert not archiving.place_of(archive).exists()
    assert client("minh").get(f"/meetings/{filed}").status_code == 200


def test_the_meetings_page_offers_it(filed: int, do: Do, client: Any) -> None:
    assert "records.ask_archive" in client("minh").get(f"/meetings/{filed}").get_data(as_text=True)
    assert "records.ask_archive" not in client("hoa").get(f"/meetings/{filed}").get_data(as_text=True)

    archive = do("minh", "records.ask_archive", meeting_id=filed)["archive_id"]
    jobs.run_waiting()

    assert f"/archives/{archive}" in client("minh").get(f"/meetings/{filed}").get_data(as_text=True)


def test_the_operator_writes_one_to_the_disk(filed: int, tmp_path: Path, council: Council) -> None:
    made = archiving.write_out(filed, tmp_path / "f.zip")

    assert hashlib.sha256((tmp_path / "f.zip").read_bytes()).hexdigest() == made.sha256
    assert council.all(select(Entry.actor_id).where(Entry.event == "records.archive_taken")) == [0]
    with pytest.raises(Refused, match="file_exists"):
        archiving.write_out(filed, tmp_path / "f.zip")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Tờ trình số 12/TTr-UBND", "To-trinh-so-12-TTr-UBND"),
        ("Đề án “Đô thị”", "De-an-Do-thi"),
        ("???", "van-ban"),
        ("../x", "x"),
    ],
)
def test_names_that_every_system_can_keep(words: str, name: str) -> None:
    assert archive_pieces.plain(words) == name


def test_a_job_that_runs_twice_makes_one_file(filed: int, do: Do, council: Council) -> None:
    archive = do("minh", "records.ask_archive", meeting_id=filed)["archive_id"]
    jobs.run_waiting()
    before = archiving.place_of(archive).read_bytes()

    archiving.make(archive)

    assert archiving.place_of(archive).read_bytes() == before
    assert perform(SYSTEM, "records.prune", {"rule": "answers"})["count"] == 0


def test_its_list_is_a_paper_to_be_printed_and_signed(filed: int, tmp_path: Path) -> None:
    archiving.write_out(filed, tmp_path / "f.zip")
    with zipfile.ZipFile(tmp_path / "f.zip") as inside:
        listed = inside.read("danh-muc.json")
        printed = pymupdf.open(stream=inside.read("muc-luc.pdf"), filetype="pdf")

    rows = json.loads(listed)["files"]
    words = " ".join("".join(page.get_text() for page in printed).split())
    assert (round(printed[0].rect.width), round(printed[0].rect.height)) == (842, 595)
    for told in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ",
        f"Hồ sơ gồm {len(rows)} văn bản, tài liệu.",
        "NGƯỜI LẬP HỒ SƠ",
        *archive_paper.HEAD,
        *(row["symbol"] for row in rows),
        *(row["title"] for row in rows),
    ):
        assert told in words, told
    assert hashlib.sha256(listed).hexdigest() in words.replace(" ", "")


def test_a_long_list_repeats_its_head_on_every_page_and_no_row_is_lost(filed: int, council: Council) -> None:
    line = {"symbol": "12/TTr-UBND", "date": "2026-11-03", "author": "Phòng Kinh tế", "sheets": "1-9", "remark": ""}
    title = "Tờ trình về danh mục duy tu đường ngõ và phương án bố trí vốn"
    listed = [{**line, "number": number, "title": f"{title}, phần {number}"} for number in range(1, 81)]
    with database.reading() as session:
        made = archive_paper.pdf(session.get_one(Meeting, filed), date(2026, 11, 3), listed, "0" * 64)

    pages = [" ".join(page.get_text().split()) for page in pymupdf.open(stream=made, filetype="pdf")]

    assert len(pages) > 3
    tabled = [page for page in pages if "12/TTr-UBND" in page]
    assert [page for page in tabled if "Tên loại và trích yếu nội dung" not in page] == []
    assert [number for number in range(1, 81) if f"phần {number} " not in " ".join(pages)] == []
    assert "03/11/2026" in pages[0]
