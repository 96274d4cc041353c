"""Papers of the HĐND session: report, budget proposal, verification report, draft resolution."""

from meeting.demo.paper import Paper

UBND = "Ủy ban nhân dân phường Lạc Giang"
HDND = "Hội đồng nhân dân phường Lạc Giang"

REPORT = Paper(
    "Bao cao kinh te xa hoi.pdf",
    UBND,
    "BC-UBND",
    214,
    "BÁO CÁO",
    "Tình hình kinh tế – xã hội, quốc phòng, an ninh năm {year}; phương hướng, nhiệm vụ năm {next_year}",
    "Hội đồng nhân dân phường Lạc Giang",
    """\
Thực hiện chương trình kỳ họp thường lệ cuối năm, Ủy ban nhân dân phường báo cáo Hội đồng nhân dân phường kết quả thực hiện nhiệm vụ phát triển kinh tế – xã hội, bảo đảm quốc phòng, an ninh năm {year} và phương hướng, nhiệm vụ năm {next_year} như sau:
# I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM {year}
1. Kinh tế. :: Tổng thu ngân sách nhà nước trên địa bàn ước đạt 86.420 triệu đồng, bằng 104,6% dự toán giao và tăng 7,1% so với cùng kỳ. Thu thuế, phí và lệ phí do phường được phân cấp đạt 41.275 triệu đồng; thu từ cho thuê mặt bằng, quỹ đất công ích đạt 3.180 triệu đồng. Trong năm có 148 hộ kinh doanh đăng ký mới, 37 hộ tạm ngừng; toàn phường hiện có 1.264 hộ kinh doanh và 312 doanh nghiệp đang hoạt động.
Hoạt động thương mại, dịch vụ tại chợ Lạc Giang và tuyến phố Bến Đá ổn định. Phường đã phối hợp với Đội quản lý thị trường kiểm tra 52 lượt cơ sở, nhắc nhở 18 cơ sở, xử phạt 6 cơ sở với tổng số tiền 41 triệu đồng.
2. Quản lý đô thị, đất đai và môi trường. :: Đã hoàn thành cải tạo 2,4 km rãnh thoát nước, lắp mới 186 bộ đèn chiếu sáng, trồng 420 cây xanh. Tỷ lệ rác thải sinh hoạt được thu gom trong ngày đạt 98,2%. Tổ chức 96 lượt ra quân lập lại trật tự vỉa hè, lòng đường; vận động tháo dỡ 143 mái che, biển quảng cáo sai quy định. Tình trạng ngập cục bộ tại ngõ 45 và ngõ 72 phố Bến Đá khi mưa trên 70 mm giảm nhưng chưa được giải quyết dứt điểm.
3. Văn hóa, giáo dục, y tế và an sinh xã hội. :: Ba trường công lập trên địa bàn giữ vững chuẩn quốc gia; 100% trẻ sáu tuổi vào lớp một. Trạm Y tế khám, chữa bệnh cho 9.842 lượt người; tỷ lệ người dân tham gia bảo hiểm y tế đạt 96,4%. Số hộ nghèo giảm từ 31 hộ xuống 19 hộ. Phường chi trả đúng hạn trợ cấp cho 864 đối tượng chính sách và bảo trợ xã hội với tổng kinh phí 9.716 triệu đồng, trong đó 91% chi trả qua tài khoản.
4. Cải cách hành chính. :: Trung tâm Phục vụ hành chính công tiếp nhận 12.386 hồ sơ, giải quyết đúng hạn và trước hạn 12.318 hồ sơ, đạt 99,45%. Tỷ lệ hồ sơ nộp trực tuyến đạt 87,3%. Từ tháng 6, các cuộc họp của Ủy ban nhân dân, Thường trực Hội đồng nhân dân được tổ chức không giấy; văn bản đi, đến được xử lý hoàn toàn trên môi trường điện tử, trừ văn bản thuộc danh mục bí mật nhà nước.
5. Quốc phòng, an ninh. :: Hoàn thành 100% chỉ tiêu giao quân. Xảy ra 14 vụ việc liên quan đến an ninh trật tự, giảm 5 vụ so với năm trước; tỷ lệ điều tra, làm rõ đạt 92,8%. Không để xảy ra cháy lớn; tổ chức 11 buổi thực tập chữa cháy tại khu dân cư.
# Kết quả thực hiện các chỉ tiêu chủ yếu
| TT | Chỉ tiêu | Đơn vị | Kế hoạch | Ước thực hiện |
| 1 | Tổng thu ngân sách trên địa bàn | triệu đồng | 82.600 | 86.420 |
| 2 | Chi đầu tư phát triển | triệu đồng | 24.500 | 22.145 |
| 3 | Tỷ lệ giải ngân vốn đầu tư công | % | 95,0 | 90,4 |
| 4 | Số hộ nghèo cuối năm | hộ | 20 | 19 |
| 5 | Tỷ lệ hộ gia đình văn hóa | % | 93,0 | 94,1 |
| 6 | Tỷ lệ tham gia bảo hiểm y tế | % | 96,0 | 96,4 |
| 7 | Hồ sơ giải quyết đúng hạn | % | 99,0 | 99,45 |
| 8 | Hồ sơ nộp trực tuyến | % | 85,0 | 87,3 |
| 9 | Rác thải thu gom trong ngày | % | 98,0 | 98,2 |
| 10 | Giao quân | % | 100 | 100 |
# II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN
Giải ngân vốn đầu tư công chưa đạt kế hoạch do dự án Nhà văn hóa khu dân cư số 6 vướng mặt bằng của hai hộ. Một số tài liệu họp do các đơn vị chuẩn bị còn gửi chậm, phải trả lại để bổ sung số liệu. Việc lấn chiếm vỉa hè tái diễn ở khu vực cổng chợ vào giờ cao điểm. Công tác tuyên truyền phân loại rác tại nguồn mới thực hiện được ở 9 trong 14 khu dân cư.
Nguyên nhân chủ quan là sự phối hợp giữa một số đơn vị chưa chặt chẽ, việc đôn đốc sau kết luận cuộc họp có lúc chưa kịp thời. Nguyên nhân khách quan là khối lượng công việc tăng sau khi sắp xếp đơn vị hành chính, trong khi biên chế chưa được bổ sung đủ.
# III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {next_year}
1. Thu ngân sách trên địa bàn tăng ít nhất 6%; giải ngân vốn đầu tư công đạt từ 95% kế hoạch trở lên; khởi công tuyến cống hộp thoát nước phố Bến Đá trong quý II.
2. Hoàn thành chỉnh trang vỉa hè bốn tuyến phố; mở rộng phân loại rác tại nguồn ra toàn bộ 14 khu dân cư; trồng mới 500 cây xanh.
3. Giảm thêm ít nhất 6 hộ nghèo; 97% người dân tham gia bảo hiểm y tế; xây dựng ba điểm sinh hoạt cộng đồng đạt chuẩn.
4. Giữ tỷ lệ hồ sơ giải quyết đúng hạn trên 99%; mọi kết luận cuộc họp được giao rõ người, rõ việc, rõ thời hạn và được theo dõi trên hệ thống.
5. Giữ vững ổn định chính trị, trật tự an toàn xã hội; hoàn thành chỉ tiêu tuyển quân.
Trên đây là báo cáo tình hình kinh tế – xã hội, quốc phòng, an ninh năm {year} và phương hướng, nhiệm vụ năm {next_year}, Ủy ban nhân dân phường trình Hội đồng nhân dân phường xem xét, thảo luận và quyết nghị./.
""",
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    "Đỗ Mạnh Hùng",
    ("Thường trực HĐND phường", "Đại biểu HĐND phường", "Lưu: VT, VP"),
)

