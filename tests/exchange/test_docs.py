"""What docs/ket-noi.md promises: its reads answer, and its way to check a signature is right."""

import re
import time
from pathlib import Path
from typing import Any

from meeting.exchange import describing
from meeting.exchange.rules import EVENTS, signature
from tests.exchange.conftest import Office

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ket-noi.md").read_text(encoding="utf-8")


def test_the_calls_of_the_page_answer(office: Office, session_of_ubnd: dict[str, int]) -> None:
    office.grant("UBND")
    paths = re.findall(r'\$MAY_CHU/api/v1/exchange([^"]*)"', PAGE)
    assert len(paths) == 5
    assert [office.get(path).status_code for path in paths] == [200] * 5


def test_the_page_names_every_event_and_read() -> None:
    assert all(f"`{name}`" in PAGE for name in EVENTS)
    ends = {path.rsplit("/", 1)[1] for path in describing.READS if not path.endswith(("}", "/"))}
    assert all(f"/{end}" in PAGE for end in ends)


def test_the_check_of_signatures_works() -> None:
    code = next(block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "hmac" in block)
    known: dict[str, Any] = {}
    exec(code, known)
    header = signature("bí mật", int(time.time()), b"{}")
    assert known["dung"]("bí mật", header, b"{}")
    assert not known["dung"]("bí mật", header, b"{ }")
    assert not known["dung"]("khác", header, b"{}")
    assert not known["dung"]("bí mật", signature("bí mật", int(time.time()) - 600, b"{}"), b"{}")
