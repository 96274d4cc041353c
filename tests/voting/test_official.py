"""Ballot papers and minutes as they come out of the press: every form's words, figures and places, read back from the PDF."""

import re
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient

from meeting.agenda.models import Meeting as MeetingRow
from meeting.agenda.session_models import CouncilSession
from meeting.voting.models import Question
from meeting.voting.official_words import (
    body_words,
    in_words,
    matter_of,
    named,
    notes,
    office_of,
    session_in,
    term_in,
    years_in,
)
from tests.conftest import MORNING, Council
from tests.voting.paper_votes import COUNTED, PEOPLE, committee, counted, line, put

Browser = Callable[[str], FlaskClient]
POINT = 25.4 / 72  # millimetres


def words_of(pdf: bytes) -> str:
    """All words of a file in the order of reading, page numbers left out."""
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        below = [pymupdf.Rect(0, 18 / POINT if page.number else 0, *page.rect.br) for page in opened]
        return re.sub(r"\s+", " ", " ".join(page.get_text(clip=below[page.number]) for page in opened))


def page_of(pdf: bytes, number: int = 0) -> tuple[Any, Any]:
    """A page with the file it needs."""
    opened = pymupdf.open(stream=pdf, filetype="pdf")
    return opened[number], opened


def boxes_on(page: Any) -> list[Any]:
    """The squares of 5 mm that are marked with an X, from the top."""
    found = [each["rect"] for each in page.get_drawings()]
    square = [each for each in found if abs(each.width * POINT - 5) < 0.3 and abs(each.height * POINT - 5) < 0.3]
    return sorted(square, key=lambda each: (round(each.y0), each.x0))


@pytest.fixture
def sitting(council: Council) -> int:
    """A sitting of the fifth session with three delegates."""
    meeting = council.meeting("HĐND", state="in_session", starts_at=MORNING)
    (session,) = council.write(
        CouncilSession(
            body_id=council.body("HĐND"),
            name="Kỳ họp thứ 5",
            number=5,
            starts_on=MORNING.date(),
            ends_on=MORNING.date(),
            made_at=MORNING,
            made_by_id=council.person("minh"),
        )
    )
    council.update(MeetingRow, meeting, session_id=session)
    return meeting