BUDGET = Paper(
    "To trinh du toan ngan sach.pdf",
    UBND,
    "TTr-UBND",
    118,
    "TỜ TRÌNH",
    "Về dự toán thu, chi ngân sách phường năm {next_year}",
    "Hội đồng nhân dân phường Lạc Giang",
    """\
Căn cứ Luật Ngân sách nhà nước và Luật Tổ chức chính quyền địa phương; căn cứ số kiểm tra dự toán do cấp trên thông báo và khả năng cân đối của địa phương, Ủy ban nhân dân phường trình Hội đồng nhân dân phường dự toán thu, chi ngân sách phường năm {next_year} như sau:
# I. ĐÁNH GIÁ THỰC HIỆN NGÂN SÁCH NĂM {year}
Tổng thu ngân sách phường ước đạt 63.910 triệu đồng, bằng 103,2% dự toán. Tổng chi ước 61.745 triệu đồng, bằng 99,7% dự toán; trong đó chi đầu tư phát triển 22.145 triệu đồng, chi thường xuyên 38.320 triệu đồng, dự phòng đã sử dụng 1.280 triệu đồng cho khắc phục hậu quả mưa bão và phòng, chống dịch.
# II. DỰ TOÁN NĂM {next_year}
1. Nguyên tắc. :: Bảo đảm chi lương, phụ cấp và an sinh xã hội; ưu tiên vốn cho thoát nước, chiếu sáng, trường học; tiết kiệm 10% chi thường xuyên ngay từ đầu năm; không bố trí vốn cho công trình chưa đủ thủ tục.
2. Dự toán thu. :: Tổng thu ngân sách phường 67.480 triệu đồng, gồm thu được hưởng theo phân cấp 44.360 triệu đồng, thu bổ sung cân đối 19.620 triệu đồng và thu chuyển nguồn 3.500 triệu đồng.
| TT | Nội dung thu | Năm {year} | Năm {next_year} | So sánh (%) |
| 1 | Thuế giá trị gia tăng, thu nhập cá nhân của hộ kinh doanh | 18.940 | 20.100 | 106,1 |
| 2 | Lệ phí trước bạ | 9.715 | 10.300 | 106,0 |
| 3 | Thuế sử dụng đất phi nông nghiệp | 4.260 | 4.410 | 103,5 |
| 4 | Phí, lệ phí | 3.180 | 3.350 | 105,3 |
| 5 | Thu từ quỹ đất công ích, cho thuê tài sản | 3.180 | 3.400 | 106,9 |
| 6 | Thu khác | 2.715 | 2.800 | 103,1 |
| 7 | Thu bổ sung cân đối | 18.920 | 19.620 | 103,7 |
| 8 | Thu chuyển nguồn | 3.000 | 3.500 | 116,7 |
3. Dự toán chi. :: Tổng chi ngân sách phường 67.480 triệu đồng, cân bằng với tổng thu.
| TT | Nội dung chi | Năm {year} | Năm {next_year} | Tỷ trọng (%) |
| 1 | Chi đầu tư phát triển | 22.145 | 24.800 | 36,8 |
| 2 | Chi sự nghiệp giáo dục, đào tạo | 8.430 | 8.900 | 13,2 |
| 3 | Chi bảo đảm xã hội | 9.716 | 10.150 | 15,0 |
| 4 | Chi sự nghiệp kinh tế, môi trường | 6.120 | 6.640 | 9,8 |
| 5 | Chi quản lý hành chính, Đảng, đoàn thể | 11.504 | 11.980 | 17,8 |
| 6 | Chi quốc phòng, an ninh | 2.550 | 2.760 | 4,1 |
| 7 | Dự phòng ngân sách | 1.280 | 2.250 | 3,3 |
4. Danh mục đầu tư công. :: Bố trí 24.800 triệu đồng cho sáu dự án, trong đó bốn dự án chuyển tiếp và hai dự án khởi công mới.
| TT | Dự án | Tổng mức | Đã bố trí | Năm {next_year} |
| 1 | Cống hộp thoát nước phố Bến Đá | 18.600 | 4.200 | 8.900 |
| 2 | Nhà văn hóa khu dân cư số 6 | 6.450 | 3.800 | 2.650 |
| 3 | Chỉnh trang vỉa hè bốn tuyến phố | 9.200 | 2.100 | 4.600 |
| 4 | Cải tạo Trường Tiểu học Lạc Giang B | 7.900 | 3.950 | 3.950 |
| 5 | Chiếu sáng ngõ, ngách giai đoạn 2 | 3.100 | 0 | 2.200 |
| 6 | Vườn hoa khu dân cư số 9 | 2.950 | 0 | 2.500 |
# III. GIẢI PHÁP THỰC HIỆN
Giao dự toán cho các đơn vị trước ngày 25 tháng 12; công khai ngân sách theo quy định; hằng quý báo cáo Thường trực Hội đồng nhân dân kết quả thu, chi. Thủ trưởng đơn vị chịu trách nhiệm nếu để kinh phí phải hủy dự toán cuối năm.
Ủy ban nhân dân phường kính trình Hội đồng nhân dân phường xem xét, quyết định./.
""",
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    "Đỗ Mạnh Hùng",
    ("Như trên", "Ban Kinh tế – Ngân sách HĐND phường", "Lưu: VT, KT-HT-ĐT"),
)

