"""The signing process: keys from files and tokens, checks of files that were brought back."""

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from meeting import config
from meeting.errors import Refused
from meeting.signing import fields, practice, rules
from tests.signing.papers import SECRET, authority, body_file, key_file, plain, sheet, signed_and_sealed, work

SOFTHSM = next((path for path in ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/libsofthsm2.so") if Path(path).exists()), "")


def _key(folder: Path, content: bytes | None = None) -> dict[str, str]:
    path = folder / "key.p12"
    path.write_bytes(content if content is not None else key_file())
    return {"kind": "pkcs12", "path": str(path)}


def _opened(folder: Path, key: dict[str, Any], secret: str = SECRET) -> dict[str, Any]:
    return work(folder, "open_key", key=key, secret=secret)[0]


def _laid_out(folder: Path) -> bytes:
    return work(folder, "set_out", layout="notice", sheet=sheet(), sealed=True)[1]


def _sign(folder: Path, source: bytes, key: dict[str, Any], secret: str = SECRET, **more: Any) -> tuple[dict[str, Any], bytes]:
    told = _opened(folder, key, secret)
    wanted = {"field": "signature", "shown": ["Ký bởi: Tạ Quang Minh"], "fingerprint": told["fingerprint"], **more}
    return work(folder, "sign", source=source, key=key, secret=secret, **wanted)


def test_a_key_file_is_opened_with_its_passphrase_and_tells_of_itself(store: Path, tmp_path: Path) -> None:
    told = _opened(tmp_path, _key(tmp_path))
    assert told["subject"] == "Tạ Quang Minh (THỬ NGHIỆM)"
    assert told["practice"]
    assert "THỬ NGHIỆM" in told["issuer"]
    assert len(told["fingerprint"]) == 64


@pytest.mark.parametrize(
    ("content", "secret", "code"),
    [
        (None, "sai", "key_secret_wrong"),
        (None, "", "key_secret_wrong"),
        (b"this is no key", SECRET, "key_file_unreadable"),
        (b"", SECRET, "key_file_unreadable"),
    ],
)
def test_what_is_no_key_is_refused(store: Path, tmp_path: Path, content: bytes | None, secret: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _opened(tmp_path, _key(tmp_path, content), secret)
    assert refused.value.code == code


@pytest.mark.parametrize(("begins", "ends", "code"), [(-90, -1, "key_expired"), (1, 90, "key_not_yet")])
def test_nobody_signs_with_a_certificate_out_of_force(store: Path, tmp_path: Path, begins: int, ends: int, code: str) -> None:
    now = datetime.now(UTC)
    span = (now + timedelta(days=begins), now + timedelta(days=ends))
    key = _key(tmp_path, practice.pkcs12_file(authority(), "Tạ Quang Minh", "UBND", SECRET, *span))
    with pytest.raises(Refused) as refused:
        _sign(tmp_path, signed_and_sealed()[0], key)
    assert refused.value.code == code


def test_the_process_signs_numbers_and_seals(store: Path, tmp_path: Path) -> None:
    told, one = _sign(tmp_path, _laid_out(tmp_path), _key(tmp_path))
    assert [each["sound"] for each in told["signatures"]] == [True]
    values = {"number": "12", **rules.date_parts(date(2026, 2, 5))}
    told, two = _sign(tmp_path, one, _key(tmp_path, body_file()), "con-dấu-2026", field="seal", values=values)
    assert [(each["field"], each["sound"], each["level"]) for each in told["signatures"]] == [
        ("signature", True, "FORM_FILLING"),
        ("seal", True, "NONE"),
    ]
    assert told["filled"] == {"number": "12", "day": "05", "month": "02", "year": "2026"}
    assert two.startswith(one), "what was signed first stays as it was, byte for byte"
    with pytest.raises(Refused) as refused:
        _sign(tmp_path, two, _key(tmp_path))
    assert refused.value.code == "place_taken"


def _check(folder: Path, brought: bytes) -> dict[str, Any]:
    return work(folder, "check", source=brought, laid_out=signed_and_sealed()[0])[0]


@pytest.mark.parametrize("which", [1, 2])
def test_a_file_brought_back_is_the_same_paper(store: Path, tmp_path: Path, which: int) -> None:
    told = _check(tmp_path, signed_and_sealed()[which])
    assert all(each["sound"] for each in told["signatures"])
    assert len(told["signatures"]) == which
    assert told["filled"].get("number") == (None, "07")[which - 1]


def _other(text: str, lines: int = 25) -> bytes:
    pdf, places = plain(text, lines)
    return fields.with_fields(pdf, places, sealed=True)


def _painted(color: tuple[float, float, float]) -> bytes:
    """The paper with a box painted over its text: the words are the same, the page is not."""
    document = pymupdf.open(stream=plain()[0], filetype="pdf")
    document[0].draw_rect(pymupdf.Rect(90, 300, 400, 320), color=color, fill=color)
    return document.tobytes()


def _annotated() -> bytes:
    document = pymupdf.open(stream=plain()[0], filetype="pdf")
    document[0].add_freetext_annot(pymupdf.Rect(90, 300, 400, 330), "Giao Phòng Văn hóa")
    return document.tobytes()


def _running() -> bytes:
    """The same paper with a script in it."""
    document = pymupdf.open(stream=plain()[0], filetype="pdf")
    document.xref_set_key(document.pdf_catalog(), "OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>")
    return document.tobytes()


def _hidden() -> bytes:
    """The paper with the picture of a signature over its text."""
    pdf, places = plain()
    lines = [{"name": "signature", "page": 1, "x": 90, "y": 300, "width": 300, "height": 40}]
    return fields.with_fields(pdf, [*(each for each in places if each["name"] != "signature"), *lines], sealed=False)


def _stamped(text: str = "15") -> bytes:
    """As a signing tool writes the number: printed in the open place, the file saved anew."""
    pdf, places = plain()
    document = pymupdf.open(stream=pdf, filetype="pdf")
    for slot in places:
        said = {"number": text, "day": "23", "month": "11", "year": "2026"}.get(slot["name"])
        if said:
            document[slot["page"] - 1].insert_text((slot["x"] + 3, slot["y"] + slot["height"] - 4), said, fontsize=12)
    return document.tobytes(garbage=4, deflate=True)


@pytest.mark.parametrize(
    ("brought", "code"),
    [
        (lambda: _other("Giao Phòng Văn hóa chủ trì."), "back_other_text"),
        (lambda: _other("Hoàn toàn khác biệt, không liên quan gì.", 60), "back_other_paper"),
        (lambda: _painted((1, 1, 1)), "back_other_look"),
        (_annotated, "back_covered"),
        (_hidden, "back_covered"),
        (_running, "active_content"),
        (lambda: b"%PDF-1.7 rubbish", "back_not_pdf"),
        (lambda: b"hello", "back_not_pdf"),
    ],
)
def test_another_text_or_look_is_found(store: Path, tmp_path: Path, brought: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _check(tmp_path, brought())
    assert refused.value.code == code


def test_a_number_printed_by_an_outside_tool_is_read_from_its_place(store: Path, tmp_path: Path) -> None:
    told = _check(tmp_path, _stamped())
    assert told["filled"] == {"number": "15", "day": "23", "month": "11", "year": "2026"}
    assert not told["signatures"]


def test_the_secret_is_nowhere_but_in_the_pipe(store: Path, tmp_path: Path) -> None:
    """While the process runs its command line and environment are read by anybody on the machine: neither has the secret."""
    from meeting.signing import running

    source = tmp_path / "source.pdf"
    source.write_bytes(signed_and_sealed()[0])
    key = _key(tmp_path)
    seen: list[bytes] = []

    def look(_seconds: float) -> None:
        for each in Path("/proc").glob("[0-9]*"):
            try:
                line = (each / "cmdline").read_bytes()
                if b"meeting.signing.working" in line:
                    seen.append(line + (each / "environ").read_bytes())
            except OSError:
                continue

    with running.workbench() as target:
        running.work("open_key", target, {"key": key, "secret": SECRET}, look)
        left = b"".join(each.read_bytes() for each in target.parent.iterdir())
    assert seen
    assert SECRET.encode() not in b"".join(seen)
    assert SECRET.encode() not in left


def test_a_process_that_is_killed_leaves_nothing_and_is_asked_again(store: Path, tmp_path: Path) -> None:
    from meeting.signing import running

    source = tmp_path / "source.pdf"
    source.write_bytes(signed_and_sealed()[0])
    key = _key(tmp_path)
    print_of = _opened(tmp_path, key)["fingerprint"]
    wanted = {
        "source": str(source),
        "key": key,
        "secret": SECRET,
        "fingerprint": print_of,
        "field": "signature",
        "shown": ["Lan"],
    }
    with running.workbench() as target:

        def kill(_seconds: float) -> None:
            for each in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    if str(target).encode() in each.read_bytes():
                        os.kill(int(each.parent.name), signal.SIGKILL)
                except OSError:
                    continue

        with pytest.raises(Refused) as refused:
            running.work("sign", target, wanted, kill)
        assert refused.value.code == "signing_too_slow"
        assert not target.exists()
    assert not list((store / "storage" / "tmp" / "signing").iterdir())
    with running.workbench() as target:
        assert running.work("sign", target, wanted)["signatures"][0]["sound"]


def test_an_issuer_among_the_roots_of_this_server_is_trusted(store: Path, tmp_path: Path) -> None:
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "ca.pem").write_bytes(authority().pem)
    config.use(replace(config.settings(), trust_roots=tmp_path / "roots"))
    told = _check(tmp_path, signed_and_sealed()[2])
    assert [each["trusted"] for each in told["signatures"]] == [True, True]


@pytest.mark.skipif(not SOFTHSM or not shutil.which("softhsm2-util"), reason="softhsm2 is not installed")
def test_a_key_on_a_token_signs(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tokens").mkdir()
    conf = tmp_path / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "UBND", "--so-pin", "12345678", "--pin", "246810"],
        check=True,
        capture_output=True,
        env={**os.environ, "SOFTHSM2_CONF": str(conf)},
    )
    _fill_token("246810")
    key = {"kind": "pkcs11", "module": SOFTHSM, "token": "UBND", "label": "dau-ubnd"}
    told, made = _sign(tmp_path, signed_and_sealed()[1], key, "246810", field="seal", values={"number": "3"})
    assert [each["sound"] for each in told["signatures"]] == [True, True]
    assert made
    for wrong, code in (
        ({"secret": "111111"}, "key_secret_wrong"),
        ({"token": "Không có"}, "token_not_found"),
        ({"label": "khoa-khac"}, "token_not_found"),
        ({"module": "/nowhere.so"}, "token_failed"),
    ):
        changed = {**key, **{name: value for name, value in wrong.items() if name != "secret"}}
        with pytest.raises(Refused) as refused:
            _opened(tmp_path, changed, wrong.get("secret", "246810"))
        assert refused.value.code == code, wrong


def _fill_token(pin: str) -> None:
    """Puts a practice key with its certificate on the token, as an issuer does; in a process that ends with its driver."""
    import sys

    code = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})
import pkcs11, pkcs11.util.rsa, pkcs11.util.x509
from datetime import datetime, timedelta, UTC
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, NoEncryption
from meeting.signing import practice
now = datetime.now(UTC)
span = (now - timedelta(days=1), now + timedelta(days=90))
key, certificate = practice.certified(practice.authority(), "UBND phường", "UBND", *span)
token = pkcs11.lib({SOFTHSM!r}).get_token(token_label="UBND")
with token.open(rw=True, user_pin={pin!r}) as session:
    der = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    told = pkcs11.util.rsa.decode_rsa_private_key(der)
    session.create_object({{**told, pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "dau-ubnd", pkcs11.Attribute.ID: b"1"}})
    told = pkcs11.util.x509.decode_x509_certificate(certificate.public_bytes(Encoding.DER))
    session.create_object({{**told, pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "dau-ubnd", pkcs11.Attribute.ID: b"1"}})
"""
    subprocess.run([sys.executable, "-c", code], check=True)
