"""The program's own source, handed out to everyone it serves, as the AGPL asks."""

import io
import tarfile
from pathlib import Path

from flask import Blueprint, Response

from meeting.config import CHECKOUT
from meeting.web.doors import open_to_all

source = Blueprint("source", __name__)

FOLDERS = ("meeting", "docs", "templates", "static", "translations", "tools", "tests", "bench", ".ci")
FILES = ("*.md", "*.toml", "*.txt", "*.json", "wsgi.py", "Makefile", "LICENSE", ".gitignore", ".npmrc")
LEFT_OUT = {"vendor", "__pycache__", "node_modules", "LC_MESSAGES", "ready"}


@source.get("/source")
@open_to_all
def archive() -> Response:
    """The source of the running program as one compressed archive: no data, no secrets, no third-party libraries."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as archive:
        for path in source_files(CHECKOUT):
            archive.add(path, arcname=f"hop-khong-giay/{path.relative_to(CHECKOUT)}", recursive=False)
    headers = {"Content-Disposition": 'attachment; filename="hop-khong-giay.tar.gz"', "Cache-Control": "max-age=3600"}
    return Response(packed.getvalue(), mimetype="application/gzip", headers=headers)


def source_files(root: Path) -> list[Path]:
    """Every file of the source in order of its path."""
    found = [path for pattern in FILES for path in root.glob(pattern)]
    for folder in FOLDERS:
        found += [path for path in (root / folder).rglob("*") if path.is_file()]
    return sorted(path for path in found if not LEFT_OUT.intersection(path.parts) and path.suffix != ".pyc")
