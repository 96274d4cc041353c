"""The web process for other servers: `app` is the WSGI application, `socketio` its Socket.IO server.

`meeting run` is the usual start; it also runs the worker. This file serves one web process only.
"""

from meeting import asyncmode

asyncmode.patch_if_asked()

from meeting import server  # noqa: E402 - patching comes first
from meeting.web.sockets import socketio  # noqa: E402 - patching comes first

app = server.prepare()

__all__ = ["app", "socketio"]
