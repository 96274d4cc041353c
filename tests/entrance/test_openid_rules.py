"""Which answers of a provider count: a table of claims, and the settings."""

from typing import Any

import pytest

from meeting.entrance import openid_rules as rules
from meeting.entrance.openid_rules import Provider
from meeting.errors import Refused

NOW = 1_800_000_000
HERE = Provider("https://id.example", "meeting", name="ID")
RIGHT = {"iss": "https://id.example", "aud": "meeting", "sub": "7", "nonce": "n", "exp": NOW + 300, "iat": NOW}


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, ""),
        ({"aud": ["meeting"]}, ""),
        ({"aud": ["meeting", "other"], "azp": "meeting"}, ""),
        ({"exp": NOW - 59}, ""),
        ({"iat": NOW + 59}, ""),
        ({"iss": "https://id.example/"}, "identity_answer_wrong"),
        ({"aud": "other"}, "identity_answer_wrong"),
        ({"aud": ["other"]}, "identity_answer_wrong"),
        ({"aud": ["meeting", "other"]}, "identity_answer_wrong"),
        ({"aud": None}, "identity_answer_wrong"),
        ({"azp": "other"}, "identity_answer_wrong"),
        ({"nonce": "m"}, "identity_answer_wrong"),
        ({"nonce": None}, "identity_answer_wrong"),
        ({"sub": ""}, "identity_answer_wrong"),
        ({"sub": 7}, "identity_answer_wrong"),
        ({"exp": None}, "identity_answer_wrong"),
        ({"iat": "now"}, "identity_answer_wrong"),
        ({"exp": NOW - 60}, "identity_clock"),
        ({"iat": NOW + 61}, "identity_clock"),
        ({"nbf": NOW + 61}, "identity_clock"),
    ],
)
def test_which_claims_count(change: dict[str, Any], refused: str) -> None:
    claims = {**RIGHT, **change}
    if not refused:
        assert rules.check_claims(claims, HERE, "n", NOW) == "7"
        return
    with pytest.raises(Refused) as found:
        rules.check_claims(claims, HERE, "n", NOW)
    assert found.value.code == refused


def test_an_empty_nonce_answers_no_question() -> None:
    with pytest.raises(Refused):
        rules.check_claims({**RIGHT, "nonce": ""}, HERE, "", NOW)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://id.example", True),
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080", True),
        ("http://localhost", True),
        ("http://id.example", False),
        ("http://127.0.0.1.example", False),
        ("ftp://id.example", False),
    ],
)
def test_only_this_machine_is_asked_without_a_safe_line(address: str, safe: bool) -> None:
    if safe:
        assert rules.safe_address(address) == address
    else:
        with pytest.raises(ValueError, match="https"):
            rules.safe_address(address)


def test_the_settings(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    read = {"MEETING_OIDC_ISSUER": "https://id.example", "MEETING_OIDC_CLIENT_ID": "m", "MEETING_OIDC_SECOND_STEP": "mfa otp"}

    found = Provider.from_env({**read, "MEETING_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")})

    assert found is not None
    assert (found.secret, found.name, found.claim, found.creates) == ("from the file", "id.example", "email", False)
    assert Provider.from_env({}) is None
    assert rules.has_second_step({"amr": ["pwd", "otp"]}, found)
    assert rules.has_second_step({"acr": "mfa"}, found)
    assert not rules.has_second_step({"amr": ["pwd"], "acr": "0"}, found)
    assert not rules.has_second_step({"acr": ""}, HERE)


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ({"email": "a@b.vn", "email_verified": True}, "a@b.vn"),
        ({"email": "a@b.vn", "email_verified": "true"}, None),
        ({"email": "a@b.vn"}, None),
        ({"email": ""}, ""),
        ({}, ""),
    ],
)
def test_only_a_verified_address_names_somebody(claims: dict[str, Any], found: str | None) -> None:
    if found is not None:
        assert rules.found_by(claims, HERE) == found
        return
    with pytest.raises(Refused) as refused:
        rules.found_by(claims, HERE)
    assert refused.value.code == "identity_unverified"


def test_the_example_of_rfc_7636() -> None:
    assert rules.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
