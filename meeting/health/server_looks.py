"""Checks of the machine: disk, folder, clock, certificate, mail, programs."""

import ctypes
import os
import shutil
import socket
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from sqlalchemy import text

from meeting import VERSION, clock, config
from meeting.database import database, reading
from meeting.documents import ocr, office
from meeting.errors import N_
from meeting.health import names
from meeting.health.looking import Asked, look
from meeting.health.rules import Check, by_limits
from meeting.migrations import newest

LINE_SECONDS = 3.0
WARN_GB, BAD_GB = 5.0, 1.0
CERTIFICATE_DAYS = (21, 3)
CLOCK_SECONDS = (2, 30)
UNSYNCHRONISED = 5  # what adjtimex answers when nobody keeps the clock


@look("disk")
def disk(_asked: Asked) -> Check:
    """Bytes and places for files that are left, and whether the disk takes writes."""
    folder = config.settings().storage
    left, places = shutil.disk_usage(folder), os.statvfs(folder)
    gigabytes, share = left.free / 1e9, left.free / left.total
    inodes = places.f_favail / places.f_files if places.f_files else 1.0
    state = by_limits(min(gigabytes, share * 100), WARN_GB, BAD_GB)
    if inodes < 0.05:
        state = "bad" if inodes < 0.01 else "warn"
    probe = folder / f".doctor-{os.getpid()}"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError:
        return Check("disk", "bad", N_("The disk takes no writes."), {}, N_("See whether it is full or mounted read-only."))
    facts = {"free": round(gigabytes, 1), "percent": round(share * 100), "inodes": round(inodes * 100)}
    sentence = N_("%(free)s GB free (%(percent)s %%); %(inodes)s %% of the places for files are free.")
    return Check("disk", state, sentence, facts, "" if state == "ok" else N_("Make room, or move the data to a larger disk."))


@look("folder")
def folder_closed(_asked: Asked) -> Check:
    """Nobody but the server's user and group may come in."""
    storage = config.settings().storage
    paths = [path for name in ("", "meeting.db", "session.key") if (path := storage / name).exists()]
    open_to = [path.name for path in paths if path.stat().st_mode & (0o004 if path.is_file() else 0o007) and _reached(storage)]
    foreign = [path.name for path in paths if path.stat().st_uid != os.geteuid() and os.geteuid() != 0]
    if foreign:
        advice = N_("Give the folder to the user that the server runs as: chown -R.")
        return Check("folder", "bad", N_("Belongs to somebody else: %(names)s"), {"names": " ".join(foreign)}, advice)
    if open_to:
        advice = N_("Take the rights of others away: chmod -R o= on the data folder.")
        return Check("folder", "warn", N_("Every user of this machine can read: %(names)s"), {"names": " ".join(open_to)}, advice)
    return Check("folder", "ok", N_("Only the server's user reads %(folder)s."), {"folder": str(storage)})


def _reached(storage: Path) -> bool:
    """Whether others can come as far as the folder at all."""
    return all(parent.stat().st_mode & 0o001 for parent in (storage, *storage.parents))


@look("clock")
def clock_right(_asked: Asked) -> Check:
    """Whether somebody keeps the clock, and whether the database's says the same."""
    apart = 0.0
    advice = N_("Switch on time synchronisation: timedatectl set-ntp true.")
    if not database().sqlite:
        with reading() as session:
            theirs = session.execute(text("SELECT clock_timestamp()")).scalar()
        if isinstance(theirs, datetime):
            apart = round(abs((clock.now() - theirs).total_seconds()), 1)
    state = by_limits(apart, *CLOCK_SECONDS)
    facts = {"now": f"{clock.local(clock.now()):%H:%M:%S %d/%m/%Y}", "apart": apart}
    if state != "ok":
        return Check("clock", state, N_("%(now)s; the database's clock is %(apart)s seconds apart."), facts, advice)
    if not _synchronised():
        return Check("clock", "warn", N_("%(now)s; nobody keeps this clock right."), facts, advice)
    return Check("clock", "ok", N_("%(now)s; the clock is kept right."), facts)


def _synchronised() -> bool:
    """What the kernel knows of the clock; on a machine that does not say: yes."""
    if Path("/run/systemd/timesync/synchronized").exists():
        return True
    try:
        answer = ctypes.CDLL("libc.so.6").adjtimex(ctypes.create_string_buffer(512))
    except (OSError, AttributeError):
        return True
    return bool(answer != UNSYNCHRONISED)


