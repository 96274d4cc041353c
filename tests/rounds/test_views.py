"""The pages, resources and papers of written rounds: who reads what, and that nobody reads a count before the close."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.history import course_of
from meeting.database import reading
from meeting.documents import made
from meeting.documents.access import place_of
from meeting.documents.models import File
from meeting.jobs import run_waiting
from meeting.permissions import Actor
from meeting.rounds import minuting, queries, sheets
from meeting.rounds.sheets import vi
from tests.conftest import MORNING, Council
from tests.documents.papers import paper
from tests.documents.signing import signed, tampered
from tests.rounds.conftest import Do, Office

Api = Callable[[str], Any]
Client = Callable[[str], Any]


@pytest.fixture(autouse=True)
def morning(at: Any) -> None:
    """Monday 23 November, 8:00."""
    at(MORNING)


def opens(actor: Actor, file_id: int) -> bool:
    with reading() as session:
        return place_of(session, actor, session.get_one(File, file_id)) is not None


def test_the_list_is_read_page_by_page_open_rounds_by_deadline_first(office: Office, api: Api) -> None:
    draft = office.draft()
    late, soon = office.sent(due_at=office.due(5).isoformat()), office.sent(due_at=office.due(2).isoformat())
    over = office.closed()

    first = api("minh").get("/rounds?limit=3")[1]
    second = api("minh").get(f"/rounds?limit=3&cursor={first['next']}")[1]

    assert [each["id"] for each in first["data"]] == [soon, late, over]
    assert ([each["id"] for each in second["data"]], second["next"]) == ([draft], None)
    assert [each["id"] for each in api("hoa").get("/rounds?state=open")[1]["data"]] == [soon, late]
    with reading() as session:
        assert [each.id for each in queries.rounds(session, office.council.actor("minh"))] == [soon, late, over, draft]


def test_a_walk_through_the_api(office: Office, council: Council, api: Api) -> None:
    def act(who: str, name: str, **wanted: Any) -> Any:
        status, body = api(who).act(f"rounds.{name}", **wanted)
        assert status == 200, body
        return body

    due = office.due().isoformat()
    known = {"body_id": council.body("UBND"), "title": "Hố ga ngõ 91", "text": "Đồng ý?", "ground": "urgent", "due_at": due}
    number = act("minh", "draft", **known)["round_id"]
    act("minh", "send", round_id=number)
    (line,) = api("hoa").get("/rounds?state=mine")[1]["data"]
    assert (line["id"], line["asked"], line["answered"]) == (number, 3, 0)
    received = act("hoa", "answer", round_id=number, choice="other", text="Lùi một tháng")["received_at"]
    assert api("hoa").get("/rounds?state=mine")[1]["data"] == []
    found = api("hoa").get(f"/rounds/{number}")[1]
    assert (found["mine"]["choice"], found["mine"]["at"][:19]) == ("other", received[:19])
    act("tuan", "answer", round_id=number, choice="for")
    act("hung", "answer", round_id=number, choice="for")
    act("minh", "close", round_id=number)
    found = api("hoa").get(f"/rounds/{number}")[1]
    assert found["result"]["counts"] == {"for": 2, "against": 0, "other": 1}
    assert found["register"] is None
    by_name = {each["person"]["id"]: each["answer"]["choice"] for each in api("hung").get(f"/rounds/{number}")[1]["register"]}
    assert by_name[council.person("hoa")] == "other"
    act("hung", "decide", round_id=number, decision="approved", text="Đồng ý")
    assert api("hoa").get(f"/rounds/{number}")[1]["decision"] == "approved"
    status, body = api("khach").act("rounds.answer", round_id=number, choice="for")
    assert (status, body["code"]) == (404, "not_found")


def test_no_count_by_option_leaves_the_server_before_the_close(
    office: Office, council: Council, api: Api, client: Client
) -> None:
    number = office.sent()
    office.answer("hoa", number, "other", text="Bí mật của Hoa")
    office.answer("tuan", number, "against", text="Riêng của Tuấn")
    for who in ("minh", "hung", "van", "tuan"):
        found = api(who).get(f"/rounds/{number}")[1]
        assert found["result"] is None
        assert (found["asked"], found["answered"]) == (3, 2)
        assert all(each["answer"] is None for each in found["register"] or [])
        page = client(who).get(f"/rounds/{number}").get_data(as_text=True)
        assert "Bí mật của Hoa" not in page
    assert "Riêng của Tuấn" in client("tuan").get(f"/rounds/{number}").get_data(as_text=True)
    assert "Riêng của Tuấn" not in client("minh").get(f"/rounds/{number}").get_data(as_text=True)
    for path in ("synthesis.pdf", ".xlsx"):
        joined = f"/rounds/{number}{path}" if path.startswith(".") else f"/rounds/{number}/{path}"
        assert client("minh").get(joined).status_code == 409


def test_after_the_close_desk_chair_and_officer_read_names_members_the_result(office: Office, client: Client) -> None:
    number = office.closed({"hung": "for", "hoa": "for", "tuan": "other"})
    for who, names in (("minh", True), ("hung", True), ("van", False), ("hoa", False)):
        page = client(who).get(f"/rounds/{number}").get_data(as_text=True)
        assert "66,67%" in page
        assert ("Cần làm rõ" in page) is names
    for who in ("khach", "lan", "dung", "admin"):
        for path in (f"/rounds/{number}", f"/rounds/{number}/edit", f"/rounds/{number}/slip.pdf", f"/rounds/{number}.xlsx"):
            assert client(who).get(path).status_code == 404, (who, path)


def test_pages_of_each_stage_open_for_those_inside(office: Office, council: Council, do: Do, client: Client) -> None:
    draft = office.draft()
    assert client("minh").get(f"/rounds/{draft}").status_code == 200
    assert client("minh").get(f"/rounds/{draft}/edit").status_code == 200
    assert client("hung").get(f"/rounds/{draft}/edit").status_code == 403
    assert client("hoa").get(f"/rounds/{draft}").status_code == 404
    assert client("minh").get("/rounds/new?body=HĐND").status_code == 200
    assert client("hoa").get("/rounds/new").status_code == 404
    open_ = office.sent(signed_reply="optional")
    assert client("minh").get(f"/rounds/{open_}/edit").status_code == 409
    for who in ("minh", "hung", "hoa", "van"):
        for state in ("", "mine", "open", "closed", "over", "draft", "nonsense"):
            assert client(who).get(f"/rounds?state={state}").status_code == 200
        assert client(who).get(f"/rounds/{open_}").status_code == 200
    home = client("hoa").get("/").get_data(as_text=True)
    assert f"/rounds/{open_}" in home
    do("minh", "rounds.cancel", round_id=open_, reason="Đưa ra họp")
    assert "Đưa ra họp" in client("hoa").get(f"/rounds/{open_}").get_data(as_text=True)
    assert client("khach").get("/rounds").status_code == 200


def test_papers_are_read_by_those_asked_and_the_office_only(office: Office, council: Council, do: Do) -> None:
    number = office.draft(people=[council.person("hoa")])
    paper = office.file("minh")
    do("minh", "rounds.add_paper", round_id=number, file_id=paper)
    assert [who for who in ("minh", "hung", "hoa", "tuan", "van", "khach") if opens(council.actor(who), paper)] == [
        "minh",
        "hung",
    ]
    do("minh", "rounds.send", round_id=number)
    allowed = [who for who in ("minh", "hung", "hoa", "tuan", "van", "khach", "lan", "dung") if opens(council.actor(who), paper)]
    assert allowed == ["minh", "hung", "hoa", "van"]


def test_a_signed_reply_is_the_members_until_the_close(office: Office, council: Council, do: Do) -> None:
    number = office.sent(people=[council.person("hoa"), council.person("tuan")], signed_reply="optional")
    signed = office.file("hoa", "phieu.pdf")
    office.answer("hoa", number, file_id=signed)
    assert [who for who in ("hoa", "minh", "hung", "tuan") if opens(council.actor(who), signed)] == ["hoa"]
    office.answer("tuan", number)
    do("minh", "rounds.close", round_id=number)
    assert [who for who in ("hoa", "minh", "hung", "tuan", "van") if opens(council.actor(who), signed)] == ["hoa", "minh", "hung"]


def test_the_synthesis_lies_open_at_the_meeting_not_to_guests(office: Office, council: Council, do: Do, client: Client) -> None:
    number = office.closed(people=[council.person("hoa"), council.person("hung")], choices={"hoa": "for", "hung": "for"})
    do("hung", "rounds.decide", round_id=number, decision="approved")
    meeting = council.meeting("UBND")
    council.invite(meeting, "khach")
    item = do("minh", "rounds.report_to", round_id=number, to_meeting_id=meeting)["item_id"]
    run_waiting(1)
    synthesis = office.row(number).synthesis_id
    assert synthesis is not None
    council.update(File, synthesis, state="ready", page_count=1, pages_done=1)
    allowed = [who for who in ("hoa", "tuan", "minh", "khach", "lan", "admin") if opens(council.actor(who), synthesis)]
    assert allowed == ["hoa", "tuan", "minh"]
    page = client("tuan").get(f"/meetings/{meeting}").get_data(as_text=True)
    assert f"/documents/{synthesis}" in page
    assert f"/rounds/{number}" not in page  # Tuấn was not asked
    assert f"/documents/{synthesis}" not in client("khach").get(f"/meetings/{meeting}").get_data(as_text=True)
    assert council.one(select(Participant.id).where(Participant.meeting_id == meeting)) is not None
    assert office.row(number).reported_item_id == item


def cells(content: bytes) -> dict[str, list[list[Any]]]:
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(io.BytesIO(content))}


def test_the_workbook_adds_up_and_names_nobody_to_members(office: Office, client: Client) -> None:
    number = office.closed({"hung": "for", "hoa": "other", "tuan": "against"})
    found = cells(client("minh").get(f"/rounds/{number}.xlsx").data)
    assert list(found) == ["Kết quả", "Theo đơn vị", "Theo ngày", "Từng thành viên"]
    assert [line[1] for line in found["Kết quả"][1:]] == [1, 1, 1, 0]
    assert found["Theo ngày"][1] == ["23/11/2026", 3, 3, 1, 1, 1]
    assert {line[1]: line[4] for line in found["Từng thành viên"][1:]}["Lê Anh Tuấn"] == "Không tán thành"
    assert list(cells(client("hoa").get(f"/rounds/{number}.xlsx").data)) == ["Kết quả", "Theo đơn vị", "Theo ngày"]


def words(sheet: Any) -> str:
    return str([sheet["title"], sheet["blocks"]])


def test_printed_papers(office: Office, council: Council, do: Do, client: Client) -> None:
    number = office.sent()
    do("minh", "rounds.extend", round_id=number, due_at=office.due(4).isoformat(), reason="Chờ thẩm tra")
    for who, query in (("minh", ""), ("minh", f"?person={council.person('tuan')}"), ("hoa", "")):
        got = client(who).get(f"/rounds/{number}/slip.pdf{query}")
        assert (got.status_code, got.data[:5]) == (200, b"%PDF-")
    assert client("minh").get(f"/rounds/{number}/slip.pdf?person={council.person('lan')}").status_code == 404
    for who, choice in (("hung", "for"), ("hoa", "for"), ("tuan", "against")):
        office.answer(who, number, choice, text=f"Ý của {who}")
    do("minh", "rounds.close", round_id=number)
    do("hung", "rounds.decide", round_id=number, decision="approved", text="Giao Phòng Kinh tế")
    for who in ("minh", "hoa"):
        assert client(who).get(f"/rounds/{number}/synthesis.pdf").data[:5] == b"%PDF-"
    with reading() as session:
        row = session.get_one(type(office.row(number)), number)
        named, bare = words(sheets.synthesis(row, named=True)), words(sheets.synthesis(row))
        slip = words(sheets.slip(row, row.members[0].person))
    assert "Chờ thẩm tra" in bare
    assert "66,67%" in bare
    assert "2 tán thành trên tổng số thành viên (3), cần 2: đủ số tán thành." in bare
    assert "Giao Phòng Kinh tế" in bare
    assert "Lê Anh Tuấn" not in bare
    assert "Lê Anh Tuấn" in named
    assert "Ý của tuan" in bare
    assert "Tán thành" in slip
    assert "Không tán thành" in slip


def test_home_tells_each_what_waits(office: Office, council: Council, do: Do, client: Client, at: Any) -> None:
    number = office.closed()
    assert f"/rounds/{number}" in client("hung").get("/").get_data(as_text=True)
    assert f"/rounds/{number}" not in client("hoa").get("/").get_data(as_text=True)
    do("hung", "rounds.decide", round_id=number, decision="to_session")
    assert f"/rounds/{number}" in client("minh").get("/").get_data(as_text=True)
    with reading() as session:
        waits = {who: queries.how_many_wait(session, council.actor(who)) for who in ("hoa", "hung", "minh", "khach")}
    assert waits == {"hoa": 0, "hung": 0, "minh": 0, "khach": 0}
    office.closed()
    late = office.sent(due_at=(MORNING + timedelta(hours=1)).isoformat())
    with reading() as session:
        waits = {who: queries.how_many_wait(session, council.actor(who)) for who in ("hoa", "hung", "minh", "khach")}
    assert waits == {"hoa": 1, "hung": 2, "minh": 0, "khach": 0}
    at(MORNING + timedelta(hours=2))
    assert f"/rounds/{late}" not in client("hoa").get("/").get_data(as_text=True)  # too late to answer


def test_the_minutes_of_the_next_meeting_tell_what_was_decided_in_writing(office: Office, council: Council, do: Do) -> None:
    number = office.closed({"hung": "for", "hoa": "for", "tuan": "other"})
    do("hung", "rounds.decide", round_id=number, decision="approved")
    meeting = council.meeting("UBND", items=1)
    item = do("minh", "rounds.report_to", round_id=number, to_meeting_id=meeting)["item_id"]
    with reading() as session:
        assert minuting.told_of(session, session.get_one(Meeting, meeting)) == []
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=meeting)
    do("hung", "live.open", meeting_id=meeting)
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=item)
    with reading() as session:
        course = course_of(session, session.get_one(Meeting, meeting))
        notes = {matter.item_id: [note.text for note in matter.notes] for matter in course.matters}
    assert notes[item] == [
        "báo cáo kết quả lấy ý kiến bằng văn bản về “Điều chỉnh dự toán sửa chữa hố ga ngõ 91”: 3/3 người cho ý kiến, "
        "2 tán thành, 1 ý kiến khác; Chủ tịch đã quyết định: thông qua bằng lấy ý kiến văn bản"
    ]


def test_what_is_found_of_the_signature_is_told_to_the_office_before_the_close_and_never_made_up(
    office: Office, council: Council, client: Client
) -> None:
    number = office.sent(signed_reply="required")
    for who, content in (("hoa", signed()), ("tuan", tampered(signed())), ("hung", paper(1))):
        office.answer(who, number, file_id=made.bring(council.actor(who), content, "phieu.pdf"))
    before = client("minh").get(f"/rounds/{number}").get_data(as_text=True)
    assert before.count(vi("The signature is being looked at")) == 3
    run_waiting()
    page = client("minh").get(f"/rounds/{number}").get_data(as_text=True)
    assert vi("The signature is being looked at") not in page
    assert page.count(vi("Valid when signed")) == 1
    assert page.count(vi("The content was changed after the signature")) == 1
    assert page.count(vi("The file bears no digital signature")) == 1
    assert "/documents/" not in page  # the file itself says what was answered
