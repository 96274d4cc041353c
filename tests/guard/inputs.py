"""A well-formed input for any act, from its model alone, so that an act is refused for the right and not for the form."""

import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal

import annotated_types
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from meeting.acts import Act

SHA = "0" * 64
SOON = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
WORDS: Mapping[str, Any] = {
    "code": "123456",
    "month": "2026-11",
    "request_id": None,
    "color": "yellow",
    "url": "https://example.gov.vn/hook",
    "email": "a@example.gov.vn",
    "phone": "0912345678",
    "quiet_starts": "21:00",
    "quiet_ends": "06:00",
    "language": "vi",
    "verify_code": "ABCD-1234",
    "monday": date(2027, 3, 1),
    "choice": "for",
    "username": "nguoi.moi",
    "new_password": "mot-cau-rat-dai",
    "p256dh": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "auth": "AAAAAAAAAAAAAAAAAAAAAA",
    "password_hash": "$argon2id$v=19$",
    "pin_hash": "$argon2id$v=19$",
    "opens_at": "07:30",
    "closes_at": "17:00",
    "issuer": "https://id.example.gov.vn",
    "endpoint": "https://push.example.org/x",
}
#: What goes together in one input: without it the form itself would be wrong.
TOGETHER: Mapping[str, Mapping[str, Any]] = {
    "conclusions.draft": {"relation": "replaces"},
}


def made_for(act: Act, ids: Callable[[str, str], int]) -> dict[str, Any]:
    """An input that the act's model takes: every field that must be there, and every id of something that may be named."""
    wanted = {
        name: _value(name, field, ids, act.name)
        for name, field in act.input.model_fields.items()
        if field.is_required() or name == "meeting_id" or (name.endswith("_id") and name != "request_id")
    }
    wanted |= TOGETHER.get(act.name, {})
    try:
        model = act.input.model_validate(wanted)
    except ValidationError as error:
        raise AssertionError(f"{act.name}: {error}") from error
    return model.model_dump(mode="json", include=set(wanted))


def _value(name: str, field: FieldInfo, ids: Callable[[str, str], int], act: str) -> Any:
    if name.endswith("_id") and name != "message_id":
        return ids(name, act)
    if name.endswith("_ids"):
        return [ids(name.removesuffix("s"), act)]
    if name == "recovery":
        return [SHA]
    if name == "key" and act.startswith("notes."):
        return "00000000-0000-4000-8000-000000000000"
    if "sha256" in name or name in ("sha256", "ticket", "key", "secret", "text_digest"):
        return _fitting(field, SHA)
    if name in WORDS:
        return WORDS[name]
    return _of(field.annotation, field, ids, act)


def _of(kind: Any, field: FieldInfo | None, ids: Callable[[str, str], int], act: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return next((each for each in arguments if each), arguments[0])
    if origin in (typing.Union, types.UnionType):
        return _of(arguments[0], field, ids, act)
    if origin is typing.Annotated:
        return _of(arguments[0], FieldInfo.from_annotation(kind), ids, act)
    if origin in (list, tuple):
        return _list(arguments, field, ids, act)
    if origin is dict or kind is dict:
        return {}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {n: _value(n, f, ids, act) for n, f in kind.model_fields.items() if f.is_required()}
    return _plain(kind, field)


def _list(arguments: tuple[Any, ...], field: FieldInfo | None, ids: Callable[[str, str], int], act: str) -> list[Any]:
    if len(arguments) == 1 or (len(arguments) == 2 and arguments[1] is Ellipsis):
        least = next((each.min_length for each in (field.metadata if field else []) if hasattr(each, "min_length")), 0) or 0
        return [_of(arguments[0], None, ids, act) for _ in range(max(1, least))]
    return [_of(each, None, ids, act) for each in arguments]


def _plain(kind: Any, field: FieldInfo | None) -> Any:
    if kind is bool:
        return True
    if kind is int or kind is float:
        return _number(field)
    if kind is date:
        return SOON.date()
    if kind is datetime or "datetime" in str(kind).lower():
        return SOON
    if kind is str:
        return _fitting(field, "Nội dung")
    return {}


def _number(field: FieldInfo | None) -> int:
    least, most = 0, 10**9
    for each in field.metadata if field else []:
        if isinstance(each, annotated_types.Ge):
            least = max(least, int(each.ge))  # type: ignore[call-overload]
        if isinstance(each, annotated_types.Gt):
            least = max(least, int(each.gt) + 1)  # type: ignore[call-overload]
        if isinstance(each, annotated_types.Le):
            most = min(most, int(each.le))  # type: ignore[call-overload]
    return min(max(least, 1), most)


def _fitting(field: FieldInfo | None, text: str) -> str:
    """The text, cut or stretched to what the field takes."""
    least, most = 0, 10**6
    for each in field.metadata if field else []:
        least = max(least, getattr(each, "min_length", None) or 0)
        most = min(most, getattr(each, "max_length", None) or 10**6)
    return (text * (least // max(len(text), 1) + 1))[: max(least, min(len(text), most))]
