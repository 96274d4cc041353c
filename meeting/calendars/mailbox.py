"""The calendar's mailbox: the worker looks into it every minute and takes what came.

Each mail is marked as seen once it was taken; one that was taken twice counts once.
"""

import contextlib
import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from meeting import config, jobs
from meeting.calendars.answering import take_in
from meeting.calendars.letters import LARGEST_MAIL

log = logging.getLogger("meeting.calendars")

TIMEOUT_SECONDS = 20
EACH_TIME = 200  # mails at most in one look


@jobs.every(60)
def look() -> None:
    """Every minute, where a mailbox is set up: takes the mails nobody took yet. A mailbox that does not answer is tried again."""
    url = config.settings().imap_url
    if not url:
        return
    try:
        taken = take_all(url)
    except (OSError, imaplib.IMAP4.error) as problem:
        log.warning("the calendar's mailbox does not answer", extra={"problem": f"{type(problem).__name__}: {problem}"[:300]})
        return
    if taken:
        log.info("answers taken from the calendar's mailbox", extra={"mails": taken})


def take_all(url: str) -> int:
    """Takes the unseen mails of a mailbox, the oldest first; returns how many."""
    taken = 0
    with _opened(url) as mailbox:
        _, found = mailbox.uid("SEARCH", "UNSEEN")
        for uid in (found[0] or b"").split()[:EACH_TIME]:
            raw = _mail(mailbox, uid.decode())
            if raw is not None:
                take_in(raw)
                mailbox.uid("STORE", uid.decode(), "+FLAGS", r"(\Seen)")
                taken += 1
    return taken


def _mail(mailbox: imaplib.IMAP4, uid: str) -> bytes | None:
    """The bytes of a mail, cut where no answer can be longer."""
    _, parts = mailbox.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST_MAIL + 1}>)")
    return next((part[1] for part in parts or [] if isinstance(part, tuple)), None)


@contextmanager
def _opened(url: str) -> Iterator[imaplib.IMAP4]:
    """Opens imap://user:password@host[:port][/folder]; imaps:// from the start, imap+starttls:// after the greeting encrypted."""
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    if parts.scheme == "imaps":
        secure = ssl.create_default_context()
        mailbox: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=secure, timeout=TIMEOUT_SECONDS)
    else:
        mailbox = imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT_SECONDS)
    try:
        if parts.scheme == "imap+starttls":
            mailbox.starttls(ssl.create_default_context())
        _sign_in(mailbox, unquote(parts.username or ""), unquote(parts.password or ""))
        status, told = mailbox.select(unquote(parts.path.strip("/")) or "INBOX")
        if status != "OK":
            raise imaplib.IMAP4.error(str(told))
        yield mailbox
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()


def _sign_in(mailbox: imaplib.IMAP4, user: str, password: str) -> None:
    """LOGIN takes plain ASCII only (RFC 3501); a name or password with Vietnamese letters goes by PLAIN (RFC 4616)."""
    if f"{user}{password}".isascii():
        mailbox.login(user, password)
    else:
        mailbox.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
