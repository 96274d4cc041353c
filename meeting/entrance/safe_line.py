"""The page of the safe line: which functions need it, how each device comes to trust the council's authority, the files."""

from cryptography import x509
from flask import Blueprint, Response, request
from flask_babel import gettext

from meeting.entrance import authority, profiles
from meeting.errors import N_, Missing
from meeting.web import doors, frame

safe_line = Blueprint("safe_line", __name__)

BOTH, HTTP = "open untrusted", "open"  # lines on which a function is off; as in static/js/web/worker.js
NEEDS_IT = (
    ("download", N_("Keeping papers on the device and reading them without a line"), BOTH),
    ("bell", N_("Notifications on the device while the application is closed"), BOTH),
    ("qrcode", N_("Reading QR codes with the camera: pairing a tablet, taking one's seat"), HTTP),
    ("device-tablet", N_("Installing the application on the home screen"), BOTH),
    ("clipboard", N_("Copying an address or a code with one tap"), HTTP),
    ("signature", N_("Comparing a signed file in the browser before it is sent"), HTTP),
)
WORKS_ANYWAY = (
    N_("Reading papers, following the chair, writing notes with the pen (pressure too)"),
    N_("Checking in, asking for the floor, voting: the whole running meeting"),
    N_("Everything of the office: programmes, papers, conclusions, tasks, search"),
)
DESCRIBED = N_("Lets this device open the council's meeting system on a safe line.")


def root() -> x509.Certificate | None:
    """The council's authority, where one was made here."""
    path = authority.files().root
    return authority.load(path) if path.is_file() else None


def _must_have() -> x509.Certificate:
    found = root()
    if found is None:
        raise Missing()
    return found


@safe_line.get("/safe-line")
@doors.open_to_all
def about() -> str:
    """For everybody, before signing in too: a tablet comes here first."""
    found = root()
    return doors.page(
        "entrance/safe_line.html",
        root=found,
        fingerprint=authority.fingerprint(found) if found else "",
        ends=found.not_valid_after_utc if found else None,
        needs=NEEDS_IT,
        works=WORKS_ANYWAY,
        host=request.host.rpartition(":")[0] or request.host,
    )


@safe_line.get("/safe-line/council-ca.crt")
@doors.open_to_all
def certificate() -> Response:
    """The council's authority as Android, Windows, ChromeOS and macOS take it."""
    return _file(profiles.certificate_file(_must_have()), profiles.CERTIFICATE_TYPE, "council-ca.crt")


@safe_line.get("/safe-line/council-ca.mobileconfig")
@doors.open_to_all
def profile() -> Response:
    """The same as a profile for iPad, iPhone and Mac."""
    made = profiles.profile(_must_have(), frame.Frame(None).place, gettext(DESCRIBED))
    return _file(made, profiles.PROFILE_TYPE, "council-ca.mobileconfig")


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-cache"}
    return Response(content, mimetype=kind, headers=headers)
