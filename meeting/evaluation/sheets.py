"""The sheet of one meeting's evaluation (phiếu đánh giá chất lượng cuộc họp), in Vietnamese as it is filed."""

from collections.abc import Mapping
from typing import Any

from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.documents.typeset import Block, Sheet, Signature, body_lines, place_and_date
from meeting.evaluation.criteria import LEVELS, QUESTIONS
from meeting.evaluation.models import MeetingGrade
from meeting.evaluation.survey_results import Results
from meeting.evaluation.wording import level, tenths, verdict_words
from meeting.voting.wording import say

BY = {"measured": "Hệ thống đo", "judged": "Chủ trì chấm", "nothing": "Không tính", "urgent": "Không tính (họp khẩn cấp)"}


def sheet_of(shown: Mapping[str, Any]) -> Sheet:
    """The words of the sheet from what the page shows. Grades of persons are not part of it."""
    meeting: Meeting = shown["meeting"]
    body, grade = meeting.body, shown["grade"]
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title="PHIẾU ĐÁNH GIÁ")
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    held = local(meeting.opened_at or meeting.starts_at)
    sheet["abstract"] = ["Chất lượng cuộc họp", meeting.title]
    sheet["place_date"] = place_and_date(body.place, local(grade.graded_at).date() if grade else None)
    sheet["blocks"] = [
        Block(kind="p", lead="Thời gian:", text=f"{held:%H:%M ngày %d/%m/%Y}"),
        *([Block(kind="p", lead="Chủ trì:", text=meeting.chair.full_name)] if meeting.chair else []),
        Block(kind="heading", text="I. Số liệu do hệ thống ghi nhận"),
        _table(shown),
        Block(kind="p", lead="Tổng điểm:", text=f"{shown['points']}/100"),
        *(Block(kind="p", text=each) for each in shown["why"]),
        Block(kind="heading", text="II. Đánh giá của chủ trì"),
        *_papers(shown),
        *_statements(shown),
        *_verdict(grade),
        *_survey(shown["survey"]),
    ]
    lines = ["CHỦ TRÌ CUỘC HỌP"]
    sheet["signature"] = Signature(lines=lines, name=grade.graded_by.full_name if grade else "")
    return sheet


def _table(shown: Mapping[str, Any]) -> Block:
    rows = [
        [str(number), each["name"], f"{each['said']}{' ' + each['note'] if each['note'] else ''}", _points(each), BY[each["by"]]]
        for number, each in enumerate(shown["lines"], start=1)
    ]
    head = ["TT", "Tiêu chí", "Căn cứ", "Điểm", "Cách tính"]
    return Block(kind="table", head=head, rows=rows, widths=[1, 4, 7, 2, 2], centred=[0, 3])


def _points(line: Mapping[str, Any]) -> str:
    return f"{line['got']}/{line['points']}" if line["share"] is not None else "–"


def _papers(shown: Mapping[str, Any]) -> list[Block]:
    if not shown["units"]:
        return []
    rows = []
    for unit in shown["units"]:
        given = shown["papers"].get((unit.unit_id, 0))
        said = [verdict_words(given.verdict, given.shade), given.reason] if given else ["Chưa đánh giá", ""]
        rows.append([unit.name, *said])
    return [
        Block(kind="p", lead="1. Chuẩn bị tài liệu", text=""),
        Block(kind="table", head=["Cơ quan, đơn vị", "Kết quả", "Lý do"], rows=rows, widths=[6, 4, 6]),
    ]


def _statements(shown: Mapping[str, Any]) -> list[Block]:
    said = []
    for key, label in shown["criteria"].items():
        given = shown["statements"].get((0, key))
        words = verdict_words(given.verdict, given.shade) if given else "Chưa đánh giá"
        said.append(f"{say((label, {}), 'vi')}: {words}{f' ({given.reason})' if given and given.reason else ''}")
    return [Block(kind="p", lead="2. Ý kiến phát biểu.", text="; ".join(said) + ".")]


def _verdict(grade: MeetingGrade | None) -> list[Block]:
    if grade is None:
        return [Block(kind="p", lead="3. Chất lượng cuộc họp:", text="Chưa đánh giá.")]
    words = verdict_words(grade.verdict, grade.shade)
    if grade.shade:
        words = f"{verdict_words('met', '')}, xếp loại {words}"
    blocks = [Block(kind="p", lead="3. Chất lượng cuộc họp:", text=f"{words}.")]
    if grade.override_reason:
        said = f"khác kết quả tính theo mẫu ({verdict_words(grade.computed, '').lower()}, {tenths(grade.points_tenths)} điểm)"
        blocks.append(Block(kind="p", lead="Lý do:", text=f"{grade.override_reason} ({said})."))
    elif grade.reason:
        blocks.append(Block(kind="p", lead="Lý do:", text=grade.reason))
    if grade.late:
        blocks.append(Block(kind="p", text="Kết quả này được sửa sau khi kết thúc đánh giá."))
    return blocks


def _survey(found: Results | None) -> list[Block]:
    """Only of a survey that has ended with enough answers; remarks stay on the screen."""
    if found is None or found.state != "counted":
        return []
    head = ["Nội dung hỏi", *(level(number) for number in range(LEVELS, 0, -1))]
    rows = [
        [each.question.text or say((QUESTIONS[each.question.code], {}), "vi"), *(str(count) for _, count in each.counts)]
        for each in found.questions
    ]
    return [
        Block(kind="heading", text="III. Ý kiến của thành viên (không ghi tên)"),
        Block(kind="p", text=f"{found.answered}/{found.asked} người trả lời."),
        Block(kind="table", head=head, rows=rows, widths=[6, 2, 2, 2, 2], centred=[1, 2, 3, 4]),
    ]
