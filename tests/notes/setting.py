"""Papers of plain Vietnamese text, set into pages whose words have boxes."""

from meeting.notes.anchors import Document, PageWords

HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
BUDGET = (
    "Thực hiện Luật Ngân sách nhà nước và các văn bản hướng dẫn, Phòng Kinh tế, Hạ tầng và Đô thị xây dựng dự toán thu, chi "
    "ngân sách phường năm 2027 trình Ủy ban nhân dân phường xem xét, thông qua trước khi trình Hội đồng nhân dân phường."
)
INCOME = (
    "Tổng thu ngân sách nhà nước trên địa bàn ước thực hiện năm 2026 là 128.450 triệu đồng, đạt 104,2% dự toán giao, trong đó "
    "thu thuế công thương nghiệp ngoài quốc doanh là 61.300 triệu đồng, thu lệ phí trước bạ là 22.780 triệu đồng."
)
ROADS = (
    "Về đầu tư xây dựng cơ bản: tiếp tục hoàn thiện tuyến ngõ 91 và ngõ 117, cải tạo hệ thống thoát nước khu vực chợ, lắp đặt bổ "
    "sung chiếu sáng tại các điểm tối; tổng mức đầu tư dự kiến 15.600 triệu đồng, nguồn vốn từ ngân sách phường và xã hội hóa."
)
SCHOOLS = (
    "Về giáo dục: sửa chữa hai phòng học của trường mầm non, mua sắm thiết bị dạy học tối thiểu cho trường tiểu học, bảo đảm đủ "
    "chỗ học cho trẻ năm tuổi trên địa bàn; kinh phí dự kiến 3.250 triệu đồng, hoàn thành trước ngày 15/8/2027."
)
HEALTH = (
    "Về y tế: duy trì hoạt động của trạm y tế, tổ chức khám sức khỏe định kỳ cho người cao tuổi, phòng chống dịch bệnh theo mùa; "
    "kinh phí dự kiến 1.180 triệu đồng, giao Trạm trưởng Trạm y tế chủ trì, phối hợp với các tổ dân phố."
)
ORDER = (
    "Đề nghị Ủy ban nhân dân phường giao Văn phòng hoàn thiện hồ sơ, gửi các thành viên nghiên cứu trước ngày 20/11/2026; các "
    "đơn vị chịu trách nhiệm về số liệu của mình và báo cáo kết quả thực hiện hằng quý theo quy định."
)
CLOSING = (
    "Trên đây là tờ trình về dự toán thu, chi ngân sách phường năm 2027, kính trình Ủy ban nhân dân phường xem xét, quyết định."
)
PAPER = (HEAD, BUDGET, INCOME, ROADS, SCHOOLS, HEALTH, ORDER, CLOSING)
LINE = 16  # thousandths of the page's height
LETTER = 9  # thousandths of its width


def pages(paragraphs, letters=90, lines=24, number=1):
    """Pages of words with boxes: lines of at most so many letters, so many lines a page."""
    rows = []
    for paragraph in paragraphs:
        row = []
        for word in paragraph.split():
            if row and len(" ".join([*row, word])) > letters:
                rows.append(row)
                row = []
            row.append(word)
        rows.append(row)
    found = []
    for start in range(0, max(1, len(rows)), lines):
        words = []
        for at, row in enumerate(rows[start : start + lines]):
            left = 80
            top = 60 + at * int(LINE * 1.5)
            for word in row:
                right = min(990, left + LETTER * len(word))
                words.append([left, top, right, top + LINE, word])
                left = right + LETTER
        found.append(PageWords(number + start // lines, words))
    return found


def setting(paragraphs, **how):
    """A version of a paper."""
    return Document(pages(paragraphs, **how))


def passage_in(document, words):
    """The span of some words as they stand in a document (the first time)."""
    from meeting.notes.anchors import forms

    (start, *_) = document.occurrences(forms(words))
    return start, start + len(forms(words))
