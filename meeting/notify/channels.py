"""What is set up of each channel, and in plain words what is missing. Shown on screens, by the API, by the command line."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from meeting.config import Settings
from meeting.errors import N_

LOCAL_HOSTS = ("localhost", "127.0.0.1")

READY = N_("Set up.")
NO_MAIL_SERVER = N_("No mail server: set MEETING_SMTP_URL, and MEETING_SMTP_FROM to the office's address.")
NO_PUBLIC_URL = N_("Messages carry no link: set MEETING_PUBLIC_URL to the address people open.")
NO_GATEWAY = N_(
    "No SMS gateway: set MEETING_SMS_URL and MEETING_SMS_BODY. Until then short messages are only written down, none is sent."
)
GATEWAY_NOT_WEB = N_("MEETING_SMS_URL is not an http or https address.")
GATEWAY_NO_BODY = N_("MEETING_SMS_BODY must hold {phone} and {text}.")
PUSH_NOT_SECURE = N_(
    "Browsers take notifications only from an https address: serve the system by https and set MEETING_PUBLIC_URL to it."
)


@dataclass(frozen=True)
class Channel:
    """How far one channel is set up: `works` messages leave by it, `remarks` what is missing."""

    key: str
    works: bool
    remarks: tuple[str, ...] = ()


def states(settings: Settings) -> dict[str, Channel]:
    """All channels with what is missing of each."""
    return {
        "inbox": Channel("inbox", True),
        "mail": _mail(settings),
        "sms": _sms(settings),
        "push": _push(settings),
    }


def _mail(settings: Settings) -> Channel:
    remarks = [] if settings.smtp_url else [NO_MAIL_SERVER]
    return Channel("mail", bool(settings.smtp_url), tuple(remarks + _no_link(settings)))


def _sms(settings: Settings) -> Channel:
    if not settings.sms_url:
        return Channel("sms", False, (NO_GATEWAY,))
    if urlsplit(settings.sms_url).scheme not in ("http", "https"):
        return Channel("sms", False, (GATEWAY_NOT_WEB,))
    where = settings.sms_body + settings.sms_url
    if "{phone}" not in where or "{text}" not in where:
        return Channel("sms", False, (GATEWAY_NO_BODY,))
    return Channel("sms", True, tuple(_no_link(settings)))


def _push(settings: Settings) -> Channel:
    works = bool(push_contact(settings))
    return Channel("push", works, () if works else (PUSH_NOT_SECURE,))


def _no_link(settings: Settings) -> list[str]:
    return [] if settings.public_url else [NO_PUBLIC_URL]


def push_contact(settings: Settings) -> str:
    """Whom push services may write to (RFC 8292, `sub`); empty: push is not set up."""
    if settings.push_contact:
        return settings.push_contact
    parts = urlsplit(settings.public_url)
    if parts.scheme == "https":
        return settings.public_url
    return "mailto:nobody@localhost" if parts.hostname in LOCAL_HOSTS else ""
