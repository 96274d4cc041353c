"""The floor: the same messages on a bare Flask-SocketIO server, without permission, database or journal.

`python -m bench.floor [FOLDER] PORT`: with a folder its files are served as static files. The async mode is that of
`MEETING_ASYNC`, as for the system. What it does is what python-socketio does by itself: one `emit` to a room, one
acknowledgement a request; the bytes are as many as the system's, because the bench asks for that size.
"""

from meeting import asyncmode

asyncmode.patch_if_asked()

import os  # noqa: E402 - after the patch
import sys  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402

app = Flask("floor", static_folder=sys.argv[1] if len(sys.argv) > 2 else None, static_url_path="/static")
socketio = SocketIO(app, async_mode=asyncmode.mode(), ping_interval=60)
sizes = {"state": 0, "told": 0}


@socketio.on("connect", namespace="/live")
def connected(_auth: Any = None) -> None:
    """Anybody may come in."""


@socketio.on("floor.sizes", namespace="/live")
def take_sizes(message: dict[str, int]) -> dict[str, Any]:
    """How many bytes the joins are answered with and the told message is filled up with."""
    sizes.update(message)
    return {"ok": True}


@socketio.on("live.join", namespace="/live")
def join(_message: Any) -> dict[str, Any]:
    """Everybody is in one room, and gets as many bytes as the state of the meeting has."""
    join_room("meeting")
    return {"ok": True, "state": "x" * sizes["state"]} if sizes["state"] else {"ok": True}


@socketio.on("voting.mark_ready", namespace="/live")
@socketio.on("voting.cast", namespace="/live")
def cast(_message: Any) -> dict[str, Any]:
    """Answers at once."""
    return {"ok": True, "received_at": datetime.now(UTC).isoformat()}


@socketio.on("live.tell", namespace="/live")
def tell(message: dict[str, Any]) -> dict[str, Any]:
    """Tells everybody, in the shape of the live state."""
    notice = {"text": message["text"], "at": "", "fill": "x" * sizes["told"]}
    state = {"meeting_id": 1, "epoch": "1", "seq": 1, "sections": {"notice": notice}}
    socketio.emit("live.state", state, to="meeting", namespace="/live")
    return {"ok": True}


def serve(port: int) -> None:
    """The same listener as the system's, in the same mode."""
    if os.environ.get("MEETING_LATENESS"):
        socketio.start_background_task(asyncmode.note_lateness, os.environ["MEETING_LATENESS"])
    if asyncmode.mode() == "gevent":
        from gevent import pywsgi  # noqa: PLC0415 - only in this mode
        from geventwebsocket.handler import WebSocketHandler  # noqa: PLC0415 - only in this mode

        server = pywsgi.WSGIServer(("127.0.0.1", port), app, handler_class=WebSocketHandler, log=None, backlog=4096)
        server.serve_forever()
    else:
        import eventlet.wsgi  # noqa: PLC0415 - only in this mode

        listener = eventlet.listen(("127.0.0.1", port), backlog=4096)
        eventlet.wsgi.server(listener, app, max_size=20_000, log_output=False)


if __name__ == "__main__":
    serve(int(sys.argv[-1]))
