"""Keeps a process that works on a stranger's file in narrow bounds: memory, time, no network, only the folders it needs.

`python -m meeting.documents.confine --memory BYTES --seconds N --folder DIR -- COMMAND…` takes the bounds upon itself and
becomes the command; a process of ours calls `confine` first of all. What the kernel cannot do (seccomp, Landlock) is left
out: limits on memory and time hold on every Linux.
"""

import ctypes
import os
import platform
import resource
import shutil
import struct
import sys
from collections.abc import Iterable
from math import ceil
from pathlib import Path

READABLE = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/opt",
    "/etc",
    "/proc",
    "/sys",
    "/dev",
    "/var/cache/fontconfig",
    "/nix/store",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
)
OURS = (Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[1])  # Python and our code, not the data beside it
FILE_BYTES = 2 * 1024**3  # the largest file such a process may write
NO_NEW_PRIVILEGES, SET_SECCOMP, SECCOMP_FILTER = 38, 22, 2
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
READ, ALL = 0b1101, 0b1_1111_1111_1111  # execute, read file, read folder; everything the first Landlock knows
FILE_ONLY = 0b111  # what may be said of a path that is no folder
REFER, TRUNCATE = 1 << 13, 1 << 14
SOCKET_FILE = 1 << 5 | 1 << 9  # make a socket file and remove it: LibreOffice keeps one in /tmp whatever one tells it
SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # architecture and number of socket(2)
ERRNO_ACCES = 0x00050000 | 13
ALLOW = 0x7FFF0000


def confine(memory_bytes: int, seconds: int | None, folders: Iterable[Path], readable: Iterable[Path] = ()) -> None:
    """Takes the bounds upon this process and all it starts, for good. It may write in `folders` and nowhere else."""
    limit(memory_bytes, seconds)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _no_network(libc)
    _only_folders(libc, list(folders), [*map(Path, READABLE), *OURS, *_installed(), *readable])


def limit(memory_bytes: int, seconds: int | None) -> None:
    """The bounds on memory and time alone, and no core file that would hold what was in memory."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def _installed() -> list[Path]:
    """Where the programs of others lie that our work needs, when not in the usual places."""
    found = [Path(place).resolve().parents[1] for name in ("soffice", "tesseract") if (place := shutil.which(name))]
    return [*found, *(Path(place) for place in [os.environ.get("TESSDATA_PREFIX", "")] if place)]


def _no_network(libc: ctypes.CDLL) -> None:
    """socket() of the internet families answers "permission denied", whatever the file asks for."""
    known = SOCKET_CALL.get(platform.machine())
    if known is None:
        return
    machine, number = known
    program = [
        (0x20, 0, 0, 4),  # the architecture
        (0x15, 0, 6, machine),
        (0x20, 0, 0, 0),  # the number of the call
        (0x15, 0, 4, number),
        (0x20, 0, 0, 16),  # its first argument: the family
        (0x15, 1, 0, 2),  # AF_INET
        (0x15, 0, 1, 10),  # AF_INET6
        (0x06, 0, 0, ERRNO_ACCES),
        (0x06, 0, 0, ALLOW),
    ]
    filters = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in program))
    header = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(filters))
    libc.prctl(SET_SECCOMP, SECCOMP_FILTER, ctypes.create_string_buffer(header), 0, 0)


def _only_folders(libc: ctypes.CDLL, writable: list[Path], readable: list[Path]) -> None:
    """Other people's papers, the database and the keys are out of reach (Landlock, Linux 5.13 and later)."""
    version = libc.syscall(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    handled = ALL | (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    ruleset = libc.syscall(CREATE_RULESET, struct.pack("Q", handled), 8, 0)
    if ruleset < 0:
        return
    for path, rights in (*((each, READ) for each in readable), *((each, handled) for each in (*writable, Path("/dev")))):
        _allow(libc, ruleset, path, rights)
    _allow(libc, ruleset, Path("/tmp"), SOCKET_FILE)  # noqa: S108 - named so that it is not open for more
    libc.syscall(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH)
    except OSError:
        return
    allowed = rights if path.is_dir() else rights & (FILE_ONLY | TRUNCATE)
    libc.syscall(ADD_RULE, ruleset, 1, struct.pack("=Qi", allowed, opened), 0)
    os.close(opened)


def launcher(memory_bytes: int, seconds: float, folder: Path, command: list[str]) -> list[str]:
    """The command line that runs `command` within the bounds."""
    bounds = ["--memory", str(memory_bytes), "--seconds", str(max(1, ceil(seconds))), "--folder", str(folder)]
    return [sys.executable, "-m", "meeting.documents.confine", *bounds, "--", *command]


def main(arguments: list[str]) -> None:
    """Becomes the command after `--`."""
    told, command = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    given = dict(zip(told[::2], told[1::2], strict=True))
    confine(int(given["--memory"]), int(given["--seconds"]), [Path(given["--folder"])])
    os.execv(command[0], command)  # noqa: S606 - the command our own code wrote


if __name__ == "__main__":
    main(sys.argv[1:])
