"""A notice signed, numbered and sealed through the doors; brought back; refused; and no secret anywhere."""

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from meeting import config, database
from meeting.conclusions import sealing, sealing_work
from meeting.conclusions.sealing_jobs import lay_out
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.signing import keeping, verify
from meeting.signing.models import SigningKey
from tests.signing.conftest import Office
from tests.signing.papers import BODY_SECRET, SECRET, body_file, key_file


def _sealed(office: Office, do: Any, minh_key: int, ubnd_key: int) -> int:
    notice_id = office.laid_out().id
    assert office.post("minh", f"/notices/{notice_id}/sign", key_id=minh_key, secret=SECRET)[0] == 200
    do("van", "conclusions.number", notice_id=notice_id)
    assert office.post("van", f"/notices/{notice_id}/seal", key_id=ubnd_key, secret=BODY_SECRET)[0] == 200
    return notice_id


def test_a_notice_is_signed_numbered_sealed_and_issued(office: Office, do: Any, minh_key: int, ubnd_key: int) -> None:
    document = office.laid_out()
    assert document.laid_out_id
    assert len(document.text_digest) == 64
    assert len(document.verify_code) == 16
    status, said = office.post("minh", f"/notices/{document.id}/sign", key_id=minh_key, secret=SECRET)
    assert (status, said["warnings"]) == (200, [])
    document = office.document(document.id)
    assert (document.state, document.sealing, document.locked_at) == ("signed", "key", None)
    number = do("van", "conclusions.number", notice_id=document.id)
    with pytest.raises(Refused) as refused:
        do("van", "conclusions.issue", notice_id=document.id)
    assert refused.value.code == "seal_missing"
    status, said = office.post("van", f"/notices/{document.id}/seal", key_id=ubnd_key, secret=BODY_SECRET)
    assert status == 200, said
    do("van", "conclusions.issue", notice_id=document.id)
    document = office.document(document.id)
    assert document.state == "issued"
    assert document.document_id == document.signed_file_id
    found, filled = verify.signatures_of(office.bytes_of(document.document_id))
    assert [(each["field"], each["sound"], each["level"]) for each in found] == [
        ("signature", True, "FORM_FILLING"),
        ("seal", True, "NONE"),
    ]
    assert filled["number"] == f"{number['number']:02d}"
    assert (filled["day"], filled["month"], filled["year"]) == ("24", "11", "2026")
    (locked,) = office.desk.told("conclusions.notice_locked")
    assert [each["name"] for each in locked["certificates"]] == [
        "Tạ Quang Minh (THỬ NGHIỆM)",
        "ỦY BAN NHÂN DÂN PHƯỜNG GIANG BIÊN (THỬ NGHIỆM)",
    ]


