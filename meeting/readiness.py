"""Tells the service manager (systemd, `Type=notify`) when this process really serves, and when it ends."""

import os
import socket
import time


def tell(state: str) -> bool:
    """Sends a state such as READY=1 to where NOTIFY_SOCKET says; False without one, or when nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(address)
            line.sendall(state.encode())
    except OSError:
        return False
    return True


def keep_telling() -> None:
    """Says that this process is still going round, twice in the time that WATCHDOG_USEC gives; returns where none is given."""
    microseconds = int(os.environ.get("WATCHDOG_USEC") or 0)
    while microseconds and tell("WATCHDOG=1"):
        time.sleep(microseconds / 2e6)
