"""The invented ward Lạc Giang: its bodies, units and people. Any likeness to real persons is chance."""

from typing import NamedTuple

PLACE = "Phường Lạc Giang"
TOWN = "Lạc Giang"  # before the date on documents

BODIES = (
    # kind, name, short name, symbol code, parent body, number of the term
    ("party", "Đảng ủy phường Lạc Giang", "Đảng ủy", "ĐU", "Đảng bộ thành phố Hải Đông", ""),
    ("council", "Hội đồng nhân dân phường Lạc Giang", "HĐND", "HĐND", "", "khóa II, "),
    ("committee", "Ủy ban nhân dân phường Lạc Giang", "UBND", "UBND", "", ""),
)

UNITS = (
    ("Văn phòng HĐND và UBND", "VP"),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", "KT-HT-ĐT"),
    ("Phòng Văn hóa – Xã hội", "VH-XH"),
    ("Trung tâm Phục vụ hành chính công", "TTPVHCC"),
    ("Công an phường", "CAP"),
    ("Ban Chỉ huy Quân sự phường", "BCHQS"),
    ("Ban Kinh tế – Ngân sách của HĐND", "BKTNS"),
)


class Someone(NamedTuple):
    """A person of the demo: roles as "body:role,role;body:role"."""

    username: str
    full_name: str
    honorific: str
    position: str
    unit: str = ""
    roles: str = ""


STAFF = (
    Someone("lan", "Vũ Thị Mai Lan", "Bà", "Bí thư Đảng ủy, Chủ tịch HĐND", "", "Đảng ủy:chair,member;HĐND:chair,member"),
    Someone("hung", "Đỗ Mạnh Hùng", "Ông", "Chủ tịch UBND", "", "UBND:chair,member;Đảng ủy:member;HĐND:member"),
    Someone("minh", "Tạ Quang Minh", "Ông", "Chánh Văn phòng HĐND và UBND", "VP", "UBND:secretary,chief;HĐND:secretary,chief"),
    Someone("van", "Lương Thúy Vân", "Bà", "Văn thư", "VP", "UBND:clerk;HĐND:clerk"),
    Someone("hoa", "Phan Thị Hoa", "Bà", "Đại biểu HĐND, Ủy viên UBND", "", "HĐND:member;UBND:member"),
    Someone("tuan", "Lê Anh Tuấn", "Ông", "Đại biểu HĐND, Ủy viên UBND", "", "HĐND:member;UBND:member"),
    Someone(
        "dung", "Hồ Tiến Dũng", "Ông", "Chuyên viên Phòng Kinh tế, Hạ tầng và Đô thị", "KT-HT-ĐT", "UBND:officer;HĐND:officer"
    ),
    Someone("truong", "Cao Xuân Trường", "Ông", "Trưởng phòng Kinh tế, Hạ tầng và Đô thị", "KT-HT-ĐT", "UBND:head;HĐND:head"),
    Someone("khach", "Mạc Thị Khánh", "Bà", "Chủ tịch Ủy ban MTTQ Việt Nam phường", "", "UBND:guest;HĐND:guest"),
    Someone("admin", "Trịnh Quang Anh", "Ông", "Quản trị hệ thống", "VP"),
    Someone("thang", "Nguyễn Hữu Thắng", "Ông", "Phó Chủ tịch HĐND", "", "HĐND:member;Đảng ủy:member"),
    Someone("hang", "Đinh Thị Thu Hằng", "Bà", "Phó Chủ tịch UBND", "", "UBND:member;Đảng ủy:member;HĐND:member"),
    Someone("dat", "Bùi Quốc Đạt", "Ông", "Phó Chủ tịch UBND", "", "UBND:member"),
    Someone("chau", "Ngô Minh Châu", "Bà", "Trưởng phòng Văn hóa – Xã hội", "VH-XH", "UBND:member,head;HĐND:head"),
    Someone("yen", "Trần Hải Yến", "Bà", "Chuyên viên Phòng Văn hóa – Xã hội", "VH-XH", "UBND:officer;HĐND:officer"),
    Someone("tien", "Bùi Xuân Tiến", "Ông", "Trưởng Công an phường", "CAP", "UBND:member,head;Đảng ủy:member;HĐND:head"),
    Someone("khoa", "Lại Văn Khoa", "Ông", "Cán bộ tổng hợp Công an phường", "CAP", "UBND:officer;HĐND:officer"),
    Someone("luc", "Đoàn Văn Lực", "Ông", "Chỉ huy trưởng Ban Chỉ huy Quân sự", "BCHQS", "UBND:member,head;Đảng ủy:member"),
    Someone("bao", "Phùng Gia Bảo", "Ông", "Trợ lý Ban Chỉ huy Quân sự", "BCHQS", "UBND:officer"),
    Someone("ngan", "Kiều Thị Ngân", "Bà", "Giám đốc Trung tâm Phục vụ hành chính công", "TTPVHCC", "UBND:member,head;HĐND:head"),
    Someone(
        "linh", "Đặng Thùy Linh", "Bà", "Chuyên viên Trung tâm Phục vụ hành chính công", "TTPVHCC", "UBND:officer;HĐND:officer"
    ),
    Someone("nam", "Thái Văn Nam", "Ông", "Chuyên viên Văn phòng", "VP", "UBND:officer,secretary;HĐND:officer,secretary"),
    Someone("thinh", "Lưu Đức Thịnh", "Ông", "Thanh tra viên", "", "UBND:inspector;HĐND:inspector"),
    Someone("anh", "Từ Thị Ngọc Ánh", "Bà", "Quản trị đơn vị", "KT-HT-ĐT", "UBND:unit_admin"),
    Someone("nga", "Hà Thị Nga", "Bà", "Chánh Văn phòng Đảng ủy", "", "Đảng ủy:secretary,chief,clerk"),
)

