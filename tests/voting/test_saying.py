"""The verdict in sentences with the article, for every form, body and outcome; and the sentences translate."""

import pytest

from meeting.voting import judging, saying
from meeting.voting.rules import CHOICES
from meeting.voting.saying import Said
from meeting.voting.saying_lines import LABELS, OUTCOME_WORDS
from meeting.voting.tally import LineCount
from meeting.voting.wording import label, outcome_label, say

LAW = "Luật Tổ chức chính quyền địa phương số 72/2025/QH15; Nghị quyết số 104/2025/UBTVQH15"
PEOPLE = ("Ông Nguyễn Văn A", "Bà Trần Thị B", "Ông Lê C")


def told(form, marks, *, titles=PEOPLE, body="council", rule="more_than_half", total=27, seats=0, tie_rule="none", **more):
    lines = [LineCount(place, counts) for place, counts in enumerate(marks, start=1)]
    verdicts = judging.judge(judging.Ground(form, rule, total, total, total, seats, tie_rule), lines)
    kept = [each.told(title) for each, title in zip(verdicts, titles, strict=False)]
    return Said(
        body,
        rule,
        "total",
        total,
        14,
        0,
        judging.all_passed(form, verdicts, seats),
        judging.tie_of(verdicts),
        tie_rule,
        form,
        lines=kept,
        seats=seats,
        **more,
    )


def whole(said, language="vi"):
    return " ".join(say(words, language) for words in saying.whole(said))


def first(said, language="vi"):
    return " ".join(say(words, language) for words in saying.lines(said)[1])


MATTER = {"rule": "more_than_half", "base": "total", "needed": 14}


@pytest.mark.parametrize(
    ("facts", "vi", "en"),
    [
        # HĐND: NQ 104 Đ15, by secret ballot forms 2 and 3.6
        (
            {"body_kind": "council", "base_count": 27, "votes": 23, "passed": True},
            f"Được thông qua: 23/27 phiếu tán thành (85,19% tổng số đại biểu), cần từ 14 phiếu. Căn cứ: quá nửa tổng số đại biểu "
            f"tán thành ({LAW}, Điều 15).",
            "Passed: 23 of 27 in favour (85.19% of all delegates); 14 needed. Rule: more than half of all delegates (Law on the "
            "Organization of Local Government 72/2025/QH15; Resolution 104/2025/UBTVQH15, Article 15).",
        ),
        (
            {"body_kind": "council", "base_count": 27, "votes": 13, "passed": False, "secret": True},
            f"Không được thông qua: 13/27 phiếu tán thành (48,15% tổng số đại biểu), cần từ 14 phiếu. Căn cứ: quá nửa "
            f"tổng số đại "
            f"biểu tán thành ({LAW}, Điều 15, mẫu số 2, mẫu số 3.6).",
            None,
        ),
        # Thường trực HĐND: NQ 104 Đ19.2
        (
            {"body_kind": "council", "base_count": 4, "votes": 2, "passed": True, "tie": "chair", "tie_rule": "chair_side"},
            "Được thông qua: 2/4 phiếu tán thành (50% tổng số thành viên), cần từ 14 phiếu. Số phiếu tán thành và không "
            "tán thành "
            "ngang nhau: thực hiện theo ý kiến mà Chủ tịch Hội đồng nhân dân đã biểu quyết. Căn cứ: quá nửa tổng số "
            "thành viên tán "
            "thành (Nghị quyết số 104/2025/UBTVQH15, Điều 19).",
            None,
        ),
        # UBND: NĐ 315 Đ25
        (
            {"body_kind": "committee", "base_count": 9, "votes": 4, "passed": False, "tie": "open", "tie_rule": "chair_side"},
            "Chưa quyết định: 4/9 phiếu tán thành (44,44% tổng số thành viên), cần từ 14 phiếu. Số phiếu tán thành và không tán "
            "thành ngang nhau, chưa ghi nhận ý kiến của Chủ tịch Ủy ban nhân dân nên chưa quyết định. Căn cứ: quá nửa tổng số "
            "thành viên tán thành (Nghị định số 315/2025/NĐ-CP, Điều 25).",
            None,
        ),
        (
            {
                "body_kind": "committee",
                "base_count": 8,
                "votes": 4,
                "passed": False,
                "tie": "open",
                "tie_rule": "chair_side",
                "settled": ("against", "Ông Đỗ Mạnh Hùng", "Tôi không tán thành."),
            },
            "Không được thông qua: 4/8 phiếu tán thành (50% tổng số thành viên), cần từ 14 phiếu. Số phiếu ngang nhau: "
            "quyết định "
            "không thông qua theo ý kiến của Chủ tịch Ủy ban nhân dân, do Ông Đỗ Mạnh Hùng ghi nhận sau khi kiểm phiếu: "
            "“Tôi không "
            "tán thành”. Căn cứ: quá nửa tổng số thành viên tán thành (Nghị định số 315/2025/NĐ-CP, Điều 25).",
            None,
        ),
        # Party committee: its own regulations
        (
            {"body_kind": "party", "base_count": 27, "votes": 14, "passed": True},
            "Được thông qua: 14/27 phiếu tán thành (51,85% tổng số ủy viên), cần từ 14 phiếu. Căn cứ: quá nửa tổng số "
            "ủy viên tán "
            "thành (Quy chế làm việc của cấp ủy).",
            None,
        ),
    ],
)
def test_a_single_question_is_told_with_base_need_tie_and_article(facts, vi, en):
    said = Said(**{**MATTER, **facts})

    assert whole(said) == vi
    assert en is None or whole(said, "en") == en


