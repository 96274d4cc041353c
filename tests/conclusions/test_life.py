"""Pure rules of a document's life: kinds, relations, who signs, time, numbers and dates, proposed words."""

from datetime import date

import pytest

from meeting.conclusions import kinds, proposals, relations, signing_rules, timing
from meeting.conclusions.kinds import CONCLUSION, DECISION
from meeting.conclusions.relations import Standing
from meeting.conclusions.rules import NoticeState, stage_of, step
from meeting.conclusions.signing_rules import Signing
from meeting.conclusions.timing import NoticeRule, Timing
from meeting.errors import Refused
from meeting.organization.symbols import check_dated, number_in_order
from meeting.permissions import Role
from meeting.rulebook.deadlines import WorkCalendar

HELD = date(2026, 11, 24)  # a Tuesday
WORKED = WorkCalendar()


# ---- the way -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "state", "after"),
    [
        ("send_back", "signed", "draft"),
        ("number", "signed", "numbered"),
        ("issue", "signed", "issued"),
        ("issue", "numbered", "issued"),
    ],
)
def test_a_signed_document_is_numbered_and_issued_in_one_step_or_two(verb: str, state: str, after: str) -> None:
    assert step(verb, NoticeState(state)) == NoticeState(after)


@pytest.mark.parametrize(
    ("verb", "state", "code"),
    [
        ("number", "approved", "notice_not_signed"),
        ("number", "numbered", "notice_numbered"),
        ("send_back", "numbered", "notice_numbered"),
        ("edit", "numbered", "notice_not_draft"),
        ("sign", "numbered", "notice_not_approved"),
        ("number", "issued", "notice_issued"),
        ("send_back", "issued", "notice_issued"),
    ],
)
def test_a_number_that_was_taken_leads_on_only(verb: str, state: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        step(verb, NoticeState(state))

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("state", "submitted", "stage"),
    [
        ("draft", False, 0),
        ("draft", True, 1),
        ("approved", True, 2),
        ("signed", True, 3),
        ("numbered", True, 4),
        ("issued", True, 5),
    ],
)
def test_the_stage_of_a_document_is_the_one_that_waits(state: str, submitted: bool, stage: int) -> None:
    assert stage_of(state, submitted) == stage


# ---- kinds ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "family", "codes"),
    [
        ("committee", CONCLUSION, ["TB"]),
        ("committee", DECISION, ["QĐ"]),
        ("council", CONCLUSION, ["TB"]),
        ("council", DECISION, ["NQ", "QĐ"]),
        ("party", CONCLUSION, ["TB", "KL"]),
        ("party", DECISION, ["NQ", "QĐ"]),
    ],
)
def test_each_body_issues_its_own_kinds(body: str, family: str, codes: list[str]) -> None:
    assert [kind.code for kind in kinds.kinds_for(body, family)] == codes
    assert kinds.usual_kind(body, family).code == codes[0]


@pytest.mark.parametrize(
    ("code", "body", "refused"),
    [("NQ", "committee", "kind_of_other_body"), ("KL", "council", "kind_of_other_body"), ("CV", "party", "kind_unknown")],
)
def test_a_kind_the_body_does_not_issue_is_refused(code: str, body: str, refused: str) -> None:
    with pytest.raises(Refused) as refusal:
        kinds.kind_of(code, body, "UBND")

    assert refusal.value.code == refused


@pytest.mark.parametrize(
    ("code", "body", "due"),
    [("NQ", "council", date(2026, 12, 4)), ("QĐ", "council", None), ("NQ", "party", None), ("TB", "committee", None)],
)
def test_a_resolution_of_the_council_goes_up_within_ten_days(code: str, body: str, due: date | None) -> None:
    assert kinds.sent_up_due_on(code, body, HELD) == due


def test_items_without_a_resolution_are_named_in_their_order() -> None:
    assert kinds.lacking([4, 7, 9], [7, None]) == [4, 9]
    assert [kinds.ends_in_resolutions(body) for body in ("council", "committee", "party")] == [True, False, False]


# ---- relations -----------------------------------------------------------------------------------------------------------

OLD = Standing("07/TB-UBND", 1, CONCLUSION)


