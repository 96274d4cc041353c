"""What the minutes tell of votes beside their results: the review, openings with quorum, pauses, more time, ghi hộ, ends."""

from collections.abc import Callable, Mapping
from typing import Any

from meeting.events import Event

Facts = dict[str, Any]

_WAYS = {"open": "biểu quyết công khai", "secret": "bỏ phiếu kín", "hand": "biểu quyết bằng hình thức giơ tay"}


def _opened(facts: Facts) -> str:
    """Votes of former times told no quorum at their opening; their results stand in the minutes as before."""
    if "need" not in facts:
        return ""
    way = "bỏ phiếu kín bằng phiếu giấy" if facts.get("on_paper") else _WAYS[facts["kind"]]
    again = f" lần {facts['round']}" if facts.get("round", 1) > 1 else ""
    here = f"có mặt {facts['present']}/{facts['total']} thành viên"
    need = f" (cần ít nhất {facts['need']})" if facts["need"] else ""
    return f"chủ tọa cho {way}{again} về “{facts['title']}”, {here}{need}"


def _paused(facts: Facts) -> str:
    """Where the whole meeting rests, that is told already."""
    return "" if facts.get("rests") else f"chủ tọa tạm dừng biểu quyết về “{facts['title']}”"


def _resumed(facts: Facts) -> str:
    return f"chủ tọa cho tiếp tục biểu quyết về “{facts['title']}”"


def _extended(facts: Facts) -> str:
    minutes, seconds = divmod(int(facts.get("seconds", 0)), 60)
    span = " ".join(part for part in (f"{minutes:02} phút" if minutes else "", f"{seconds:02} giây" if seconds else "") if part)
    if not facts.get("limited", True):
        return f"chủ tọa đặt thời hạn biểu quyết về “{facts['title']}” là {span}"
    return f"chủ tọa kéo dài thời gian biểu quyết về “{facts['title']}” thêm {span}"


def _called_off(facts: Facts) -> str:
    if not facts.get("opened"):
        return ""
    return f"chủ tọa hủy biểu quyết về “{facts['title']}” (lý do: {facts['reason']})"


def _spoken(facts: Facts) -> str:
    why = f" (lý do: {facts['reason']})" if facts.get("reason") else ""
    return f"thư ký ghi hộ biểu quyết của {facts['name']} về “{facts['title']}”{why}, chủ tọa xác nhận"


def _reviewed(facts: Facts) -> str:
    return f"cuộc họp rà soát danh sách {len(facts.get('questions', []))} nội dung biểu quyết"


def _committee(facts: Facts) -> str:
    posts = {"head": "Trưởng Ban", "member": "Ủy viên"}
    people = ", ".join(f"{each['name']} ({posts[each['post']]})" for each in facts["people"])
    return f"cuộc họp {'bầu' if facts.get('question_id') else 'lập'} Ban kiểm phiếu gồm {people}"


SENTENCES: Mapping[Event, Callable[[Facts], str]] = {
    Event.REVIEW_STARTED: _reviewed,
    Event.COMMITTEE_FORMED: _committee,
    Event.VOTE_OPENED: _opened,
    Event.VOTE_PAUSED: _paused,
    Event.VOTE_RESUMED: _resumed,
    Event.VOTE_EXTENDED: _extended,
    Event.SPOKEN_CONFIRMED: _spoken,
    Event.QUESTION_CANCELLED: _called_off,
}