@pytest.mark.parametrize(
    ("body", "rule", "expected"),
    [
        ("committee", "more_than_half", "Nghị định số 315/2025/NĐ-CP, Điều 25"),
        ("committee", "two_thirds", "Nghị định số 315/2025/NĐ-CP, Điều 25"),
        ("committee", "at_least_half", "Quy chế làm việc của cơ quan"),  # Đ25.5c asks for more than half of ALL members
        ("committee", "more_than_half_of_present", "Quy chế làm việc của cơ quan"),
        ("council", "more_than_half_of_valid", "Quy chế làm việc của cơ quan"),
        ("party", "more_than_half_of_present", "Quy chế làm việc của cấp ủy"),
    ],
)
def test_no_article_is_named_that_asks_for_more_than_the_rule(body, rule, expected):
    base = rule.partition("_of_")[2] or "total"
    facts = {"rule": rule, "base": base, "body_kind": body, "base_count": 20, "votes": 16, "passed": True}
    assert f"({expected})." in whole(Said(**{**MATTER, **facts}))


ELECTED = [{"for": 18, "against": 7}, {"for": 16, "against": 9}, {"for": 16, "against": 8}]


@pytest.mark.parametrize(
    ("said", "line", "verdict", "source"),
    [
        (
            told("election", ELECTED, seats=2, office="Phó Chủ tịch"),
            "Ông Nguyễn Văn A được 18/27 phiếu tán thành (66,67% tổng số đại biểu), trúng cử chức vụ Phó Chủ tịch.",
            "Bà Trần Thị B, Ông Lê C bằng phiếu nhau ở vị trí cuối cùng",
            f"{LAW}, Điều 16, mẫu số 3",
        ),
        (
            told("election", [{"for": 13, "against": 12}], seats=1),
            "Ông Nguyễn Văn A được 13/27 phiếu tán thành (48,15% tổng số đại biểu), không trúng cử.",
            "Không có người trúng cử. Số lượng cần bầu 1, còn thiếu 1. Đề nghị bầu tiếp trong số: Ông Nguyễn Văn A.",
            f"{LAW}, Điều 16, mẫu số 3",
        ),
        (
            told("election", [{"for": 14}, {"for": 15}], seats=1),
            "Ông Nguyễn Văn A được 14/27 phiếu tán thành (51,85% tổng số đại biểu), không trúng cử vì người khác nhiều "
            "phiếu hơn.",
            "Trúng cử: Bà Trần Thị B.",
            f"{LAW}, Điều 16, mẫu số 3",
        ),
        (
            told("choose", [{"for": 18, "none": 7}], seats=1),
            "Ông Nguyễn Văn A được 18/27 phiếu tán thành (66,67% tổng số đại biểu), trúng cử.",
            "Trúng cử: Ông Nguyễn Văn A.",
            "Quy chế làm việc của cơ quan",
        ),
        (
            told("dismissal", [{"for": 18, "against": 7}], rule="two_thirds"),
            "Ông Nguyễn Văn A được 18/27 phiếu tán thành (66,67% tổng số đại biểu), bị bãi nhiệm.",
            "Căn cứ: ít nhất hai phần ba tổng số đại biểu tán thành",
            "khoản 3 Điều 16, mẫu số 3.3, 3.4",
        ),
        (
            told("relief", [{"for": 18}], offices={1: "Phó Chủ tịch UBND"}),
            "Ông Nguyễn Văn A được 18/27 phiếu tán thành (66,67% tổng số đại biểu), được cho thôi, miễn nhiệm chức vụ "
            "Phó Chủ tịch "
            "UBND.",
            "Được cho thôi, miễn nhiệm: Ông Nguyễn Văn A.",
            "khoản 3, khoản 4 Điều 16, biểu quyết công khai",
        ),
        (
            told("survey", [{"high": 5, "medium": 5, "low": 15}]),
            "Ông Nguyễn Văn A: tín nhiệm cao 5 phiếu (18,52%), tín nhiệm 5 phiếu (18,52%), tín nhiệm thấp 15 phiếu "
            "(55,56%), tính "
            "trên tổng số đại biểu (27). Quá nửa đến dưới hai phần ba đánh giá tín nhiệm thấp: người được lấy phiếu có "
            "thể xin từ "
            "chức; nếu không từ chức thì được trình ra bỏ phiếu tín nhiệm.",
            "cơ quan xem xét bước tiếp theo",
            "Nghị quyết số 96/2023/QH15; Nghị quyết số 104/2025/UBTVQH15, mẫu số 3.5.1",
        ),
        (
            told("confidence", [{"for": 5, "against": 20}], basis="khoản 2 Điều 9 Nội quy kỳ họp"),
            "Ông Nguyễn Văn A: tín nhiệm 5 phiếu (18,52%), không tín nhiệm 20 phiếu (74,07%), tính trên tổng số đại "
            "biểu (27). Quá "
            "nửa không tín nhiệm: cơ quan hoặc người đã giới thiệu để bầu có trách nhiệm trình xem xét, quyết định miễn nhiệm.",
            "Bỏ phiếu điện tử theo: khoản 2 Điều 9 Nội quy kỳ họp.",
            "Nghị quyết số 96/2023/QH15; Nghị quyết số 104/2025/UBTVQH15, mẫu số 3.5.2",
        ),
        (
            told("paper", [{"for": 14}, {"for": 13}], titles=("Điểm a", "Điểm b")),
            "“Điểm a”: 14/27 phiếu tán thành (51,85% tổng số đại biểu), được thông qua.",
            "Được thông qua: “Điểm a”.",
            f"{LAW}, Điều 15",
        ),
        (
            told("alternatives", [{"for": 12}, {"for": 13}], titles=("Phương án 1", "Phương án 2"), body="committee"),
            "“Phương án 1”: 12/27 phiếu tán thành (44,44% tổng số thành viên), không được chọn.",
            "Đề nghị biểu quyết lại giữa các phương án: “Phương án 1”, “Phương án 2”.",
            "Nghị định số 315/2025/NĐ-CP, Điều 25",
        ),
    ],
)
def test_a_paper_with_lines_is_told_line_by_line_and_as_a_whole(said, line, verdict, source):
    assert first(said) == line
    assert verdict in whole(said)
    assert source in whole(said)
    assert "%(" not in whole(said, "en") + first(said, "en")


