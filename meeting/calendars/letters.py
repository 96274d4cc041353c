"""Reading an answer out of a mail (iTIP REPLY, RFC 5546 3.2.3). Whatever comes in is read or called unreadable, never a crash.

Mail comes from outside and may be anything: broken, enormous, hostile. Nothing of it is trusted here; whether it counts is
decided against what is on file.
"""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from icalendar import Calendar

from meeting.calendars.rules import ANSWERS, REASON_LENGTH

LARGEST_MAIL = 2 * 1024 * 1024
LARGEST_CALENDAR = 200_000
MOST_PARTS = 50
UID = re.compile(r"^meeting-(?P<meeting>\d{1,12})\.(?P<token>[\w-]{20,60})@")

#: Where the words of the person end and the quoted mail begins.
QUOTED = re.compile(r"^(>|-{2,}\s*$|-{3,}.*|_{5,}|(On|Vào)\b.*(wrote|viết)\s*:\s*$|(From|Từ|Sent|Đã gửi)\s*:)", re.IGNORECASE)


class UnreadableError(ValueError):
    """The mail holds no answer."""


@dataclass(frozen=True)
class MailedAnswer:
    """What a mail says: who sent it, to which invitation it answers and what."""

    message_id: str
    sender: str
    uid: str
    sequence: int
    answer: str  # accepted, declined, tentative, delegated
    words: str = ""  # the person's own, perhaps empty
    delegate: str = ""  # mail address of who shall come instead

    @property
    def invitation(self) -> tuple[int, str] | None:
        """Meeting and token out of the UID, if it is one of ours."""
        found = UID.match(self.uid)
        return (int(found["meeting"]), found["token"]) if found else None


def message_id(raw: bytes) -> str:
    """What a mail is remembered by: its Message-ID, else the digest of its bytes; at most 300 letters."""
    try:
        found = str(email.message_from_bytes(raw[:LARGEST_MAIL])["Message-ID"] or "").strip()
    except Exception:  # any fault of a foreign mail
        found = ""
    return found[:300] if 3 < len(found) <= 300 else f"sha256:{sha256(raw).hexdigest()}"


def sender_of(raw: bytes) -> str:
    """The address a mail says it comes from; empty when it says none or several."""
    try:
        headers = email.message_from_bytes(raw[:LARGEST_MAIL]).get_all("From") or []
        return parseaddr(str(headers[0]))[1][:300] if len(headers) == 1 else ""
    except Exception:  # any fault of a foreign mail
        return ""


def read(raw: bytes) -> MailedAnswer:
    """The answer in a mail. Raises `UnreadableError` for everything else."""
    if len(raw) > LARGEST_MAIL:
        raise UnreadableError("too large")
    try:
        return _read(raw)
    except UnreadableError:
        raise
    except Exception as fault:  # a foreign mail may break any reader in any way
        raise UnreadableError(f"{type(fault).__name__}") from None


def _read(raw: bytes) -> MailedAnswer:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    sender = sender_of(raw)
    event = _reply_in(message)
    attendee = _attendee(event, sender)
    partstat = str(attendee.params.get("PARTSTAT", "")).upper()
    if partstat not in ANSWERS:
        raise UnreadableError("no answer in it")
    words = str(event.get("comment", "") if not isinstance(event.get("comment"), list) else event["comment"][0])
    delegate = attendee.params.get("DELEGATED-TO", "")
    return MailedAnswer(
        message_id=message_id(raw),
        sender=sender,
        uid=str(event.get("uid", ""))[:300],
        sequence=max(0, min(int(event.get("sequence", 0)), 2**31)),
        answer=ANSWERS[partstat],
        words=(words.strip() or _words(message))[:REASON_LENGTH],
        delegate=_bare(delegate[0] if isinstance(delegate, list) else delegate),
    )


def _reply_in(message: EmailMessage) -> Calendar:
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            break
        if part.get_content_type() not in ("text/calendar", "application/ics"):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or len(content) > LARGEST_CALENDAR:
            continue
        calendar = Calendar.from_ical(content.decode("utf-8", errors="replace"))
        events = calendar.walk("VEVENT")
        if str(calendar.get("method", "")).upper() == "REPLY" and events:
            return events[0]
    raise UnreadableError("no reply in it")


def _attendee(event: Calendar, sender: str) -> Any:
    """Whose answer it is: the only attendee, or the sender among several (RFC 5546 allows one)."""
    found = event.get("attendee", [])
    attendees = found if isinstance(found, list) else [found]
    if len(attendees) > 1:
        attendees = [each for each in attendees if _bare(each).casefold() == sender.casefold()]
    if len(attendees) != 1:
        raise UnreadableError("no attendee in it")
    return attendees[0]


def _bare(address: object) -> str:
    text = str(address).strip().strip('"')
    return text[7:] if text.lower().startswith("mailto:") else text


def _words(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    return own_words(_Plain.of(text) if body.get_content_subtype() == "html" else text)


def own_words(text: str) -> str:
    """What the person wrote: the lines before the quoted mail or the signature, as one line."""
    kept = []
    for line in text.splitlines():
        if QUOTED.match(line.strip()):
            break
        kept.append(line.strip())
    return " ".join(" ".join(kept).split())


class _Plain(HTMLParser):
    """The text of an HTML body."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._hidden = 0

    @classmethod
    def of(cls, html: str) -> str:
        reader = cls()
        reader.feed(html[:LARGEST_CALENDAR])
        return "".join(reader._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script")
        if tag in ("br", "p", "div"):
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if self._hidden <= 0:
            self._pieces.append(data)
