"""`meeting channels` says what is set up and what is missing, and never a password."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from meeting import config
from meeting.cli.channels import channels
from meeting.config import Settings
from meeting.notify.channels import states
from tests.conftest import Council


def test_the_operator_reads_what_is_missing(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEETING_SMTP_URL", "smtp://vp:mat-ma@thu.example:587")
    monkeypatch.setenv("MEETING_LANGUAGE", "en")

    heard = CliRunner().invoke(channels, ["--data", str(config.settings().data)])

    assert heard.exit_code == 0, heard.output
    lines = heard.output.splitlines()
    assert lines[1].startswith("Mail: Set up.")
    assert "MEETING_PUBLIC_URL" in lines[1]
    assert lines[2].startswith("SMS: No SMS gateway")
    assert "mat-ma" not in heard.output


@pytest.mark.parametrize(
    ("changed", "works"),
    [
        ({}, set()),
        ({"smtp_url": "smtp://localhost"}, {"mail"}),
        ({"sms_url": "https://sms.example/send", "sms_body": '{"to": "{phone}", "text": "{text}"}'}, {"sms"}),
        ({"sms_url": "https://sms.example/send?to={phone}&text={text}"}, {"sms"}),
        ({"sms_url": "https://sms.example/send"}, set()),
        ({"sms_url": "ftp://sms.example", "sms_body": "{phone}{text}"}, set()),
        ({"public_url": "https://hop.example"}, {"push"}),
        ({"public_url": "http://hop.example"}, set()),
        ({"public_url": "http://localhost:8000"}, {"push"}),
        ({"push_contact": "mailto:vp@hop.example"}, {"push"}),
    ],
)
def test_a_channel_works_once_its_settings_are_whole(changed: dict[str, str], works: set[str], council: Council) -> None:
    chosen: Settings = replace(config.settings(), **changed)  # type: ignore[arg-type]

    assert {key for key, each in states(chosen).items() if each.works} == works | {"inbox"}
