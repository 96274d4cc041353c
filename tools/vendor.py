"""Copy the browser's libraries, fonts and icons from node_modules to static/vendor.

    python tools/vendor.py            everything
    python tools/vendor.py --icons    only the icon sprite, after a template or script names a new icon

static/vendor is not kept in the repository: `make setup` fills it. Nothing is ever loaded from outside the server.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import app_icons
import fonts
import icons

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

LIBRARIES = {
    "bootstrap/dist/css/bootstrap.min.css": "css/bootstrap.css",
    "preact/dist/preact.mjs": "js/preact.js",
    "preact/hooks/dist/hooks.mjs": "js/preact-hooks.js",
    "@preact/signals-core/dist/signals-core.mjs": "js/signals-core.js",
    "@preact/signals/dist/signals.mjs": "js/signals.js",
    "htm/preact/index.mjs": "js/htm-preact.js",
    "htm/dist/htm.mjs": "js/htm.js",
    "idb/build/index.js": "js/idb.js",
    "perfect-freehand/dist/esm/index.mjs": "js/perfect-freehand.js",
    "socket.io-client/dist/socket.io.esm.min.js": "js/socket.io.js",
}


def copy_libraries() -> None:
    """Bring each library under its plain name; the source map comments go, since the maps stay behind."""
    for source, name in LIBRARIES.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = (NODE_MODULES / source).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.lstrip("/* ").startswith("# sourceMappingURL=")]
        target.write_text("\n".join(kept) + "\n", encoding="utf-8")


def main() -> int:
    """Fill static/vendor; answer 1 when something needed is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--icons", action="store_true", help="only the icon sprite")
    chosen = parser.parse_args()
    if not NODE_MODULES.is_dir():
        print("node_modules is missing: run `npm ci` first", file=sys.stderr)
        return 1
    if not chosen.icons:
        for folder in ("css", "js", "fonts"):
            shutil.rmtree(VENDOR / folder, ignore_errors=True)
        copy_libraries()
        fonts.make(NODE_MODULES, VENDOR)
        app_icons.make(VENDOR / "icons")
    VENDOR.mkdir(parents=True, exist_ok=True)
    unknown = icons.make(ROOT, NODE_MODULES / "@tabler" / "icons" / "icons", VENDOR / "icons.svg")
    for place, name in unknown:
        print(f"{place}: no such icon: {name}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())
