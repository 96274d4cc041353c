"""Ballot papers, ready to be typeset: what the voters get into their hands.

Source: NQ 104/2025/UBTVQH15, annex: form 1.1.1 (people for one office), 1.1.2 (for several), 1.2 (deputies), 2 (other
matters), 5 (leaders);
for a survey and a vote of confidence the levels of forms 3.5.1 and 3.5.2.
"""

from sqlalchemy.orm import Session

from meeting.documents.phrases import raised
from meeting.documents.typeset import BallotPaper, BallotRow
from meeting.voting import leaders
from meeting.voting import official_words as words
from meeting.voting.models import Question, QuestionLine
from meeting.voting.official_paper import Made, Paper, heading, paper_of


def ballot_of(session: Session, question: Question, copies: int) -> Made:
    """The ballot paper as the voters get it, so many times: form 1.1.1, 1.1.2, 1.2 or 2, or one of confidence."""
    paper = paper_of(session, question)
    title, abstract = _ballot_title(paper)
    sheet = heading(paper, title, abstract)
    sheet["seal"] = paper.words.seal
    sheet["ballot"] = leaders.ballot(paper) if leaders.is_of_leaders(paper) else _ballot(paper)
    sheet["copies"] = copies
    return "ballot", sheet, (question.ready_at or question.prepared_at).replace(microsecond=0)


def _ballot_title(paper: Paper) -> tuple[str, list[str]]:
    form, office = paper.question.form, paper.office
    if leaders.is_of_leaders(paper):
        return "PHIẾU BẦU", [leaders.abstract_of(paper)]
    if form in ("election", "choose"):
        return "PHIẾU BẦU", [raised(office)]
    if form in ("dismissal", "relief"):
        verb = "BÃI NHIỆM" if form == "dismissal" else "CHO THÔI LÀM NHIỆM VỤ" if paper.on_deputies else "MIỄN NHIỆM"
        if paper.on_deputies:
            return f"PHIẾU {verb} ĐẠI BIỂU HỘI ĐỒNG NHÂN DÂN", [f"KHÓA {paper.term}, NHIỆM KỲ {paper.years}"]
        return f"PHIẾU {verb}", [raised(office)]
    if form == "survey":
        return "PHIẾU LẤY PHIẾU TÍN NHIỆM", [f"Đối với người giữ chức vụ do {paper.words.body} bầu"]
    if form == "confidence":
        return "PHIẾU BỎ PHIẾU TÍN NHIỆM", [f"Đối với người giữ chức vụ do {paper.words.body} bầu"]
    if form == "alternatives":
        return "PHIẾU BIỂU QUYẾT", [f"Lựa chọn phương án: {words.matter_of(paper.question.title)}"]
    return "PHIẾU BIỂU QUYẾT", [f"Thông qua {words.matter_of(paper.question.title)}"]


def _ballot(paper: Paper) -> BallotPaper:
    question = paper.question
    boxes = words.columns(question.form, question.options)
    most = question.seats or len(question.lines)
    if question.form == "matter":
        appeal = f"{paper.words.appeal} biểu quyết thông qua {words.matter_of(question.title)}:"
        made = BallotPaper(appeal=appeal, head="", columns=boxes, rows=[], notes=[])
    elif question.form in ("paper", "alternatives"):
        rows = [BallotRow(name=line.title, detail=line.detail) for line in question.lines]
        appeal = f"{paper.words.appeal} cho ý kiến về các nội dung sau:"
        if question.form == "alternatives" and "abstain" in question.options:
            rows.append(BallotRow(name="Không biểu quyết", detail=""))
        head = "Nội dung" if question.form == "paper" else "Phương án"
        made = BallotPaper(appeal=appeal, head=head, columns=boxes, rows=rows, notes=[])
    else:
        rows = [BallotRow(name=paper.called[line.id], detail=_below_name(paper, line)) for line in question.lines]
        made = BallotPaper(appeal="", head="Họ và tên", columns=boxes, rows=rows, notes=[])
    made["notes"] = words.notes(question.form, boxes, paper.words.voter, most)
    return made


def _below_name(paper: Paper, line: QuestionLine) -> str:
    """The office where offices differ (form 1.1.2) or where confidence is asked in the holder; and what was added."""
    shown = line.office if paper.several_offices or paper.question.form in ("survey", "confidence") else ""
    return "; ".join(part for part in (shown, line.detail) if part)