def fetched(client: Browser, question: int, paper: str, who: str = "minh") -> bytes:
    answer = client(who).get(f"/questions/{question}/{paper}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.status_code
    return bytes(answer.data)


def test_two_ballots_of_form_1_to_a_page_with_a_box_of_each_kind_for_each_person(
    council: Council, sitting: int, client: Browser
) -> None:
    question, _ = put(council, sitting, "election", 2, title="Bầu Phó Chủ tịch", office="Phó Chủ tịch Hội đồng nhân dân phường")

    page, file = page_of(fetched(client, question, "ballots.pdf?copies=3"))

    assert len(file) == 2
    text = re.sub(r"\s+", " ", page.get_text())
    assert text.count("HỘI ĐỒNG NHÂN DÂN PHƯỜNG KHÓA") == 2
    assert text.count("Kỳ họp thứ 5") == 2
    assert text.count("(đóng dấu treo của HĐND)") == 2
    assert text.count("PHIẾU BẦU Phó Chủ tịch Hội đồng nhân dân phường") == 2
    assert "đánh dấu “X” vào 1 trong 2 ô “Tán thành” hoặc “Không tán thành” đối với mỗi người." in text
    assert "Không ghi thêm tên của người ngoài danh sách hoặc xóa tên của người trong danh sách." in text
    boxes = boxes_on(page)
    assert len(boxes) == 8
    first, second = page.search_for("1. Ông (Bà) Nguyễn Thị An")
    half = page.rect.height / 2
    assert first.y1 < half < second.y0
    assert abs((second.y0 - first.y0) - half) * POINT < 1
    assert first.y0 - 6 < boxes[0].y0 < first.y1 + 6  # beside the name
    seal = page.search_for("(đóng dấu treo của HĐND)")[0]
    assert seal.x1 < page.rect.width / 2  # under the council's name, left
    with file:
        assert len(boxes_on(file[1])) == 4


def test_ballots_for_several_offices_name_each_below_the_person(council: Council, sitting: int, client: Browser) -> None:
    question, _ = put(
        council, sitting, "election", 2, title="Bầu Trưởng Ban", offices=["Trưởng Ban Pháp chế", "Trưởng Ban Kinh tế"]
    )

    text = words_of(fetched(client, question, "ballots.pdf?copies=1"))

    assert "1. Ông (Bà) Nguyễn Thị An Trưởng Ban Pháp chế 2. Ông (Bà) Trần Văn Bình Trưởng Ban Kinh tế" in text


def test_as_many_ballots_as_voters_and_a_long_list_has_a_page_each(council: Council, sitting: int, client: Browser) -> None:
    question, _ = put(council, sitting, "choose", 14, seats=3, title="Bầu Ban Chấp hành", total=4)

    page, file = page_of(fetched(client, question, "ballots.pdf"))

    assert len(file) == 4
    assert len(boxes_on(page)) == 14
    assert "không quá 03 người" in page.get_text().replace("\n", " ")


CASES: list[tuple[str, int, dict[str, Any], int, list[str]]] = [
    ("matter", 0, {}, 3, ["PHIẾU BIỂU QUYẾT", "Thông qua dự toán ngân sách năm 2027", "vào 1 trong 3 ô", "Không biểu quyết"]),
    ("dismissal", 1, {"office": "Trưởng Ban Pháp chế"}, 2, ["PHIẾU BÃI NHIỆM Trưởng Ban Pháp chế"]),
    (
        "dismissal",
        1,
        {"office": "đại biểu Hội đồng nhân dân"},
        2,
        ["PHIẾU BÃI NHIỆM ĐẠI BIỂU HỘI ĐỒNG NHÂN DÂN KHÓA", "NHIỆM KỲ"],
    ),
    ("survey", 2, {"offices": ["Chủ tịch", "Phó Chủ tịch"]}, 6, ["PHIẾU LẤY PHIẾU TÍN NHIỆM", "“Tín nhiệm cao”", "Phó Chủ tịch"]),
    ("confidence", 1, {}, 2, ["PHIẾU BỎ PHIẾU TÍN NHIỆM", "“Tín nhiệm” hoặc “Không tín nhiệm” đối với mỗi người"]),
    ("paper", 2, {}, 6, ["PHIẾU BIỂU QUYẾT", "đối với mỗi nội dung"]),
    ("alternatives", 2, {}, 3, ["Lựa chọn phương án", "01 ô duy nhất", "3. Không biểu quyết"]),
]


@pytest.mark.parametrize(("form", "lines", "more", "boxes", "said"), CASES)
def test_each_form_has_its_ballot(
    council: Council, sitting: int, client: Browser, form: str, lines: int, more: dict[str, Any], boxes: int, said: list[str]
) -> None:
    question, _ = put(council, sitting, form, lines, **more)

    page, file = page_of(fetched(client, question, "ballots.pdf?copies=1"))

    text = re.sub(r"\s+", " ", page.get_text())
    for words in said:
        assert words in text
    assert len(boxes_on(page)) == boxes
    assert len(file) == 1


def test_form_3_1_says_everything_of_one_election(council: Council, sitting: int, client: Browser) -> None:
    who = committee(council, sitting, "hoa", "tuan", "lan")
    office = "Chủ tịch Ủy ban nhân dân phường"
    question, (number,) = put(council, sitting, "election", 1, title=f"Bầu {office}", office=office, committee_id=who)
    council.update(Question, question, figures_at=COUNTED, figures_confirmed_at=COUNTED)
    counted(council, question, [line(number, PEOPLE[0], {"for": 22, "against": 2}, True, invalid=1)])

    pdf = fetched(client, question, "counting-minutes.pdf", "hoa")
    text = words_of(pdf)

    for words in [
        "HỘI ĐỒNG NHÂN DÂN PHƯỜNG KHÓA ……… Kỳ họp thứ 5 BAN KIỂM PHIẾU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"BIÊN BẢN KIỂM PHIẾU Kết quả bầu {office}",
        "Hôm nay, ngày 23 tháng 11 năm 2026, tại kỳ họp thứ 5, Hội đồng nhân dân phường, khóa ………, Ban kiểm phiếu bao gồm:",
        "1. Ông Phan Thị Hoa, đại biểu Hội đồng nhân dân phường, Trưởng Ban;",
        "2. Ông Lê Anh Tuấn, đại biểu Hội đồng nhân dân phường, Ủy viên;",
        f"xác định kết quả bỏ phiếu bầu {office} đối với Ông (Bà) Nguyễn Thị An.",
        "- Tổng số đại biểu Hội đồng nhân dân: 27",
        "- Số đại biểu Hội đồng nhân dân có mặt: 25",
        "- Số phiếu đã phát ra: 25",
        "- Số phiếu đã thu về: 25",
        "- Số phiếu hợp lệ: 24",
        "- Số phiếu không hợp lệ: 1",
        "- Số phiếu tán thành: 22 (bằng 81,48% tổng số đại biểu Hội đồng nhân dân)",
        "- Số phiếu không tán thành: 2 (bằng 7,41% tổng số đại biểu Hội đồng nhân dân)",
        "Căn cứ Quy chế làm việc Hội đồng nhân dân phường, Ông (Bà) Nguyễn Thị An đã được Hội đồng nhân dân bầu giữ chức vụ",
        "Biên bản này được lập thành 03 bản vào hồi 10 giờ 40 phút, ngày 23 tháng 11 năm 2026 tại Phòng họp 1.",
        "TM. BAN KIỂM PHIẾU TRƯỞNG BAN (ký, ghi rõ họ và tên) Phan Thị Hoa",
    ]:
        assert words in text, words
    page, file = page_of(pdf)
    with file:
        assert len(file) == 1
        title, signature = page.search_for("BIÊN BẢN KIỂM PHIẾU")[0], page.search_for("TRƯỞNG BAN")[0]
        middle = (page.rect.width + 30 / POINT - 15 / POINT) / 2
        assert abs((title.x0 + title.x1) / 2 - middle) * POINT < 1.5
        assert signature.x0 > middle
        assert page.search_for("- Số phiếu đã phát ra")[0].x0 * POINT == pytest.approx(40, abs=0.6)  # margin and indent


def test_blank_minutes_leave_the_places_of_the_figures_open(council: Council, sitting: int, client: Browser) -> None:
    question, _ = put(council, sitting, "election", 1, title="Bầu Chủ tịch", total=27)

    text = words_of(fetched(client, question, "counting-minutes.pdf"))

    assert "1. Ông (Bà) ……………………………………, đại biểu Hội đồng nhân dân phường, Trưởng Ban;" in text
    assert "- Tổng số đại biểu Hội đồng nhân dân: 27" in text
    assert "- Số phiếu đã phát ra: ………" in text
    assert "- Số phiếu tán thành: ……… (bằng ………% tổng số đại biểu Hội đồng nhân dân)" in text
    assert "Ông (Bà) Nguyễn Thị An ……… được Hội đồng nhân dân bầu giữ chức vụ Chủ tịch." in text
    assert "Nhật ký" not in text


def test_confirmed_figures_stand_in_the_minutes_before_the_close(council: Council, sitting: int, client: Browser) -> None:
    question, (one, two) = put(council, sitting, "dismissal", 2, title="Bãi nhiệm", office="Trưởng Ban Pháp chế")
    given = {"valid": 20, "invalid": 1, "counts": {"for": 18, "against": 2}}
    figures = {"issued": 22, "returned": 21, "invalid": 0, "counts": {}, "lines": {str(one): given, str(two): given}}
    council.update(Question, question, figures=figures, figures_at=COUNTED)
    entered = words_of(fetched(client, question, "counting-minutes.pdf"))
    council.update(Question, question, figures_confirmed_at=COUNTED)

    text = words_of(fetched(client, question, "counting-minutes.pdf"))

    assert "Kết quả bãi nhiệm Trưởng Ban Pháp chế" in text
    assert "- Số phiếu đã phát ra: 22" in text
    assert (
        "2. Ông (Bà) Trần Văn Bình - Số phiếu hợp lệ: 20 - Số phiếu không hợp lệ: 1 - Số phiếu tán thành: 18 (bằng 66,67%" in text
    )
    assert "Hội đồng nhân dân khóa ……… đã bãi nhiệm: 1. ………" in text
    assert "- Số phiếu đã phát ra: 22" in entered
    assert "- Số phiếu tán thành: ……… (bằng" in entered  # no marks before the head of the committee has confirmed them


MINUTES: list[tuple[str, dict[str, Any], list[dict[str, int]], list[bool], str, list[str]]] = [
    (
        "election",
        {"title": "Bầu Phó Chủ tịch", "offices": ["Phó Chủ tịch HĐND", "Trưởng Ban Pháp chế"]},
        [{"for": 22, "against": 2}, {"for": 9, "against": 15}],
        [True, False],
        "elected",
        [
            "Kết quả bầu Phó Chủ tịch",
            "2. Ông (Bà) Trần Văn Bình - Số phiếu hợp lệ: 24 - Số phiếu không hợp lệ: 1",
            "đã bầu: 1. Ông (Bà) Nguyễn Thị An giữ chức vụ Phó Chủ tịch HĐND.",
            "Không đủ số phiếu theo quy định để bầu: 1. Ông (Bà) Trần Văn Bình giữ chức vụ Trưởng Ban Pháp chế.",
        ],
    ),
    (
        "dismissal",
        {"title": "Bãi nhiệm", "office": "đại biểu Hội đồng nhân dân"},
        [{"for": 22, "against": 2}],
        [True],
        "dismissed",
        [
            "Bãi nhiệm đại biểu Hội đồng nhân dân khóa ………",
            "đã bãi nhiệm đại biểu Hội đồng nhân dân khóa ……… đối với: 1. Ông (Bà)",
        ],
    ),
    (
        "survey",
        {"title": "Lấy phiếu tín nhiệm", "offices": ["Chủ tịch UBND", "Phó Chủ tịch UBND"]},
        [{"high": 15, "medium": 6, "low": 3}, {"high": 1, "medium": 2, "low": 21}],
        [True, True],
        "none",
        [
            "BIÊN BẢN KẾT QUẢ LẤY PHIẾU TÍN NHIỆM Đối với người giữ các chức vụ do Hội đồng nhân dân bầu",
            "1. Ông (Bà) Nguyễn Thị An. Chức vụ: Chủ tịch UBND",
            "- Số phiếu đánh giá tín nhiệm cao: 15 (bằng 55,56% tổng số đại biểu Hội đồng nhân dân)",
            "- Số phiếu đánh giá tín nhiệm thấp: 21 (bằng 77,78%",
        ],
    ),
    (
        "confidence",
        {"title": "Bỏ phiếu tín nhiệm", "offices": ["Phó Chủ tịch UBND"]},
        [{"for": 14, "against": 10}],
        [True],
        "confidence_kept",
        [
            "BIÊN BẢN KẾT QUẢ BỎ PHIẾU TÍN NHIỆM Đối với Ông (Bà) Nguyễn Thị An, Phó Chủ tịch UBND",
            "- Số phiếu tín nhiệm: 14 (bằng 51,85%",
            "- Số phiếu không tín nhiệm: 10 (bằng 37,04%",
        ],
    ),
]


@pytest.mark.parametrize(("form", "more", "counts", "won", "outcome", "said"), MINUTES, ids=[case[0] for case in MINUTES])
def test_each_form_has_its_minutes(
    council: Council,
    sitting: int,
    client: Browser,
    form: str,
    more: dict[str, Any],
    counts: list[dict[str, int]],
    won: list[bool],
    outcome: str,
    said: list[str],
) -> None:
    question, lines = put(council, sitting, form, len(counts), **more)
    rows = [
        line(number, PEOPLE[place], counts[place], won[place], outcome if won[place] else "not_elected", invalid=1)
        for place, number in enumerate(lines)
    ]
    counted(council, question, rows)

    text = words_of(fetched(client, question, "counting-minutes.pdf"))

    for words in said:
        assert words in text, words


def test_form_3_6_of_an_electronic_secret_vote_counts_present_and_cast(council: Council, sitting: int, client: Browser) -> None:
    question, _ = put(council, sitting, "matter", kind="secret", basis="Điều 9 Nội quy kỳ họp")
    counted(council, question, None, counts={"for": 20, "against": 3, "abstain": 1}, issued=0, returned=0, cast=24)

    text = words_of(fetched(client, question, "counting-minutes.pdf"))

    assert "BIÊN BẢN KẾT QUẢ BIỂU QUYẾT BẰNG BỎ PHIẾU KÍN Thông qua dự toán ngân sách năm 2027" in text
    assert "được thực hiện bằng hình thức điện tử theo Điều 9 Nội quy kỳ họp." in text
    assert "- Số phiếu đã phát ra: 25 - Số phiếu đã thu về: 24 - Số phiếu hợp lệ: 24" in text
    assert "- Số phiếu không biểu quyết: 1 (bằng 3,70% tổng số đại biểu Hội đồng nhân dân)" in text
    assert "Hội đồng nhân dân khóa ……… đã thông qua dự toán ngân sách năm 2027." in text
    assert client("minh").get(f"/questions/{question}/sealing-minutes.pdf").status_code == 404


def test_sealing_minutes_write_the_number_in_words(council: Council, sitting: int, client: Browser) -> None:
    question, (number,) = put(council, sitting, "election", 1, title="Bầu Chủ tịch")
    counted(council, question, [line(number, PEOPLE[0], {"for": 22, "against": 3}, True)])

    text = words_of(fetched(client, question, "sealing-minutes.pdf"))

    assert "BIÊN BẢN NIÊM PHONG Phiếu bầu Chủ tịch" in text
    assert "Tổng số phiếu: 25 (Bằng chữ: hai mươi lăm phiếu)" in text
    assert "lập thành 03 bản" in text


def test_papers_are_for_desk_and_counters_and_minutes_for_all_once_published(
    council: Council, sitting: int, client: Browser
) -> None:
    who = committee(council, sitting, "hoa", "tuan")
    question, (number,) = put(council, sitting, "election", 1, title="Bầu Chủ tịch", committee_id=who)
    council.invite(sitting, "khach", item_ids=council.items(sitting)[1:])

    for path in ("ballots.pdf", "counting-minutes.pdf", "sealing-minutes.pdf"):
        asked = f"/questions/{question}/{path}"
        assert {name: client(name).get(asked).status_code for name in ("minh", "lan", "hoa")} == dict.fromkeys(
            ("minh", "lan", "hoa"), 200
        )
        assert {client(name).get(asked).status_code for name in ("khach", "dung", "admin", "hung")} == {404}, path
    counted(council, question, [line(number, PEOPLE[0], {"for": 22, "against": 3}, True)])
    assert client("tuan").get(f"/questions/{question}/counting-minutes.pdf").status_code == 200
    open_vote, _ = put(council, sitting, "matter", kind="open")
    for path in ("ballots.pdf", "counting-minutes.pdf", "sealing-minutes.pdf"):
        assert client("minh").get(f"/questions/{open_vote}/{path}").status_code == 404


def test_files_carry_vietnamese_names(council: Council, sitting: int, client: Browser) -> None:
    question, _ = put(council, sitting, "election", 1, title="Bầu Chủ tịch")

    answer = client("minh").get(f"/questions/{question}/ballots.pdf?copies=1")

    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="Phieu {question} - Bau Chu tich.pdf"')
    assert "filename*=UTF-8''Phi%E1%BA%BFu" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (1, "một"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (27, "hai mươi bảy"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (251, "hai trăm năm mươi mốt"),
        (1000, "một nghìn"),
        (1021, "một nghìn không trăm hai mươi mốt"),
        (1005, "một nghìn không trăm linh năm"),
        (12345, "mười hai nghìn ba trăm bốn mươi lăm"),
    ],
)
def test_numbers_in_words(number: int, said: str) -> None:
    assert in_words(number) == said


@pytest.mark.parametrize(
    ("title", "honorific", "party", "said"),
    [
        ("Nguyễn Thị An", "Bà", False, "Bà Nguyễn Thị An"),
        ("Nguyễn Thị An", "", False, "Ông (Bà) Nguyễn Thị An"),
        ("Bà Nguyễn Thị An", "Bà", False, "Bà Nguyễn Thị An"),
        ("Nguyễn Thị An", "Bà", True, "Đồng chí Nguyễn Thị An"),
    ],
)
def test_names_on_forms(title: str, honorific: str, party: bool, said: str) -> None:
    assert named(title, honorific, party) == said


def test_titles_lose_their_verb() -> None:
    assert matter_of("Thông qua Nghị quyết về dự toán") == "Nghị quyết về dự toán"
    assert matter_of("Đặt tên đường") == "Đặt tên đường"
    assert office_of("Bầu Chủ tịch UBND") == "Chủ tịch UBND"
    assert office_of("Chủ tịch UBND") == "Chủ tịch UBND"


def test_other_bodies_have_their_own_words() -> None:
    assert body_words("committee", "Ủy ban nhân dân phường").total == "tổng số thành viên Ủy ban nhân dân"
    assert body_words("party", "Đảng ủy phường").counter == "ủy viên Đảng ủy phường"
    assert notes("matter", ["Tán thành", "Không tán thành"], "Thành viên", 1) == [
        "Thành viên thể hiện chính kiến bằng cách đánh dấu “X” vào 1 trong 2 ô “Tán thành” hoặc “Không tán thành”."
    ]


def test_term_and_session_are_read_from_titles() -> None:
    title = "Kỳ họp thứ Năm HĐND phường khóa II, nhiệm kỳ 2026-2031"
    assert (term_in("", title), years_in(title), session_in(title)) == ("II", "2026 - 2031", "kỳ họp thứ Năm")
    assert (term_in("Phiên họp"), years_in("Phiên họp"), session_in("Phiên họp")) == ("………", "………", "kỳ họp ………")
    assert session_in("kỳ họp thứ 12 (bất thường)") == "kỳ họp thứ 12"


def test_a_named_term_stands_on_ballot_and_minutes(council: Council, client: Browser) -> None:
    meeting = council.meeting("HĐND", state="in_session", starts_at=MORNING)
    council.update(MeetingRow, meeting, title="Kỳ họp thứ 3 HĐND phường khóa II, nhiệm kỳ 2026 - 2031")
    question, _ = put(council, meeting, "dismissal", 1, title="Bãi nhiệm", office="đại biểu Hội đồng nhân dân")

    ballot = words_of(fetched(client, question, "ballots.pdf?copies=1"))
    minutes = words_of(fetched(client, question, "counting-minutes.pdf"))

    assert "KHÓA II Kỳ họp thứ 3" in ballot
    assert "PHIẾU BÃI NHIỆM ĐẠI BIỂU HỘI ĐỒNG NHÂN DÂN KHÓA II, NHIỆM KỲ 2026 - 2031" in ballot
    assert "tại kỳ họp thứ 3, Hội đồng nhân dân phường, khóa II, Ban kiểm phiếu bao gồm:" in minutes


def test_the_term_of_the_body_stands_where_no_title_says_it(council: Council, do: Callable[..., Any], client: Browser) -> None:
    do("admin", "organization.set_term", body_id=council.body("HĐND"), term="khóa II, nhiệm kỳ 2026 – 2031")
    meeting = council.meeting("HĐND", state="in_session", starts_at=MORNING)
    question, _ = put(council, meeting, "dismissal", 1, title="Bãi nhiệm", office="đại biểu Hội đồng nhân dân")

    ballot = words_of(fetched(client, question, "ballots.pdf?copies=1"))
    minutes = words_of(fetched(client, question, "counting-minutes.pdf"))

    assert "PHIẾU BÃI NHIỆM ĐẠI BIỂU HỘI ĐỒNG NHÂN DÂN KHÓA II, NHIỆM KỲ 2026 - 2031" in ballot
    assert "Hội đồng nhân dân phường, khóa II, Ban kiểm phiếu bao gồm:" in minutes


def test_a_committee_of_another_body_uses_its_own_words(council: Council, client: Browser) -> None:
    meeting = council.meeting("UBND", state="in_session", starts_at=MORNING)
    who = committee(council, meeting, "hoa", "tuan")
    question, _ = put(council, meeting, "matter", options=["for", "against"], committee_id=who)
    counted(
        council,
        question,
        None,
        counts={"for": 5, "against": 8},
        total=13,
        present=13,
        here=13,
        issued=13,
        returned=13,
        passed=False,
    )

    ballot = words_of(fetched(client, question, "ballots.pdf?copies=1"))
    minutes = words_of(fetched(client, question, "counting-minutes.pdf"))

    assert "ỦY BAN NHÂN DÂN PHƯỜNG" in ballot
    assert "KHÓA" not in ballot + minutes
    assert "Trân trọng đề nghị các thành viên Ủy ban nhân dân biểu quyết thông qua dự toán" in ballot
    assert "tại phiên họp UBND, Ủy ban nhân dân phường, Ban kiểm phiếu bao gồm:" in minutes
    assert "- Số phiếu tán thành: 5 (bằng 38,46% tổng số thành viên Ủy ban nhân dân)" in minutes
    assert "Ủy ban nhân dân không thông qua dự toán ngân sách năm 2027." in minutes


def test_leaders_of_the_council_stand_in_groups_on_form_5_and_are_counted_on_form_6(
    council: Council, sitting: int, client: Browser
) -> None:
    offices = ["Chủ tịch Hội đồng nhân dân", "Phó Chủ tịch Hội đồng nhân dân", "Trưởng Ban Pháp chế"]
    question, lines = put(council, sitting, "election", 3, title="Bầu lãnh đạo HĐND", offices=offices)

    page, file = page_of(fetched(client, question, "ballots.pdf?copies=1"))
    ballot = re.sub(r"\s+", " ", page.get_text())
    counts = [{"for": 24, "against": 1}, {"for": 20, "against": 5}, {"for": 10, "against": 15}]
    rows = [
        line(number, PEOPLE[at], counts[at], at < 2, "elected" if at < 2 else "not_elected") for at, number in enumerate(lines)
    ]
    counted(council, question, rows, passed=False)
    minutes = words_of(fetched(client, question, "counting-minutes.pdf"))

    assert "PHIẾU BẦU Chủ tịch Hội đồng nhân dân, Phó Chủ tịch Hội đồng nhân dân, Trưởng Ban của Hội đồng nhân dân" in ballot
    assert "STT Họ và tên Chức vụ hiện nay Đồng ý Không đồng ý I. CHỦ TỊCH HỘI ĐỒNG NHÂN DÂN 1 Ông (Bà) Nguyễn Thị An" in ballot
    assert "III. TRƯỞNG BAN PHÁP CHẾ 1 Ông (Bà) Lê Minh Châu" in ballot
    assert "“Đồng ý” hoặc “Không đồng ý” đối với mỗi người." in ballot
    with file:
        assert len(boxes_on(page)) == 6
    assert "1. Kết quả bầu Chủ tịch Hội đồng nhân dân như sau: - Tổng số đại biểu Hội đồng nhân dân: 27" in minutes
    share = "bằng 96% tổng số đại biểu có mặt, bằng 88,89% tổng số đại biểu Hội đồng nhân dân."
    assert f"- Số phiếu đồng ý: 24, {share}" in minutes
    assert "Không đủ số phiếu theo quy định để bầu: 1. Ông (Bà) Lê Minh Châu giữ chức vụ Trưởng Ban Pháp chế." in minutes
