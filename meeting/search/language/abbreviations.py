"""Abbreviations of office life and words that mean the same, both ways: who types UBND also means Ủy ban nhân dân.

Pure. The index holds what is written; other ways to write are added to the question.
"""

from collections.abc import Sequence
from functools import lru_cache

from meeting.search.language.words import Syllable, clean, marked, syllables

_SHORT = """
UBND ủy ban nhân dân
HĐND hội đồng nhân dân
TTHĐND thường trực hội đồng nhân dân
TT.HĐND thường trực hội đồng nhân dân
MTTQ mặt trận tổ quốc
UBMTTQ ủy ban mặt trận tổ quốc
BTV ban thường vụ
BTVĐU ban thường vụ đảng ủy
BCH ban chấp hành
BCHQS ban chỉ huy quân sự
BCĐ ban chỉ đạo
BTC ban tổ chức
BQL ban quản lý
BQLDA ban quản lý dự án
TTHC thủ tục hành chính
CCHC cải cách hành chính
VPHC vi phạm hành chính
CNTT công nghệ thông tin
CĐS chuyển đổi số
TTĐT thông tin điện tử
QLVB quản lý văn bản
QLNN quản lý nhà nước
TN&TKQ tiếp nhận và trả kết quả
TNTKQ tiếp nhận và trả kết quả
CBCCVC cán bộ, công chức, viên chức
CBCC cán bộ, công chức
CCVC công chức, viên chức
CB cán bộ
CC công chức
VC viên chức
NLĐ người lao động
KNTC khiếu nại, tố cáo
DVC dịch vụ công
DVCTT dịch vụ công trực tuyến
HTQLCL hệ thống quản lý chất lượng
TP thành phố
TX thị xã
QLĐT quản lý đô thị
VP văn phòng
VPCP văn phòng chính phủ
TTCP thủ tướng chính phủ
QH quốc hội
UBTVQH ủy ban thường vụ quốc hội
ĐBQH đại biểu quốc hội
ĐB đại biểu
PCT phó chủ tịch
BT bí thư
TBKL thông báo kết luận
TB thông báo
KL kết luận
KH kế hoạch
QĐ quyết định
NQ nghị quyết
NĐ nghị định
BC báo cáo
TTr tờ trình
CV công văn
CV chuyên viên
GM giấy mời
BB biên bản
CT chỉ thị
CT chủ tịch
CTr chương trình
HD hướng dẫn
PL phụ lục
QPPL quy phạm pháp luật
VBQPPL văn bản quy phạm pháp luật
GPMB giải phóng mặt bằng
BTGPMB bồi thường, giải phóng mặt bằng
ĐTC đầu tư công
NSNN ngân sách nhà nước
NS ngân sách
XDCB xây dựng cơ bản
XD xây dựng
GCN giấy chứng nhận
QSDĐ quyền sử dụng đất
TNMT tài nguyên và môi trường
TN&MT tài nguyên và môi trường
NN&PTNT nông nghiệp và phát triển nông thôn
NTM nông thôn mới
GD&ĐT giáo dục và đào tạo
GDĐT giáo dục và đào tạo
LĐTBXH lao động, thương binh và xã hội
LĐ-TB&XH lao động, thương binh và xã hội
BHXH bảo hiểm xã hội
BHYT bảo hiểm y tế
ATTT an toàn thông tin
ATTP an toàn thực phẩm
VSATTP vệ sinh an toàn thực phẩm
ATGT an toàn giao thông
TTATGT trật tự, an toàn giao thông
TTATXH trật tự, an toàn xã hội
PCCC phòng cháy, chữa cháy
CNCH cứu nạn, cứu hộ
PCTT phòng, chống thiên tai
PCTN phòng, chống tham nhũng
ANTT an ninh trật tự
QPAN quốc phòng, an ninh
QP-AN quốc phòng, an ninh
QSĐP quân sự địa phương
KTXH kinh tế - xã hội
KT-XH kinh tế - xã hội
VHTT văn hóa, thể thao
VHXH văn hóa - xã hội
TDP tổ dân phố
KP khu phố
TDTT thể dục thể thao
HTX hợp tác xã
DN doanh nghiệp
CQ cơ quan
ĐV đơn vị
"""

