"""Signed minutes are corrected (đính chính): with a reason, signed again, and nothing that was signed is ever lost."""

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.conclusions.minutes_rules import Paragraph, Piece, changed_paragraphs
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.documents import store
from meeting.documents.models import File
from tests.conclusions.conftest import Desk
from tests.conclusions.test_minutes import TEXT, minutes, refusal

Do = Callable[..., dict[str, Any]]
BETTER = TEXT.replace("3/3", "2/3")


@pytest.fixture
def signed(desk: Desk, do: Do) -> Desk:
    """A desk whose minutes are signed and laid out."""
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)
    jobs.run_waiting()
    return desk


def corrected(desk: Desk, do: Do) -> None:
    do("minh", "conclusions.correct_minutes", meeting_id=desk.meeting_id, reason="Ghi sai số người có mặt")
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=BETTER)
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)


def words_of(council: Any, document_id: int) -> str:
    digest = council.one(select(File.sha256).where(File.id == document_id))
    document = pymupdf.open(store.file_path(digest), filetype="pdf")
    return " ".join(" ".join(page.get_text() for page in document).split())


def test_while_a_correction_is_written_everybody_reads_what_was_signed(
    signed: Desk, do: Do, client: Callable[[str], Any], api: Callable[[str], Any]
) -> None:
    before = minutes(signed)
    opened = do("minh", "conclusions.correct_minutes", meeting_id=signed.meeting_id, reason="Ghi sai số người có mặt")
    do("minh", "conclusions.edit_minutes", meeting_id=signed.meeting_id, text=BETTER, version=opened["version"])

    now = minutes(signed)
    assert (now.state, now.text, now.version, now.document_id) == ("signed", TEXT, 1, before.document_id)
    address = f"/meetings/{signed.meeting_id}/minutes"
    assert "3/3 thành viên" in client("hoa").get(address).get_data(as_text=True)
    assert "2/3 thành viên" not in client("hoa").get(address).get_data(as_text=True)
    assert "2/3 thành viên" in client("minh").get(address).get_data(as_text=True)
    assert api("hoa").get(f"{address}")[1]["text"] == TEXT
    assert api("hoa").get(f"{address}/writing")[0] == 404
    status, written = api("minh").get(f"{address}/writing")
    assert (status, written["text"], written["correcting"], written["version"]) == (200, BETTER, "Ghi sai số người có mặt", 3)
    assert signed.told("conclusions.minutes_correcting") == [
        {"minutes_id": now.id, "version": 2, "reason": "Ghi sai số người có mặt"}
    ]


def test_a_signed_correction_takes_the_place_and_keeps_the_number(signed: Desk, do: Do, council: Any) -> None:
    first = minutes(signed)
    corrected(signed, do)
    jobs.run_waiting()

    now = minutes(signed)
    assert (now.state, now.text, now.corrections, now.correcting) == ("signed", BETTER, 1, "")
    assert now.number.symbol == first.number.symbol == "01/BB-UBND"
    versions = council.all(select(MinutesVersion).where(MinutesVersion.signed_at.is_not(None)).order_by(MinutesVersion.version))
    assert [each.document_id for each in versions] == [first.document_id, now.document_id]
    assert first.document_id != now.document_id
    assert signed.told("conclusions.minutes_signed")[-1] == {"minutes_id": now.id, "symbol": "01/BB-UBND", "corrections": 1}
    old, new = words_of(council, first.document_id), words_of(council, now.document_id)
    assert "3/3 thành viên" in old
    assert "Đính chính" not in old
    assert "2/3 thành viên" in new
    assert "(Đính chính lần 1)" in new
    said = "Biên bản này đính chính biên bản đã ký ngày 24 tháng 11 năm 2026 (lý do: Ghi sai số người có mặt)."
    assert said in new


def test_every_earlier_pdf_stays_openable_for_its_readers(signed: Desk, do: Do, client: Callable[[str], Any]) -> None:
    first = minutes(signed).document_id
    corrected(signed, do)
    jobs.run_waiting()

    now = minutes(signed).document_id
    for document_id in (first, now):
        reached = {name: client(name).get(f"/documents/{document_id}").status_code for name in ("hoa", "minh", "lan", "khach")}
        assert reached == {"hoa": 200, "minh": 200, "lan": 404, "khach": 404}


