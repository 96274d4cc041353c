"""Counting minutes and sealing minutes, ready to be typeset; the same forms serve electronic secret votes.

Source: NQ 104/2025/UBTVQH15, annex: form 3.1 (one person elected), 3.2 (several), 3.3 (dismissal), 3.4 (deputies), 3.5.1 (survey
of confidence), 3.5.2 (vote of confidence), 3.6 (other matters), 4 (sealing), 6 (leaders).
Figures that are not there yet stay open.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.documents.typeset import Block, Sheet, Signature
from meeting.voting import leaders
from meeting.voting import official_words as words
from meeting.voting.forms import PICKED
from meeting.voting.majority import percent, share
from meeting.voting.models import Question, QuestionLine
from meeting.voting.official_outcome import VERBS, Sums, conclusion, sums_of
from meeting.voting.official_paper import (
    Made,
    Paper,
    close_entry,
    committee_lines,
    ending,
    head_name,
    heading,
    opening,
    paper_of,
    trace_of,
)
from meeting.voting.official_words import DOTS

TITLES = {
    "survey": "BIÊN BẢN KẾT QUẢ LẤY PHIẾU TÍN NHIỆM",
    "confidence": "BIÊN BẢN KẾT QUẢ BỎ PHIẾU TÍN NHIỆM",
    "matter": "BIÊN BẢN KẾT QUẢ BIỂU QUYẾT BẰNG BỎ PHIẾU KÍN",
    "paper": "BIÊN BẢN KẾT QUẢ BIỂU QUYẾT BẰNG BỎ PHIẾU KÍN",
    "alternatives": "BIÊN BẢN KẾT QUẢ BIỂU QUYẾT BẰNG BỎ PHIẾU KÍN",
}
MADE_BY = "BAN KIỂM PHIẾU"


# ---- counting minutes ------------------------------------------------------------------------------------------------------


def minutes_of(session: Session, question: Question) -> Made:
    """The counting minutes of a secret vote in the form that its ballot asks for."""
    paper, sums = paper_of(session, question), sums_of(session, question)
    sheet = _begun(session, paper, TITLES.get(question.form, "BIÊN BẢN KIỂM PHIẾU"), [_about(paper)])
    result: list[str] = [f"Đã tiến hành kiểm phiếu và lập {_what(paper)}."]
    if question.kind == "secret":
        by = f" theo {question.basis}" if question.basis else ""
        result.append(f"Việc bỏ phiếu kín và kiểm phiếu được thực hiện bằng hình thức điện tử{by}.")
    if leaders.is_of_leaders(paper):
        result += leaders.counted(paper, sums)
    else:
        result += ["Kết quả như sau:", *_sums(paper, sums), *_lines(paper, sums)]
    sheet["blocks"] = [*sheet["blocks"], *(_block(text) for text in [*result, *conclusion(paper, sums)])]
    done = question.figures_confirmed_at or question.closed_at
    return _signed(session, paper, sheet, done)


def _block(text: str) -> Block:
    """A paragraph; a name over its figures stands out and stays with them on the page."""
    named = text[:1].isdigit() and not text.endswith((".", "…", ")"))
    return Block(kind="heading" if named else "p", text=text)


def _begun(session: Session, paper: Paper, title: str, abstract: list[str]) -> Sheet:
    sheet = heading(paper, title, abstract)
    sheet["committee"] = MADE_BY
    sheet["blocks"] = [Block(kind="p", text=text) for text in [opening(paper), *committee_lines(session, paper)]]
    return sheet


def _signed(session: Session, paper: Paper, sheet: Sheet, done: datetime | None) -> Made:
    question = paper.question
    sheet["closing"] = [ending(paper, done)]
    lines = [f"{'T/M' if paper.meeting.body.is_party else 'TM.'} {MADE_BY}", "TRƯỞNG BAN"]
    sheet["signature"] = Signature(lines=lines, name=head_name(session, question), mark="(ký, ghi rõ họ và tên)")
    if said := trace_of(close_entry(session, question)):
        sheet["trace"] = said
    moment = question.published_at or question.closed_at or question.figures_at or question.prepared_at
    return "counting", sheet, moment.replace(microsecond=0)


def _about(paper: Paper) -> str:
    form = paper.question.form
    if form == "survey":
        return f"Đối với người giữ các chức vụ do {paper.words.body} bầu"
    if form == "confidence":
        return f"Đối với {_people(paper)}"
    if form in ("matter", "paper"):
        return f"Thông qua {words.matter_of(paper.question.title)}"
    if form == "alternatives":
        return f"Lựa chọn phương án: {words.matter_of(paper.question.title)}"
    if leaders.is_of_leaders(paper):
        return f"Bầu {leaders.abstract_of(paper)}"
    if paper.on_deputies:
        verb = "Cho thôi làm nhiệm vụ" if form == "relief" else "Bãi nhiệm"
        return f"{verb} đại biểu Hội đồng nhân dân khóa {paper.term}"
    return f"Kết quả {VERBS[form]} {paper.office}"


def _people(paper: Paper) -> str:
    return "; ".join(
        f"{paper.called[line.id]}{f', {line.office or paper.question.office}' if line.office or paper.question.office else ''}"
        for line in paper.question.lines
    )


def _what(paper: Paper) -> str:
    """What the minutes are of, in the sentence before the figures."""
    form, lines = paper.question.form, paper.question.lines
    if form == "survey":
        return f"biên bản kết quả lấy phiếu tín nhiệm đối với {_people(paper)}"
    if form == "confidence":
        return f"biên bản kết quả bỏ phiếu tín nhiệm đối với {_people(paper)}"
    if form in TITLES:
        about = _about(paper)
        return f"biên bản xác định kết quả biểu quyết bằng bỏ phiếu kín {about[:1].lower()}{about[1:]}"
    if leaders.is_of_leaders(paper):
        return f"biên bản xác định kết quả bầu {leaders.abstract_of(paper)}"
    if paper.on_deputies:
        about = _about(paper)
        return f"biên bản xác định kết quả bỏ phiếu {about[:1].lower()}{about[1:]} đối với {_people_alone(paper)}"
    of = f" đối với {paper.called[lines[0].id]}" if len(lines) == 1 else ""
    return f"biên bản xác định kết quả bỏ phiếu {VERBS[form]} {paper.office}{of}"


def _people_alone(paper: Paper) -> str:
    return "; ".join(paper.called[line.id] for line in paper.question.lines)


def _sums(paper: Paper, sums: Sums) -> list[str]:
    voters = paper.words.voters
    return [
        f"- Tổng số {voters}: {_number(sums.total or None)}",
        f"- Số {voters} có mặt: {_number(sums.present)}",
        f"- Số phiếu đã phát ra: {_number(sums.issued)}",
        f"- Số phiếu đã thu về: {_number(sums.returned)}",
    ]


def _lines(paper: Paper, sums: Sums) -> list[str]:
    """Valid, invalid and the marks: of the ballot as a whole, or under each name."""
    question = paper.question
    valid = None if sums.returned is None or sums.invalid is None else sums.returned - sums.invalid
    if question.form == "matter":
        return [*_validity(valid, sums.invalid), *_marks(paper, question.options, sums.counts, sums.total)]
    if question.form in PICKED:
        marks = [_picked(paper, place, line, sums) for place, line in enumerate(question.lines, start=1)]
        abstained = "abstain" in question.options
        more = [_mark("Số phiếu không biểu quyết", _abstained(sums, valid), sums.total, paper)] if abstained else []
        return [*_validity(valid, sums.invalid), *marks, *more]
    if question.form == "election" and len(question.lines) == 1:
        return _of_line(paper, question.lines[0], sums)
    found: list[str] = []
    for place, line in enumerate(question.lines, start=1):
        found += [f"{place}. {_line_name(paper, line)}", *_of_line(paper, line, sums)]
    return found


def _of_line(paper: Paper, line: QuestionLine, sums: Sums) -> list[str]:
    given = sums.lines.get(line.id, {})
    marks = _marks(paper, paper.question.options, given.get("counts"), sums.total)
    return [*_validity(given.get("valid"), given.get("invalid")), *marks]


def _line_name(paper: Paper, line: QuestionLine) -> str:
    if paper.question.form not in ("survey", "confidence"):
        return paper.called[line.id] if paper.question.form != "paper" else line.title
    office = line.office or paper.question.office
    return f"{paper.called[line.id]}. Chức vụ: {office or words.LONG_DOTS}"


def _picked(paper: Paper, place: int, line: QuestionLine, sums: Sums) -> str:
    counts = sums.lines.get(line.id, {}).get("counts")
    name = paper.called[line.id] if paper.question.form == "choose" else line.title
    said = _mark(words.mark_words(paper.question.form)["for"], counts.get("for", 0) if counts else None, sums.total, paper)
    return f"{place}. {name}: {said[2:3].lower()}{said[3:]}"


def _abstained(sums: Sums, valid: int | None) -> int | None:
    """Of alternatives: valid ballots that chose none."""
    if valid is None or not sums.lines:
        return None
    return valid - sum(int(line["counts"].get("for", 0)) for line in sums.lines.values())


def _validity(valid: int | None, invalid: int | None) -> list[str]:
    return [f"- Số phiếu hợp lệ: {_number(valid)}", f"- Số phiếu không hợp lệ: {_number(invalid)}"]


def _marks(paper: Paper, marks: list[Any], counts: Mapping[str, int] | None, total: int) -> list[str]:
    said = words.mark_words(paper.question.form)
    return [_mark(said[mark], counts.get(mark, 0) if counts else None, total, paper) for mark in marks]


def _mark(said: str, count: int | None, total: int, paper: Paper) -> str:
    of_total = f"{DOTS}%" if count is None else percent(share(count, total))
    return f"- {said}: {_number(count)} (bằng {of_total} {paper.words.total})"


def _number(count: int | None) -> str:
    return DOTS if count is None else str(count)


# ---- sealing ---------------------------------------------------------------------------------------------------------------


def sealing_of(session: Session, question: Question) -> Made:
    """Form 4: how many ballots were sealed, in figures and in words."""
    paper, sums = paper_of(session, question), sums_of(session, question)
    about = _sealed(paper)
    sheet = _begun(session, paper, "BIÊN BẢN NIÊM PHONG", [f"Phiếu {about}"])
    number = sums.returned
    spelt = words.LONG_DOTS if number is None else f"{words.in_words(number)} phiếu"
    said = [f"Đã tiến hành niêm phong phiếu {about}.", f"Tổng số phiếu: {_number(number)}", f"(Bằng chữ: {spelt})"]
    sheet["blocks"] = [*sheet["blocks"], *(Block(kind="p", text=text) for text in said)]
    made = _signed(session, paper, sheet, question.closed_at)
    made[1].pop("trace", None)
    return made


def _sealed(paper: Paper) -> str:
    form = paper.question.form
    if form == "survey":
        return f"lấy phiếu tín nhiệm đối với người giữ chức vụ do {paper.words.body} bầu"
    if form == "confidence":
        return f"bỏ phiếu tín nhiệm đối với {_people(paper)}"
    if form in TITLES:
        return f"biểu quyết về {words.matter_of(paper.question.title)}"
    about = _about(paper).removeprefix("Kết quả ")
    return f"{about[:1].lower()}{about[1:]}"