VERIFICATION = Paper(
    "Bao cao tham tra ngan sach.pdf",
    HDND,
    "BC-HĐND",
    31,
    "BÁO CÁO THẨM TRA",
    "Dự toán thu, chi ngân sách phường năm {next_year}",
    "Hội đồng nhân dân phường Lạc Giang",
    """\
Thực hiện phân công của Thường trực Hội đồng nhân dân phường, Ban Kinh tế – Ngân sách đã thẩm tra Tờ trình của Ủy ban nhân dân phường về dự toán thu, chi ngân sách phường năm {next_year}. Ban báo cáo kết quả thẩm tra như sau:
# I. VỀ HỒ SƠ VÀ TRÌNH TỰ
Hồ sơ gửi đủ thành phần, đúng thời hạn 15 ngày trước ngày khai mạc kỳ họp. Số liệu giữa tờ trình và các biểu khớp nhau; riêng biểu danh mục đầu tư công được gửi bổ sung sau khi Ban đề nghị làm rõ nguồn vốn của hai dự án khởi công mới.
# II. VỀ NỘI DUNG
1. Dự toán thu. :: Ban nhất trí với tổng thu 67.480 triệu đồng. Mức tăng 6,1% đối với thuế của hộ kinh doanh là tích cực nhưng có cơ sở, vì số hộ kinh doanh mới tăng 148 hộ trong năm {year}.
2. Dự toán chi. :: Ban nhất trí với cơ cấu chi. Tỷ trọng chi đầu tư phát triển 36,8% là hợp lý. Đề nghị Ủy ban nhân dân thuyết minh rõ hơn khoản chi sự nghiệp môi trường tăng 520 triệu đồng và cam kết thời hạn mở rộng phân loại rác tại nguồn.
3. Danh mục đầu tư. :: Dự án cống hộp thoát nước phố Bến Đá cần được ưu tiên hoàn thành trước mùa mưa. Dự án Vườn hoa khu dân cư số 9 chỉ nên giao vốn sau khi có quyết định phê duyệt; đề nghị ghi rõ điều kiện này trong nghị quyết.
| TT | Kiến nghị của Ban | Đơn vị thực hiện | Thời hạn |
| 1 | Thuyết minh chi sự nghiệp môi trường | Phòng KT-HT-ĐT | tại kỳ họp |
| 2 | Bổ sung tiến độ từng dự án theo quý | Phòng KT-HT-ĐT | trước 20/12 |
| 3 | Điều kiện giao vốn dự án Vườn hoa khu dân cư số 9 | UBND phường | trong nghị quyết |
| 4 | Báo cáo thu, chi hằng quý | UBND phường | ngày 10 tháng đầu quý |
# III. KẾT LUẬN
Ban Kinh tế – Ngân sách thống nhất với dự toán do Ủy ban nhân dân phường trình, đề nghị Hội đồng nhân dân phường thảo luận và thông qua dự thảo nghị quyết với các nội dung tiếp thu nêu trên./.
""",
    ("TM. BAN KINH TẾ – NGÂN SÁCH", "TRƯỞNG BAN"),
    "Trần Văn Phúc",
    ("Thường trực HĐND phường", "UBND phường", "Lưu: VT"),
)

