"""The invitation to the coming UBND meeting, and what the invited answer."""

from datetime import datetime
from hashlib import sha256

from meeting import jobs
from meeting.demo.diary import Diary

COMING = ("hung", "hang", "hoa", "chau", "tien")
OPEN_TO_NOBODY = sha256(b"the demo hands this link to nobody").hexdigest()


def invite(diary: Diary, meeting_id: int, due: datetime) -> None:
    """The giấy mời is drafted, signed, numbered and issued together with the invitations; guests are on the list."""
    with diary.at(diary.before(due.date(), 2), 14):
        guests = [{"person_id": diary.person(name), "voting": False} for name in ("khach", "truong")]
        diary.do("minh", "agenda.set_participants", meeting_id=meeting_id, add=guests)
        guest = {"full_name": "Hứa Thị Mơ", "honorific": "Bà", "position": "Trưởng Ban Quản lý chợ Lạc Giang"}
        guest_id = diary.do("minh", "invitations.add_guest", meeting_id=meeting_id, **guest)["person_id"]
        paper_id = diary.do("minh", "invitations.draft", meeting_id=meeting_id)["invitation_id"]
    with diary.at(diary.before(due.date(), 2), 15, 30):
        diary.do("minh", "invitations.sign", invitation_id=paper_id)
    with diary.at(diary.before(due.date(), 2), 16):
        diary.do("van", "invitations.issue", invitation_id=paper_id, with_meeting=True)
        diary.do("minh", "invitations.make_link", meeting_id=meeting_id, person_id=guest_id, sha256=OPEN_TO_NOBODY)
        jobs.run_waiting()


def reply(diary: Diary, meeting_id: int, due: datetime) -> None:
    """Five come, one absence is approved and one waits, one substitute has the chair's consent and one waits for it."""
    day = diary.before(due.date(), 1)
    for minute, username in enumerate(COMING):
        with diary.at(day, 9, minute):
            diary.do(username, "agenda.reply", meeting_id=meeting_id, reply="accepted")
    with diary.at(day, 9, 30):
        _decline(diary, "dat", meeting_id, "Dự hội nghị giao ban do thành phố triệu tập")
        decision = {"person_id": diary.person("dat"), "decision": "approved", "answer": "Đồng ý."}
        diary.do("minh", "invitations.decide_absence", meeting_id=meeting_id, **decision)
    with diary.at(day, 10):
        substitution_id = _name(diary, "ngan", "linh", meeting_id, "Nghỉ phép theo kế hoạch đã được duyệt")
    with diary.at(day, 10, 40):
        diary.do("hung", "invitations.consent", substitution_id=substitution_id)
    with diary.at(due.date(), 8, 30):
        _decline(diary, "tuan", meeting_id, "Tiếp đoàn giám sát của thành phố cùng buổi")
    with diary.at(due.date(), 8, 45):
        _name(diary, "luc", "bao", meeting_id, "Chỉ huy luyện tập phương án tại thao trường")


def _decline(diary: Diary, username: str, meeting_id: int, reason: str) -> None:
    diary.do(username, "agenda.reply", meeting_id=meeting_id, reply="declined", reason=reason)


def _name(diary: Diary, member: str, substitute: str, meeting_id: int, reason: str) -> int:
    wanted = {"substitute_id": diary.person(substitute), "reason": reason, "despite_clash": True}
    found: int = diary.do(member, "invitations.name_substitute", meeting_id=meeting_id, **wanted)["substitution_id"]
    return found
