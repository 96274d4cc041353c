"""Every text that every act takes, filled with the nastiest letters there are: a sentence, or clean rows; never a fault."""

import json
import random
import typing
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy import String, select

from meeting import database
from meeting.acts import REGISTRY
from meeting.permissions import BY_ROLE
from meeting.tables import Base
from meeting.web import security
from meeting.web.sockets import NAMESPACE, socketio
from tests.guard.house import ROLES, Watched, token
from tests.guard.inputs import made_for

NASTY = [
    "a\x00b",
    "\ud800",
    "mặt\udfffbằng",
    "\u202egnp.exe\u202c",
    "\u2066\u2067\u2069\u200e\u200f",
    "\u200b\u200c\u200d\ufeff",
    "x" * 10_000,
    "ngõ " * 60_000,
    unicodedata.normalize("NFD", "Nguyễn Thị Ánh Tuyết"),
    "a" + "\u0301" * 500,
    "\x07\x1b[31m\x7f",
    "\ufffe\uffff",
    "😀" * 400,
    "\U0010ffff",
    "𝓐ﬁ①",
    "\u2028\u2029\x85",
    "%s%(x)s{0}{{7*7}}",
    "'; DROP TABLE meeting; --",
    '"><script>alert(1)</script>',
    "   ",
    "",
]
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec=None), min_size=1, max_size=40))
FEW = settings(
    max_examples=2, derandomize=True, database=None, phases=[Phase.generate], deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
#: Columns of what a machine wrote, or of what is kept as it came: answers, the journal, what a page said.
AS_IT_CAME = {"stored_answer", "journal", "page", "job"}


def who_may(name: str) -> str:
    """A watcher who may do the act; the administrator where none of the roles may."""
    role = next((each for each in ROLES if each in BY_ROLE[REGISTRY[name].action]), "admin")
    return f"watcher-{role}"


def with_texts(model: type[BaseModel], whole: dict[str, Any], text: typing.Callable[[], str]) -> dict[str, Any]:
    """The input with other texts in it, in lists and parts of it too."""
    wanted = dict(whole)
    for name, field in model.model_fields.items():
        kind = str(field.annotation)
        if field.annotation is str or kind.startswith("str |") or kind.startswith("typing.Annotated[str"):
            wanted[name] = text()
        elif "str" in kind and name in wanted:
            wanted[name] = changed(wanted[name], text)
    return wanted


def changed(value: Any, text: typing.Callable[[], str]) -> Any:
    """The same shape with other texts."""
    if isinstance(value, str):
        return text()
    if isinstance(value, list):
        return [changed(each, text) for each in value]
    return {name: changed(each, text) for name, each in value.items()} if isinstance(value, dict) else value


ODD = ["\ud800", "a\x00", "\u202e", "x" * 5000, "\ufeff"]


@pytest.mark.parametrize("odd", ODD, ids=["surrogate", "nul", "bidi", "long", "mark"])
def test_odd_names_of_fields_and_requests_are_answered_in_words(watched: Watched, odd: str) -> None:
    client = watched.app.test_client()
    headers = {"Authorization": f"Bearer {token('watcher-member')}", "Content-Type": "application/json"}

    for wanted in ({odd: 1}, {"text": "Góp ý", odd: odd}, {"text": "Góp ý", "request_id": odd}, {"text": {odd: odd}}, [odd], odd):
        heard = client.post("/api/v1/acts/guides.give_feedback", data=json.dumps(wanted), headers=headers)
        assert heard.status_code in (200, 422), (ascii(wanted)[:80], heard.get_data(as_text=True))
        assert heard.status_code == 200 or heard.get_json(force=True)["message"]


@pytest.mark.parametrize("odd", ODD, ids=["surrogate", "nul", "bidi", "long", "mark"])
def test_the_sockets_answer_the_same_in_words(watched: Watched, odd: str) -> None:
    line = socketio.test_client(watched.app, namespace=NAMESPACE, auth={"token": token("watcher-member")})

    for wanted in ({odd: 1}, {"text": odd}, {"text": "Góp ý", "request_id": odd}, {"text": {odd: odd}}, odd):
        heard: Any = line.emit("guides.give_feedback", wanted, namespace=NAMESPACE, callback=True)
        assert heard["ok"] or (heard["code"] not in ("bug", "not_saved") and heard["message"]), ascii(wanted)[:80]
    line.disconnect(NAMESPACE)


@FEW
@given(drawn=st.lists(texts, min_size=12, max_size=12), luck=st.randoms(use_true_random=False))
def test_any_text_in_any_act_is_refused_in_words_or_kept_clean(watched: Watched, drawn: list[str], luck: random.Random) -> None:
    client, wrong, done = watched.app.test_client(), [], 0
    for name, act in sorted(REGISTRY.items()):
        security.forget_limits()
        one = luck.random() < 0.5  # else another text in each field
        text = luck.choice(NASTY + drawn)
        wanted = with_texts(act.input, made_for(act, watched.ids), lambda: text if one else luck.choice(NASTY + drawn))  # noqa: B023
        headers = {"Authorization": f"Bearer {token(who_may(name))}", "Content-Type": "application/json"}
        heard = client.post(f"/api/v1/acts/{name}", data=json.dumps(wanted), headers=headers)
        said = heard.get_json(force=True)
        done += heard.status_code == 200
        if heard.status_code >= 500 or (heard.status_code >= 400 and not said["message"]):
            wrong.append(f"{name}: {heard.status_code} {ascii(wanted)[:300]} {said}")
    assert wrong == []
    assert done > 5
    assert list(unclean()) == []


def unclean() -> Iterator[str]:
    """Where rows hold what no page and no file can show, or letters that look alike and are not."""
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [each for each in table.c if isinstance(each.type, String)]
            if table.name in AS_IT_CAME or not columns:
                continue
            for row in session.execute(select(*columns)):
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str) and not is_clean(value):
                        yield f"{table.name}.{column.name}: {ascii(value)[:80]}"


def is_clean(text: str) -> bool:
    """Composed letters, no signs but tabs and ends of lines."""
    signs = any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n\r\x85" for sign in text)
    return not signs and unicodedata.is_normalized("NFC", text)
