"""Signs and checks in a process of its own: `python -m meeting.signing.working TARGET`, one JSON object by standard input.

Secrets come by standard input only: they stand in no argument, no environment, no file, no answer. The answer is one JSON
object: `{"made": {...}}` or `{"refusal": code, "facts"}`. What is made lies in TARGET.
"""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from meeting.documents.confine import confine, limit
from meeting.errors import Refused
from meeting.signing import rules  # noqa: F401 - declares the sentences of its refusals

FONTS = Path(__file__).parents[2] / "static" / "vendor" / "fonts"
MEMORY_BYTES = 2 * 1024**3
SECONDS = 60


def main(arguments: list[str]) -> int:
    """Does one piece of work and says how it ended."""
    wanted = json.loads(sys.stdin.buffer.read())
    target = Path(arguments[0])
    logging.disable(logging.CRITICAL)
    if wanted.get("key", {}).get("kind") == "pkcs11":
        limit(MEMORY_BYTES, SECONDS)  # a token's driver needs its own sockets and folders
    else:
        confine(MEMORY_BYTES, SECONDS, [target.parent], [FONTS, *map(Path, wanted["reads"])])
    told: dict[str, Any]
    try:
        told = {"made": VERBS[wanted["verb"]](wanted, target)}
    except Refused as refused:
        told = {"refusal": refused.code, "facts": refused.facts}
    except MemoryError:
        told = {"refusal": "signing_failed", "facts": {}}
    except Exception as failure:
        told = {"refusal": "signing_failed", "facts": {}, "why": type(failure).__name__}
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
    return 0


def set_out(wanted: dict[str, Any], target: Path) -> dict[str, Any]:
    """Sets a paper from its words and adds the form."""
    from meeting.documents import slots  # noqa: PLC0415 - only this verb needs the typesetter
    from meeting.documents.typeset import typeset  # noqa: PLC0415
    from meeting.signing.fields import with_fields  # noqa: PLC0415

    layout, sheet = wanted["layout"], wanted["sheet"]
    places = [slot.told() for slot in slots.found(layout, sheet)]
    target.write_bytes(with_fields(typeset(layout, sheet), places, wanted["sealed"]))
    return {}


def fill_in(wanted: dict[str, Any], target: Path) -> dict[str, Any]:
    """Writes number and date into the fields that signatures left open; refuses when a signature does not permit it."""
    from meeting.signing import verify  # noqa: PLC0415 - each verb loads what it needs
    from meeting.signing.sign import filled  # noqa: PLC0415

    made = filled(Path(wanted["source"]).read_bytes(), wanted["values"])
    found, _ = verify.signatures_of(made)
    if not found or not all(each["sound"] for each in found):
        raise Refused("signature_forbids")
    target.write_bytes(made)
    return {"signatures": found}


def open_key(wanted: dict[str, Any], _target: Path) -> dict[str, Any]:
    """Opens a key and tells what its certificate says."""
    from meeting.signing.certificates import facts  # noqa: PLC0415 - each verb loads what it needs
    from meeting.signing.opening import opened  # noqa: PLC0415

    with opened(wanted["key"], wanted["secret"]) as signer:
        assert signer.signing_cert is not None
        return facts(signer.signing_cert)


def sign(wanted: dict[str, Any], target: Path) -> dict[str, Any]:
    """A person signs, or the body with number and date; the made file is checked before it is handed out.

    The time in the signature is this moment, or `at`, which no door passes on: the demo's past signs by it.
    """
    from meeting.signing import opening, verify  # noqa: PLC0415 - each verb loads what it needs
    from meeting.signing.sign import seal  # noqa: PLC0415
    from meeting.signing.sign import sign as sign_as_person  # noqa: PLC0415

    source = Path(wanted["source"]).read_bytes()
    at = datetime.fromisoformat(wanted["at"]) if wanted.get("at") else datetime.now(UTC)
    with opening.opened(wanted["key"], wanted["secret"]) as signer:
        assert signer.signing_cert is not None
        opening.check_at(signer.signing_cert, at)
        if wanted["fingerprint"] != signer.signing_cert.sha256.hex():
            raise Refused("token_not_found")
        if wanted["field"] == "seal":
            made = seal(source, signer, wanted["values"], wanted["shown"], at)
        else:
            made = sign_as_person(source, signer, wanted["field"], wanted["shown"], at)
    found, filled = verify.signatures_of(made, [each.encode("latin-1") for each in wanted["roots"]])
    if not found or not all(each["sound"] for each in found):
        raise Refused("signature_forbids")
    target.write_bytes(made)
    return {"signatures": found, "filled": filled}


def check(wanted: dict[str, Any], _target: Path) -> dict[str, Any]:
    """What the signatures of a file are worth, and whether it is the laid-out paper."""
    from meeting.signing import comparing, verify  # noqa: PLC0415 - each verb loads what it needs

    brought = Path(wanted["source"])
    found, filled = verify.signatures_of(brought.read_bytes(), [each.encode("latin-1") for each in wanted["roots"]])
    if wanted.get("laid_out"):
        comparing.check_same(Path(wanted["laid_out"]), brought)
        filled = comparing.filled_in(Path(wanted["laid_out"]), brought) | filled
    return {"signatures": found, "filled": filled}


VERBS: dict[str, Callable[[dict[str, Any], Path], dict[str, Any]]] = {
    "set_out": set_out,
    "fill_in": fill_in,
    "open_key": open_key,
    "sign": sign,
    "check": check,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
