"""The result sheet of a question and the list of all votes of a meeting as official papers, ready to be typeset."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.documents.typeset import Block, Sheet, Signature, body_lines, place_and_date
from meeting.voting.majority import percent, share
from meeting.voting.models import Question, Result
from meeting.voting.official_paper import Made, close_entry, trace_of
from meeting.voting.outcomes import FORM_WORDS, Outcome, mark_of, outcomes_of

SPOKEN = "ghi hộ"
MOST_COLUMNS = 4  # lines of a paper that fit beside a name


def result_of(session: Session, question: Question, *, desk: bool = True) -> Made:
    """The result sheet of one question: everything that may be told of it, who voted how only of a published open vote."""
    (outcome,) = outcomes_of(session, [question], desk=desk)
    sheet = _headed(question.meeting, "KẾT QUẢ BIỂU QUYẾT", [question.title], question.closed_at or question.cancelled_at)
    blocks = [Block(kind="p", lead=f"{lead}:", text=text) for lead, text in facts_of(outcome)]
    blocks += counts_of(outcome)
    if outcome.result:
        blocks.append(Block(kind="p", lead="Kết luận:", text=outcome.verdict))
    blocks += _names(outcome)
    sheet["blocks"] = blocks
    if said := trace_of(close_entry(session, question)):
        sheet["trace"] = said
    _sign(sheet, question.meeting)
    moment = question.published_at or question.closed_at or question.cancelled_at or question.prepared_at
    return "paper", sheet, moment.replace(microsecond=0)


def _headed(meeting: Meeting, title: str, abstract: list[str], day: datetime | None) -> Sheet:
    body = meeting.body
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title=title, abstract=abstract)
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    sheet["place_date"] = place_and_date(body.place, local(day or meeting.starts_at).date())
    return sheet


def _sign(sheet: Sheet, meeting: Meeting) -> None:
    chair = meeting.presider or meeting.chair
    title = "CHỦ TRÌ" if meeting.body.is_party else "CHỦ TỌA"
    sheet["signature"] = Signature(lines=[title], name=chair.full_name if chair else "")
    if meeting.secretary:
        sheet["second_signature"] = Signature(lines=["THƯ KÝ"], name=meeting.secretary.full_name)


def facts_of(outcome: Outcome) -> list[tuple[str, str]]:
    """What is said of a question before its counts: where, how, when, by how many, and what became of it before and after."""
    question, result = outcome.question, outcome.result
    begins = local(outcome.meeting.starts_at)
    told = [
        ("Cuộc họp", f"{outcome.meeting.title}, {begins:%H:%M ngày %d/%m/%Y}"),
        ("Nội dung", f"{question.item.label}. {question.item.title}"),
        ("Hình thức", f"{outcome.way}; {FORM_WORDS[question.form]}"),
    ]
    if question.basis and question.kind == "secret":
        told.append(("Căn cứ bỏ phiếu điện tử", question.basis))
    told.append(("Danh sách biểu quyết", f"{outcome.register} {outcome.members} trên tổng số {question.total}"))
    told.append(("Thời gian", _times(question)))
    if question.opened_at:
        told.append(("Điều kiện tiến hành", _quorum(outcome, result)))
    if result and question.on_paper:
        by_line = not result.invalid and any(line["invalid"] for line in outcome.lines())
        invalid = "" if by_line else f", không hợp lệ {result.invalid}"
        told.append(("Phiếu", f"phát ra {result.issued}, thu về {result.returned}{invalid}"))
    if result and result.spoken:
        told.append(("Ghi hộ", f"{result.spoken} {outcome.members} nói miệng, thư ký ghi và chủ tọa xác nhận"))
    if outcome.again_of:
        told.append(("Biểu quyết lại của", outcome.again_of))
    if outcome.again_as:
        told.append(("Đã biểu quyết lại", "; ".join(outcome.again_as)))
    if question.state == "cancelled":
        told.append(("Đã hủy", question.reason))
    return told


def _times(question: Question) -> str:
    moments = [
        ("mở", question.opened_at),
        ("đóng", question.closed_at),
        ("công bố", question.published_at),
        ("hủy", question.cancelled_at),
    ]
    return "; ".join(f"{word} lúc {local(at):%H:%M:%S ngày %d/%m/%Y}" for word, at in moments if at) or "chưa mở"


def _quorum(outcome: Outcome, result: Result | None) -> str:
    question, members = outcome.question, outcome.members
    need = f", cần ít nhất {question.quorum_need}" if question.quorum_need else ""
    said = f"khi mở có mặt {question.opened_present}/{question.total} {members}{need}"
    if result is None:
        return said
    note = "" if result.quorum_met else " (không còn đủ; được ghi nhận, không làm mất hiệu lực kết quả)"
    return f"{said}; khi đóng có mặt {result.here}/{result.total}{note}"


def counts_of(outcome: Outcome) -> list[Block]:
    """The counts as a table: by option, or by line and mark."""
    result = outcome.result
    if result is None:
        return []
    if outcome.question.form != "matter":
        return [_line_table(outcome)]
    rows = [
        [outcome.label(mark), str(result.counts.get(mark, 0)), percent(share(result.counts.get(mark, 0), result.total))]
        for mark in outcome.marks()
    ]
    if result.invalid:
        rows.append(["Phiếu không hợp lệ", str(result.invalid), percent(share(result.invalid, result.total))])
    if silent := max(0, result.present - result.cast):
        rows.append([f"{outcome.members.capitalize()} có mặt không bỏ phiếu", str(silent), percent(share(silent, result.total))])
    head = ["Phương án", "Số phiếu", f"Tỷ lệ trên tổng số {outcome.members}"]
    return [Block(kind="table", head=head, rows=rows, widths=[5, 2, 3], centred=[1, 2])]


def _line_table(outcome: Outcome) -> Block:
    marks = outcome.marks()
    rows = [
        [str(place), str(line["title"]), *line_counts(outcome, line, marks), str(line["label"]["vi"])]
        for place, line in enumerate(outcome.lines(), start=1)
    ]
    head = ["STT", "Họ và tên" if outcome.question.form not in ("paper", "alternatives") else "Nội dung"]
    head += [*(outcome.label(mark) for mark in marks), "Không hợp lệ", "Kết quả"]
    widths = [2, 8, *(4 for _ in marks), 3, 5]
    return Block(kind="table", head=head, rows=rows, widths=widths, centred=[0, *range(2, len(marks) + 3)])


def line_counts(outcome: Outcome, line: dict[str, Any], marks: list[str]) -> list[str]:
    """The numbers of one line with their share of the total, then its invalid ballots."""
    assert outcome.result is not None
    counts = line["counts"]
    found = [int(counts.get(mark, 0)) for mark in marks]
    return [*(f"{number} ({percent(share(number, outcome.result.total))})" for number in found), str(line["invalid"])]


def _names(outcome: Outcome) -> list[Block]:
    """Who voted how, and who gave no ballot."""
    if not outcome.voters:
        return []
    lines = outcome.question.lines
    blocks = [Block(kind="heading", text=f"Chi tiết biểu quyết ({len(outcome.voters)})")]
    notes = [
        "; ".join(part for part in (SPOKEN if voter.spoken else "", f"“{voter.text}”" if voter.text else "") if part)
        for voter in outcome.voters
    ]
    if len(lines) > MOST_COLUMNS:
        said = [
            "; ".join(f"{place}. {mark}" for place, line in enumerate(lines, start=1) if (mark := mark_of(outcome, voter, line)))
            for voter in outcome.voters
        ]
        head, cells, widths = ["Biểu quyết"], [[each] for each in said], [18]
    elif lines:
        head = [f"{place}. {line.title}" for place, line in enumerate(lines, start=1)]
        cells = [[mark_of(outcome, voter, line) for line in lines] for voter in outcome.voters]
        widths = [6 for _ in lines]
    else:
        head, cells, widths = ["Biểu quyết"], [[mark_of(outcome, voter)] for voter in outcome.voters], [8]
    rows = [
        [str(place), voter.name, *cell, note]
        for place, (voter, cell, note) in enumerate(zip(outcome.voters, cells, notes, strict=True), start=1)
    ]
    full = ["STT", "Họ và tên", *head, "Ghi chú"]
    blocks.append(Block(kind="table", head=full, rows=rows, widths=[2, 9, *widths, 5], centred=[0]))
    if outcome.silent:
        lead = f"Có trong danh sách, không bỏ phiếu ({len(outcome.silent)}):"
        blocks.append(Block(kind="p", lead=lead, text=", ".join(outcome.silent) + "."))
    return blocks


# ---- all votes of a meeting -------------------------------------------------------------------------------------------------


def votes_of(meeting: Meeting, outcomes: list[Outcome], moment: datetime) -> Made:
    """All votes of a meeting in one table, in the order in which they were put."""
    sheet = _headed(meeting, "TỔNG HỢP KẾT QUẢ BIỂU QUYẾT", [meeting.title], meeting.closed_at or meeting.opened_at)
    rows = [
        [str(place), f"{outcome.question.item.label}. {_titled(outcome)}", _way(outcome), tally_words(outcome), outcome.short]
        for place, outcome in enumerate(outcomes, start=1)
    ]
    head = ["STT", "Nội dung biểu quyết", "Hình thức", "Kết quả kiểm đếm", "Kết luận"]
    table = Block(kind="table", head=head, rows=rows, widths=[2, 11, 6, 12, 5], centred=[0])
    told = sums_words(outcomes)
    sheet["blocks"] = [Block(kind="p", lead="Tổng số:", text=told), *([table] if rows else [])]
    _sign(sheet, meeting)
    return "paper", sheet, moment.replace(microsecond=0)


def sums_words(outcomes: list[Outcome]) -> str:
    """How many votes there were, and what came out."""
    decided = [each.result for each in outcomes if each.result and each.decides and not each.undecided]
    passed = sum(result.passed for result in decided)
    elections = sum(each.result is not None and each.question.form in ("election", "choose") for each in outcomes)
    trust = sum(each.result is not None and each.question.form in ("survey", "confidence") for each in outcomes)
    numbers = [
        ("thông qua", passed),
        ("không thông qua", len(decided) - passed),
        ("bầu cử", elections),
        ("lấy phiếu, bỏ phiếu tín nhiệm", trust),
        ("chưa ngã ngũ", sum(each.undecided for each in outcomes)),
        ("đã hủy", sum(each.question.state == "cancelled" for each in outcomes)),
    ]
    told = ", ".join(f"{word} {number}" for word, number in numbers if number)
    return f"{len(outcomes)} lần biểu quyết{f': {told}' if told else ''}."


def _titled(outcome: Outcome) -> str:
    question = outcome.question
    return f"{question.title} (lần {question.round})" if question.round > 1 else question.title


def _way(outcome: Outcome) -> str:
    when = f", {local(outcome.question.closed_at):%H:%M}" if outcome.question.closed_at else ""
    return f"{outcome.way[:1].upper()}{outcome.way[1:]}{when}"


def tally_words(outcome: Outcome) -> str:
    """The counts in one sentence, shares of the total included; of a paper with lines what came of each."""
    result, question = outcome.result, outcome.question
    if result is None:
        return question.reason if question.state == "cancelled" else ""
    if question.form == "matter":
        said = [(outcome.label(mark), result.counts.get(mark, 0)) for mark in outcome.marks()]
        more = [("không hợp lệ", result.invalid)] if result.invalid else []
        told = [f"{label.lower()} {number} ({percent(share(number, result.total))})" for label, number in [*said, *more]]
        return f"{'; '.join(told)}; có mặt {result.here or result.present}/{result.total}"
    return "; ".join(_line_words(outcome, place, line) for place, line in enumerate(outcome.lines(), start=1))


def _line_words(outcome: Outcome, place: int, line: dict[str, Any]) -> str:
    assert outcome.result is not None
    counts, label = line["counts"], str(line["label"]["vi"])
    numbers = ", ".join(f"{outcome_word(outcome, mark)} {counts.get(mark, 0)}" for mark in outcome.marks())
    return f"{place}. {line['title']}: {numbers}{f' ({label.lower()})' if label else ''}"


def outcome_word(outcome: Outcome, mark: str) -> str:
    """A mark inside a sentence."""
    return outcome.label(mark).lower()
