"""From a published week to its sheet: the words of the official PDF, state or Party."""

from collections.abc import Sequence
from datetime import date, timedelta

from meeting.calendars.models import WeekProgramme
from meeting.calendars.rules import Line, decided_by
from meeting.clock import local
from meeting.documents.phrases import WEEKDAYS, raised
from meeting.documents.typeset import Sheet, Signature, WeekDay, WeekRow, body_lines, place_and_date
from meeting.organization.models import Body
from meeting.organization.signing import signature_lines

HALVES = {"morning": "Sáng", "afternoon": "Chiều", "day": "Cả ngày"}
NOTHING = "Làm việc thường xuyên tại cơ quan"
SIGNED_MARK = "(Đã ký)"


def week_sheet(programme: WeekProgramme, lines: Sequence[Line]) -> Sheet:
    """The programme as printed. `lines` are those its readers may see."""
    body, monday = programme.body, programme.monday
    sunday = monday + timedelta(days=6)
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title="LỊCH CÔNG TÁC TUẦN")
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    day = local(programme.published_at).date() if programme.published_at else decided_by(monday)
    sheet["place_date"] = place_and_date(body.place, day)
    sheet["abstract"] = [f"Tuần {monday.isocalendar().week:02d} (từ ngày {monday:%d/%m/%Y} đến ngày {sunday:%d/%m/%Y})"]
    sheet["week"] = week_days(monday, lines)
    sheet["closing"] = [f"Lịch này thay thế bản phát hành lần {programme.version - 1}."] if programme.version > 1 else []
    sheet["recipients"] = _recipients(body)
    publisher = programme.publisher
    position = publisher.position if publisher else ""
    sheet["signature"] = Signature(
        lines=_authority(body, position), name=publisher.full_name if publisher else "", mark=SIGNED_MARK
    )
    return sheet


def week_days(monday: date, lines: Sequence[Line]) -> list[WeekDay]:
    """Monday to Friday always, the weekend where something is on; each line with its half of the day."""
    days = []
    for number, weekday in enumerate(WEEKDAYS):
        day = monday + timedelta(days=number)
        rows = [_row(line) for line in lines if line.day == day.isoformat()]
        if rows or number < 5:
            days.append(WeekDay(weekday=raised(weekday), date=f"{day:%d/%m}", rows=rows or [_nothing()]))
    return days


def _row(line: Line) -> WeekRow:
    hours = f"{line.starts} – {line.ends}" if line.ends else line.starts
    return WeekRow(half=HALVES[line.half], hours=hours, title=line.title, chair=line.chair, people=line.people, place=line.place)


def _nothing() -> WeekRow:
    return WeekRow(half="", hours="", title=NOTHING, chair="", people="", place="")


def _authority(body: Body, position: str) -> list[str]:
    """By order of the chairman where the chief of office signs (NĐ 315/2025, Điều 15.3; Party: HD 36, 1.7)."""
    if "chánh văn phòng" in position.casefold():
        return ["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"] if body.is_party else ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    return signature_lines("chair", body.kind, body.name, position)


def _recipients(body: Body) -> list[str]:
    if body.is_party:
        return ["Các đồng chí Đảng ủy viên,", "Các cơ quan tham mưu, giúp việc Đảng ủy,", "Lưu Văn phòng Đảng ủy."]
    return [f"Lãnh đạo {body.short_name};", "Các phòng, ban, đơn vị;", "Lưu: VT, VP."]
