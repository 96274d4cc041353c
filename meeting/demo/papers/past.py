"""Papers of the past UBND meeting; the drainage report in two versions, because the first was returned."""

from dataclasses import replace

from meeting.demo.paper import Paper
from meeting.demo.papers.council import UBND

DRAINAGE = Paper(
    "Bao cao he thong thoat nuoc.pdf",
    UBND,
    "BC-KTHTĐT",
    71,
    "BÁO CÁO",
    "Kết quả xử lý úng ngập mùa mưa và kế hoạch cải tạo hệ thống thoát nước",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Phòng Kinh tế, Hạ tầng và Đô thị báo cáo kết quả xử lý úng ngập trong mùa mưa và kế hoạch cải tạo hệ thống thoát nước như sau:
# I. TÌNH HÌNH ÚNG NGẬP
Từ tháng 5 đến tháng 10 có 14 trận mưa trên 50 mm, trong đó ba trận trên 100 mm. Toàn phường ghi nhận sáu điểm ngập, thời gian ngập dài nhất bốn giờ tại ngõ 45 phố Bến Đá. Nguyên nhân chính là cống D600 xây dựng từ lâu không đủ tiết diện, 11 đoạn rãnh bị lấp do rác và vật liệu xây dựng, trạm bơm Lò Rèn hoạt động một trong hai máy.
| TT | Điểm ngập | Số lần | Sâu nhất (cm) | Lâu nhất (giờ) |
| 1 | Ngõ 45 phố Bến Đá | 9 | 42 | 4,0 |
| 2 | Ngõ 72 phố Bến Đá | 7 | 35 | 3,5 |
| 3 | Cổng phía Đông chợ | 5 | 28 | 2,0 |
| 4 | Ngã ba Lò Rèn – Hàng Cót | 4 | 25 | 1,5 |
| 5 | Trường Tiểu học Lạc Giang B | 3 | 20 | 1,0 |
| 6 | Khu nhà trọ khu dân cư số 11 | 3 | 22 | 1,5 |
# II. VIỆC ĐÃ LÀM
Nạo vét 4,8 km rãnh và 212 hố ga; thay 64 nắp hố ga; xử lý tám trường hợp lấp rãnh, thu hồi 31 m³ vật liệu. Sửa chữa máy bơm số 1 trạm Lò Rèn. Lực lượng xung kích trực 14 đợt với 236 lượt người.
# III. KẾ HOẠCH CẢI TẠO
1. Trước mắt. :: Sửa chữa máy bơm số 2, đặt hai máy bơm di động tại ngõ 45 và cổng chợ; lắp song chắn rác tại 40 miệng thu.
2. Lâu dài. :: Xây dựng cống hộp B1000 dài 860 m dọc phố Bến Đá, tổng mức đầu tư 18.600 triệu đồng, đã bố trí 4.200 triệu đồng; hoàn thành trước tháng 5 năm {next_year}.
3. Quản lý. :: Giao tổ dân phố theo dõi từng miệng thu; công khai số điện thoại trực; xử phạt nghiêm hành vi đổ vật liệu ra rãnh.
# IV. ĐỀ NGHỊ
Đề nghị Ủy ban nhân dân phường thông qua kế hoạch và giao các đơn vị phối hợp thực hiện./.
""",
    ("TRƯỞNG PHÒNG",),
    "Cao Xuân Trường",
    ("Như trên", "Lưu: VT"),
)

DRAINAGE_MENDED = replace(
    DRAINAGE,
    file_name="Bao cao he thong thoat nuoc ban 2.pdf",
    text=DRAINAGE.text.replace(
        "# IV. ĐỀ NGHỊ\n",
        """\
4. Kinh phí và tiến độ. :: Bổ sung theo yêu cầu của Văn phòng, chi tiết như sau:
| TT | Hạng mục | Kinh phí (triệu đồng) | Hoàn thành |
| 1 | Sửa máy bơm số 2 trạm Lò Rèn | 186 | tháng 11 |
| 2 | Hai máy bơm di động | 240 | tháng 12 |
| 3 | Song chắn rác 40 miệng thu | 92 | tháng 12 |
| 4 | Cống hộp B1000 phố Bến Đá | 18.600 | tháng 5 năm sau |
# IV. ĐỀ NGHỊ
""",
    ),
)

SCHOOLS = Paper(
    "To trinh phong trao van hoa.pdf",
    UBND,
    "TTr-VHXH",
    39,
    "TỜ TRÌNH",
    "Về kế hoạch nâng chất lượng nhà văn hóa và phân loại rác tại nguồn ở khu dân cư",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Phòng Văn hóa – Xã hội trình Ủy ban nhân dân phường kế hoạch nâng chất lượng hoạt động nhà văn hóa và mở rộng phân loại rác tại nguồn như sau:
# I. SỰ CẦN THIẾT
Toàn phường có 14 khu dân cư, 11 nhà văn hóa. Năm nhà văn hóa mở cửa dưới ba buổi mỗi tuần; hai nhà văn hóa thiếu thiết bị âm thanh. Phân loại rác tại nguồn mới thực hiện ở chín khu dân cư với 3.214 hộ, đạt 61% số hộ.
| TT | Chỉ tiêu | Hiện nay | Mục tiêu |
| 1 | Nhà văn hóa mở cửa từ năm buổi mỗi tuần | 6 | 11 |
| 2 | Khu dân cư phân loại rác tại nguồn | 9 | 14 |
| 3 | Tỷ lệ hộ phân loại rác (%) | 61 | 85 |
| 4 | Câu lạc bộ người cao tuổi hoạt động thường xuyên | 8 | 12 |
| 5 | Tủ sách cộng đồng | 4 | 9 |
# II. NỘI DUNG
1. Nhà văn hóa. :: Giao mỗi nhà văn hóa cho một tổ quản lý ba người, công khai lịch mở cửa; bố trí 140 triệu đồng mua thiết bị cho hai nhà văn hóa khu dân cư số 3 và số 11.
2. Phân loại rác. :: Phát 2.050 bộ thùng hai ngăn; thu gom rác hữu cơ vào thứ Hai, thứ Tư, thứ Sáu; mỗi tổ dân phố có hai tuyên truyền viên.
3. Thi đua. :: Đưa kết quả phân loại rác vào tiêu chí xét gia đình văn hóa từ năm {next_year}.
# III. TỔ CHỨC THỰC HIỆN
Phòng Văn hóa – Xã hội chủ trì; Phòng Kinh tế, Hạ tầng và Đô thị bảo đảm phương tiện thu gom; Ủy ban MTTQ và các đoàn thể vận động hội viên. Kinh phí 512 triệu đồng từ sự nghiệp môi trường và văn hóa.
Kính trình Ủy ban nhân dân phường xem xét, quyết định./.
""",
    ("TRƯỞNG PHÒNG",),
    "Ngô Minh Châu",
    ("Như trên", "Lưu: VT"),
)

