"""Papers of the meeting in preparation: two in time, one late; others are still missing."""

from meeting.demo.paper import Paper
from meeting.demo.papers.council import UBND

RECRUITS = Paper(
    "Ke hoach tuyen quan.pdf",
    UBND,
    "KH-BCHQS",
    17,
    "KẾ HOẠCH",
    "Tuyển chọn và gọi công dân nhập ngũ năm {next_year}",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Ban Chỉ huy Quân sự phường xây dựng kế hoạch tuyển chọn và gọi công dân nhập ngũ năm {next_year} như sau:
# I. MỤC ĐÍCH, YÊU CẦU
Hoàn thành chỉ tiêu giao quân với chất lượng cao, dân chủ, công khai, đúng luật; không để xảy ra sai sót, khiếu nại. Kết quả từng bước được niêm yết tại trụ sở và nhà văn hóa các khu dân cư.
# II. NỘI DUNG VÀ THỜI GIAN
Tổng số công dân trong độ tuổi là 612 người; dự kiến gọi sơ tuyển 240 người, khám tuyển 118 người, giao quân 24 người.
| TT | Bước | Chủ trì | Thời gian |
| 1 | Rà soát nguồn, đăng ký | Ban CHQS | đến 30 tháng 11 |
| 2 | Sơ tuyển sức khỏe | Trạm Y tế | 05 đến 10 tháng 12 |
| 3 | Xét duyệt chính trị | Công an phường | 10 đến 20 tháng 12 |
| 4 | Khám tuyển | Hội đồng khám | 25 đến 31 tháng 12 |
| 5 | Xét duyệt lần cuối, niêm yết | Hội đồng NVQS | tháng 1 |
| 6 | Giao quân | Hội đồng NVQS | tháng 2 |
# III. PHÂN CÔNG
1. Ban Chỉ huy Quân sự. :: Thường trực Hội đồng nghĩa vụ quân sự; tổng hợp, báo cáo hằng tuần.
2. Công an phường. :: Xác minh lý lịch, tiêu chuẩn chính trị; phối hợp phát lệnh gọi.
3. Trung tâm Phục vụ hành chính công. :: Cung cấp dữ liệu hộ tịch của công dân trong độ tuổi.
4. Phòng Văn hóa – Xã hội. :: Tuyên truyền; thực hiện chính sách hậu phương quân đội; chuẩn bị lễ giao quân.
Kinh phí thực hiện 168 triệu đồng, trong dự toán chi quốc phòng năm {next_year}./.
""",
    ("CHỈ HUY TRƯỞNG",),
    "Đoàn Văn Lực",
    ("Như trên", "Lưu: VT"),
)

NEW_YEAR = Paper(
    "Ke hoach phuc vu Tet.pdf",
    UBND,
    "KH-VHXH",
    44,
    "KẾ HOẠCH",
    "Tổ chức các hoạt động phục vụ Nhân dân đón Tết và chăm lo đối tượng chính sách",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Phòng Văn hóa – Xã hội xây dựng kế hoạch tổ chức các hoạt động phục vụ Nhân dân đón Tết như sau:
# I. CHĂM LO ĐỐI TƯỢNG CHÍNH SÁCH
Tặng quà 864 đối tượng; thăm hỏi 42 gia đình tiêu biểu. Quà được trao trước ngày 23 tháng Chạp, không trùng, không sót; trường hợp đi vắng trao qua người được ủy quyền có ký nhận.
| TT | Đối tượng | Số người | Mức quà (nghìn đồng) | Kinh phí (triệu đồng) |
| 1 | Người có công | 218 | 1.500 | 327,0 |
| 2 | Hộ nghèo, cận nghèo | 57 | 1.200 | 68,4 |
| 3 | Bảo trợ xã hội | 489 | 600 | 293,4 |
| 4 | Trẻ em có hoàn cảnh đặc biệt | 62 | 500 | 31,0 |
| 5 | Người cao tuổi cô đơn | 38 | 1.000 | 38,0 |
# II. VĂN HÓA, VĂN NGHỆ, TRANG TRÍ
Trang trí cờ, đèn tại bốn tuyến phố chính và 14 khu dân cư; tổ chức hội chợ hoa tại vườn hoa trung tâm từ ngày 15 đến 29 tháng Chạp; đêm văn nghệ giao thừa tại sân Nhà văn hóa phường, kết thúc trước 0 giờ 45.
# III. VỆ SINH, AN TOÀN
Tổng vệ sinh vào hai ngày thứ Bảy cuối tháng Chạp; thu gom hết rác trước 22 giờ ngày cuối năm. Trạm Y tế trực 24 giờ; kiểm tra an toàn thực phẩm 36 cơ sở. Công an phường bảo đảm trật tự tại hội chợ và điểm văn nghệ.
# IV. KINH PHÍ
Tổng kinh phí 1.046 triệu đồng, gồm quà tặng 757,8 triệu đồng và hoạt động 288,2 triệu đồng; trong đó xã hội hóa 190 triệu đồng.
Kính trình Ủy ban nhân dân phường xem xét, thông qua./.
""",
    ("TRƯỞNG PHÒNG",),
    "Ngô Minh Châu",
    ("Như trên", "Lưu: VT"),
)

PETITIONS = Paper(
    "Bao cao tiep cong dan.pdf",
    UBND,
    "BC-VP",
    63,
    "BÁO CÁO",
    "Kết quả tiếp công dân, giải quyết đơn thư và kiến nghị của cử tri",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Văn phòng báo cáo kết quả tiếp công dân, giải quyết đơn thư và kiến nghị của cử tri như sau:
# I. TIẾP CÔNG DÂN, ĐƠN THƯ
Tiếp 74 lượt công dân, trong đó Chủ tịch Ủy ban nhân dân tiếp 22 lượt. Tiếp nhận 41 đơn, gồm 3 đơn khiếu nại, 38 đơn kiến nghị, phản ánh; đã giải quyết 36 đơn, đang giải quyết trong hạn 4 đơn, quá hạn 1 đơn.
| TT | Lĩnh vực | Số đơn | Đã giải quyết | Quá hạn |
| 1 | Đất đai, ranh giới | 14 | 11 | 1 |
| 2 | Trật tự xây dựng | 9 | 9 | 0 |
| 3 | Môi trường, thoát nước | 11 | 9 | 0 |
| 4 | Chính sách xã hội | 4 | 4 | 0 |
| 5 | Lĩnh vực khác | 3 | 3 | 0 |
# II. KIẾN NGHỊ CỦA CỬ TRI
Sau kỳ họp giữa năm có 27 kiến nghị thuộc thẩm quyền của phường; đã giải quyết xong 19, đang giải quyết 6, giải trình 2. Các kiến nghị còn lại tập trung vào thoát nước phố Bến Đá, chiếu sáng ngõ 18 phố Hàng Cót và bãi trông giữ xe cổng chợ.
# III. NHIỆM VỤ
1. Giải quyết dứt điểm đơn quá hạn trước ngày 15; phân công Phòng Kinh tế, Hạ tầng và Đô thị chủ trì đối thoại.
2. Trả lời bằng văn bản sáu kiến nghị đang giải quyết trước kỳ họp cuối năm của Hội đồng nhân dân.
3. Công khai kết quả trên Trang thông tin điện tử và tại nhà văn hóa các khu dân cư./.
""",
    ("CHÁNH VĂN PHÒNG",),
    "Tạ Quang Minh",
    ("Như trên", "Lưu: VT"),
)
