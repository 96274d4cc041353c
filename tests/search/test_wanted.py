"""What people type, as it is read (section 6 of the notes on Vietnamese text; the office's own ways to write)."""

from datetime import date

import pytest

from meeting.search.language.field_words import KIND_WORDS
from meeting.search.language.wanted import Need, Wanted, read
from meeting.search.language.words import folded_forms
from meeting.search.rules import KINDS

TODAY = date(2026, 11, 23)


def ways(need: Need) -> list[str]:
    return [run.needle.strip() for run in need.alternatives]


def asked(typed: str) -> Wanted:
    return read(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "keyed", "first", "others"),
    [
        ("135/TB-UBND", "135/TB-UBND", "135 tb ubnd", []),
        ("135/tb-ubnd", "135/TB-UBND", "135 tb ubnd", []),
        ("135 / TB – UBND", "135/TB-UBND", "135 tb ubnd", []),
        ("135/TB_UBND", "135/TB-UBND", "135 tb ubnd", []),
        ("0135/TB-UBND", "135/TB-UBND", "135 tb ubnd", []),
        ("135/TB", "135/TB", "135 tb", []),
        ("61/2018/nd-cp", "61/2018/ND-CP", "61 2018 nd cp", []),
        ("1400/2016/QÐ-UBND", "1400/2016/QĐ-UBND", "1400 2016 qd ubnd", []),  # Eth
        ("104/2025/UBTVQH15", "104/2025/UBTVQH15", "104 2025 ubtvqh15", []),
        ("66/VP-CNTT", "66/VP-CNTT", "66 vp cntt", []),
        ("31-TB/ĐU", "31-TB/ĐU", "31 tb du", []),
        ("31-tb/du", "31-TB/DU", "31 tb du", []),
        ("02-CTr/QU", "2-CTR/QU", "2 ctr qu", []),
        ("61/2018", "61/2018", "61 2018", []),
        ("nghị định 61/2018", "61/2018/NĐ", "nghi dinh 61 2018", ["nghi dinh so 61 2018", "61 2018 nd"]),
        ("nghi dinh so 61/2018", "61/2018/NĐ", "nghi dinh so 61 2018", ["nghi dinh 61 2018", "61 2018 nd"]),
        ("nghi dinh 61", "61/NĐ", "nghi dinh 61", ["nghi dinh so 61", "61 nd"]),
        ("TB 135", "135/TB", "tb 135", ["tb so 135", "135 tb"]),
        ("thông báo số 135", "135/TB", "thong bao so 135", ["thong bao 135", "135 tb"]),
        ("TBKL 135", "135/TB", "tbkl 135", ["tbkl so 135", "135 tb", "135 kl"]),
        ("QĐ 1400/2016", "1400/2016/QĐ", "qd 1400 2016", ["qd so 1400 2016", "1400 2016 qd"]),
        ("số 135", "135", "so 135", ["135"]),
    ],
)
def test_a_symbol_is_read_whole_or_in_part(typed: str, keyed: str, first: str, others: list[str]) -> None:
    (need,) = asked(typed).needs

    assert need.own == keyed
    assert asked(typed).symbols == {keyed}
    assert ways(need) == [first, *others]


@pytest.mark.parametrize(
    "typed", ["135", "báo cáo 6 tháng đầu năm", "kế hoạch 5 năm", "3.697/7.043", "99,83%", "7/11", "24/7 phục vụ", "và/hoặc"]
)
def test_what_is_no_symbol_is_not_read_as_one(typed: str) -> None:
    assert not asked(typed).symbols
    assert not any(need.strict for need in asked(typed).needs)


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        ("3.697", "3697"),
        ("3697", "3697"),
        ("99,83%", "99 83"),
        ("ISO 9001:2015", "iso 9001 2015"),
        ("VỈA HÈ", "via he"),
        ("số 07", "so 7"),
        ("  vỉa \u00a0 hè  ", "via he"),
    ],
)
def test_numbers_and_words_are_read_as_one_run(typed: str, run: str) -> None:
    assert ways(asked(typed).needs[0])[0] == run


def test_digits_typed_as_one_number_stay_together() -> None:
    (need,) = asked("đạt 99,83% theo ISO 9001:2015").needs

    assert [each.folded for each in need.alternatives[0] if each.joined] == ["83", "2015"]


@pytest.mark.parametrize(
    ("typed", "phrases", "run", "left_out"),
    [
        ('"chỉnh trang đô thị"', ["chinh trang do thi"], "", []),
        ("“chỉnh trang” đô thị", ["chinh trang"], "do thi", []),
        ("«chỉnh trang» vỉa hè", ["chinh trang"], "via he", []),
        ('vỉa hè -"xả thải"', [], "via he", ["xa thai"]),
        ("vỉa hè -chợ", [], "via he", ["cho"]),
        ("vỉa hè -135/TB-UBND", [], "via he", ["135 tb ubnd"]),
        ("xả-thải", [], "xa thai", []),
        ('"mở ngoặc mà không đóng', ["mo ngoac ma khong dong"], "", []),
        ("-chợ", [], "cho", []),  # nothing else was asked for
        ('"" vỉa hè', [], "via he", []),
    ],
)
def test_quotes_and_minus(typed: str, phrases: list[str], run: str, left_out: list[str]) -> None:
    wanted = asked(typed)

    assert [ways(need)[0] for need in wanted.needs if need.strict] == phrases
    assert " ".join(wanted.run.folded) == run
    assert [ways(need)[0] for need in wanted.left_out] == left_out


