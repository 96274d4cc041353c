"""From rows to sheets: resolutions, decisions, conclusions and minutes as the layouts take them, for the state and the Party."""

from collections.abc import Callable, Iterator
from typing import Any

import pymupdf
import pytest
from sqlalchemy.orm import Session

from meeting.conclusions import minutes_queries, sheets
from meeting.conclusions.models import Instrument, Minutes, MinutesVersion, Notice, NoticeLine, Resolution
from meeting.database import reading
from meeting.documents.typeset import Sheet, typeset
from meeting.organization.models import Body
from tests.conclusions.conftest import EVENING, HELD

Make = Callable[..., int]


@pytest.fixture
def session() -> Iterator[Session]:
    with reading() as session:
        yield session


@pytest.fixture
def make(council: Any, at: Callable[[Any], None]) -> Make:
    """A document of a body with lines: (title, text) each."""
    at(EVENING)

    def made(model: type[Instrument], body: str, kind: str, *lines: tuple[str, str], **values: Any) -> int:
        meeting_id = council.meeting(body, state="held", starts_at=HELD, opened_at=HELD, closed_at=EVENING)
        usual = {"abstract": "Về dự toán năm 2027", "opening": "", "closing": "", "recipients": "Như Điều 2;\nLưu: VT."}
        row = model(
            meeting_id=meeting_id,
            kind=kind,
            drafted_at=EVENING,
            drafted_by_id=council.person("minh"),
            **{**usual, **values},
        )
        (document_id,) = council.write(row)
        for place, (title, text) in enumerate(lines, start=1):
            council.write(NoticeLine(notice_id=document_id, position=place, title=title, text=text))
        return int(document_id)

    return made


def printed(layout: Any, sheet: Sheet) -> str:
    document = pymupdf.open(stream=typeset(layout, sheet), filetype="pdf")
    return " ".join(" ".join(page.get_text() for page in document).split())