def test_no_secret_is_kept_anywhere(
    office: Office, do: Any, minh_key: int, ubnd_key: int, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _sealed(office, do, minh_key, ubnd_key)
    office.post("van", f"/notices/{office.desk.notice().id}/seal", key_id=ubnd_key, secret=BODY_SECRET, request_id="once")
    database.database().empty_log()
    held = b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())
    with database.reading() as session:
        journal = "".join(str(row) for row in session.execute(select(Entry.facts)))
        tables = [name for (name,) in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        rows = "".join(str(row) for name in tables for row in session.execute(text(f'SELECT * FROM "{name}"')))
    for secret in (SECRET, BODY_SECRET):
        assert secret not in journal
        assert secret not in rows
        assert secret not in caplog.text
        assert secret.encode() not in held


def test_the_key_file_lies_locked_and_readable_by_the_server_only(office: Office, minh_key: int, council: Any) -> None:
    key = council.one(select(SigningKey).where(SigningKey.id == minh_key))
    path = keeping.folder() / key.file
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == key_file()
    assert "THỬ NGHIỆM" in key.subject
    assert key.valid_until > key.valid_from


@pytest.mark.parametrize(
    ("who", "body", "secret", "code"),
    [
        ("minh", "", "sai", "key_secret_wrong"),
        ("hoa", "UBND", BODY_SECRET, "not_found"),
        ("van", "Đảng ủy", BODY_SECRET, "not_found"),
    ],
)
def test_who_may_add_which_key(office: Office, who: str, body: str, secret: str, code: str) -> None:
    status, said = office.add_key(who, body_file(), secret, body)
    assert (status >= 400, said["code"]) == (True, code)
    assert not list(keeping.folder().glob("*")), "no file of a refused key is left"


def test_the_same_key_is_added_once_and_put_away(office: Office, minh_key: int, do: Any, council: Any) -> None:
    assert office.add_key("minh", key_file(), SECRET)[1]["code"] == "key_known"
    key = council.one(select(SigningKey).where(SigningKey.id == minh_key))
    for stranger, code in (("hoa", "not_found"), ("van", "not_found")):
        with pytest.raises(Refused) as refused:
            do(stranger, "signing.retire_key", key_id=minh_key)
        assert refused.value.code == code
    do("minh", "signing.retire_key", key_id=minh_key)
    do("minh", "signing.retire_key", key_id=minh_key)
    assert not (keeping.folder() / key.file).exists()
    notice_id = office.laid_out().id
    said = office.post("minh", f"/notices/{notice_id}/sign", key_id=minh_key, secret=SECRET)[1]
    assert said["code"] == "key_retired"


def test_keys_are_listed_without_files_and_secrets(office: Office, minh_key: int, ubnd_key: int) -> None:
    status, said = office.api("van").get("/signing/keys")
    assert status == 200
    assert [each["id"] for each in said["data"]] == [ubnd_key]
    assert office.api("hoa").get("/signing/keys")[1]["data"] == []
    status, said = office.api("minh").get("/signing/keys")
    assert {each["id"] for each in said["data"]} == {minh_key, ubnd_key}
    assert "file" not in said["data"][0]


def test_who_may_sign_and_with_what(office: Office, minh_key: int, ubnd_key: int, do: Any) -> None:
    document = office.laid_out()
    door = f"/notices/{document.id}/sign"
    assert office.post("hung", door, key_id=minh_key, secret=SECRET)[1]["code"] == "signed_by_chief"
    assert office.post("khach", door, key_id=minh_key, secret=SECRET)[1]["code"] == "not_found"
    assert office.post("minh", door, key_id=ubnd_key, secret=BODY_SECRET)[1]["code"] == "not_found", "a body's key is no person's"
    assert office.post("minh", door, key_id=minh_key, secret="sai")[1]["code"] == "key_secret_wrong"
    assert office.document(document.id).state == "approved"
    other = office.add_key("minh", key_file("Người Khác"), SECRET)[1]["key_id"]
    status, said = office.post("minh", door, key_id=other, secret=SECRET)
    assert status == 200
    assert "Người Khác" in said["warnings"][0]
    assert office.post("minh", door, key_id=minh_key, secret=SECRET)[1]["code"] == "notice_not_approved"


def test_who_may_seal_and_when(office: Office, minh_key: int, ubnd_key: int, do: Any) -> None:
    document = office.laid_out()
    door = f"/notices/{document.id}/seal"
    said = office.post("van", door, key_id=ubnd_key, secret=BODY_SECRET)[1]
    assert said["code"] == "seal_not_wanted"
    office.post("minh", f"/notices/{document.id}/sign", key_id=minh_key, secret=SECRET)
    assert office.post("van", door, key_id=ubnd_key, secret=BODY_SECRET)[1]["code"] == "seal_unnumbered"
    do("van", "conclusions.number", notice_id=document.id)
    assert office.post("hung", door, key_id=ubnd_key, secret=BODY_SECRET)[1]["code"] == "forbidden"
    assert office.post("minh", door, key_id=minh_key, secret=SECRET)[1]["code"] == "not_found", "a person's key is no body's"
    assert office.post("van", door, key_id=ubnd_key, secret=BODY_SECRET)[0] == 200
    assert office.post("van", door, key_id=ubnd_key, secret=BODY_SECRET)[1]["code"] == "seal_done"


def test_tickets_cannot_be_made_up(office: Office, do: Any, minh_key: int) -> None:
    document = office.laid_out()
    for act in ("conclusions.sign", "conclusions.bring_back"):
        with pytest.raises(Refused) as refused:
            do("minh", act, notice_id=document.id, ticket="0" * 32)
        assert refused.value.code == "seal_ticket_unknown"
    assert office.document(document.id).state == "approved"


def test_a_stranger_does_not_learn_of_a_draft_by_bringing_a_file_back(office: Office, do: Any) -> None:
    document = office.laid_out()
    codes = []
    for notice_id in (document.id, 999):
        with pytest.raises(Refused) as refused:
            do("khach", "conclusions.bring_back", notice_id=notice_id, ticket="0" * 32)
        codes.append(refused.value.code)
    assert codes == ["not_found", "not_found"]


def test_what_was_signed_of_an_earlier_text_is_not_put_on_the_next(office: Office, do: Any, council: Any) -> None:
    """The chair sends it back and approves another text while the signing process is at work."""
    document = office.laid_out()
    account = council.actor("minh").account_id
    facts = (account, "sign", "key", document.laid_out_id, {}, document.laid_out_id)
    ticket = sealing.prove(sealing.Proven("notice", document.id, *facts))
    do("hung", "conclusions.send_back", notice_id=document.id, reason="Sửa câu 2")
    do("minh", "conclusions.word", notice_id=document.id, closing="Yêu cầu các đơn vị khẩn trương thực hiện./.")
    do("hung", "conclusions.approve", notice_id=document.id)
    lay_out(document.id, office.document(document.id).approved_at.isoformat())
    assert office.document(document.id).laid_out_id not in (None, document.laid_out_id)

    for act in ("conclusions.sign", "conclusions.bring_back"):
        with pytest.raises(Refused) as refused:
            do("minh", act, notice_id=document.id, ticket=ticket)
        assert refused.value.code == "seal_ticket_unknown"


def test_guessing_ends_soon(office: Office, minh_key: int) -> None:
    document = office.laid_out()
    codes = [
        office.post("minh", f"/notices/{document.id}/sign", key_id=minh_key, secret=f"thử {turn}")[1]["code"]
        for turn in range(11)
    ]
    assert codes[0] == "key_secret_wrong"
    assert codes[-1] == "too_many"


class Killed(BaseException):
    """The process dies here."""


def test_a_kill_between_the_steps_loses_nothing(
    office: Office, do: Any, minh_key: int, ubnd_key: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the file is kept and before the act: the door is asked again, the number stays with its document."""
    document = office.laid_out()
    office.post("minh", f"/notices/{document.id}/sign", key_id=minh_key, secret=SECRET)
    number = do("van", "conclusions.number", notice_id=document.id)["number"]

    def dies(*_: Any, **__: Any) -> Any:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(sealing_work, "perform", dies)
        with pytest.raises(Killed):
            office.post("van", f"/notices/{document.id}/seal", key_id=ubnd_key, secret=BODY_SECRET)
    held = office.document(document.id)
    assert (held.state, held.locked_at, held.number.number) == ("numbered", None, number)
    assert office.post("van", f"/notices/{document.id}/seal", key_id=ubnd_key, secret=BODY_SECRET)[0] == 200
    assert office.document(document.id).number.number == number
    assert not list((config.settings().storage / "tmp" / "signing").glob("*")), "no half-made file is left"


def test_a_text_sent_back_loses_its_layout(office: Office, do: Any, minh_key: int) -> None:
    document = office.laid_out()
    before = document.approved_at.isoformat()
    office.post("minh", f"/notices/{document.id}/sign", key_id=minh_key, secret=SECRET)
    do("hung", "conclusions.send_back", notice_id=document.id, reason="Sửa câu 2")
    held = office.document(document.id)
    assert (held.state, held.laid_out_id, held.signed_file_id, held.sealing) == ("draft", None, None, "")
    lay_out(document.id, before)
    assert office.document(document.id).laid_out_id is None, "a late layout of the old text is not kept"


def _brought(office: Office, who: str, notice_id: int, content: bytes) -> tuple[int, Any]:
    return office.post(who, f"/notices/{notice_id}/bring-back", {"file": (io.BytesIO(content), "da-ky.pdf")})


def test_signed_outside_and_brought_back_before_and_after_the_number(
    office: Office, do: Any, minh_key: int, ubnd_key: int
) -> None:
    """What the outside tool would make is made here by our own signing code, outside of the doors."""
    from tests.signing.papers import outside_seal, outside_sign

    document = office.laid_out()
    laid_out = office.bytes_of(document.laid_out_id)
    assert _brought(office, "van", document.id, laid_out)[1]["code"] == "back_not_signed"
    signed = outside_sign(laid_out)
    broken = bytearray(signed)
    broken[len(laid_out) // 3] ^= 1
    assert _brought(office, "van", document.id, bytes(broken))[0] >= 400
    assert _brought(office, "hoa", document.id, signed)[1]["code"] == "not_found"
    status, said = _brought(office, "van", document.id, signed)
    assert status == 200, said
    held = office.document(document.id)
    assert (held.state, held.sealing, held.signed_by_id) == ("signed", "outside", office.council.person("minh"))
    given = do("van", "conclusions.number", notice_id=document.id)
    day = {"day": "24", "month": "11", "year": "2026"}
    for values, code in (
        ({"number": f"{given['number'] + 1:02d}", **day}, "back_other_number"),
        ({"number": f"{given['number']:02d}", **day, "day": "25"}, "back_other_date"),
    ):
        assert _brought(office, "van", document.id, outside_seal(signed, values))[1]["code"] == code
    assert _brought(office, "van", document.id, signed)[1]["code"] in ("back_one_signature", "back_unnumbered")
    sealed = outside_seal(signed, {"number": f"{given['number']:02d}", **day})
    status, said = _brought(office, "van", document.id, sealed)
    assert status == 200, said
    held = office.document(document.id)
    assert held.locked_at
    assert office.bytes_of(held.document_id) == sealed
    assert [facts["step"] for facts in office.desk.told("conclusions.notice_brought_back")] == ["sign", "lock"]


def test_only_the_signer_brings_back_a_file_with_another_name_in_its_certificate(office: Office, do: Any) -> None:
    from tests.signing.papers import outside_sign

    document = office.laid_out()
    signed = outside_sign(office.bytes_of(document.laid_out_id), "Lê Văn Khác")

    assert _brought(office, "van", document.id, signed)[1]["code"] == "back_other_signer"
    assert office.document(document.id).state == "approved"
    status, said = _brought(office, "minh", document.id, signed)
    assert (status, bool(said["warnings"])) == (200, True)


def test_another_document_is_not_taken_back(office: Office) -> None:
    from tests.signing.papers import signed_and_sealed

    document = office.laid_out()
    said = _brought(office, "van", document.id, signed_and_sealed()[1])[1]
    assert said["code"] in ("back_other_paper", "back_other_text")
    assert _brought(office, "van", document.id, b"hello")[1]["code"] == "back_not_pdf"
    assert office.post("van", f"/notices/{document.id}/bring-back", {})[1]["code"] == "no_file"