def test_the_history_tells_by_words_what_changed(
    signed: Desk, do: Do, client: Callable[[str], Any], api: Callable[[str], Any]
) -> None:
    corrected(signed, do)
    jobs.run_waiting()

    address = f"/meetings/{signed.meeting_id}/minutes"
    shown = client("hoa").get(f"{address}/history").get_data(as_text=True)
    assert "<del>3/3</del>" in shown
    assert "<ins>2/3</ins>" in shown
    assert "Ghi sai số người có mặt" in shown
    status, told = api("hoa").get(f"{address}/corrections")
    assert (status, [each["correction"] for each in told["data"]]) == (200, [1, 0])
    pieces = told["data"][0]["changes"][0]
    assert [(each["kind"], each["text"]) for each in pieces if each["kind"] != "same"] == [("gone", "3/3"), ("new", "2/3")]
    assert client("khach").get(f"{address}/history").status_code == 404


def test_a_correction_can_be_left_and_begun_again(signed: Desk, do: Do) -> None:
    do("minh", "conclusions.correct_minutes", meeting_id=signed.meeting_id, reason="Sai ngày")
    do("minh", "conclusions.edit_minutes", meeting_id=signed.meeting_id, text=BETTER)
    do("minh", "conclusions.leave_correction", meeting_id=signed.meeting_id)

    assert (minutes(signed).text, minutes(signed).correcting) == (TEXT, "")
    assert refusal(do, "minh", "conclusions.edit_minutes", meeting_id=signed.meeting_id, text="X") == "minutes_signed"
    again = do("minh", "conclusions.correct_minutes", meeting_id=signed.meeting_id, reason="Sai tên")
    assert again == {"version": 4}
    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=signed.meeting_id) == "minutes_correction_same"
    assert signed.told("conclusions.minutes_correcting")[1] == {"minutes_id": minutes(signed).id, "left": True}


@pytest.mark.parametrize(
    ("username", "reason", "code"),
    [
        ("minh", "  ", "reason_needed"),
        ("hung", "Sai", "forbidden"),
        ("hoa", "Sai", "forbidden"),
        ("khach", "Sai", "not_found"),
    ],
)
def test_who_may_open_a_correction(signed: Desk, do: Do, username: str, reason: str, code: str) -> None:
    assert refusal(do, username, "conclusions.correct_minutes", meeting_id=signed.meeting_id, reason=reason) == code


def test_only_signed_minutes_are_corrected_and_one_correction_at_a_time(desk: Desk, do: Do) -> None:
    wanted = {"meeting_id": desk.meeting_id, "reason": "Sai"}
    assert refusal(do, "minh", "conclusions.correct_minutes", **wanted) == "minutes_not_signed"
    assert refusal(do, "minh", "conclusions.leave_correction", meeting_id=desk.meeting_id) == "minutes_no_correction"
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)
    do("minh", "conclusions.correct_minutes", **wanted)

    assert refusal(do, "minh", "conclusions.correct_minutes", **wanted) == "minutes_correcting"


def test_programs_open_a_correction(signed: Desk, api: Callable[[str], Any]) -> None:
    wanted = {"meeting_id": signed.meeting_id, "reason": "Sai"}

    assert api("minh").act("conclusions.correct_minutes", **wanted)[0] == 200
    assert api("hoa").act("conclusions.leave_correction", meeting_id=signed.meeting_id)[0] == 403


def test_minutes_signed_before_versions_kept_signatures_are_corrected_too(signed: Desk, do: Do, council: Any) -> None:
    version = council.one(select(MinutesVersion))
    council.update(MinutesVersion, version.id, signed_at=None, signed_by_id=None, document_id=None)
    document_id = minutes(signed).document_id

    do("minh", "conclusions.correct_minutes", meeting_id=signed.meeting_id, reason="Sai")

    first = council.one(select(MinutesVersion).where(MinutesVersion.version == 1))
    assert (first.signed_at, first.document_id) == (council.one(select(Minutes)).signed_at, document_id)


SAME, GONE, NEW = "same", "gone", "new"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("A\nB", "A\nB", []),
        ("Có mặt 3 người", "Có mặt 2 người", [[(SAME, "Có mặt "), (GONE, "3"), (NEW, "2"), (SAME, " người")]]),
        ("A\nB", "A\nB\nC", [[(NEW, "C")]]),
        ("A\nB\nC", "A\nC", [[(GONE, "B")]]),
        ("A\nmột hai\nC", "A\nmột ba\nmới\nC", [[(SAME, "một "), (GONE, "hai"), (NEW, "ba")], [(NEW, "mới")]]),
        ("A\n\nB", "A\nB", []),  # an empty line is no change of words
    ],
)
def test_changes_are_told_by_words(before: str, after: str, told: list[list[tuple[str, str]]]) -> None:
    assert changed_paragraphs(before, after) == [Paragraph(tuple(Piece(kind, text) for kind, text in each)) for each in told]  # type: ignore[arg-type]
