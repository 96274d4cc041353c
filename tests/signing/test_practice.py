"""Practice keys: for a demo only, and they say so by their names."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import database
from meeting.cli.signing import signing
from meeting.signing.models import SigningKey
from meeting.tables import Setting


@pytest.fixture
def environment(store: Path) -> Iterator[None]:
    """What the command reads its folder from, put back afterwards."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def _run(store: Path) -> tuple[int, str]:
    heard = CliRunner().invoke(signing, ["practice-keys", "--secret", "mot-hai-ba", "--data", str(store)])
    return heard.exit_code, heard.output


def test_only_a_demo_gets_practice_keys(store: Path, environment: None) -> None:
    code, _ = _run(store)
    assert code != 0
    with database.reading() as session:
        assert session.scalar(select(SigningKey)) is None


def test_a_demo_gets_a_key_for_each_signer_and_body(store: Path, environment: None) -> None:
    with Session(database.database().writing) as session:
        session.merge(Setting(name="demo", value="1"))
        session.commit()
    code, said = _run(store)
    assert code == 0, said
    with database.reading() as session:
        keys = list(session.scalars(select(SigningKey)))
    assert {key.body_id is None for key in keys} == {True, False}
    assert all("THỬ NGHIỆM" in key.subject for key in keys)
    assert "mot-hai-ba" not in said