#: Valid syllables too, so that only capitals mean the abbreviation.
_SHORT_IN_CAPITALS = """
ĐU đảng ủy
TU thành ủy
TƯ trung ương
TW trung ương
"""

#: Each of a line for each other.
_SAME = """
hộp thư / hòm thư
cuộc họp / buổi họp / phiên họp
họp trực tuyến / họp truyền hình
hội nghị trực tuyến / hội nghị truyền hình
ký số / chữ ký số / chứng thư số
cán bộ công chức / cán bộ và công chức
sổ đỏ / giấy chứng nhận quyền sử dụng đất
"""

MOST = 4  # ways to write one thing
_LONGEST = 8

Words = tuple[Syllable, ...]


def words(text: str) -> Words:
    """The syllables of one writing, held together: of an alternative in a question."""
    read = syllables(text)
    return tuple(
        Syllable(one.exact, one.folded, joined=at > 0, alone=len(read) == 1 and one.folded not in ("", "so"))
        for at, one in enumerate(read)
    )


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], list[tuple[Words, Words, bool]]]:
    """By the folded syllables of a writing: the writing, another one, and whether only capitals mean it."""
    found: dict[tuple[str, ...], list[tuple[Words, Words, bool]]] = {}

    def add(one: str, other: str, capitals: bool = False) -> None:
        this, that = words(clean(one)), words(clean(other))
        if [each.folded for each in this] != [each.folded for each in that]:
            found.setdefault(tuple(each.folded for each in this), []).append((this, that, capitals))

    for table, capitals in ((_SHORT, False), (_SHORT_IN_CAPITALS, True)):
        for line in table.strip().split("\n"):
            short, long = line.split(" ", 1)
            add(short, long, capitals)
            add(long, short)
    for line in _SAME.strip().split("\n"):
        same = line.split(" / ")
        for one in same:
            for other in same:
                add(one, other)
    return found


@lru_cache(maxsize=1)
def short() -> frozenset[str]:
    """The abbreviations that are one word, folded."""
    found = [words(clean(line.split(" ", 1)[0])) for line in _SHORT.strip().split("\n")]
    return frozenset(each[0].folded for each in found if len(each) == 1)


def others(run: Sequence[Syllable], at: int, said: str = "") -> tuple[int, list[Words]]:
    """How many syllables of the run, from `at` on, have other writings, and these; the longest there is, (0, []) if none.

    `said` is the text the run was read from: some abbreviations mean one only in capitals. What was typed with marks must be
    written with the same.
    """
    table = _table()
    for length in range(min(_LONGEST, len(run) - at), 0, -1):
        part = run[at : at + length]
        entries = table.get(tuple(each.folded for each in part), [])
        found = [other for this, other, capitals in entries if _means(part, this) and (not capitals or _capitals(part, said))]
        if found:
            return length, found[:MOST]
    return 0, []


def _means(part: Sequence[Syllable], this: Words) -> bool:
    return all(not marked(typed) or typed.exact == one.exact or not marked(one) for typed, one in zip(part, this, strict=True))


def _capitals(part: Sequence[Syllable], said: str) -> bool:
    return all(said[each.start : each.end].isupper() for each in part)


def same_name(typed: str, name: str) -> bool:
    """Whether what was typed means this name: whole or a part of it, abbreviated or not, with or without marks."""
    there = f" {_folded(name)} "
    return any(f" {each} " in there for each in _writings(typed))


@lru_cache(maxsize=5_000)
def _folded(text: str) -> str:
    return " ".join(each.folded for each in syllables(clean(text)))


@lru_cache(maxsize=500)
def _writings(typed: str) -> tuple[str, ...]:
    run = syllables(clean(typed))
    found = [" ".join(each.folded for each in run)]
    for at in range(len(run)):
        length, ways = others(run, at, typed)
        found += [" ".join(each.folded for each in (*run[:at], *way, *run[at + length :])) for way in ways]
    return tuple(each for each in found if each)
