"""The job that sends mails: real messages by SMTP, each attempt reported. Safe to run twice: what was sent is not sent again."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from html import escape
from urllib.parse import unquote, urlsplit

from meeting import clock, config, jobs
from meeting.agenda.ical import calendar_file
from meeting.database import reading
from meeting.errors import N_
from meeting.notify import queries
from meeting.notify.kinds import KINDS
from meeting.notify.models import Delivery
from meeting.notify.wording import greeting, said, text_of, title_of
from meeting.permissions import SYSTEM
from meeting.writer import perform

TIMEOUT_SECONDS = 20
REFUSED_FOR_GOOD = 500  # SMTP replies from 500 on: trying again will not help
OPEN_IT = N_("Open it here: %(address)s")
FOOT = N_("This mail was sent by the paperless meeting system. Please do not answer it.")
SENDER = N_("Paperless meetings")


@jobs.job("notify.mail")
def send(deliveries: list[int]) -> None:
    """Sends the mails that still wait. One that fails does not hold up the others; without a server all of them fail for now."""
    messages = _messages(deliveries)
    if not messages:
        return
    try:
        with _server(config.settings().smtp_url) as server:
            for delivery_id, message in messages:
                _report(delivery_id, *_attempt(server, message))
    except (OSError, smtplib.SMTPException) as problem:
        with reading() as session:
            left = {each.id for each in queries.to_send(session, deliveries)}
        for delivery_id, _ in messages:
            if delivery_id in left:
                _report(delivery_id, _why(problem), False)


def _messages(deliveries: list[int]) -> list[tuple[int, EmailMessage]]:
    with reading() as session:
        waiting = queries.to_send(session, deliveries)
        return [(each.id, compose(each, queries.language_of(session, each.notification.person_id))) for each in waiting]


@contextmanager
def _server(url: str) -> Iterator[smtplib.SMTP]:
    """Connects to smtp://[user:password@]host[:port]; smtps:// from the start, smtp+starttls:// after the greeting encrypted."""
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_SECONDS)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _attempt(server: smtplib.SMTP, message: EmailMessage) -> tuple[str, bool]:
    """Sends one mail: an empty error when the server took it; whether an error is for good."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        return f"{code} {words.decode(errors='replace')}", code >= REFUSED_FOR_GOOD
    except smtplib.SMTPResponseException as refused:
        if refused.smtp_code == 421:
            raise
        return _why(refused), refused.smtp_code >= REFUSED_FOR_GOOD
    return "", False


def _why(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        words = problem.smtp_error.decode(errors="replace") if isinstance(problem.smtp_error, bytes) else problem.smtp_error
        return f"{problem.smtp_code} {words}"
    return f"{type(problem).__name__}: {problem}"


def _report(delivery_id: int, error: str, permanent: bool) -> None:
    perform(SYSTEM, "notify.delivered", {"delivery_id": delivery_id, "error": error, "permanent": permanent})


def compose(mail: Delivery, language: str) -> EmailMessage:
    """The message: text and HTML, the same Message-ID at every attempt, the calendar file where the kind asks for it."""
    settings, told = config.settings(), mail.notification
    hello, title, text = (
        greeting(told, language),
        title_of(told.kind, told.facts, language),
        text_of(told.kind, told.facts, language),
    )
    address = f"{settings.public_url}{told.url}" if settings.public_url else ""
    message = EmailMessage()
    message["Subject"] = " ".join(title.split())
    message["From"] = formataddr((said(SENDER, language), settings.smtp_from))
    message["To"] = mail.address
    message["Date"] = format_datetime(clock.local(told.created_at))
    message["Message-ID"] = f"<notification-{told.id}-{told.created_at:%Y%m%d%H%M%S}@{_domain(settings.smtp_from)}>"
    message["Auto-Submitted"] = "auto-generated"
    where = [said(OPEN_IT, language) % {"address": address}] if address else []
    message.set_content("\n\n".join([hello, text, *where, said(FOOT, language)]) + "\n")
    message.add_alternative(_html(hello, title, text, address, language), subtype="html")
    if KINDS[told.kind].calendar and mail.meeting is not None:
        content = calendar_file(mail.meeting, address, told.created_at, told.id, settings.smtp_from)
        message.add_attachment(content, maintype="text", subtype="calendar", filename="hop.ics")
    return message


def _domain(address: str) -> str:
    return address.rpartition("@")[2] or "localhost"


def _html(hello: str, title: str, text: str, address: str, language: str) -> str:
    link = f'<p><a href="{escape(address)}">{escape(address)}</a></p>' if address else ""
    return (
        f'<!doctype html><html lang="{language}"><body style="font-family:sans-serif;font-size:16px;line-height:1.6">'
        f'<h1 style="font-size:20px">{escape(title)}</h1><p>{escape(hello)}</p><p>{escape(text)}</p>{link}'
        f'<p style="color:#4a5468;font-size:13px">{escape(said(FOOT, language))}</p></body></html>'
    )


@jobs.every(60)
def try_again() -> None:
    """Every minute: mails that failed and are due again."""
    perform(SYSTEM, "notify.retry", {})
