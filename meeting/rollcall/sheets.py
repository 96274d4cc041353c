"""The attendance sheet of a meeting or of one item: the same words for the printed form and for the table."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.clock import local
from meeting.documents.typeset import Block, Sheet, Signature, body_lines, place_and_date
from meeting.errors import Missing
from meeting.live import queries as live
from meeting.live.rules import HERE
from meeting.rollcall import queries, rules
from meeting.rollcall.rests import Rest, rests_of
from meeting.rollcall.rules import Stretch

MEMBERS = {"council": "đại biểu", "party": "ủy viên"}
HOW = {"self": "tự điểm danh", "code": "quét mã tại chỗ", "clerk": "thư ký điểm danh"}
CAME = ["STT", "Họ và tên", "Chức vụ", "Có mặt lúc", "Ghi chú"]


@dataclass
class Roll:
    """Everybody on the sheet in their group, each with the cells of their row."""

    meeting: Meeting
    item: Item | None
    made_at: datetime
    came: list[list[str]] = field(default_factory=list)
    excused: list[list[str]] = field(default_factory=list)
    absent: list[list[str]] = field(default_factory=list)
    substitutes: list[list[str]] = field(default_factory=list)
    guests: list[list[str]] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    quorum: str = ""
    total: int = 0
    remote: int = 0
    late: int = 0
    left: int = 0

    @property
    def members(self) -> str:
        """How the members of this body are called."""
        return MEMBERS.get(self.meeting.body.kind, "thành viên")

    @property
    def sums(self) -> str:
        """The totals in one sentence."""
        more = [(self.remote, "dự trực tuyến"), (self.late, "đến muộn"), (self.left, "về sớm")]
        told = ", ".join(f"{words} {number}" for number, words in more if number)
        return (
            f"Tổng số {self.members}: {self.total}; có mặt: {len(self.came)}{f' (trong đó {told})' if told else ''}; "
            f"vắng có lý do: {len(self.excused)}; vắng không có lý do: {len(self.absent)}; "
            f"người dự thay: {len(self.substitutes)}; khách mời: {len(self.guests)}."
        )


def roll(session: Session, meeting: Meeting, item_id: int | None = None) -> Roll:
    """The sheet of the whole meeting, or of one item by the time in which it was dealt with. Missing for an item of elsewhere."""
    item = session.get(Item, item_id) if item_id is not None else None
    runs = queries.runs_of(session, meeting).get(item_id, []) if item_id is not None else []
    if item_id is not None and (item is None or item.meeting_id != meeting.id or not runs):
        raise Missing()
    found = Roll(meeting, item, clock.now(), rests=rests_of(session, meeting.id))
    spans = queries.stretches_of(session, meeting.id)
    began = rules.began_at(meeting.starts_at, meeting.opened_at)
    for line in queries.lines(session, meeting):
        _place(found, line, _within(spans.get(line["id"], []), runs), began)
    found.total, found.quorum = live.quorum(session, meeting).total, _quorum(session, found)
    return found


def _quorum(session: Session, found: Roll) -> str:
    """Whether enough were here, with the rule in words: at the end or now; of an item when they were fewest.

    Of a meeting that rests, or closed without going on, before everybody went home.
    """
    meeting = found.meeting
    quorum = live.quorum(session, meeting)
    words = f"{quorum.rules['vi']}, tức ít nhất {quorum.need}/{quorum.total} {found.members}"
    if found.item is not None:
        (at,) = [each for each in queries.by_item(session, meeting, quorum.need) if each["id"] == found.item.id]
        enough = "đủ" if at["enough"] else "có lúc không đủ"
        few = f"lúc ít nhất có mặt {at['fewest']} {found.members}"
        return f"Trong thời gian bàn nội dung này, {few}: {enough} điều kiện tiến hành ({words})."
    when = "Khi kết thúc" if meeting.closed_at else f"Lúc {local(found.made_at):%H:%M ngày %d/%m/%Y}"
    if found.rests and found.rests[-1].until is None:
        rested = found.rests[-1].since
        when = f"Trước khi tạm dừng lúc {local(rested):%H:%M ngày %d/%m/%Y}"
        quorum = replace(quorum, present=queries.present_until(session, meeting, rested))
    enough = "đủ" if quorum.met else "chưa đủ"
    return f"{when} có mặt {quorum.present}/{quorum.total} {found.members}: {enough} điều kiện tiến hành ({words})."


def _within(stretches: list[Stretch], runs: list[Stretch]) -> list[Stretch]:
    return [each for each in stretches if any(each.meets(run) for run in runs)] if runs else stretches


def _place(found: Roll, line: dict[str, Any], spans: list[Stretch], began: datetime | None) -> None:
    """Puts somebody into the group where they belong."""
    came = bool(spans) if found.item else bool(spans) or line["presence"] in HERE | {"left"}
    who = [line["name"], line["position"]]
    if line["stands_for"] and came:
        found.substitutes.append([*who, line["stands_for"], _times(spans, line)])
    if not line["voting"]:
        if came and not line["stands_for"]:
            found.guests.append([*who, _times(spans, line)])
        return
    if came:
        marks = _marks(found, line, spans, began)
        remote = line["presence"] == "remote" or any(each.presence == "remote" for each in spans)
        found.remote, found.late, found.left = found.remote + remote, found.late + marks.late, found.left + marks.left_early
        found.came.append([*who, _times(spans, line), _said(marks, remote, line, _away(spans, found.rests), spans)])
    elif line["presence"] == "excused":
        found.excused.append([*who, line["reason"]])
    else:
        found.absent.append([*who, line["reason"]])


def _times(spans: list[Stretch], line: dict[str, Any]) -> str:
    if not spans:
        return f"{local(datetime.fromisoformat(line['arrived_at'])):%H:%M}" if line["arrived_at"] else ""
    return f"{local(spans[0].since):%H:%M}"


def _marks(found: Roll, line: dict[str, Any], spans: list[Stretch], began: datetime | None) -> rules.Marks:
    """What the roll says of somebody, without what was only the rest of the whole meeting until another day."""
    marks = rules.marks(spans, began, found.meeting.closed_at, told_late=line["presence"] == "late")
    last = spans[-1].until if spans else None
    rested = last is not None and any(rest.covers(last, None) for rest in found.rests)
    return replace(marks, left_early=marks.left_early and not rested, back=bool(_away(spans, found.rests)))


def _away(spans: list[Stretch], rests: list[Rest]) -> list[tuple[datetime, datetime]]:
    """When somebody was away in between."""
    gaps = [(one.until, other.since) for one, other in pairwise(spans) if one.until is not None and one.until < other.since]
    return [(out, back) for out, back in gaps if not any(rest.covers(out, back) for rest in rests)]


def _said(
    marks: rules.Marks, remote: bool, line: dict[str, Any], away: list[tuple[datetime, datetime]], spans: list[Stretch]
) -> str:
    words = []
    if line["stands_for"]:
        words.append(f"dự thay {line['stands_for']}")
    if marks.late:
        words.append("đến muộn")
    words += [f"vắng từ {local(out):%H:%M} đến {local(back):%H:%M}" for out, back in away]
    if marks.left_early and spans and spans[-1].until:
        words.append(f"về sớm lúc {local(spans[-1].until):%H:%M}")
    if remote:
        words.append("trực tuyến")
    if line["how"] in HOW:
        words.append(HOW[line["how"]])
    return "; ".join(words)


def sheet_of(found: Roll) -> Sheet:
    """The sheet as official paper: groups as tables, totals, quorum, places for both signatures."""
    meeting = found.meeting
    body = meeting.body
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title="BẢNG ĐIỂM DANH")
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    begins = local(meeting.opened_at or meeting.starts_at)
    sheet["place_date"] = place_and_date(body.place, begins.date())
    of = [f"Nội dung {found.item.label}: {found.item.title}"] if found.item else []
    sheet["abstract"] = [meeting.title, *of]
    sheet["blocks"] = [
        Block(kind="p", lead="Thời gian, địa điểm:", text=_when(meeting)),
        *_groups(found),
        Block(kind="p", lead="Tổng hợp:", text=found.sums),
        Block(kind="p", lead="Điều kiện tiến hành:", text=found.quorum),
    ]
    chair = meeting.presider or meeting.chair
    sheet["signature"] = Signature(lines=["CHỦ TRÌ" if body.is_party else "CHỦ TỌA"], name=chair.full_name if chair else "")
    if meeting.secretary:
        sheet["second_signature"] = Signature(lines=["THƯ KÝ"], name=meeting.secretary.full_name)
    return sheet


def _when(meeting: Meeting) -> str:
    begins, ends = local(meeting.opened_at or meeting.starts_at), meeting.closed_at
    until = f" đến {local(ends):%H:%M ngày %d/%m/%Y}" if ends else ""
    return f"{begins:%H:%M ngày %d/%m/%Y}{until}{f', {meeting.place}' if meeting.place else ''}."


def _groups(found: Roll) -> list[Block]:
    named = found.members.capitalize()
    groups: list[tuple[str, list[str], list[list[str]], list[int]]] = [
        (f"{named} có mặt", CAME, found.came, [3, 11, 10, 5, 11]),
        (f"{named} vắng có lý do", ["STT", "Họ và tên", "Chức vụ", "Lý do"], found.excused, [3, 11, 11, 15]),
        (f"{named} vắng không có lý do", ["STT", "Họ và tên", "Chức vụ", "Ghi chú"], found.absent, [3, 11, 11, 15]),
        ("Người dự thay", ["STT", "Họ và tên", "Chức vụ", "Dự thay", "Có mặt lúc"], found.substitutes, [3, 10, 10, 11, 6]),
        ("Khách mời có mặt", ["STT", "Họ và tên", "Chức vụ", "Có mặt lúc"], found.guests, [3, 13, 17, 7]),
    ]
    blocks: list[Block] = []
    for number, (title, head, rows, widths) in enumerate(((t, h, r, w) for t, h, r, w in groups if r), start=1):
        blocks.append(Block(kind="heading", text=f"{number}. {title} ({len(rows)})"))
        numbered = [[str(place), *row] for place, row in enumerate(rows, start=1)]
        blocks.append(Block(kind="table", head=head, rows=numbered, widths=widths, centred=[0]))
    return blocks
