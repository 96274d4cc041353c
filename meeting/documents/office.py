"""Turning Word, Excel and PowerPoint files into PDF by LibreOffice, where the machine has it."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from meeting.documents.kinds import BY_TYPE
from meeting.errors import Refused

SECONDS = 120


def can_convert() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def to_pdf(source: Path, media_type: str, target: Path) -> None:
    """Writes the PDF of an office file to `target`. Refused: `office_failed` (also after 120 seconds).

    LibreOffice gets a profile of its own and its whole process group is ended at the limit: it leaves children behind.
    """
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder) / f"paper{BY_TYPE[media_type].endings[0]}"
        shutil.copyfile(source, named)
        command = [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(named),
        ]
        running = subprocess.Popen(  # noqa: S603 - fixed command, a file we named ourselves
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            running.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        made = named.with_suffix(".pdf")
        if not made.exists():
            raise Refused("office_failed")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, target)