def old(**changes: object) -> Standing:
    return Standing(**{**vars(OLD), **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "pending", "possible"),
    [
        (OLD, (), ("corrects", "replaces", "withdraws")),
        (old(corrected=True), (), ("corrects", "replaces", "withdraws")),
        (OLD, ("corrects",), ("corrects", "replaces", "withdraws")),
        (OLD, ("replaces",), ("corrects",)),
        (OLD, ("withdraws",), ("corrects",)),
        (old(relation="withdraws"), (), ("corrects",)),
        (old(replaced=True), (), ()),
        (old(withdrawn=True), (), ()),
        *((old(state=state), (), ()) for state in ("draft", "approved", "signed", "numbered")),
    ],
)
def test_what_may_be_done_to_an_earlier_document(standing: Standing, pending: tuple[str, ...], possible: tuple[str, ...]) -> None:
    assert relations.may_relate(standing, pending) == possible


@pytest.mark.parametrize(
    ("standing", "relation", "body", "family", "pending", "code"),
    [
        (old(state="draft"), "corrects", 1, CONCLUSION, (), "about_not_issued"),
        (OLD, "corrects", 2, CONCLUSION, (), "about_other_body"),
        (OLD, "replaces", 1, DECISION, (), "about_other_kind"),
        (old(withdrawn=True), "corrects", 1, CONCLUSION, (), "about_withdrawn"),
        (old(replaced=True), "withdraws", 1, CONCLUSION, (), "about_replaced"),
        (old(relation="withdraws"), "withdraws", 1, CONCLUSION, (), "withdrawal_stays"),
        (OLD, "withdraws", 1, CONCLUSION, ("replaces",), "relation_pending"),
    ],
)
def test_what_may_not_be_done_says_why(
    standing: Standing, relation: str, body: int, family: str, pending: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        relations.check_about(relation, standing, body, family, pending)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("relation", "reason", "code"),
    [
        ("corrects", " ", "correction_unnamed"),
        ("withdraws", "", "withdrawal_reason_needed"),
        ("replaces", "", None),
        ("corrects", "Điểm 2: 15/12 sửa thành 25/12", None),
    ],
)
def test_a_correction_names_what_and_a_withdrawal_says_why(relation: str, reason: str, code: str | None) -> None:
    if code is None:
        relations.check_reason(relation, reason)
        return
    with pytest.raises(Refused) as refusal:
        relations.check_reason(relation, reason)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("relation", "about", "code"), [("", 3, "about_without_relation"), ("replaces", None, "relation_without_about")]
)
def test_a_relation_names_its_document_and_the_other_way_round(relation: str, about: int | None, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        relations.check_named(relation, about)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("documents", "before", "after"),
    [
        ([], "none_yet", "none_yet"),
        ([], "not_required", "not_required"),
        ([old(state="signed")], "none_yet", "draft"),
        ([OLD], "draft", "issued"),
        ([old(corrected=True)], "issued", "issued"),
        ([OLD, old(state="draft")], "issued", "issued"),
        ([old(withdrawn=True), old(relation="withdraws")], "issued", "none_yet"),
        ([old(withdrawn=True), old(relation="withdraws"), old(state="draft")], "issued", "draft"),
        ([old(replaced=True), old(relation="replaces")], "issued", "issued"),
        ([old(withdrawn=True), old(relation="corrects")], "issued", "none_yet"),
    ],
)
def test_a_meeting_is_concluded_while_a_notice_is_in_force(documents: list[Standing], before: str, after: str) -> None:
    assert relations.meeting_state(documents, before) == after


def test_the_first_line_that_carries_another_counts() -> None:
    assert relations.carried([(11, 1), (12, None), (13, 1), (14, 2)]) == {1: 11, 2: 14}


# ---- who signs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "named", "book", "family", "signing"),
    [
        ("book", None, "chief", CONCLUSION, Signing("chief")),
        ("book", None, "chair", CONCLUSION, Signing("chair")),
        ("book", None, "chief", DECISION, Signing("chair")),
        ("chair", None, "chief", CONCLUSION, Signing("chair")),
        ("chief", None, "chair", DECISION, Signing("chief")),
        ("chief", 7, "chair", CONCLUSION, Signing("person", 7)),
    ],
)
def test_who_signs(form: str, named: int | None, book: str, family: str, signing: Signing) -> None:
    assert signing_rules.signing_of(form, named, book, family) == signing


