"""A real object store for a test: a Ceph cluster of one monitor and one disk in memory, with its S3 gateway, on the loopback."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import boto3
import pytest

from tests.serving import free_port

PROGRAMS = ("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
KEY, SECRET = "OFFICE", "only-for-tests"
CONFIGURATION = """[global]
fsid = {fsid}
mon host = [v1:127.0.0.1:{mon}]
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
public addr = 127.0.0.1
cluster addr = 127.0.0.1
run dir = {folder}/run
admin socket = {folder}/run/$name.asok
pid file = {folder}/run/$name.pid
log file = {folder}/$name.log
keyring = {folder}/keyring
crash dir = {folder}/crash
ms bind msgr2 = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail warn = 2
mon data avail crit = 1
mon data = {folder}/mon
mon cluster log file = {folder}/cluster.log
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd class load list = *
osd class default list = *
osd class update on start = false
osd crush update on start = false
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw run sync thread = false
rgw cache enabled = false
rgw dynamic resharding = false
rgw override bucket index max shards = 1
"""


class ObjectStore:
    """The running store: its address, and its gateway to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._mon, self._gateway = free_port(), 0

    def start(self) -> None:
        """Monitor, disk, a user, gateway."""
        fsid = str(uuid.uuid4())
        for name in ("mon", "osd", "rgw", "run", "crash"):
            (self.folder / name).mkdir()
        (self.folder / "keyring").touch()
        written = CONFIGURATION.format(fsid=fsid, mon=self._mon, port=self.port, folder=self.folder)
        (self.folder / "ceph.conf").write_text(written)
        monitor = f"[v1:127.0.0.1:{self._mon}/0]"
        self.run("monmaptool", "--create", "--addv", "a", monitor, "--fsid", fsid, f"{self.folder}/monmap", plain=True)
        self.run("ceph-mon", "-i", "a", "--mkfs", "--monmap", f"{self.folder}/monmap")
        self.run("ceph-mon", "-i", "a")
        self.run("ceph-osd", "-i", "0", "--mkfs")
        self.run("ceph", "osd", "new", (self.folder / "osd" / "fsid").read_text().strip())
        self.run("ceph", "osd", "crush", "add", "osd.0", "1.0", "root=default", "host=here")
        self.run("ceph-osd", "-i", "0")
        who = ("--uid=office", "--display-name=office", f"--access-key={KEY}", f"--secret-key={SECRET}")
        self.run("radosgw-admin", "-n", "client.rgw", "user", "create", *who)
        self.open_gateway()

    def new_bucket(self, name: str = "") -> str:
        """The address of a bucket of its own that keeps earlier versions, as many offices have it set."""
        name = name or f"office-{secrets.token_hex(4)}"
        opened = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=self.address, **opened)
        client.create_bucket(Bucket=name)
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        client.close()
        return f"{self.address}/{name}"

    def run(self, *command: str, plain: bool = False) -> None:
        """One of its programs, to its end."""
        named = command if plain else (command[0], "-c", f"{self.folder}/ceph.conf", *command[1:])
        with (self.folder / "commands.log").open("ab") as log:
            subprocess.run(named, check=True, stdout=log, stderr=log, timeout=60)

    def open_gateway(self) -> None:
        """Starts the gateway and waits until it answers."""
        self.run("radosgw", "-n", "client.rgw")
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(self.address, timeout=5):
                return
            time.sleep(0.1)
        raise AssertionError("the gateway does not answer")

    def kill_gateway(self) -> None:
        """Kills the gateway, as a power cut would."""
        pid = int((self.folder / "run" / "client.rgw.pid").read_text())
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text():
            time.sleep(0.02)

    def stop(self) -> None:
        """Ends whatever runs of it."""
        for file in (self.folder / "run").glob("*.pid"):
            with suppress(ProcessLookupError, ValueError):
                os.kill(int(file.read_text()), signal.SIGKILL)


@contextmanager
def running() -> Iterator[ObjectStore]:
    """Starts one, empty; skips where Ceph is not installed."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        pytest.skip(f"the object store is not installed: {', '.join(missing)}")
    for last in (False, False, True):
        with tempfile.TemporaryDirectory(prefix="meeting-s3-") as name:
            store = ObjectStore(Path(name))
            try:
                if _started(store, sure=last):
                    yield store
                    return
            finally:
                store.stop()


def _started(store: ObjectStore, *, sure: bool) -> bool:
    """Whether it runs now: on a busy machine its monitor at times does not let the disk in, and all of it is begun anew."""
    try:
        store.start()
    except (subprocess.SubprocessError, AssertionError):
        if sure:
            raise
        return False
    return True