RESOLUTION = Paper(
    "Du thao nghi quyet ngan sach.pdf",
    HDND,
    "NQ-HĐND",
    12,
    "NGHỊ QUYẾT (DỰ THẢO)",
    "Về dự toán thu, chi ngân sách phường và danh mục đầu tư công năm {next_year}",
    "",
    """\
# HỘI ĐỒNG NHÂN DÂN PHƯỜNG LẠC GIANG
Căn cứ Luật Tổ chức chính quyền địa phương; căn cứ Luật Ngân sách nhà nước; xét Tờ trình của Ủy ban nhân dân phường về dự toán thu, chi ngân sách phường năm {next_year}; Báo cáo thẩm tra của Ban Kinh tế – Ngân sách; ý kiến thảo luận của đại biểu Hội đồng nhân dân tại kỳ họp,
# QUYẾT NGHỊ:
Điều 1. :: Thông qua dự toán ngân sách phường năm {next_year} với tổng thu 67.480 triệu đồng và tổng chi 67.480 triệu đồng.
| TT | Chỉ tiêu | Dự toán (triệu đồng) |
| 1 | Thu ngân sách phường được hưởng theo phân cấp | 44.360 |
| 2 | Thu bổ sung cân đối | 19.620 |
| 3 | Thu chuyển nguồn | 3.500 |
| 4 | Chi đầu tư phát triển | 24.800 |
| 5 | Chi thường xuyên | 40.430 |
| 6 | Dự phòng ngân sách | 2.250 |
Điều 2. :: Thông qua danh mục sáu dự án đầu tư công năm {next_year} với tổng vốn 24.800 triệu đồng. Dự án Vườn hoa khu dân cư số 9 chỉ được giao vốn sau khi có quyết định phê duyệt dự án.
Điều 3. :: Giao Ủy ban nhân dân phường tổ chức thực hiện; hằng quý báo cáo Thường trực Hội đồng nhân dân phường kết quả thu, chi và tiến độ các dự án. Trong quá trình thực hiện, nếu cần điều chỉnh, Ủy ban nhân dân phường trình Hội đồng nhân dân phường xem xét, quyết định.
Điều 4. :: Thường trực Hội đồng nhân dân, các Ban của Hội đồng nhân dân, các Tổ đại biểu và đại biểu Hội đồng nhân dân phường giám sát việc thực hiện nghị quyết.
Nghị quyết này được Hội đồng nhân dân phường Lạc Giang thông qua tại kỳ họp thường lệ cuối năm {year} và có hiệu lực kể từ ngày thông qua./.
""",
    ("CHỦ TỊCH",),
    "Vũ Thị Mai Lan",
    ("Thường trực HĐND thành phố", "Đảng ủy, UBND, UBMTTQ phường", "Đại biểu HĐND phường", "Lưu: VT"),
)
