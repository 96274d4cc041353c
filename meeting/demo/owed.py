"""What the units owe to the coming UBND meeting: one paper in each state, from asked to a new version after publication."""

from datetime import datetime, timedelta
from typing import NamedTuple

from meeting import clock, jobs
from meeting.demo.diary import Diary
from meeting.demo.papers import coming, units


class Asked(NamedTuple):
    """A paper that is asked for: a word for it, the place of its item, its unit, what it is."""

    key: str
    place: int
    unit: str
    what: str


ASKED = (
    Asked("recruits", 2, "BCHQS", "Kế hoạch tuyển chọn và gọi công dân nhập ngũ"),
    Asked("guard", 3, "CAP", "Phương án trực và phòng cháy dịp Tết"),
    Asked("roster", 3, "CAP", "Phụ lục phân công trực chỉ huy"),
    Asked("new_year", 5, "VH-XH", "Kế hoạch phục vụ Nhân dân đón Tết"),
    Asked("gifts", 5, "VH-XH", "Danh sách đối tượng được tặng quà"),
    Asked("poor", 6, "VH-XH", "Báo cáo kết quả rà soát hộ nghèo"),
    Asked("stalls", 8, "KT-HT-ĐT", "Phương án đấu giá quyền thuê điểm kinh doanh"),
    Asked("alleys", 9, "KT-HT-ĐT", "Danh mục duy tu đường ngõ năm tới"),
    Asked("costs", 9, "KT-HT-ĐT", "Dự toán kinh phí duy tu đường ngõ"),
    Asked("petitions", 11, "VP", "Báo cáo tiếp công dân, giải quyết đơn thư"),
    Asked("doorstep", 12, "TTPVHCC", "Tờ trình thí điểm nhận hồ sơ tại nhà"),
)


class Papers:
    """The papers of the meeting and what is done with them, in the order of time."""

    def __init__(self, diary: Diary, meeting_id: int, items: list[int], due: datetime, last_call: datetime) -> None:
        self.diary, self.meeting_id, self.items, self.due, self.last_call = diary, meeting_id, items, due, last_call
        self.ids: dict[str, int] = {}

    def ask(self) -> None:
        """All are asked for on the day the meeting is planned."""
        with self.diary.at(self.diary.before(self.due.date(), 6), 14, 30):
            for each in ASKED:
                wanted = {"meeting_id": self.meeting_id, "item_id": self.items[each.place], "unit_id": self.diary.unit(each.unit)}
                self.ids[each.key] = self.diary.do("minh", "materials.request", **wanted, what=each.what)["requirement_id"]

    def in_time(self) -> None:
        """Until the due time: two published, one of them in a new version; one accepted, one returned, one in check, one sent."""
        diary, day = self.diary, self.due.date()
        with diary.at(diary.before(day, 4), 9):
            diary.do("dung", "materials.begin", requirement_id=self.ids["stalls"])
            diary.do("dung", "materials.begin", requirement_id=self.ids["alleys"])
        with diary.at(diary.before(day, 3), 15, 20):
            diary.hand_in("bao", self.ids["recruits"], coming.RECRUITS)
            diary.hand_in("yen", self.ids["new_year"], coming.NEW_YEAR)
        with diary.at(diary.before(day, 2), 9, 5):
            self._accept("recruits")
            self._accept("new_year")
        with diary.at(diary.before(day, 1), 14, 10):
            diary.hand_in("yen", self.ids["poor"], units.POOR)
            diary.hand_in("yen", self.ids["gifts"], units.GIFTS)
            reason = "Điều chỉnh chỉ tiêu theo thông báo của cấp trên"
            diary.hand_in("bao", self.ids["recruits"], units.RECRUITS_MENDED, reason=reason)
        with diary.at(day, 8, 10):
            self._accept("recruits")
            self._accept("gifts", publish=False)
            wanted = {"complete": "no", "form": "yes", "signed": "yes", "reason": "Thiếu danh sách hộ theo từng khu dân cư"}
            diary.do("minh", "materials.return", requirement_id=self.ids["poor"], **wanted)
            jobs.run_waiting()
        with diary.at(day, 15, 40):
            diary.hand_in("linh", self.ids["doorstep"], units.DOORSTEP)
            diary.hand_in("khoa", self.ids["roster"], units.ROSTER)
        with diary.at(day, 16, 5):
            diary.do("minh", "materials.take_up", requirement_id=self.ids["doorstep"])
            self._ask_time("stalls", "Chờ ý kiến thẩm định giá khởi điểm")
        with diary.at(day, 16, 20):
            answer = "Đồng ý; gửi trước hạn mới để kịp chuyển thành viên"
            diary.do("minh", "materials.grant_time", extension_id=self._extension, answer=answer)
        with diary.at(day, 16, 45):
            self._ask_time("alleys", "Đang tổng hợp số liệu của ba khu dân cư")

    def late(self) -> None:
        """After it: two late, one of them decided by the chair; one lies with the unit's head; what is missing is urged."""
        diary = self.diary
        with clock.frozen(min(self.due + timedelta(hours=1, minutes=10), diary.now)):
            reason = "Chờ số liệu của Trung tâm Phục vụ hành chính công"
            diary.hand_in("nam", self.ids["petitions"], coming.PETITIONS, reason=reason)
        with clock.frozen(min(self.due + timedelta(hours=2, minutes=25), diary.now)):
            reason = "Phải thống nhất lại điểm trực chợ hoa với Ban Quản lý chợ"
            diary.hand_in("khoa", self.ids["guard"], units.GUARD, reason=reason)
        with clock.frozen(min(self.due + timedelta(hours=3), diary.now)):
            decision = {"decision": "accepted", "reason": "Số liệu cần cho kết luận; Văn phòng chuyển ngay cho thành viên"}
            diary.do("hung", "materials.decide_late", requirement_id=self.ids["petitions"], **decision)
            self._accept("petitions")
        with diary.at(diary.today, 0, 2):
            self._lay("stalls")
        with diary.at(diary.today, 0, 4):
            diary.do("minh", "materials.remind", meeting_id=self.meeting_id)
        jobs.run_waiting()

    def _accept(self, key: str, publish: bool = True) -> None:
        checks = {"complete": "yes", "form": "yes", "signed": "yes"}
        self.diary.do("minh", "materials.accept", requirement_id=self.ids[key], publish=publish, **checks)

    def _ask_time(self, key: str, reason: str) -> None:
        wanted = {"due_at": self.last_call.isoformat(), "reason": reason}
        self._extension = self.diary.do("dung", "materials.ask_time", requirement_id=self.ids[key], **wanted)["extension_id"]

    def _lay(self, key: str) -> None:
        file_id = self.diary.bring("dung", units.STALLS)
        wanted = {"file_id": file_id, "to_head": True, "message": "Kính trình Trưởng phòng duyệt."}
        self.diary.do("dung", "materials.submit", requirement_id=self.ids[key], **wanted)
