"""A council votes, through the API alone, on the real server: every kind of ballot, its papers and its proof, end to end."""

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pymupdf
import pytest
import requests
from openpyxl import load_workbook

from meeting import clock
from tests.serving import Server, serving
from tests.waiting import PATIENCE
from tests.walk.office import Office

pytestmark = pytest.mark.server


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, "--empty") as running:
        yield running


def test_a_council_votes_in_every_way_and_can_prove_it(server: Server, tmp_path: Path) -> None:
    office = Office(server)
    meeting_id, item_id = sits(office)
    first = looks_through_and_gets_ready(office, meeting_id, item_id)
    votes_openly(office, meeting_id, first)
    votes_on_several(office, meeting_id, item_id)
    secret = votes_secretly(office, meeting_id, item_id)
    elected = elects_on_paper(office, server, meeting_id, item_id)
    votes_again(office, meeting_id, first)
    for question in (first, secret, elected):
        proves(server, tmp_path, question)
    reports(server, meeting_id, elected)
    asks_in_writing(office, server, meeting_id)


def sits(office: Office) -> tuple[int, int]:
    starts = clock.now() + timedelta(minutes=5)
    made = office.do(
        "minh", "agenda.create", body="HĐND", title="Kỳ họp thứ sáu", starts_at=starts.isoformat(), place="Hội trường"
    )
    meeting_id = int(made["meeting_id"])
    item = office.do("minh", "agenda.add_item", meeting_id=meeting_id, title="Công tác nhân sự", kind="matter")["item_id"]
    office.do("van", "agenda.issue", meeting_id=meeting_id)
    for who in ("lan", "hoa", "tuan"):
        office.do(who, "live.check_in", meeting_id=meeting_id)
    office.do("lan", "live.open", meeting_id=meeting_id)
    office.do("lan", "live.go_to_item", meeting_id=meeting_id, item_id=item)
    return meeting_id, int(item)


def seen(office: Office, meeting_id: int, who: str = "hoa") -> dict[str, Any]:
    found: dict[str, Any] = office.get(who, f"/meetings/{meeting_id}")["voting"]
    return found


def prepare(office: Office, meeting_id: int, item_id: int, title: str, **more: Any) -> int:
    wanted = {"meeting_id": meeting_id, "item_id": item_id, "title": title, **more}
    return int(office.do("minh", "voting.prepare", **wanted)["question_id"])


def looks_through_and_gets_ready(office: Office, meeting_id: int, item_id: int) -> int:
    question = prepare(office, meeting_id, item_id, "Thông qua chương trình kỳ họp", kind="open")
    office.do("lan", "voting.start_review", meeting_id=meeting_id)
    assert [each["title"] for each in seen(office, meeting_id)["review"]["questions"]] == ["Thông qua chương trình kỳ họp"]
    assert office.refused("lan", "voting.open", question_id=question) == "review_running"
    office.do("minh", "voting.edit", question_id=question, title="Thông qua chương trình kỳ họp thứ sáu")
    office.do("lan", "voting.end_review", meeting_id=meeting_id)
    office.do("minh", "voting.ready", question_id=question)
    office.do("hoa", "voting.mark_ready", question_id=question)
    waiting = seen(office, meeting_id)["waiting"]
    assert (waiting["title"], waiting["ready"], waiting["register"]) == ("Thông qua chương trình kỳ họp thứ sáu", 1, 3)
    return question


def votes_openly(office: Office, meeting_id: int, question: int) -> None:
    office.do("lan", "voting.open", question_id=question, seconds=600)
    ends = seen(office, meeting_id)["current"]["ends_at"]
    office.do("lan", "voting.extend", question_id=question, seconds=60)
    assert seen(office, meeting_id)["current"]["ends_at"] > ends
    office.do("hoa", "voting.cast", question_id=question, choice="against")
    office.do("hoa", "voting.cast", question_id=question, choice="for")
    wanted = {"question_id": question, "person_id": office.people["tuan"], "choice": "for", "reason": "Máy hỏng"}
    assert office.refused("van", "voting.cast_for", **wanted) == "forbidden"
    spoken = office.do("minh", "voting.cast_for", **wanted)["spoken_id"]
    assert office.refused("hoa", "voting.confirm_spoken", spoken_id=spoken) == "forbidden"
    assert seen(office, meeting_id)["current"]["cast"] == 1
    office.do("lan", "voting.confirm_spoken", spoken_id=spoken)
    assert [each["name"] for each in seen(office, meeting_id, "lan")["current"]["missing"]]
    closes(office, question)
    result = seen(office, meeting_id)["current"]["result"]
    assert (result["counts"], result["passed"], result["spoken"]) == ({"for": 2, "against": 0, "abstain": 0}, True, 1)