DELEGATES = (  # of the HĐND, without any other office
    ("phuc", "Trần Văn Phúc", "Ông"),
    ("ngoc", "Nguyễn Thị Bích Ngọc", "Bà"),
    ("son", "Hoàng Đình Sơn", "Ông"),
    ("cuc", "Lý Thị Cúc", "Bà"),
    ("long", "Vương Thành Long", "Ông"),
    ("duyen", "Mai Thị Duyên", "Bà"),
    ("namth", "Tô Hoài Nam", "Ông"),
    ("oanh", "Châu Thị Kim Oanh", "Bà"),
    ("quy", "Dương Văn Quý", "Ông"),
    ("tham", "Quách Thị Hồng Thắm", "Bà"),
    ("cong", "Lâm Chí Công", "Ông"),
    ("vy", "Trương Thị Ái Vy", "Bà"),
)

OFFERED = ("lan", "hung", "minh", "van", "hoa", "tuan", "dung", "truong", "khach", "admin", "anh")  # on the sign-in page

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLE = ("Văn", "Thị", "Hữu", "Ngọc", "Đức", "Minh", "Thu")
GIVEN = (
    *("An", "Bình", "Chi", "Dân", "Giang", "Hải", "Hòa", "Khánh", "Liêm", "Mai"),
    *("Nguyên", "Oanh", "Phương", "Quế", "Sáng", "Tâm", "Uyên", "Việt", "Xuân"),
)

SEATED = sum(1 for one in STAFF if "HĐND:" in one.roles and "member" in one.roles.split("HĐND:")[1].split(";")[0])


def delegates(members: int | None) -> list[Someone]:
    """The delegates without another office: twelve, or so many that the HĐND has `members` in all."""
    wanted = len(DELEGATES) if members is None else max(0, members - SEATED)
    known = [Someone(name, full, honorific, "Đại biểu HĐND", "", "HĐND:member") for name, full, honorific in DELEGATES]
    return known[:wanted] + [_further(number) for number in range(len(DELEGATES) + 1, wanted + 1)]


def _further(number: int) -> Someone:
    middle = MIDDLE[number % len(MIDDLE)]
    name = f"{FAMILY[number % len(FAMILY)]} {middle} {GIVEN[number % len(GIVEN)]}"
    honorific = "Bà" if middle in ("Thị", "Thu") else "Ông"
    return Someone(f"db{number:04}", name, honorific, f"Đại biểu HĐND, số {number}", "", "HĐND:member")


HEADING = ["Tên đăng nhập", "Họ và tên", "Xưng hô", "Chức vụ", "Đơn vị", "Thư điện tử", "Cơ quan", "Vai trò"]


def as_rows(people: list[Someone]) -> list[list[str]]:
    """The people as a list to import."""
    return [HEADING, *(_row(one) for one in people)]


def _row(one: Someone) -> list[str]:
    parts = [part.split(":") for part in one.roles.split(";") if part]
    bodies, roles = ";".join(part[0] for part in parts), ";".join(part[1] for part in parts)
    mail = f"{one.username}@lacgiang.example"
    return [one.username, one.full_name, one.honorific, one.position, one.unit, mail, bodies, roles]
