"""Turning Word, Excel and PowerPoint files into PDF by LibreOffice, where the machine has it.

A file may ask for anything, so LibreOffice runs within the bounds of `confine`, with a new profile in which macros and
links outward are off: no network, no other file of this machine, limited memory and time, and its whole group is ended.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from meeting import config
from meeting.documents import confine, rewriting, running
from meeting.documents.kinds import ACCEPT_ALWAYS, ACCEPT_OFFICE, BY_TYPE, DOC, DOCX, ODP, ODS, ODT, PPT, PPTX, RTF, XLS, XLSX
from meeting.errors import Refused

SECONDS = 120
WORKSHOP = "meeting-office-"  # begins the name of the folder in which a paper is worked on
LEFT_SECONDS = 3600  # no work takes so long
MEMORY_BYTES = 2 * 1024**3
MODERN = {DOC: DOCX, RTF: DOCX, ODT: DOCX, XLS: XLSX, ODS: XLSX, PPT: PPTX, ODP: PPTX, DOCX: DOCX, XLSX: XLSX, PPTX: PPTX}
_ON, _NEVER = "<value>true</value>", "<value>2</value>"
#: No macros, no content from addresses a paper names, no links refreshed, no proxy found, no fonts or pictures fetched.
SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "<value>3</value>"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", _ON),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", _ON),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", _ON),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", _NEVER),
    ("/org.openoffice.Office.WriterWeb/Content/Update", "Link", _NEVER),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", _NEVER),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "<value>false</value>"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "<value>2</value>"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "<value>127.0.0.1</value>"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "<value>9</value>"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "<value>127.0.0.1</value>"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "<value>9</value>"),
)


def can_convert() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def accepted() -> str:
    """What the file chooser of a browser offers: the endings of the kinds this server can show, with commas between."""
    return f"{ACCEPT_ALWAYS},{ACCEPT_OFFICE}" if can_convert() else ACCEPT_ALWAYS


def to_pdf(source: Path, media_type: str, target: Path) -> list[str]:
    """Writes the PDF of an office file to `target`; returns the encodings from before Unicode that were in it.

    Refused: `office_failed`, `office_too_slow` (after 120 seconds), `too_heavy`.
    """
    with tempfile.TemporaryDirectory(prefix=WORKSHOP) as name:
        folder = Path(name)
        paper = folder / f"paper{BY_TYPE[media_type].endings[0]}"
        shutil.copyfile(source, paper)
        encodings: list[str] = []
        if rewriting.names_old_fonts(paper):
            modern = MODERN[media_type]
            ending = BY_TYPE[modern].endings[0]
            renewed = folder / "renewed" / f"paper{ending}"
            renewed.parent.mkdir()
            old = paper if media_type == modern else convert(paper, ending, folder / "modern")
            encodings = running.make("unicode", old, renewed, modern)["encodings"]
            paper = renewed if encodings else paper
        made = convert(paper, ".pdf", folder / "made")
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        shutil.copyfile(made, part)
        part.replace(target)
        return encodings


def clear_left() -> None:
    """Removes what a killed worker left of papers it was turning into pages: nothing else would, and one may be secret."""
    for left in Path(tempfile.gettempdir()).glob(f"{WORKSHOP}*"):
        known = left.lstat()
        if known.st_uid == os.getuid() and known.st_mtime < time.time() - LEFT_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def convert(paper: Path, ending: str, folder: Path) -> Path:
    """What LibreOffice makes of a paper, in a new folder: the only place it may write to beside its profile."""
    folder.mkdir()
    profile = _profile(folder)
    shutil.copyfile(paper, folder / f"in-{paper.name}")
    command = [
        shutil.which("soffice") or "soffice",
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        ending.lstrip("."),
        "--outdir",
        str(folder / "out"),
        str(folder / f"in-{paper.name}"),
    ]
    _run(confine.launcher(MEMORY_BYTES, SECONDS, folder, command), folder)
    made = (folder / "out" / f"in-{paper.name}").with_suffix(ending)
    if not made.exists() or not made.stat().st_size:
        raise Refused("office_failed")
    return made


def _run(command: list[str], folder: Path) -> None:
    words = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    words["SAL_USE_VCLPLUGIN"] = "svp"
    office = subprocess.Popen(  # noqa: S603 - fixed command, a file we named ourselves
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=config.CHECKOUT,
        env=words,
        start_new_session=True,
    )
    try:
        office.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused("office_too_slow", seconds=SECONDS) from None
    finally:
        _end_group(office)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """Ends whatever of the group is left: LibreOffice leaves children behind."""
    running.end(process)
    process.wait()


def _profile(folder: Path) -> Path:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">{value}</prop></item>' for path, name, value in SETTINGS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (user / "registrymodifications.xcu").write_text(f"{head}{items}</oor:items>", encoding="utf-8")
    return folder / "profile"
