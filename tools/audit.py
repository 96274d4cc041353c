"""Ask pip-audit and npm audit for known weaknesses of what this builds on.

    python tools/audit.py [npm's own options, as --registry ADDRESS]

A weakness fails, and so does a check that could not run at all. Where the lists of weaknesses cannot be reached, the check is
skipped, and it is said so: nothing is known then, neither good nor bad.
"""

import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / ".audit"  # pip-audit's own environment: it is no part of what it looks at
PIP_AUDIT = ("--requirement", "requirements.txt", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json")
#: What stands at the end of pip-audit's or pip's words where the other side does not answer.
AWAY = ("requests.exceptions.", "urllib3.exceptions.", "ServiceError", "vulnerability feed", "PyPI is not redirecting",
        "network may be blocking", "No matching distribution found")  # fmt: skip

#: How npm's words begin where it asked in vain.
IN_VAIN = ("request to ", "network timeout", "Response timeout", "Invalid response body")


@dataclass
class Heard:
    """What one of the two said. `reached`: whether it had its list; `fault`: why it could not run."""

    weaknesses: list[str] = field(default_factory=list)
    reached: bool = True
    fault: str = ""
    unknown: list[str] = field(default_factory=list)  # of which its list holds nothing

    @property
    def failed(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.weaknesses or self.fault)


def of_pip(said: str, beside: str) -> Heard:
    """Reads what pip-audit wrote, and what beside it."""
    found = _read(said)
    if "dependencies" not in found:
        last = _last(beside)
        away = any(sign in line for sign in AWAY for line in beside.splitlines()[-4:])
        return Heard(reached=False) if away else Heard(fault=last or "it said nothing")
    every: list[dict[str, Any]] = found["dependencies"]
    unknown = [each["name"] for each in every if "skip_reason" in each]
    if every and len(unknown) == len(every):
        return Heard(reached=False)
    wrong = [
        f"{each['name']} {each['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version yet'}"
        for each in every
        for one in each.get("vulns", [])
    ]
    return Heard(wrong, unknown=unknown)


def of_npm(said: str, beside: str) -> Heard:
    """Reads what npm audit wrote, and what beside it."""
    found = _read(said)
    if "vulnerabilities" in found:
        return Heard([f"{name}: {one['severity']}, {_why(one['via'])}" for name, one in found["vulnerabilities"].items()])
    if "statusCode" in found or str(found.get("message", "")).startswith(IN_VAIN):
        return Heard(reached=False)
    return Heard(fault=str(found.get("error", {}).get("summary") or found.get("message") or _last(beside) or "it said nothing"))


def _why(via: list[Any]) -> str:
    """The weaknesses of a package, or the packages through which it has them."""
    return "; ".join(f"through {each}" if isinstance(each, str) else f"{each['title']} {each['url']}" for each in via)


def _read(said: str) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _last(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")


def ask_pip() -> Heard:
    """pip-audit, put into its own environment where it is not there yet."""
    if not (OWN / "bin" / "pip-audit").exists():
        venv.create(OWN, with_pip=True)
        put = _run(str(OWN / "bin" / "python"), "-m", "pip", "install", "--quiet", "--retries", "1", "pip-audit")
        if put.returncode != 0:
            return of_pip("", put.stderr)
    ran = _run(str(OWN / "bin" / "pip-audit"), *PIP_AUDIT)
    return of_pip(ran.stdout, ran.stderr)


def ask_npm(*options: str) -> Heard:
    """npm audit, of the lock file."""
    try:
        ran = _run("npm", "audit", "--json", *options)
    except FileNotFoundError:
        return Heard(fault="npm is not there: `make setup` brings it")
    return of_npm(ran.stdout, ran.stderr)


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    beside = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(command, cwd=ROOT, env=beside, capture_output=True, text=True, check=False)


def told(name: str, heard: Heard) -> str:
    """What is to be read of it."""
    if heard.fault:
        return f"{name}: FAILED, it could not run: {heard.fault}"
    if not heard.reached:
        return f"{name}: SKIPPED, its data could not be reached. Nothing was checked."
    if heard.weaknesses:
        lines = [f"{name}: FAILED, known weaknesses:", *(f"  {each}" for each in heard.weaknesses)]
    else:
        lines = [f"{name}: no known weakness."]
    if heard.unknown:
        lines.append(f"  Not checked, for its data does not hold them: {', '.join(heard.unknown)}")
    return "\n".join(lines)


def main(options: list[str]) -> int:
    """1 where somebody has to look at something."""
    heard = {"pip-audit": ask_pip(), "npm audit": ask_npm(*options)}
    for name, each in heard.items():
        print(told(name, each), flush=True)
    return 1 if any(each.failed for each in heard.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