def test_a_resolution_of_the_council_is_set_in_articles(make: Make, session: Session) -> None:
    lines = (("", "Thông qua dự toán.\nTổng thu 152 tỷ đồng."), ("Tổ chức thực hiện", "Giao UBND phường thực hiện."))
    document = session.get_one(
        Instrument, make(Resolution, "HĐND", "NQ", *lines, grounds="Căn cứ Luật số 72/2025/QH15;\nXét Tờ trình.")
    )

    sheet = sheets.instrument_sheet(session, document)

    assert sheets.layout_of(document) == "decision"
    assert (sheet["style"], sheet["title"], sheet["word"], sheet["symbol"]) == ("state", "NGHỊ QUYẾT", "QUYẾT NGHỊ:", "NQ-HĐND")
    assert sheet["authority"] == [document.meeting.body.name.upper()]
    assert sheet["recipients"] == ["Như Điều 2;", "Lưu: VT."]
    assert sheet["grounds"] == ["Căn cứ Luật số 72/2025/QH15;", "Xét Tờ trình."]
    told = [(block["kind"], block.get("lead", ""), block["text"], block["line_id"]) for block in sheet["blocks"]]
    first, second = (line.id for line in document.lines)
    assert told == [
        ("p", "Điều 1.", "Thông qua dự toán.", first),
        ("p", "", "Tổng thu 152 tỷ đồng.", first),
        ("heading", "", "Điều 2. Tổ chức thực hiện", second),
        ("p", "", "Giao UBND phường thực hiện./.", second),  # the sign that nothing follows
    ]
    text = printed("decision", sheet)
    order = ["NGHỊ QUYẾT", "Căn cứ Luật", "QUYẾT NGHỊ:", "Điều 1. Thông qua", "Điều 2. Tổ chức thực hiện"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_a_resolution_of_the_party_is_set_in_paragraphs_and_its_decision_in_articles(make: Make, session: Session) -> None:
    lines = (("Quan điểm", "Giữ vững kỷ cương."),)
    grounds = "Căn cứ Điều lệ Đảng;"
    first = make(Resolution, "Đảng ủy", "NQ", *lines, grounds=grounds)
    second = make(Resolution, "Đảng ủy", "QĐ", ("", "Thành lập Tổ."), grounds=grounds)
    resolution, decision = session.get_one(Instrument, first), session.get_one(Instrument, second)

    of_resolution, of_decision = sheets.instrument_sheet(session, resolution), sheets.instrument_sheet(session, decision)

    assert (sheets.layout_of(resolution), sheets.layout_of(decision)) == ("notice", "decision")
    assert (of_resolution["style"], of_resolution["symbol"]) == ("party", f"NQ/{resolution.meeting.body.symbol_code}")
    assert of_resolution["opening"] == ["- Căn cứ Điều lệ Đảng;"]
    assert [block["text"] for block in of_resolution["blocks"]] == ["Quan điểm", "Giữ vững kỷ cương."]
    assert of_decision["signature"]["lines"][0] == "T/M ĐẢNG ỦY"
    assert of_decision["authority"] == ["ĐẢNG ỦY"]
    assert "ĐẢNG ỦY QUYẾT ĐỊNH" in printed("decision", of_decision)


def test_a_document_without_number_leaves_its_places_open_for_the_signatures(make: Make, session: Session) -> None:
    document = session.get_one(Instrument, make(Notice, "UBND", "TB", ("", "Ghi nhận kết quả.")))

    layout, sheet = sheets.laid_out_sheet(session, document)

    assert (layout, sheet["open"], sheet["place"], sheet["signature"]["mark"]) == ("notice", True, "Giang Biên", "")
    assert sheet["signature"]["lines"] == ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    assert "/TB-UBND" in printed(layout, sheet)


@pytest.mark.parametrize(
    ("kind", "name", "above", "authority"),
    [
        ("council", "Hội đồng nhân dân phường A", ["TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"], "HỘI ĐỒNG NHÂN DÂN PHƯỜNG A"),
        ("council", "Hội đồng nhân dân phường A", ["CHỦ TỊCH"], "HỘI ĐỒNG NHÂN DÂN PHƯỜNG A"),
        ("committee", "Ủy ban nhân dân phường A", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "ỦY BAN NHÂN DÂN PHƯỜNG A"),
        ("committee", "Ủy ban nhân dân phường A", ["CHỦ TỊCH"], "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG A"),
        ("committee", "Ủy ban nhân dân phường A", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG A"),
        ("party", "Đảng ủy phường A", ["T/M ĐẢNG ỦY", "BÍ THƯ"], "ĐẢNG ỦY"),
        ("party", "Đảng ủy phường A", ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"], "BAN THƯỜNG VỤ ĐẢNG ỦY PHƯỜNG A"),
        ("party", "Đảng ủy phường A", ["BÍ THƯ"], "ĐẢNG ỦY PHƯỜNG A"),
    ],
)
def test_who_decides_stands_over_a_decision(kind: str, name: str, above: list[str], authority: str) -> None:
    body = Body(kind=kind, name=name, short_name="X", symbol_code="X")

    assert sheets.authority_of(body, above) == [authority]


def test_minutes_of_the_council_are_signed_by_secretary_and_chair(
    council: Any, at: Callable[[Any], None], session: Session
) -> None:
    at(EVENING)
    meeting_id = council.meeting("HĐND", state="held", starts_at=HELD, opened_at=HELD, closed_at=EVENING)
    text = "I. THÀNH PHẦN THAM DỰ\n1. Có mặt: 3/3 thành viên.\n\nII. DIỄN BIẾN\n1. Dự toán\nKết luận: Thông qua."
    (minutes_id,) = council.write(Minutes(meeting_id=meeting_id, text=text, drafted_at=EVENING))
    council.write(MinutesVersion(minutes_id=minutes_id, version=1, text=text, edited_at=EVENING))
    minutes = session.get_one(Minutes, minutes_id)

    layout, sheet = sheets.laid_out_minutes(session, minutes)

    assert (layout, sheet["open"]) == ("minutes", True)
    assert sheet["second_signature"]["lines"] == ["THƯ KÝ"]
    assert sheet["signature"]["lines"] == ["CHỦ TỌA"]
    assert sheet["signature"]["name"] == minutes.meeting.chair.full_name  # type: ignore[union-attr]
    said = printed(layout, sheet)
    order = [
        "Thời gian bắt đầu:",
        "Địa điểm:",
        "I. THÀNH PHẦN",
        "Chủ tọa:",
        "II. DIỄN BIẾN",
        "Kết luận: Thông",
        "Cuộc họp kết thúc",
    ]
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    assert minutes_queries.signed_versions(session, minutes) == []
