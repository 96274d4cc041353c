"""The job that sends mails: real messages by SMTP, each attempt reported. Safe to run twice: what was sent is not sent again."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from html import escape
from urllib.parse import unquote, urlsplit

from sqlalchemy.orm import Session

from meeting import clock, config, jobs
from meeting.calendars.appointments import attach, invitation_part
from meeting.database import reading
from meeting.errors import N_
from meeting.invitations.jobs import paper_pdf
from meeting.invitations.models import is_limited
from meeting.invitations.queries import issued_paper
from meeting.notify import queries
from meeting.notify.kinds import KINDS
from meeting.notify.models import Delivery, Notification
from meeting.notify.wording import greeting, said, text_of, title_of
from meeting.permissions import SYSTEM
from meeting.writer import perform

TIMEOUT_SECONDS = 20
REFUSED_FOR_GOOD = 500  # SMTP replies from 500 on: trying again will not help
OPEN_IT = N_("Open it here: %(address)s")
PDF_THERE = N_("The PDF: %(address)s")
FOOT = N_("This mail was sent by the paperless meeting system. Please do not answer it.")
FOOT_ANSWERED = N_(
    "This mail was sent by the paperless meeting system. Answer with the buttons of the invitation in your mail program."
)
SENDER = N_("Paperless meetings")
WITH_PAPER = frozenset({"meeting_issued", "substitute_invited", "invitation_replaced"})
WITH_PDF = frozenset({"notice_issued", "decision_issued"})  # set by the worker or signed: at an address of its own


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
        papers = Papers(session)
        waiting = queries.to_send(session, deliveries)
        return [(each.id, _written(session, each, papers)) for each in waiting]


class Papers:
    """The official invitations of meetings, set once for all mails of a batch."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._set: dict[int, tuple[bytes, str]] = {}

    def of(self, meeting_id: int) -> tuple[bytes, str] | None:
        """The invitation in force with its number, as a PDF and its file name; None where none was issued."""
        paper = issued_paper(self._session, meeting_id)
        if paper is None:
            return None
        if paper.id not in self._set:
            self._set[paper.id] = paper_pdf(paper.id)
        return self._set[paper.id]


def _written(session: Session, mail: Delivery, papers: Papers) -> EmailMessage:
    """A mail with what goes with its kind: the calendar's part, which mail programs answer by themselves, and with an
    invitation its official paper."""
    told = mail.notification
    message = compose(mail, queries.language_of(session, told.person_id))
    if mail.meeting is None:
        return message
    if KINDS[told.kind].calendar:
        part = invitation_part(session, mail.meeting, told.person_id, _address(told), told.created_at)
        if part:
            attach(message, part)
    whole = not is_limited(session, mail.meeting.id, told.person_id)  # the paper names every item
    paper = papers.of(mail.meeting.id) if told.kind in WITH_PAPER and whole else None
    if paper is not None:
        content, name = paper
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message


def _address(told: Notification) -> str:
    """Where it can be opened; empty while nobody said at which address the system is reached."""
    public = config.settings().public_url
    return f"{public}{told.url}" if public else ""


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
    """The message: text and HTML, the same Message-ID at every attempt. The calendar part comes after."""
    settings, told = config.settings(), mail.notification
    hello, title, text = (
        greeting(told, language),
        title_of(told.kind, told.facts, language),
        text_of(told.kind, told.facts, language),
    )
    address = _address(told)
    message = EmailMessage()
    message["Subject"] = " ".join(title.split())
    message["From"] = formataddr((said(SENDER, language), settings.smtp_from))
    message["To"] = mail.address
    message["Date"] = format_datetime(clock.local(told.created_at))
    message["Message-ID"] = f"<notification-{told.id}-{told.created_at:%Y%m%d%H%M%S}@{_domain(settings.smtp_from)}>"
    message["Auto-Submitted"] = "auto-generated"
    where = [said(OPEN_IT, language) % {"address": address}] if address else []
    pdf = f"{address}/pdf" if address and told.kind in WITH_PDF else ""
    where += [said(PDF_THERE, language) % {"address": pdf}] if pdf else []
    foot = said(FOOT_ANSWERED if settings.imap_url and KINDS[told.kind].calendar else FOOT, language)
    message.set_content("\n\n".join([hello, text, *where, foot]) + "\n")
    addresses = [each for each in (address, pdf) if each]
    message.add_alternative(_html((hello, title, text, foot), addresses, language), subtype="html")
    return message


def _domain(address: str) -> str:
    return address.rpartition("@")[2] or "localhost"


def _html(words: tuple[str, str, str, str], addresses: list[str], language: str) -> str:
    hello, title, text, foot = words
    link = "".join(f'<p><a href="{escape(each)}">{escape(each)}</a></p>' for each in addresses)
    return (
        f'<!doctype html><html lang="{language}"><body style="font-family:sans-serif;font-size:16px;line-height:1.6">'
        f'<h1 style="font-size:20px">{escape(title)}</h1><p>{escape(hello)}</p><p>{escape(text)}</p>{link}'
        f'<p style="color:#4a5468;font-size:13px">{escape(foot)}</p></body></html>'
    )


@jobs.every(60)
def try_again() -> None:
    """Every minute: mails that failed and are due again."""
    perform(SYSTEM, "notify.retry", {})