@pytest.mark.parametrize(
    ("signing", "hats", "actor", "code"),
    [
        (Signing("chief"), {Role.CHIEF}, 1, None),
        (Signing("chief"), {Role.CHAIR}, 1, "signed_by_chief"),
        (Signing("chair"), {Role.CHIEF}, 1, "signed_by_chair"),
        (Signing("person", 7), {Role.CHAIR}, 1, "signed_by_other"),
        (Signing("person", 7), {Role.MEMBER}, 7, None),
    ],
)
def test_nobody_else_signs(signing: Signing, hats: set[Role], actor: int, code: str | None) -> None:
    assert signing_rules.may_sign(signing, hats, actor) == (code is None)
    if code:
        with pytest.raises(Refused) as refusal:
            signing_rules.check_signs(signing, hats, actor, "Ông Nam")
        assert refusal.value.code == code


@pytest.mark.parametrize(
    ("signing", "body", "name", "office", "written", "lines"),
    [
        (Signing("chief"), "committee", "UBND phường", "Chủ tịch", "", ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (Signing("chair"), "committee", "Ủy ban nhân dân phường X", "Phó Chủ tịch UBND", "", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Signing("chair"), "council", "Hội đồng nhân dân phường X", "Chủ tịch HĐND", "", ["TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"]),
        (Signing("chair"), "party", "Đảng ủy", "Bí thư", "T/M BAN THƯỜNG VỤ\nBÍ THƯ", ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"]),
        (Signing("person", 3), "committee", "UBND", "Phó Chủ tịch UBND", "", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Signing("person", 3), "committee", "UBND", "Trưởng phòng Tư pháp", "", ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG TƯ PHÁP"]),
        (Signing("person", 3), "party", "Đảng ủy", "Chánh Văn phòng", "", ["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"]),
        (
            Signing("person", 3),
            "committee",
            "UBND",
            "Phó Chánh Văn phòng",
            "",
            ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        ),
    ],
)
def test_what_stands_above_the_signature(
    signing: Signing, body: str, name: str, office: str, written: str, lines: list[str]
) -> None:
    assert signing_rules.block_lines(signing, body, name, office, written) == lines


# ---- time ----------------------------------------------------------------------------------------------------------------

MUST = NoticeRule(True, 3)


@pytest.mark.parametrize(
    ("rule", "today", "issued", "waived", "found"),
    [
        (MUST, date(2026, 11, 24), None, False, Timing("waiting", date(2026, 11, 27), 3)),
        (MUST, date(2026, 11, 27), None, False, Timing("waiting", date(2026, 11, 27), 0)),
        (MUST, date(2026, 11, 28), None, False, Timing("overdue", date(2026, 11, 27), 1)),
        (MUST, date(2026, 12, 7), None, True, Timing("overdue", date(2026, 11, 27), 10)),
        (MUST, date(2026, 12, 7), date(2026, 11, 27), False, Timing("in_time", date(2026, 11, 27))),
        (MUST, date(2026, 12, 7), date(2026, 11, 30), False, Timing("late", date(2026, 11, 27), 3)),
        (NoticeRule(False, 3), date(2026, 12, 7), None, False, Timing("optional")),
        (NoticeRule(False, 3), date(2026, 12, 7), None, True, Timing("not_required")),
        (NoticeRule(False, 3), date(2026, 12, 7), date(2026, 12, 1), False, Timing("late", date(2026, 11, 27), 4)),
    ],
)
def test_a_notice_waits_is_overdue_came_in_time_or_late(
    rule: NoticeRule, today: date, issued: date | None, waived: bool, found: Timing
) -> None:
    assert timing.timing(HELD, rule, WORKED, today, issued, waived=waived) == found


def test_working_days_pass_over_the_weekend() -> None:
    assert timing.due_on(date(2026, 11, 26), NoticeRule(True, 3, "working"), WORKED) == date(2026, 12, 1)


# ---- numbers and dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taken", "wanted", "numbering", "number"),
    [
        ([], None, "system", 1),
        ([1, 2], None, "system", 3),
        ([1, 2], 3, "system", 3),
        ([1, 2], 9, "clerk", 9),
        ([5], 2, "clerk", 2),
    ],
)
def test_a_number_in_order_or_from_the_register(taken: list[int], wanted: int | None, numbering: str, number: int) -> None:
    assert number_in_order(taken, wanted, numbering) == number


@pytest.mark.parametrize(
    ("taken", "wanted", "numbering", "code"),
    [
        ([1, 2], 4, "system", "number_not_chosen"),
        ([1, 2], 2, "system", "number_not_chosen"),
        ([1, 2], None, "clerk", "number_wanted"),
        ([1, 2], 2, "clerk", "number_taken"),
        ([1, 2], 0, "clerk", "number_positive"),
    ],
)
def test_a_number_out_of_order_is_refused(taken: list[int], wanted: int | None, numbering: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        number_in_order(taken, wanted, numbering)

    assert refusal.value.code == code


LAST = ("06/TB-UBND", date(2026, 11, 23))


@pytest.mark.parametrize(
    ("day", "numbering", "code"),
    [
        (date(2026, 11, 24), "system", None),
        (date(2026, 11, 23), "system", None),
        (date(2026, 11, 22), "system", "issued_before_last"),
        (date(2026, 11, 22), "clerk", None),
        (date(2026, 11, 25), "system", "issued_in_future"),
        (date(2026, 11, 25), "clerk", "issued_in_future"),
    ],
)
def test_dates_follow_the_numbers_where_the_system_gives_them(day: date, numbering: str, code: str | None) -> None:
    if code is None:
        check_dated(day, HELD, numbering, LAST)
        return
    with pytest.raises(Refused) as refusal:
        check_dated(day, HELD, numbering, LAST)

    assert refusal.value.code == code


# ---- proposed words ------------------------------------------------------------------------------------------------------


def test_places_of_a_form_are_filled_and_unknown_ones_refused() -> None:
    assert proposals.filled("Ngày {ngày họp}, tại {địa điểm}", {"ngày họp": "24/11/2026"}) == "Ngày 24/11/2026, tại {địa điểm}"
    with pytest.raises(Refused) as refusal:
        proposals.check_places("Do {chủ toạ đoàn} chủ trì")
    assert refusal.value.code == "place_unknown"


def test_grounds_begin_with_the_law_and_end_with_the_vote() -> None:
    papers = [proposals.PaperNamed("Tờ trình về dự toán", "Phòng Kinh tế")]

    assert proposals.grounds_of(
        "council", "", papers, "Được thông qua: 27/30 phiếu tán thành (90% tổng số đại biểu), cần từ 16 phiếu. Căn cứ: Điều 15."
    ) == [
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",
        "Xét Tờ trình về dự toán của Phòng Kinh tế;",
        "Căn cứ kết quả biểu quyết: 27/30 phiếu tán thành (90% tổng số đại biểu).",
    ]
    assert proposals.grounds_of("council", "Căn cứ Nghị định 1;\n", (), "") == ["Căn cứ Nghị định 1;"]


@pytest.mark.parametrize(
    ("matter", "abstract", "article"),
    [
        ("Dự toán ngân sách năm 2027", "Về dự toán ngân sách năm 2027", "Thông qua dự toán ngân sách năm 2027."),
        ("Thông qua đề án A", "Thông qua đề án A", "Thông qua đề án A."),
        ("Về việc thu phí", "Về việc thu phí", "Thông qua việc thu phí."),
    ],
)
def test_a_matter_gives_abstract_and_first_article(matter: str, abstract: str, article: str) -> None:
    assert proposals.abstract_on("NQ", matter) == abstract
    assert proposals.first_article(matter) == article


@pytest.mark.parametrize(
    ("relation", "abstract", "line"),
    [
        ("corrects", "Đính chính Thông báo số 07/TB-UBND ngày 1", "Đính chính Thông báo số 07/TB-UBND ngày 1 như sau: Sửa hạn."),
        (
            "withdraws",
            "Thu hồi Thông báo số 07/TB-UBND ngày 1",
            "Thu hồi Thông báo số 07/TB-UBND ngày 1 kể từ ngày ban hành văn bản này. Lý do: Sửa hạn.",
        ),
    ],
)
def test_a_document_about_another_names_it(relation: str, abstract: str, line: str) -> None:
    earlier = proposals.named("TB", "07/TB-UBND", "1")

    assert proposals.abstract_about(relation, earlier, "Kết luận") == abstract
    assert proposals.line_about(relation, earlier, "Sửa hạn.") == line
