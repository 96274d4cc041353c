"""The page of genuineness: what anybody learns by a code, and what nobody does."""

import io
import re
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from meeting import config, database, jobs
from meeting.agenda.models import Meeting
from meeting.conclusions import genuine
from meeting.conclusions.models import Instrument
from meeting.conclusions.sealing import grouped, new_code, plain_code
from tests.signing.conftest import Office
from tests.signing.papers import BODY_SECRET, SECRET


@pytest.fixture
def issued(office: Office, do: Any, minh_key: int, ubnd_key: int) -> Instrument:
    """A notice that was signed, sealed and issued."""
    notice_id = office.laid_out().id
    office.post("minh", f"/notices/{notice_id}/sign", key_id=minh_key, secret=SECRET)
    do("van", "conclusions.number", notice_id=notice_id)
    office.post("van", f"/notices/{notice_id}/seal", key_id=ubnd_key, secret=BODY_SECRET)
    do("van", "conclusions.issue", notice_id=notice_id)
    return office.document(notice_id)


def _change(statement: Any) -> None:
    with Session(database.database().writing) as session:
        session.execute(statement)
        session.commit()


def _page(client: Any, path: str) -> tuple[int, str]:
    heard = client("").get(path)
    return heard.status_code, heard.get_data(as_text=True)


def test_a_code_is_eighty_bits_in_groups_of_four() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"[A-Z2-7]{16}", code) for code in codes)
    code = codes.pop()
    assert plain_code(f" {grouped(code).lower()} ") == code
    assert len(grouped(code)) == 19


def test_anybody_learns_what_an_issued_document_is(client: Any, issued: Instrument) -> None:
    status, page = _page(client, f"/xac-thuc/{grouped(issued.verify_code)}")
    assert status == 200
    assert issued.number.symbol in page
    assert "Tạ Quang Minh" in page
    assert "Kết luận của Chủ tịch UBND" in page
    assert "verdict-agree" in page


def test_a_code_that_leads_nowhere_gets_one_answer(client: Any, office: Office, do: Any) -> None:
    draft = office.laid_out()
    one = _page(client, f"/xac-thuc/{grouped(draft.verify_code)}")
    other = _page(client, "/xac-thuc/AAAA-BBBB-CCCC-DDDD")
    assert one[0] == other[0] == 404
    assert one[1].replace(grouped(draft.verify_code), "x").count("\n") == other[1].replace("AAAA-BBBB-CCCC-DDDD", "x").count("\n")
    assert "Kết luận" not in one[1].replace("Kết luận cuộc họp", "")


def test_programs_learn_the_same(api: Any, issued: Instrument) -> None:
    status, said = api("hoa").get(f"/genuine/{issued.verify_code.lower()}")
    assert (status, said["symbol"], said["standing"], said["digital"]) == (200, issued.number.symbol, "in_force", True)
    assert api("hoa").get("/genuine/AAAABBBBCCCCDDDD")[0] == 404
    status, said = api("van").get(f"/notices/{issued.id}/signing")
    assert (status, said["sealing"], said["step"], said["verify_code"]) == (200, "key", None, grouped(issued.verify_code))
    assert said["locked_at"]
    assert api("khach").get(f"/notices/{issued.id}/signing")[0] == 404


def test_the_certificates_in_the_file_are_named_and_its_own_pages_are_shown(client: Any, api: Any, issued: Instrument) -> None:
    drawn = api("hoa").get(f"/notices/{issued.id}/pages")[1]
    jobs.run_waiting()

    status, said = api("hoa").get(f"/genuine/{issued.verify_code}")
    assert status == 200
    assert len(said["certificates"]) == 2
    assert all("THỬ NGHIỆM" in each["name"] and "THỬ NGHIỆM" in each["issuer"] for each in said["certificates"])
    assert "THỬ NGHIỆM" in _page(client, f"/xac-thuc/{issued.verify_code}")[1]
    shown = api("hoa").get(f"/notices/{issued.id}/pages")[1]
    assert (shown["digest"], shown["places"]) == (said["sha256"], [])
    assert drawn["digest"] != shown["digest"]
    heard = api("hoa").client.get(shown["pages"][0], headers=api("hoa").headers)
    assert (heard.status_code, heard.mimetype.split("/")[0]) == (200, "image")


def test_a_closed_meeting_tells_no_more_than_symbol_and_date(client: Any, issued: Instrument) -> None:
    _change(update(Meeting).where(Meeting.id == issued.meeting_id).values(closed=True))
    status, page = _page(client, f"/xac-thuc/{issued.verify_code}")
    assert status == 200
    assert issued.number.symbol in page
    assert "Tạ Quang Minh" not in page
    assert "Kết luận của Chủ tịch" not in page


def test_a_withdrawn_document_says_so(client: Any, issued: Instrument) -> None:
    _change(update(Instrument).where(Instrument.id == issued.id).values(withdrawn_at=issued.issued_at))
    page = _page(client, f"/xac-thuc/{issued.verify_code}")[1]
    assert "verdict-oppose" in page
    assert "verdict-agree" not in page


def test_a_file_is_compared_and_not_kept(client: Any, issued: Instrument, office: Office) -> None:
    content = office.bytes_of(issued.document_id)
    browser, door = client(""), f"/xac-thuc/{grouped(issued.verify_code)}"
    page = browser.get(door).get_data(as_text=True)
    assert f'data-compare="{sha256(content).hexdigest()}"' in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    before = sorted(path.name for path in config.settings().storage.rglob("*"))

    def compared(sent: bytes) -> str:
        data = {"csrf_token": token[1], "file": (io.BytesIO(sent), "x.pdf")}
        return browser.post(door, data=data).get_data(as_text=True)

    assert "note-agree" in compared(content)
    assert "note-oppose" in compared(content + b" ")
    assert sorted(path.name for path in config.settings().storage.rglob("*")) == before


def test_codes_cannot_be_tried_by_the_thousand(client: Any, office: Office) -> None:
    browser = client("")
    seen = [browser.get(f"/xac-thuc/{new_code()}").status_code for _ in range(61)]
    assert seen[0] == 404
    assert seen[-1] == 429


def test_the_paper_bears_a_code_with_or_without_a_public_address(issued: Instrument, monkeypatch: pytest.MonkeyPatch) -> None:
    assert genuine.proof_of(issued)["qr"] == ""
    assert grouped(issued.verify_code) in genuine.proof_of(issued)["verify"][0]
    from dataclasses import replace

    config.use(replace(config.settings(), public_url="https://hop.example.vn"))
    said = genuine.proof_of(issued)
    assert said["qr"].startswith("<svg")
    assert said["verify"][1] == "hop.example.vn/xac-thuc"
