"""What holds for a practice: a meeting in which everything is tried, and of which nothing stays. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from meeting.errors import N_, Refused, declare
from meeting.permissions import Role

LASTS = timedelta(hours=24)
MEETS = timedelta(hours=2)
MARK = "tập dượt"  # papers and names are Vietnamese, whatever language the screens speak

#: The roles that come along: those who meet and those who serve the meeting.
ROLES = frozenset({Role.MEMBER, Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.OFFICER, Role.HEAD})

declare(
    {
        "practice_of_practice": N_("This body is for practice itself."),
        "practice_runs": N_("A practice of %(body)s is running already. End it before another one begins."),
        "practice_without_rules": N_("%(body)s has no kind of meeting yet. Write its rules first."),
        "practice_without_members": N_("%(body)s has no members yet."),
    }
)


@dataclass(frozen=True)
class ItemMade:
    """One item of the programme of a practice."""

    title: str
    kind: str
    minutes: int


@dataclass(frozen=True)
class QuestionMade:
    """One question that is put to the vote there: on which item, and whether it is secret."""

    item: int
    title: str
    kind: str


TITLE = "Buổi tập dượt: họp không giấy"
PLACE = "Phòng họp (tập dượt)"
PAPER = "Tài liệu tập dượt"
PROGRAMME = (
    ItemMade("Khai mạc, điểm danh và làm quen với máy", "opening", 10),
    ItemMade("Đọc tài liệu, ghi chú, góp ý", "report", 15),
    ItemMade("Phát biểu và tranh luận", "matter", 15),
    ItemMade("Biểu quyết công khai và bỏ phiếu kín", "matter", 15),
    ItemMade("Bế mạc", "closing", 5),
)
QUESTIONS = (
    QuestionMade(3, "Đồng ý đặt chậu cây ở sảnh (biểu quyết thử, công khai)", "open"),
    QuestionMade(3, "Chọn thời gian nghỉ giữa buổi (bỏ phiếu thử, kín)", "secret"),
)
PAGES = (
    (
        "# I. ĐÂY LÀ TÀI LIỆU ĐỂ TẬP",
        "Tài liệu này do hệ thống tạo ra cho buổi tập. Không có nội dung nào ở đây là thật, và mọi thứ được xóa sau buổi tập.",
        "1. Lật trang. :: Vuốt ngang, hoặc bấm nút ở hai bên trang.",
        "2. Phóng to. :: Dùng hai ngón tay, hoặc chạm nhanh hai lần.",
        "3. Tô sáng. :: Chọn công cụ Tô sáng ở thanh bên trái rồi kéo trên chữ.",
        "4. Ghi chú. :: Chọn công cụ Ghi chú, chạm vào chỗ cần ghi, gõ chữ.",
        "5. Chữ to. :: Bấm nút hình con mắt, chọn Chữ to. Chữ được xếp lại cho vừa màn hình, không phải kéo ngang.",
        "6. Ban đêm. :: Cũng ở nút hình con mắt: nền tối, chữ sáng, dễ đọc khi phòng tắt đèn để chiếu.",
        "7. Tìm. :: Bấm kính lúp, gõ một từ, có dấu hay không dấu đều được. Chỗ tìm thấy được tô trên trang.",
        "8. Dấu trang. :: Đánh dấu trang này; mục lục và thanh trượt có vạch ở trang có dấu và có ghi chú.",
        "9. Ghi ý kiến về trang. :: Bấm Ghi ý kiến về trang này: người đọc tài liệu thấy ý kiến ở đúng trang.",
        "10. Cất vào tủ. :: Nút ba chấm ở góc trên, Cất vào tủ của tôi. Bản cất trong buổi tập cũng được xóa sau buổi tập.",
        "11. Quay lui. :: Vẽ nhầm, tô nhầm thì bấm Quay lui; mỗi lần bấm bỏ một bước.",
        "12. Theo người trình bày. :: Khi chủ tọa dẫn trang, máy tự lật theo; tự lật trang là dừng theo, bấm Theo lại để trở về.",
    ),
    (
        "# II. NHỮNG VIỆC NÊN THỬ TRONG PHÒNG HỌP",
        "| TT | Việc | Bấm vào đâu |",
        "| 1 | Điểm danh | Tôi có mặt |",
        "| 2 | Xin phát biểu | Đăng ký phát biểu |",
        "| 3 | Gửi ý kiến bằng chữ | Ghi ý kiến |",
        "| 4 | Biểu quyết công khai | Chạm một ô trên phiếu |",
        "| 5 | Bỏ phiếu kín | Chọn, xem lại, bỏ vào hòm phiếu |",
        "| 6 | Nhờ giúp | Gọi hỗ trợ |",
        "Đây là trang thứ hai: lật trở lại trang đầu rồi lật sang đây một lần nữa để quen tay.",
        "Màn hình xanh, có giờ của máy chủ, nghĩa là phiếu đã được ghi nhận. Màn hình vàng nghĩa là chưa.",
    ),
)


def name_of(name: str) -> str:
    """What the body of a practice is called."""
    return f"{name} ({MARK})"


def check_begin(body: str, *, is_practice: bool, runs: bool, kinds: int, members: int) -> None:
    """Whether a practice may begin. Refused: `practice_of_practice`, `practice_runs`, `practice_without_rules`, and
    `practice_without_members`."""
    if is_practice:
        raise Refused("practice_of_practice")
    if runs:
        raise Refused("practice_runs", body=body)
    if not kinds:
        raise Refused("practice_without_rules", body=body)
    if not members:
        raise Refused("practice_without_members", body=body)


def is_over(begun_at: datetime, now: datetime) -> bool:
    """Whether a practice is erased by itself."""
    return now >= begun_at + LASTS


def chair_among(holders: Sequence[tuple[int, Role]], acting: int) -> int | None:
    """Who chairs the practice: whoever chairs the body, preferring whoever begins it when they do."""
    chairs = [person for person, role in holders if role is Role.CHAIR]
    return acting if acting in chairs else next(iter(chairs), None)
