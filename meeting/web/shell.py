"""The application's shell for installing it and for a lost line: manifest, service worker, what the worker keeps.

Kept are style sheets, scripts, fonts, icons and one page that says that the line is down. Beside them the worker answers for the
meetings that a person chose to keep on the device (the tablets room); nothing else of people's work is ever kept by it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from flask_babel import gettext

KEPT = (
    "css/*.css",
    "js/web/*.js",
    "js/reading/**/*.js",
    "js/notes/**/*.js",
    "js/discussion/*.js",  # opinions stand beside the page
    "js/live/doing.js",
    "js/live/reading.js",
    "js/tablets/**/*.js",
    "js/notify/*.js",
    "js/guides/*.js",
    "icons/*",
    "vendor/css/*.css",
    "vendor/fonts/*.woff2",
    "vendor/js/*.js",
    "vendor/i18n/*.js",
    "vendor/icons.svg",
    "vendor/icons/*.png",
)


def kept_files(static: Path) -> list[Path]:
    """The files of the shell in order of their names."""
    return sorted(path for pattern in KEPT for path in static.glob(pattern) if path.is_file())


def version(files: list[Path]) -> str:
    """Changes whenever a file of the shell does."""
    marks = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:16]


def icons_address(static: Path) -> str:
    """The address of the sprite, another one whenever it was made anew: so it may be kept for good and drawn without a line."""
    sprite = static / "vendor" / "icons.svg"
    made = sprite.stat().st_mtime_ns if sprite.exists() else 0
    return f"/static/vendor/icons.svg?v={made:x}"


#: Long enough to spare a page its forty questions "has it changed?", short enough that an update is everywhere in a minute.
SCRIPT_SECONDS = 60
FONT_SECONDS = 24 * 3600


def keep_for(path: str, marked: bool) -> str:
    """How long a browser keeps a static file: what is marked with its version for good, fonts a day, all else a minute."""
    if marked:
        return "public, max-age=31536000, immutable"
    fonts = path.startswith("/static/vendor/fonts/")
    return f"public, max-age={FONT_SECONDS if fonts else SCRIPT_SECONDS}"


def worker_script(static: Path, offline_page: str) -> str:
    """The service worker with the list of what it keeps written at its head."""
    files = kept_files(static)
    addresses = [offline_page, *(f"/static/{path.relative_to(static).as_posix()}" for path in files)]
    head = f"const VERSION = {json.dumps(version(files))};\nconst SHELL = {json.dumps(addresses)};\n"
    return head + (static / "service-worker.js").read_text(encoding="utf-8")


def manifest() -> dict[str, object]:
    """What the device needs to install the application."""
    sizes = (192, 512)
    pictures: list[dict[str, str]] = [
        {"src": f"/static/vendor/icons/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in sizes
        for purpose in ("any", "maskable")
    ]
    return {
        "id": "/",
        "name": gettext("Paperless meetings"),
        "short_name": gettext("Meetings"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f4ee",
        "theme_color": "#18244c",
        "icons": [{"src": "/static/icons/mark.svg", "sizes": "any", "type": "image/svg+xml"}, *pictures],
    }
