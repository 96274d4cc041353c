"""Ways to send a short message: an HTTP gateway described by settings, or none, which only writes down. No vendor is named."""

import json
import logging
import re
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl, quote

import requests

from meeting.config import Settings
from meeting.notify.channels import states

log = logging.getLogger("meeting.notify.sms")

TIMEOUT_SECONDS = 20
MAY_PASS = frozenset({408, 425, 429})  # and all from 500 on: trying again may help
MOST_ANSWER = 300


@dataclass(frozen=True)
class ShortMessage:
    """What a gateway is given. `phone` as +84…; `id` is the same at every attempt."""

    id: str
    phone: str
    text: str
    parts: int


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt: an empty error means taken."""

    error: str = ""
    permanent: bool = False
    logged: bool = False  # there is no gateway: it was only written down


class Gateway(Protocol):
    """Something that can send a short message."""

    def send(self, message: ShortMessage) -> Outcome:
        """Tries once. Never raises for what the other side does."""


class OnlyWritten:
    """No gateway: the attempt is written into the log, without the text and with most of the number hidden."""

    def send(self, message: ShortMessage) -> Outcome:
        """Writes it down."""
        log.info("a short message would be sent", extra={"phone": hidden(message.phone), "parts": message.parts})
        return Outcome(logged=True)


class HttpGateway:
    """A gateway reached by one HTTP request, as the settings describe it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, message: ShortMessage) -> Outcome:
        """One request; refused for good on 4xx, for now on no line, 408, 425, 429 and 5xx. Redirects are not followed."""
        try:
            answer = requests.request(**self._request(message), timeout=TIMEOUT_SECONDS, allow_redirects=False)
        except requests.RequestException as problem:
            return Outcome(error=type(problem).__name__)
        said = " ".join(answer.text.split())[:MOST_ANSWER]
        if answer.status_code >= 300:
            permanent = answer.status_code < 500 and answer.status_code not in MAY_PASS
            return Outcome(f"HTTP {answer.status_code} {said}".strip(), permanent)
        if self._settings.sms_expect and self._settings.sms_expect not in answer.text:
            return Outcome(said or "the gateway's answer was empty", permanent=True)
        return Outcome()

    def _request(self, message: ShortMessage) -> dict[str, Any]:
        settings, facts = self._settings, self._facts(message)
        request: dict[str, Any] = {
            "method": settings.sms_method,
            "url": _filled(settings.sms_url, {name: quote(value, safe="") for name, value in facts.items()}),
            "headers": _filled_all(json.loads(settings.sms_headers or "{}"), facts),
        }
        if settings.sms_method == "GET":
            return request
        if settings.sms_form == "form":
            fields = parse_qsl(settings.sms_body, keep_blank_values=True)
            request["data"] = [(name, _filled(value, facts)) for name, value in fields]
        else:
            request["json"] = _filled_all(json.loads(settings.sms_body or "{}"), facts)
        return request

    def _facts(self, message: ShortMessage) -> dict[str, str]:
        bare = message.phone.removeprefix("+84")
        phone = {"national": f"0{bare}", "plus": message.phone}.get(self._settings.sms_phone, f"84{bare}")
        return {"phone": phone, "text": message.text, "parts": str(message.parts), "id": message.id}


def _filled(pattern: str, facts: dict[str, str]) -> str:
    """A pattern with its {names} filled, once: what a text itself holds in braces stays as it is."""
    return re.sub(r"\{(phone|text|parts|id)\}", lambda found: facts[found[1]], pattern)


def _filled_all(value: Any, facts: dict[str, str]) -> Any:
    """The same for every string inside a JSON value, so that quotes in a text cannot break it."""
    if isinstance(value, str):
        return _filled(value, facts)
    if isinstance(value, list):
        return [_filled_all(each, facts) for each in value]
    if isinstance(value, dict):
        return {name: _filled_all(each, facts) for name, each in value.items()}
    return value


def hidden(phone: str) -> str:
    """A number of which only the last three digits are told."""
    return "…" + phone[-3:]


def gateway(settings: Settings) -> Gateway:
    """The gateway of this installation."""
    return HttpGateway(settings) if states(settings)["sms"].works else OnlyWritten()
