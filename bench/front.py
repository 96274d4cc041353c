"""nginx before a server, by the example of deploy/nginx.conf: a process of its own on a free port of the loopback."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "deploy" / "nginx.conf"
FAILS = "max_fails=1 fail_timeout=2s"
STATIC = EXAMPLE.parent.parent / "static"


def nginx() -> str | None:
    """The program, where there is one."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def configuration(folder: Path, port: int, behind: Sequence[int], storage: Path) -> str:
    """The example with this machine's ports and folders, without TLS."""
    site = EXAMPLE.read_text()
    site = re.sub(r"^.*\bssl_.*\n", "", site, flags=re.MULTILINE)
    for written, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} backlog=4096;"),
        (f"server 127.0.0.1:8000 {FAILS};", "".join(f"server 127.0.0.1:{each} {FAILS};" for each in behind)),
        ("access_log /var/log/nginx/hop-khong-giay.log meeting_paths;", f"access_log {folder}/access.log meeting_paths;"),
        ("/srv/hop-khong-giay/static/", f"{STATIC}/"),
        ("/var/lib/hop-khong-giay/storage/", f"{storage}/"),
    ):
        if site.count(written) != 1:
            raise ValueError(f"deploy/nginx.conf lacks {written}")
        site = site.replace(written, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
access_log off;
{temporary}
{site}
}}
"""


class Front:
    """nginx from the beginning to the end of a `with`."""

    def __init__(self, folder: Path, behind: int | Sequence[int], storage: Path) -> None:
        self.port = free_port()
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._written = folder / "nginx.conf"
        ports = [behind] if isinstance(behind, int) else behind
        self._written.write_text(configuration(folder, self.port, ports, storage))

    def __enter__(self) -> "Front":
        program = nginx()
        assert program is not None
        command = [program, "-p", str(self._folder), "-e", str(self._folder / "error.log"), "-c", str(self._written)]
        self._process = subprocess.Popen(command, start_new_session=True)
        ends = time.monotonic() + 10
        while time.monotonic() < ends and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        self.__exit__()
        raise SystemExit("nginx did not start:\n" + (self._folder / "error.log").read_text()[-2000:])

    def __exit__(self, *_problem: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(10)