def test_what_is_noted_stands_in_the_verdict():
    said = Said(
        **{**MATTER, "body_kind": "council", "base_count": 27, "votes": 14, "passed": True},
        round=2,
        total=27,
        here=17,
        quorum_need=18,
        quorum_met=False,
        spoken=1,
        figures=(25, 24, 2),
    )

    text = whole(said)

    for words in (
        "Bỏ phiếu lần 2.",
        "Trong đó có 1 phiếu do thư ký ghi hộ",
        "còn 17/27 người có mặt, ít hơn 18 người cần có",
        "kết quả giữ nguyên giá trị",
        "Số phiếu phát ra 25, thu về 24, không hợp lệ 2.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("invalid", "on_line", "words"),
    [(0, 1, "thu về 24."), (0, 0, "không hợp lệ 0."), (2, 2, "không hợp lệ 2."), (1, 3, "không hợp lệ 1.")],
)
def test_no_ballot_is_called_valid_that_was_invalid_on_a_line(invalid, on_line, words):
    matter = {**MATTER, "body_kind": "council", "base_count": 27, "votes": 14, "passed": True}
    said = Said(**matter, lines=[{"invalid": on_line}], figures=(25, 24, invalid))

    assert words in whole(said)


@pytest.mark.parametrize("code", sorted(set(LABELS) | set(OUTCOME_WORDS)))
def test_every_outcome_has_a_label_in_both_languages(code):
    assert outcome_label(code, "vi") != outcome_label(code, "en")


def test_marks_are_named_by_form():
    assert [label(key) for key in CHOICES] == ["Tán thành", "Không tán thành", "Không biểu quyết", "Ý kiến khác"]
    assert [label(key, form="confidence") for key in ("for", "against")] == ["Tín nhiệm", "Không tín nhiệm"]
    assert [label(key) for key in ("high", "medium", "low")] == ["Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp"]