@look("certificate")
def certificate(asked: Asked) -> Check:
    """How many days the certificate still holds: of the file given, else of the public address as it answers."""
    address = config.settings().public_url
    own = getattr(config.settings(), "tls_certificate", None)
    if asked.cert or own:
        raw = Path(asked.cert or str(own)).read_bytes()
        return _judged(x509.load_pem_x509_certificate(raw), address)
    if not address.startswith("https://"):
        advice = N_("Set up a certificate: “meeting certificate”, or one behind nginx with MEETING_PUBLIC_URL=https://…")
        return Check("certificate", "warn", N_("No safe line: tablets cannot read offline or be told by push."), {}, advice)
    if not asked.outside:
        return Check("certificate", "ok", N_("Not asked now: %(address)s"), {"address": address})
    parts = urlsplit(address)
    try:
        raw = _served(parts.hostname or "", parts.port or 443)
    except OSError:
        advice = N_("See whether nginx runs and the name leads to this machine.")
        return Check("certificate", "bad", N_("%(address)s does not answer."), {"address": address}, advice)
    return _judged(x509.load_der_x509_certificate(raw), address)


def _served(host: str, port: int) -> bytes:
    """The certificate that a server shows, whoever signed it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((host, port), timeout=LINE_SECONDS) as line,
        context.wrap_socket(line, server_hostname=host) as safe,
    ):
        return safe.getpeercert(binary_form=True) or b""


def _judged(found: x509.Certificate, address: str) -> Check:
    now, starts, ends = datetime.now(UTC), found.not_valid_before_utc, found.not_valid_after_utc
    days = (ends - now).days
    facts = {"days": days, "until": f"{clock.local(ends):%d/%m/%Y}", "from": f"{clock.local(starts):%d/%m/%Y}"}
    anew = N_("Make it anew with “meeting certificate”: it is taken without a restart, and devices have nothing to do.")
    if ends <= now:
        return Check("certificate", "bad", N_("Ended on %(until)s: browsers warn instead of opening the system."), facts, anew)
    if starts > now:
        advice = N_("Look at the date and time of this machine first; if they are right, make the certificate anew.")
        return Check("certificate", "bad", N_("Holds from %(from)s only: browsers warn until then."), facts, advice)
    host = urlsplit(address).hostname or ""
    if host and not names.fits(found, host):
        advice = N_("Name it too: “meeting certificate” with every name and address by which people open the system.")
        facts = {"host": host, "names": ", ".join(names.held(found)) or "–"}
        return Check("certificate", "bad", N_("Not made for %(host)s, only for: %(names)s. Browsers warn."), facts, advice)
    state = by_limits(days, *CERTIFICATE_DAYS)
    advice = "" if state == "ok" else N_("Renew the certificate before it ends.")
    return Check("certificate", state, N_("Holds %(days)s more days, until %(until)s."), facts, advice)


@look("mail")
def mail(asked: Asked) -> Check:
    """Whether the mail gateway takes connections."""
    address = config.settings().smtp_url
    if not address:
        return Check("mail", "ok", N_("No mail is set up; people are told in the application."))
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (465 if parts.scheme == "smtps" else 25)
    facts = {"host": host, "port": port}
    if asked.outside:
        try:
            socket.create_connection((host, port), timeout=LINE_SECONDS).close()
        except OSError:
            advice = N_("See MEETING_SMTP_URL and whether the gateway is up; what could not be sent is tried again.")
            return Check("mail", "bad", N_("%(host)s:%(port)s does not answer."), facts, advice)
    return Check("mail", "ok", N_("%(host)s:%(port)s takes mail."), facts)


@look("programs")
def programs(_asked: Asked) -> Check:
    """Programs that do a part of the work: without them that part is missing, nothing else."""
    missing = []
    if not office.can_convert():
        missing.append("LibreOffice (.docx, .xlsx, .pptx)")
    if not ocr.language():
        missing.append("tesseract-ocr-vie (OCR)")
    if config.settings().virus_scanner.startswith("unix:") and not Path(config.settings().virus_scanner[5:]).exists():
        missing.append("clamd")
    if missing:
        advice = N_("Install them on the server: apt install libreoffice-writer-nogui tesseract-ocr-vie.")
        return Check("programs", "warn", N_("Missing: %(names)s"), {"names": "; ".join(missing)}, advice)
    return Check("programs", "ok", N_("LibreOffice and Tesseract with Vietnamese are there."))


@look("version")
def version(_asked: Asked) -> Check:
    """Which program this is."""
    facts = {"number": VERSION, "python": ".".join(map(str, sys.version_info[:3])), "tables": newest()}
    return Check("version", "ok", N_("%(number)s, Python %(python)s, tables %(tables)s"), facts)