def closes(office: Office, question: int) -> None:
    office.do("lan", "voting.close", question_id=question)
    office.do("lan", "voting.close", question_id=question)  # twice is harmless
    office.do("lan", "voting.publish", question_id=question)


def votes_on_several(office: Office, meeting_id: int, item_id: int) -> None:
    titles = ({"title": "Nghị quyết về dự toán"}, {"title": "Nghị quyết về đầu tư công"})
    question = prepare(office, meeting_id, item_id, "Hai nghị quyết", form="paper", lines=list(titles), kind="open")
    office.do("lan", "voting.open", question_id=question)
    one, two = [str(line["id"]) for line in seen(office, meeting_id)["current"]["lines"]]
    assert office.refused("hoa", "voting.cast", question_id=question, choices={one: "for"}) == "lines_missing"
    for who in ("lan", "hoa", "tuan"):
        office.do(who, "voting.cast", question_id=question, choices={one: "for", two: "against" if who == "hoa" else "for"})
    closes(office, question)
    lines = seen(office, meeting_id)["current"]["result"]["lines"]
    assert [(line["votes"], line["passed"]) for line in lines] == [(3, True), (2, True)]


def votes_secretly(office: Office, meeting_id: int, item_id: int) -> int:
    question = prepare(office, meeting_id, item_id, "Nội dung cần bỏ phiếu kín", kind="secret")
    assert office.refused("lan", "voting.open", question_id=question) == "few_electors"
    office.do("lan", "voting.open", question_id=question, confirm=True)
    for who, choice in (("tuan", "for"), ("lan", "for"), ("hoa", "abstain")):
        office.do(who, "voting.cast", question_id=question, choice=choice)
    assert office.refused("hoa", "voting.cast", question_id=question, choice="for") == "already_voted"
    assert "missing" not in seen(office, meeting_id, "lan")["current"]
    closes(office, question)
    assert seen(office, meeting_id)["current"]["result"]["counts"] == {"for": 2, "against": 0, "abstain": 1}
    return question


def elects_on_paper(office: Office, server: Server, meeting_id: int, item_id: int) -> int:
    person = {"person_id": office.people["truong"], "office": "Ủy viên Ủy ban nhân dân"}
    electronic = {"meeting_id": meeting_id, "item_id": item_id, "title": "Bầu", "form": "election", "lines": [person]}
    assert office.refused("minh", "voting.prepare", **electronic, kind="secret") == "electronic_not_allowed"
    question = prepare(office, meeting_id, item_id, "Bầu bổ sung Ủy viên UBND", form="election", lines=[person])
    seats = [{"person_id": office.people["hoa"], "post": "head"}, {"person_id": office.people["tuan"], "post": "member"}]
    assert office.refused("lan", "voting.open", question_id=question, confirm=True) == "committee_missing"
    office.do("minh", "voting.form_committee", meeting_id=meeting_id, people=seats)
    ballots = pdf(server, f"/questions/{question}/ballots.pdf?copies=3")
    assert "PHIẾU BẦU" in ballots
    assert "Không ghi thêm tên" in ballots
    office.do("lan", "voting.open", question_id=question, confirm=True)
    (line,) = [str(each["id"]) for each in seen(office, meeting_id)["current"]["lines"]]
    figures: dict[str, Any] = {"question_id": question, "issued": 3, "returned": 3}
    wrong = {line: {"for": 3, "against": 1}}
    assert office.refused("minh", "voting.enter_figures", **figures, lines=wrong) == "forbidden"
    assert office.refused("tuan", "voting.enter_figures", **figures, lines=wrong)
    office.do("tuan", "voting.enter_figures", **figures, lines={line: {"for": 2, "against": 1}})
    assert office.refused("lan", "voting.close", question_id=question) == "figures_unconfirmed"
    assert office.refused("tuan", "voting.confirm_figures", question_id=question)
    office.do("hoa", "voting.confirm_figures", question_id=question)
    closes(office, question)
    result = seen(office, meeting_id)["current"]["result"]
    assert (result["issued"], result["returned"], result["lines"][0]["elected"]) == (3, 3, True)
    minutes = pdf(server, f"/questions/{question}/counting-minutes.pdf")
    for words in ("BIÊN BẢN KIỂM PHIẾU", "66,67%", "TRƯỞNG BAN", "lập thành 03 bản"):
        assert words in " ".join(minutes.split()), minutes
    return question


