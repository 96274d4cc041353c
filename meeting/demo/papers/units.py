"""More papers of the coming UBND meeting: one mended after it was published, and those that stand in other states."""

from dataclasses import replace

from meeting.demo.paper import Paper
from meeting.demo.papers.coming import RECRUITS
from meeting.demo.papers.council import UBND

RECRUITS_MENDED = replace(
    RECRUITS,
    file_name="Ke hoach tuyen quan (sua).pdf",
    text=RECRUITS.text.replace("khám tuyển 118 người, giao quân 24 người", "khám tuyển 124 người, giao quân 26 người")
    .replace("| 4 | Khám tuyển | Hội đồng khám | 25 đến 31 tháng 12 |", "| 4 | Khám tuyển | Hội đồng khám | 27 đến 30 tháng 12 |")
    .replace("168 triệu đồng", "176 triệu đồng"),
)


def _paper(file_name: str, symbol: str, number: int, title: str, about: str, text: str, office: str, name: str) -> Paper:
    return Paper(file_name, UBND, symbol, number, title, about, UBND, text, (office,), name)


GIFTS = _paper(
    "Danh sach qua Tet.pdf",
    "DS-VHXH",
    45,
    "DANH SÁCH",
    "Đối tượng được tặng quà nhân dịp Tết",
    """\
Tổng hợp từ 14 khu dân cư, đã niêm yết tại nhà văn hóa từng khu trong năm ngày, không có ý kiến khác.
| TT | Khu dân cư | Người có công | Hộ nghèo, cận nghèo | Bảo trợ xã hội |
| 1 | Khu 1 đến khu 4 | 68 | 14 | 141 |
| 2 | Khu 5 đến khu 9 | 81 | 22 | 187 |
| 3 | Khu 10 đến khu 14 | 69 | 21 | 161 |
Danh sách chi tiết lưu tại Phòng Văn hóa – Xã hội, chỉ cung cấp cho người có trách nhiệm trao quà./.
""",
    "TRƯỞNG PHÒNG",
    "Ngô Minh Châu",
)

POOR = _paper(
    "Ra soat ho ngheo.pdf",
    "BC-VHXH",
    46,
    "BÁO CÁO",
    "Kết quả rà soát hộ nghèo, hộ cận nghèo năm {year}",
    """\
Đã rà soát toàn bộ 14 khu dân cư theo chuẩn hiện hành, kết quả như sau:
| TT | Nhóm hộ | Đầu năm | Cuối năm | Giảm |
| 1 | Hộ nghèo | 31 | 19 | 12 |
| 2 | Hộ cận nghèo | 52 | 38 | 14 |
Nguyên nhân chính của các hộ còn lại là có người ốm đau dài ngày hoặc không còn sức lao động./.
""",
    "TRƯỞNG PHÒNG",
    "Ngô Minh Châu",
)

STALLS = _paper(
    "Phuong an dau gia diem kinh doanh.pdf",
    "PA-KTHTĐT",
    88,
    "PHƯƠNG ÁN",
    "Đấu giá quyền thuê hai điểm kinh doanh tại chợ Lạc Giang",
    """\
1. Điểm số 7. :: Diện tích 32 m², giá khởi điểm 11,5 triệu đồng một tháng, thời hạn thuê ba năm.
2. Điểm số 19. :: Diện tích 24 m², giá khởi điểm 8,2 triệu đồng một tháng, thời hạn thuê ba năm.
Việc đấu giá do tổ chức đấu giá được lựa chọn công khai thực hiện, hoàn thành trong quý I năm {next_year}./.
""",
    "TRƯỞNG PHÒNG",
    "Cao Xuân Trường",
)

GUARD = _paper(
    "Phuong an truc va phong chay.pdf",
    "PA-CAP",
    31,
    "PHƯƠNG ÁN",
    "Trực bảo đảm an ninh, phòng cháy, chữa cháy dịp Tết",
    """\
Công an phường chủ trì, mỗi ca trực gồm 6 đồng chí, thêm lực lượng bảo vệ an ninh, trật tự ở cơ sở của 14 khu dân cư.
| TT | Điểm trực | Số người | Thời gian |
| 1 | Trụ sở Công an phường | 4 | 24 giờ |
| 2 | Chợ Lạc Giang | 3 | 5 giờ đến 22 giờ |
| 3 | Chợ hoa xuân | 4 | 7 giờ đến 24 giờ |
Kiểm tra 12 bể nước, 38 trụ chữa cháy công cộng trước ngày 20 tháng Chạp./.
""",
    "TRƯỞNG CÔNG AN PHƯỜNG",
    "Bùi Xuân Tiến",
)

ROSTER = _paper(
    "Phan cong truc.pdf",
    "PL-CAP",
    32,
    "PHỤ LỤC",
    "Phân công trực chỉ huy trong dịp Tết",
    """\
| TT | Ngày | Trực chỉ huy |
| 1 | 29 tháng Chạp | Trưởng Công an phường |
| 2 | 30 tháng Chạp | Phó Trưởng Công an phường |
| 3 | Mùng 1 | Chỉ huy trưởng Ban Chỉ huy Quân sự |
""",
    "TRƯỞNG CÔNG AN PHƯỜNG",
    "Bùi Xuân Tiến",
)

DOORSTEP = _paper(
    "Thi diem nhan ho so tai nha.pdf",
    "TTr-TTPVHCC",
    19,
    "TỜ TRÌNH",
    "Thí điểm nhận hồ sơ tại nhà cho người cao tuổi, người khuyết tật",
    """\
Toàn phường có 412 người từ 80 tuổi trở lên và 96 người khuyết tật nặng. Trung tâm đề nghị thí điểm trong ba tháng:
1. Cách làm. :: Người dân gọi điện; hai cán bộ đến nhà theo lịch thứ Ba, thứ Năm; trả kết quả qua bưu chính.
2. Kinh phí. :: Không phát sinh; sử dụng xe và thiết bị hiện có.
Kính trình Ủy ban nhân dân phường xem xét, quyết định./.
""",
    "GIÁM ĐỐC",
    "Kiều Thị Ngân",
)
