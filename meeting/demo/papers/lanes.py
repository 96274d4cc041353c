"""A long annex: the lanes to be mended, group by group, with reasons and costs. All figures are invented."""

from meeting.demo.paper import Paper

UBND = "Ủy ban nhân dân phường Lạc Giang"
QUARTERS = 12
LANES = 4  # in each quarter
STATES = (
    "mặt đường bê tông nứt vỡ nhiều đoạn, rãnh thoát nước lắng cặn, nắp đan hỏng",
    "nền đường lún thấp hơn cửa nhà dân, mưa trên 50 mm là ngập từ 15 đến 25 cm",
    "chưa có rãnh thoát nước kín, nước thải chảy tràn ra lòng ngõ",
    "hệ thống chiếu sáng thiếu, khoảng cách cột trên 45 m, nhiều bóng cũ tiêu hao điện",
)
WAYS = (
    "bóc bỏ lớp mặt cũ, đổ bê tông mác 250 dày 18 cm, thay nắp đan bằng loại gang chịu tải 12,5 tấn",
    "tôn nền trung bình 20 cm, hạ cửa thu nước, đấu nối về cống hộp phố Bến Đá",
    "xây rãnh kín B400, bố trí hố ga lắng cặn cách nhau 20 m, hoàn trả mặt ngõ bằng bê tông",
    "bổ sung cột thép và đèn LED 80 W, khoảng cách 30 m, điều khiển tắt bật theo giờ",
)


def _quarter(number: int) -> str:
    rows, said, total = [], [], 0
    for place in range(LANES):
        lane = 7 + 8 * number + 3 * place
        metres, cost = 85 + (37 * number + 53 * place) % 240, 180 + (91 * number + 67 * place) % 620
        total += cost
        kind = (number + place) % len(STATES)
        rows.append(f"| {place + 1} | Ngõ {lane} | {metres} | {2 + (number + place) % 3},5 | {cost} |")
        said.append(
            f"Ngõ {lane}. :: Dài {metres} m, phục vụ {40 + metres // 3} hộ dân. Hiện trạng: {STATES[kind]}. Giải pháp: {WAYS[kind]}. "
            f"Kinh phí dự kiến {cost} triệu đồng, trong đó Nhân dân đóng góp {cost // 10} triệu đồng bằng ngày công và hiến đất mở rộng góc ngõ."
        )
    return "\n".join(
        (
            f"# KHU DÂN CƯ SỐ {number}",
            f"Hội nghị đại biểu Nhân dân khu dân cư số {number} đã thảo luận công khai, thống nhất đề nghị {LANES} tuyến ngõ với tổng kinh phí "
            f"{total} triệu đồng; thứ tự ưu tiên theo mức độ ngập và số hộ được phục vụ.",
            "| TT | Tuyến ngõ | Dài (m) | Rộng (m) | Kinh phí |",
            *rows,
            *said,
        )
    )


LANES_ANNEX = Paper(
    "Phu luc danh muc duy tu ngo.pdf",
    UBND,
    "PL-UBND",
    119,
    "PHỤ LỤC",
    "Thuyết minh danh mục duy tu đường ngõ năm {next_year} theo khu dân cư",
    "Hội đồng nhân dân phường Lạc Giang",
    "\n".join(
        (
            "Phụ lục này kèm theo Tờ trình dự toán thu, chi ngân sách phường năm {next_year}. Đơn vị tính kinh phí: triệu đồng.",
            *(_quarter(number) for number in range(1, QUARTERS + 1)),
            "Tổng hợp từ đề nghị của các khu dân cư; Phòng Kinh tế, Hạ tầng và Đô thị chịu trách nhiệm về khối lượng và đơn giá./.",
        )
    ),
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    "Đỗ Mạnh Hùng",
    ("Như trên", "Lưu: VT, KT-HT-ĐT"),
)

FIELD_NOTES = Paper(
    "Ghi chep tiep xuc cu tri.pdf",
    "Hội đồng nhân dân phường Lạc Giang",
    "GC-HĐND",
    1,
    "GHI CHÉP",
    "Tiếp xúc cử tri khu dân cư số 5 và số 9 trước kỳ họp cuối năm",
    "Đại biểu Hội đồng nhân dân phường",
    """\
# I. KHU DÂN CƯ SỐ 5
Cử tri đề nghị khơi thông rãnh thoát nước ngõ 47 trước mùa mưa; ngõ ngập ba lần trong năm {year}, lần sâu nhất khoảng 25 cm.
Cử tri hỏi vì sao kinh phí thoát nước năm {next_year} tập trung vào phố Bến Đá mà chưa có tiến độ cho các ngõ nối vào.
# II. KHU DÂN CƯ SỐ 9
Cử tri ủng hộ làm vườn hoa, đề nghị nói rõ nguồn vốn và thời gian khởi công; lo ngại tiếng ồn nếu có sân thể thao.
# III. VIỆC CẦN NÊU TẠI KỲ HỌP
Tiến độ cống hộp phố Bến Đá; điều kiện giao vốn dự án Vườn hoa khu dân cư số 9; đèn chiếu sáng ngõ 31.
""",
    ("ĐẠI BIỂU",),
    "Phan Thị Hoa",
    ("Lưu: cá nhân",),
)
