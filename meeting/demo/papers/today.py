"""Papers of the UBND meeting that is ready to open."""

from meeting.demo.paper import Paper
from meeting.demo.papers.council import UBND

PAVEMENTS = Paper(
    "To trinh chinh trang via he.pdf",
    UBND,
    "TTr-KTHTĐT",
    87,
    "TỜ TRÌNH",
    "Về kế hoạch chỉnh trang vỉa hè và sắp xếp điểm kinh doanh bốn tuyến phố",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Thực hiện kết luận của Chủ tịch Ủy ban nhân dân phường tại phiên họp trước, Phòng Kinh tế, Hạ tầng và Đô thị đã khảo sát và xây dựng kế hoạch chỉnh trang vỉa hè bốn tuyến phố. Phòng trình Ủy ban nhân dân phường xem xét các nội dung sau:
# I. HIỆN TRẠNG
Bốn tuyến phố Bến Đá, Hàng Cót, Lò Rèn và Chợ Mới có tổng chiều dài 3.260 m, vỉa hè rộng trung bình 2,8 m. Qua khảo sát có 214 hộ kinh doanh mặt phố, 63 điểm bán hàng trên vỉa hè và 27 điểm trông giữ xe tự phát. Gạch lát hư hỏng 1.940 m², 38 hố ga mất nắp hoặc sụt, 112 cây xanh cần thay đất.
| TT | Tuyến phố | Chiều dài (m) | Gạch hỏng (m²) | Điểm bán hàng |
| 1 | Bến Đá | 1.120 | 760 | 24 |
| 2 | Hàng Cót | 840 | 410 | 11 |
| 3 | Lò Rèn | 620 | 355 | 9 |
| 4 | Chợ Mới | 680 | 415 | 19 |
# II. PHƯƠNG ÁN
1. Chỉnh trang. :: Lát lại 1.940 m² gạch bằng đá tự nhiên ở phố Bến Đá và gạch bê tông giả đá ở ba tuyến còn lại; thay 38 nắp hố ga; bố trí dải dẫn hướng cho người khiếm thị trên toàn tuyến.
2. Sắp xếp điểm kinh doanh. :: Kẻ vạch phân định phần dành cho người đi bộ tối thiểu 1,5 m. Di chuyển 63 điểm bán hàng vào hai khu vực có mái che tại cổng phía Đông chợ và bãi đất cuối phố Lò Rèn; thu phí theo nghị quyết của Hội đồng nhân dân.
3. Trông giữ xe. :: Bố trí sáu điểm có biển báo, niêm yết giá; giao Ban quản lý chợ và các tổ dân phố quản lý theo hợp đồng.
# III. KINH PHÍ VÀ TIẾN ĐỘ
Tổng kinh phí 9.200 triệu đồng, đã bố trí 2.100 triệu đồng. Thi công cuốn chiếu từng tuyến, mỗi tuyến không quá 45 ngày, không thi công từ ngày 20 tháng Chạp đến hết ngày 10 tháng Giêng âm lịch.
| TT | Công việc | Đơn vị chủ trì | Bắt đầu | Hoàn thành |
| 1 | Họp dân, lấy ý kiến bốn khu dân cư | Phòng KT-HT-ĐT | tháng 12 | tháng 12 |
| 2 | Phê duyệt thiết kế, dự toán | Phòng KT-HT-ĐT | tháng 1 | tháng 2 |
| 3 | Thi công phố Bến Đá | Ban quản lý dự án | tháng 3 | tháng 4 |
| 4 | Thi công ba tuyến còn lại | Ban quản lý dự án | tháng 4 | tháng 8 |
| 5 | Sắp xếp điểm kinh doanh | Công an phường | tháng 3 | tháng 8 |
# IV. NỘI DUNG XIN Ý KIẾN
Đề nghị Ủy ban nhân dân phường biểu quyết thông qua kế hoạch; cho ý kiến về vị trí khu vực bán hàng cuối phố Lò Rèn, hiện có hai phương án; giao Công an phường chủ trì, phối hợp với các tổ dân phố giữ trật tự trong thời gian thi công./.
""",
    ("TRƯỞNG PHÒNG",),
    "Cao Xuân Trường",
    ("Như trên", "Thành viên UBND phường", "Lưu: VT"),
)

COUNTER = Paper(
    "Bao cao giai quyet thu tuc hanh chinh.pdf",
    UBND,
    "BC-TTPVHCC",
    46,
    "BÁO CÁO",
    "Kết quả giải quyết thủ tục hành chính trong tháng và nhiệm vụ tháng tới",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Trung tâm Phục vụ hành chính công báo cáo kết quả giải quyết thủ tục hành chính trong tháng như sau:
# I. KẾT QUẢ
Tổng số hồ sơ phải giải quyết là 1.187, gồm 1.094 hồ sơ nhận mới và 93 hồ sơ kỳ trước chuyển sang. Đã giải quyết 1.102 hồ sơ, trong đó đúng hạn và trước hạn 1.096 hồ sơ, đạt 99,46%; quá hạn 6 hồ sơ, chiếm 0,54%. Đang giải quyết còn trong hạn 85 hồ sơ.
| TT | Lĩnh vực | Tiếp nhận | Đúng hạn | Quá hạn |
| 1 | Tư pháp – hộ tịch | 486 | 471 | 0 |
| 2 | Chứng thực | 312 | 312 | 0 |
| 3 | Đất đai, xây dựng | 118 | 92 | 5 |
| 4 | Lao động, người có công, xã hội | 104 | 98 | 1 |
| 5 | Đăng ký kinh doanh | 74 | 72 | 0 |
| 6 | Lĩnh vực khác | 93 | 51 | 0 |
Sáu hồ sơ quá hạn đều có thư xin lỗi; năm hồ sơ đất đai chậm do phải xác minh ranh giới thửa đất với phường liền kề, một hồ sơ xã hội chậm do cán bộ nghỉ ốm mà chưa phân công người thay.
Hồ sơ nộp trực tuyến đạt 87,3%; thanh toán trực tuyến đạt 71,8%. Mức độ hài lòng qua 942 phiếu đánh giá đạt 98,6%. Ba góp ý của người dân liên quan đến thời gian chờ buổi sáng thứ Hai và biển chỉ dẫn quầy số 4.
# II. TỒN TẠI
Máy quét tại quầy số 2 hỏng từ ngày 12, phải dùng chung với quầy số 3. Tổ tình nguyện hướng dẫn nộp hồ sơ trực tuyến mới duy trì được ba buổi trong tuần.
# III. NHIỆM VỤ THÁNG TỚI
1. Thống nhất với phường liền kề quy trình xác minh ranh giới thửa đất trong năm ngày làm việc.
2. Phân công người thay thế cho từng quầy, niêm yết lịch trực; mở thêm một quầy vào sáng thứ Hai.
3. Đề nghị Ủy ban nhân dân phường cho mua một máy quét, kinh phí dự kiến 28 triệu đồng.
4. Phối hợp với Đoàn Thanh niên duy trì tổ tình nguyện cả năm buổi trong tuần./.
""",
    ("GIÁM ĐỐC",),
    "Kiều Thị Ngân",
    ("Như trên", "Văn phòng HĐND và UBND", "Lưu: VT"),
)

