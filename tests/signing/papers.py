"""Papers and practice keys for these tests."""

from functools import cache
from pathlib import Path
from typing import Any

from meeting.documents import slots
from meeting.documents.typeset import Sheet, typeset
from meeting.signing import practice, running

SECRET = "mật-khẩu của Lan 8#"
BODY_SECRET = "con-dấu-2026"


def sheet(text: str = "Giao Phòng Kinh tế chủ trì.", lines: int = 25) -> Sheet:
    """A notice that is laid out with open places."""
    return Sheet(
        style="state",
        body=["ỦY BAN NHÂN DÂN", "PHƯỜNG GIANG BIÊN"],
        symbol="TB-UBND",
        title="THÔNG BÁO",
        abstract=["Kết luận phiên họp tháng 11"],
        open=True,
        place="Giang Biên",
        opening=["Ngày 20 tháng 11 năm 2026, Ủy ban nhân dân phường họp."],
        blocks=[{"kind": "p", "text": text}] * lines,
        closing=["Thông báo để các đơn vị biết, thực hiện./."],
        recipients=["Lưu: VT."],
        signature={"lines": ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], "name": "Tạ Quang Minh"},
    )


@cache
def plain(text: str = "Giao Phòng Kinh tế chủ trì.", lines: int = 25) -> tuple[bytes, tuple[dict[str, Any], ...]]:
    """The paper as it is set, and its open places."""
    words = sheet(text, lines)
    return typeset("notice", words), tuple(each.told() for each in slots.found("notice", words))


@cache
def authority() -> practice.Authority:
    """The one practice authority of the tests."""
    return practice.authority()


@cache
def key_file(name: str = "Tạ Quang Minh", secret: str = SECRET, organisation: str = "UBND phường Giang Biên") -> bytes:
    """A PKCS#12 file."""
    return practice.pkcs12_file(authority(), name, organisation, secret)


@cache
def signed_and_sealed() -> tuple[bytes, bytes, bytes]:
    """The laid-out paper, the same signed, the same numbered and sealed: made once by the signing process' own code."""
    from meeting.signing import fields, opening, sign

    pdf, places = plain()
    laid_out = fields.with_fields(pdf, places, sealed=True)
    one = sign.sign(laid_out, _signer(opening, key_file(), SECRET), "signature", ["Ký bởi: Tạ Quang Minh"])
    values = {"number": "07", "day": "23", "month": "11", "year": "2026"}
    two = sign.seal(one, _signer(opening, body_file(), BODY_SECRET), values, ["Cơ quan: UBND phường Giang Biên"])
    return laid_out, one, two


def body_file() -> bytes:
    """The body's PKCS#12 file."""
    return key_file("ỦY BAN NHÂN DÂN PHƯỜNG GIANG BIÊN", BODY_SECRET)


def _signer(opening: Any, content: bytes, secret: str) -> Any:
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        with opening.opened({"kind": "pkcs12", "path": file.name}, secret) as signer:
            return signer


def work(folder: Path, verb: str, **wanted: Any) -> tuple[dict[str, Any], bytes]:
    """One piece of work by the real process; what it told and what it made."""
    for name in ("source", "laid_out"):
        if isinstance(wanted.get(name), bytes):
            path = folder / f"{name}.pdf"
            path.write_bytes(wanted[name])
            wanted[name] = str(path)
    with running.workbench() as target:
        told = running.work(verb, target, wanted)
        return told, target.read_bytes() if target.exists() else b""


def outside_sign(laid_out: bytes, name: str = "Tạ Quang Minh") -> bytes:
    """The laid-out paper signed by the leader, or by whoever the certificate names, with another tool."""
    from meeting.signing import opening, sign

    return sign.sign(laid_out, _signer(opening, key_file(name), SECRET), "signature", [f"Ký bởi: {name}"])


def outside_seal(signed: bytes, values: dict[str, str]) -> bytes:
    """The signed paper numbered and sealed with another tool."""
    from meeting.signing import opening, sign

    return sign.seal(signed, _signer(opening, body_file(), BODY_SECRET), values, ["Cơ quan"])