PROCEDURE = Paper(
    "To trinh quy che mot cua.pdf",
    UBND,
    "TTr-TTPVHCC",
    28,
    "TỜ TRÌNH",
    "Về sửa đổi Quy chế hoạt động của Trung tâm Phục vụ hành chính công",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Trung tâm Phục vụ hành chính công trình Ủy ban nhân dân phường sửa đổi, bổ sung một số điều của Quy chế hoạt động như sau:
# I. LÝ DO
Quy chế hiện hành ban hành trước khi sắp xếp đơn vị hành chính, chưa quy định việc phân công người thay thế khi cán bộ vắng mặt và chưa quy định thời hạn luân chuyển hồ sơ điện tử giữa các bộ phận. Trong chín tháng có 31 hồ sơ quá hạn, trong đó 19 hồ sơ chậm do luân chuyển nội bộ.
# II. NỘI DUNG SỬA ĐỔI
1. Bổ sung Điều 6a. :: Mỗi quầy có một người trực chính và một người thay thế, lịch trực công khai hằng tuần.
2. Sửa Điều 9. :: Hồ sơ điện tử được chuyển đến người giải quyết trong hai giờ làm việc kể từ khi tiếp nhận; quá thời hạn, hệ thống nhắc Giám đốc Trung tâm.
3. Sửa Điều 12. :: Hồ sơ quá hạn phải có thư xin lỗi trong một ngày làm việc, nêu rõ lý do và thời hạn trả lại.
| TT | Bước | Người thực hiện | Hiện nay | Sau sửa đổi |
| 1 | Tiếp nhận, kiểm tra | Quầy tiếp nhận | 4 giờ | 2 giờ |
| 2 | Chuyển người giải quyết | Quầy tiếp nhận | 8 giờ | 2 giờ |
| 3 | Thẩm định | Chuyên viên | 16 giờ | 14 giờ |
| 4 | Trình ký | Lãnh đạo | 8 giờ | 6 giờ |
| 5 | Trả kết quả | Quầy trả kết quả | 4 giờ | 2 giờ |
# III. ĐỀ NGHỊ
Đề nghị Ủy ban nhân dân phường biểu quyết thông qua; Trung tâm tổ chức tập huấn cho 22 cán bộ trong tuần đầu sau khi quy chế có hiệu lực./.
""",
    ("GIÁM ĐỐC",),
    "Kiều Thị Ngân",
    ("Như trên", "Lưu: VT"),
)