SECURITY = Paper(
    "Bao cao an ninh trat tu.pdf",
    UBND,
    "BC-CAP",
    152,
    "BÁO CÁO",
    "Tình hình an ninh, trật tự trong quý và phương án bảo đảm an ninh dịp cuối năm",
    "Ủy ban nhân dân phường Lạc Giang",
    """\
Công an phường báo cáo tình hình an ninh, trật tự trong quý và phương án bảo đảm an ninh, trật tự dịp cuối năm như sau:
# I. TÌNH HÌNH
Tình hình an ninh chính trị ổn định. Về trật tự xã hội xảy ra ba vụ trộm cắp tài sản, một vụ gây thương tích nhẹ; đã làm rõ ba trong bốn vụ. Tai nạn giao thông xảy ra hai vụ, hai người bị thương, giảm một vụ so với quý trước. Không xảy ra cháy.
| TT | Loại việc | Quý trước | Quý này | Tăng, giảm |
| 1 | Trộm cắp tài sản | 5 | 3 | -2 |
| 2 | Gây thương tích | 1 | 1 | 0 |
| 3 | Tai nạn giao thông | 3 | 2 | -1 |
| 4 | Vi phạm trật tự vỉa hè bị xử phạt | 41 | 36 | -5 |
| 5 | Vi phạm nồng độ cồn | 22 | 29 | 7 |
| 6 | Cơ sở được kiểm tra phòng cháy | 64 | 88 | 24 |
# II. PHƯƠNG ÁN DỊP CUỐI NĂM
1. Lực lượng. :: Huy động 18 cán bộ, chiến sĩ công an, 12 dân quân và 56 thành viên tổ bảo vệ an ninh, trật tự ở cơ sở; chia sáu tổ tuần tra từ 19 giờ đến 5 giờ.
2. Địa bàn trọng điểm. :: Chợ Lạc Giang, phố Bến Đá, khu nhà trọ khu dân cư số 11 và hai điểm bắn pháo hoa.
3. Phòng cháy. :: Kiểm tra 100% cơ sở kinh doanh hàng hóa dễ cháy trước ngày 25; tổ chức thực tập chữa cháy tại chợ vào tuần đầu tháng tới.
4. Kinh phí. :: Đề nghị bố trí 96 triệu đồng bồi dưỡng lực lượng tham gia và 35 triệu đồng mua sắm bình chữa cháy cho bốn tổ liên gia.
# III. ĐỀ NGHỊ
Đề nghị Ủy ban nhân dân phường thống nhất phương án và giao Văn phòng, Phòng Kinh tế, Hạ tầng và Đô thị phối hợp thực hiện; giao Ban Chỉ huy Quân sự cử lực lượng dân quân từ ngày 20 đến hết tháng./.
""",
    ("TRƯỞNG CÔNG AN PHƯỜNG",),
    "Bùi Xuân Tiến",
    ("Như trên", "Ban Chỉ huy Quân sự phường", "Lưu: VT"),
)