def votes_again(office: Office, meeting_id: int, first: int) -> None:
    again = office.do("minh", "voting.repeat", question_id=first, reason="Chủ tọa đề nghị biểu quyết lại")["question_id"]
    office.do("lan", "voting.open", question_id=again)
    current = seen(office, meeting_id)["current"]
    assert (current["again_of"], current["round"], current["kind"]) == (first, 2, "open")
    office.do("lan", "voting.cancel", question_id=again, reason="Không cần nữa")
    assert office.get("hoa", f"/questions/{first}")["state"] == "published"


def fetched(server: Server, path: str, who: str = "minh") -> bytes:
    answer = requests.get(server.address + path, headers={"Authorization": f"Bearer token-{who}"}, timeout=60)
    assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
    return answer.content


def pdf(server: Server, path: str) -> str:
    with pymupdf.open(stream=fetched(server, path), filetype="pdf") as document:
        return "\n".join(page.get_text() for page in document)


def proves(server: Server, folder: Path, question: int) -> None:
    pack = folder / f"evidence-{question}.zip"
    pack.write_bytes(fetched(server, f"/questions/{question}/evidence.zip"))
    with zipfile.ZipFile(pack) as opened:
        opened.extract("check.py", folder)
    checked = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "check.py"), str(pack)], capture_output=True, text=True, timeout=60, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def reports(server: Server, meeting_id: int, question: int) -> None:
    assert "Bầu bổ sung Ủy viên UBND" in " ".join(pdf(server, f"/questions/{question}/result.pdf").split())
    assert "Hai nghị quyết" in " ".join(pdf(server, f"/meetings/{meeting_id}/votes.pdf").split())
    for path in (f"/questions/{question}/result.xlsx", f"/meetings/{meeting_id}/votes.xlsx"):
        rows = load_workbook(io.BytesIO(fetched(server, path))).worksheets[0].iter_rows(values_only=True)
        assert any("Bầu bổ sung Ủy viên UBND" in str(cell) for row in rows for cell in row)
    stranger = requests.get(
        f"{server.address}/questions/{question}/result.pdf", headers={"Authorization": "Bearer token-khach"}, timeout=PATIENCE
    )
    assert stranger.status_code == 404


def asks_in_writing(office: Office, server: Server, meeting_id: int) -> None:
    bodies = {row["body"]: row["id"] for row in office.get("minh", "/bodies")["data"]}
    wanted = {"body_id": bodies["UBND"], "title": "Phương án trực cuối tuần", "ground": "no_discussion", "text": "Xin ý kiến."}
    due = (clock.now() + timedelta(days=2)).isoformat()
    assert office.refused("hoa", "rounds.draft", **wanted, due_at=due) == "forbidden"
    made = office.do("minh", "rounds.draft", **wanted, due_at=due, options=["for", "against", "other"])["round_id"]
    assert office.refused("hoa", "rounds.answer", round_id=made, choice="for")
    office.do("minh", "rounds.send", round_id=made)
    office.do("hung", "rounds.answer", round_id=made, choice="for")
    assert office.refused("tuan", "rounds.answer", round_id=made, choice="other") == "round_text_missing"
    office.do("tuan", "rounds.answer", round_id=made, choice="other", text="Cần thêm kinh phí.")
    later = (clock.now() + timedelta(days=3)).isoformat()
    office.do("minh", "rounds.extend", round_id=made, due_at=later, reason="Thành viên đi công tác")
    office.do("hoa", "rounds.answer", round_id=made, choice="for")
    office.do("minh", "rounds.close", round_id=made)
    assert office.refused("minh", "rounds.decide", round_id=made, decision="approved") == "forbidden"
    office.do("hung", "rounds.decide", round_id=made, decision="approved", text="Đồng ý.")
    starts = (clock.now() + timedelta(days=7)).isoformat()
    following = office.do("minh", "agenda.create", body="UBND", title="Phiên họp tháng sau", starts_at=starts)["meeting_id"]
    office.do("minh", "rounds.report_to", round_id=made, to_meeting_id=following)
    found = office.get("hung", f"/rounds/{made}")
    assert found["state"] == "decided"
    assert server.get("khach", f"/rounds/{made}")[0] == 404
    assert server.get("lan", f"/meetings/{meeting_id}")[0] == 200
