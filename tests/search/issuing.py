"""An issued notice written past all acts, in front of a running server whose worker then reads it anew."""

from datetime import date

from meeting import clock
from meeting.conclusions.models import Notice, NoticeLine
from meeting.organization.models import OfficialNumber
from tests.browsing import House

TITLE = "Phiên họp về trật tự đô thị"


def issued(house: House, meeting_id: int, *lines: str) -> int:
    """A notice that is issued now, 142/TB-UBND; its id. The title of the meeting changes, so that all of it is read anew."""
    council = house.council
    (number_id,) = council.write(
        OfficialNumber(body_id=council.body("UBND"), kind="TB", period="2026", number=142, symbol="142/TB-UBND")
    )
    (notice_id,) = council.write(
        Notice(
            meeting_id=meeting_id,
            state="issued",
            abstract="Kết luận về trật tự đô thị",
            opening="Chủ tịch kết luận như sau:",
            closing="",
            recipients="",
            drafted_at=clock.now(),
            drafted_by_id=council.person("minh"),
            number_id=number_id,
            issued_on=date(2026, 11, 20),
            issued_at=clock.now(),
            issued_by_id=council.person("van"),
        )
    )
    council.write(*(NoticeLine(notice_id=notice_id, position=at, text=text) for at, text in enumerate(lines, start=1)))
    assert house.server.act("minh", "agenda.edit", meeting_id=meeting_id, title=TITLE)[0] == 200
    return notice_id
