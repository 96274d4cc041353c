"""The entries a commune or ward begins with. Each list is in its order of rank; the council edits them as it likes.

Kinds of documents: Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I (state); Hướng dẫn 36-HD/VPTW 2018 (Party; one source says it
was replaced by 05-HD/VPTW, not verified). Positions and authorities follow the two-level model in force from 01/7/2025.
"""

from dataclasses import dataclass

from meeting.catalogues.rules import AUTHORITY, DOCUMENT_TYPE, POSITION


@dataclass(frozen=True)
class Default:
    """One entry as it is shipped; `parent` names the authority above."""

    kind: str
    name: str
    abbreviation: str = ""
    style: str = ""
    parent: str = ""


POSITIONS = (
    "Bí thư Đảng ủy",
    "Phó Bí thư Thường trực Đảng ủy",
    "Chủ tịch HĐND",
    "Chủ tịch UBND",
    "Phó Bí thư Đảng ủy",
    "Ủy viên Ban Thường vụ Đảng ủy",
    "Phó Chủ tịch HĐND",
    "Phó Chủ tịch UBND",
    "Chủ tịch Ủy ban MTTQ Việt Nam",
    "Đảng ủy viên",
    "Trưởng Ban của HĐND",
    "Phó Trưởng Ban của HĐND",
    "Ủy viên UBND",
    "Đại biểu HĐND",
    "Chánh Văn phòng",
    "Phó Chánh Văn phòng",
    "Trưởng phòng",
    "Phó Trưởng phòng",
    "Trưởng Công an",
    "Chỉ huy trưởng Ban Chỉ huy Quân sự",
    "Giám đốc Trung tâm Phục vụ hành chính công",
    "Phó Giám đốc Trung tâm Phục vụ hành chính công",
    "Phó Chủ tịch Ủy ban MTTQ Việt Nam",
    "Chủ tịch Hội Liên hiệp Phụ nữ",
    "Chủ tịch Hội Nông dân",
    "Chủ tịch Hội Cựu chiến binh",
    "Bí thư Đoàn TNCS Hồ Chí Minh",
    "Trạm trưởng Trạm Y tế",
    "Hiệu trưởng",
    "Bí thư chi bộ",
    "Trưởng thôn",
    "Tổ trưởng tổ dân phố",
    "Chuyên viên",
    "Văn thư",
    "Kế toán",
)
STATE_PAPERS = (
    ("Nghị quyết", "NQ"),
    ("Quyết định", "QĐ"),
    ("Chỉ thị", "CT"),
    ("Quy chế", "QC"),
    ("Quy định", "QyĐ"),
    ("Thông cáo", "TC"),
    ("Thông báo", "TB"),
    ("Hướng dẫn", "HD"),
    ("Chương trình", "CTr"),
    ("Kế hoạch", "KH"),
    ("Phương án", "PA"),
    ("Đề án", "ĐA"),
    ("Dự án", "DA"),
    ("Báo cáo", "BC"),
    ("Biên bản", "BB"),
    ("Tờ trình", "TTr"),
    ("Hợp đồng", "HĐ"),
    ("Công văn", ""),  # carries no abbreviation in its symbol: 66/VP-CNTT
    ("Công điện", "CĐ"),
    ("Bản ghi nhớ", "BGN"),
    ("Bản thỏa thuận", "BTT"),
    ("Giấy ủy quyền", "GUQ"),
    ("Giấy mời", "GM"),
    ("Giấy giới thiệu", "GGT"),
    ("Giấy nghỉ phép", "GNP"),
    ("Phiếu gửi", "PG"),
    ("Phiếu chuyển", "PC"),
    ("Phiếu báo", "PB"),
    ("Thư công", ""),
)
PARTY_PAPERS = (
    ("Nghị quyết", "NQ"),
    ("Chỉ thị", "CT"),
    ("Kết luận", "KL"),
    ("Quyết định", "QĐ"),
    ("Quy định", "QĐi"),
    ("Quy chế", "QC"),
    ("Báo cáo", "BC"),
    ("Tờ trình", "TTr"),
    ("Thông báo", "TB"),
    ("Hướng dẫn", "HD"),
    ("Chương trình", "CTr"),
    ("Công văn", "CV"),
    ("Biên bản", "BB"),
)
AUTHORITIES = (  # name, abbreviation, style, the authority above
    ("Quốc hội", "QH", "state", ""),
    ("Ủy ban Thường vụ Quốc hội", "UBTVQH", "state", "Quốc hội"),
    ("Chính phủ", "CP", "state", ""),
    ("Thủ tướng Chính phủ", "TTg", "state", "Chính phủ"),
    ("Hội đồng nhân dân tỉnh, thành phố", "HĐND", "state", ""),
    ("Ủy ban nhân dân tỉnh, thành phố", "UBND", "state", "Chính phủ"),
    ("Hội đồng nhân dân xã, phường, đặc khu", "HĐND", "state", ""),
    ("Thường trực HĐND xã, phường, đặc khu", "HĐND", "state", "Hội đồng nhân dân xã, phường, đặc khu"),
    ("Ban của HĐND xã, phường, đặc khu", "BHĐND", "state", "Hội đồng nhân dân xã, phường, đặc khu"),
    ("Ủy ban nhân dân xã, phường, đặc khu", "UBND", "state", "Ủy ban nhân dân tỉnh, thành phố"),
    ("Văn phòng HĐND và UBND", "VP", "state", "Ủy ban nhân dân xã, phường, đặc khu"),
    ("Phòng Kinh tế", "PKT", "state", "Ủy ban nhân dân xã, phường, đặc khu"),
    ("Phòng Văn hóa – Xã hội", "PVHXH", "state", "Ủy ban nhân dân xã, phường, đặc khu"),
    ("Trung tâm Phục vụ hành chính công", "TTPVHCC", "state", "Ủy ban nhân dân xã, phường, đặc khu"),
    ("Ủy ban MTTQ Việt Nam", "MTTQ", "state", ""),
    ("Ban Chấp hành Trung ương", "TW", "party", ""),
    ("Tỉnh ủy, Thành ủy", "TU", "party", "Ban Chấp hành Trung ương"),
    ("Đảng ủy xã, phường, đặc khu", "ĐU", "party", "Tỉnh ủy, Thành ủy"),
    ("Ủy ban Kiểm tra Đảng ủy", "UBKTĐU", "party", "Đảng ủy xã, phường, đặc khu"),
    ("Ban Xây dựng Đảng", "BXDĐ", "party", "Đảng ủy xã, phường, đặc khu"),
    ("Văn phòng Đảng ủy", "VPĐU", "party", "Đảng ủy xã, phường, đặc khu"),
)

DEFAULTS: tuple[Default, ...] = (
    *(Default(POSITION, name) for name in POSITIONS),
    *(Default(DOCUMENT_TYPE, name, short, "state") for name, short in STATE_PAPERS),
    *(Default(DOCUMENT_TYPE, name, short, "party") for name, short in PARTY_PAPERS),
    *(Default(AUTHORITY, name, short, style, parent) for name, short, style, parent in AUTHORITIES),
)