@pytest.mark.parametrize(
    ("typed", "fields", "rest"),
    [
        ("đơn vị:Văn phòng", {"unit": "Văn phòng"}, ""),
        ("don vi:VP vỉa hè", {"unit": "VP"}, "via he"),
        ('đơn vị:"Kinh tế, Hạ tầng" vỉa hè', {"unit": "Kinh tế, Hạ tầng"}, "via he"),
        ("vỉa hè cơ quan:HĐND", {"body": "HĐND"}, "via he"),
        ("người:Nguyễn Văn A phát biểu", {"person": "Nguyễn Văn A"}, "phat bieu"),
        ("cuộc họp: “thường kỳ” vỉa hè", {"meeting": "thường kỳ"}, "via he"),
        ("trạng thái:“quá hạn”", {"state": "quá hạn"}, ""),
        ("số:135", {"number": "135"}, ""),
        ("so:135/tb", {"number": "135/TB"}, ""),
        ("Số: 135/TB-UBND vỉa hè", {"number": "135/TB-UBND"}, "via he"),
        ("loại:TBKL vỉa hè", {"kind": "notice"}, "via he"),
        ("loai: bien ban vỉa hè", {"kind": "minutes"}, "via he"),
        ("loại:“nghị quyết”", {"kind": "resolution"}, ""),
        ("loại:BB", {"kind": "minutes"}, ""),
        ("từ:1/6/2026 đến:30/6/2026 vỉa hè", {"since": date(2026, 6, 1), "until": date(2026, 6, 30)}, "via he"),
        ("tu:hôm qua vỉa hè", {"since": date(2026, 11, 22)}, "via he"),
        ("từ:“tuần trước”", {"since": date(2026, 11, 16)}, ""),
        ("đến:tháng 6", {"until": date(2026, 6, 30)}, ""),
        ("tháng:6", {"since": date(2026, 6, 1), "until": date(2026, 6, 30)}, ""),
        ("tháng:6/2025 vỉa hè", {"since": date(2025, 6, 1), "until": date(2025, 6, 30)}, "via he"),
        ("tháng:này", {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}, ""),
        ("năm:2025 vỉa hè", {"since": date(2025, 1, 1), "until": date(2025, 12, 31)}, "via he"),
        ("quý:I/2026", {"since": date(2026, 1, 1), "until": date(2026, 3, 31)}, ""),
        # nonsense or nothing behind it: ordinary words
        ("từ:xyz", {}, "tu xyz"),
        ("đơn vị:", {}, "don vi"),
        ("đơn vị: đến:", {}, "don vi den"),
        ("loại:vớ vẩn", {}, "loai vo van"),
        ("số:", {}, "so"),
        ("số:vỉa hè", {}, "so via he"),
        ("tháng:13", {}, "thang 13"),
        ("từ:31/2/2026", {}, "tu 31 2 2026"),
        ("14:30", {}, "14 30"),
        ("-từ:1/6/2026", {}, "tu 1 6 2026"),
    ],
)
def test_field_words(typed: str, fields: dict[str, object], rest: str) -> None:
    wanted = asked(typed)

    assert {name: getattr(wanted.fields, name) for name in wanted.fields.__slots__ if getattr(wanted.fields, name)} == fields
    assert " ".join(wanted.run.folded) == rest


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) <= set(KIND_WORDS.values())
    assert asked("loại:“cuộc họp” vỉa hè").fields.kind == "meeting"


def test_a_field_word_behind_a_minus_leaves_out() -> None:
    wanted = asked('vỉa hè -đơn vị:"Văn phòng" -loại:TBKL')

    assert (wanted.fields_out.unit, wanted.fields_out.kind) == ("Văn phòng", "notice")
    assert wanted.fields.empty
    assert " ".join(wanted.run.folded) == "via he"


def test_a_field_word_in_quotes_is_a_phrase() -> None:
    wanted = asked('"số: 135"')

    assert wanted.fields.empty
    assert [ways(need) for need in wanted.needs] == [["so 135"]]


def test_a_value_goes_as_far_as_it_is_known() -> None:
    units = {folded_forms("kinh tế"), folded_forms("văn phòng")}

    known = {"unit": lambda value: folded_forms(value) in units}

    wanted = read("đơn vị:kinh tế vỉa hè", TODAY, known)
    assert (wanted.fields.unit, " ".join(wanted.run.folded)) == ("kinh tế", "via he")
    wanted = read("đơn vị:không có vỉa hè", TODAY, known)
    assert (wanted.fields.unit, " ".join(wanted.run.folded)) == ("", "don vi khong co via he")


def test_only_fields_ask_for_no_words() -> None:
    assert asked("loại:TBKL").empty
    assert not asked("loại:TBKL -chợ").needs
    assert [ways(need)[0] for need in asked("loại:TBKL -chợ").left_out] == ["cho"]


@pytest.mark.parametrize(
    ("typed", "loose"),
    [
        ("kết luận về vỉa hè", "ket luan via he"),
        ("ket luan ve via he", "ket luan via he"),
        ("báo cáo của các phòng", "bao cao phong"),
        ("bảo vệ môi trường", ""),
        ("bao ve moi truong", ""),
        ("không hoàn thành", ""),
        ("chưa được phê duyệt", "chua phe duyet"),
        ("bỏ phiếu kín", ""),
    ],
)
def test_small_words_may_be_missing_but_never_not_and_not_yet(typed: str, loose: str) -> None:
    found = [run.needle.strip() for need in asked(typed).needs for run in need.alternatives if run.loose]

    assert found[:1] == ([loose] if loose else [])


def test_there_are_never_many_ways() -> None:
    typed = "UBND HĐND TTHC CNTT CCHC KNTC DVC cán bộ quyết định kế hoạch tháng 6 quý I/2026 7/11/2026 của các"

    for need in asked(typed).needs:
        assert len(need.alternatives) <= 8
