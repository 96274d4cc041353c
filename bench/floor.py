"""The floor: the same messages on a bare Flask-SocketIO server, without permission, database or journal.

`python -m bench.floor [FOLDER] PORT`: with a folder its files are served as static files.
"""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402 - after the patch
from datetime import UTC, datetime  # noqa: E402
from typing import Any  # noqa: E402

import eventlet.wsgi  # noqa: E402
from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402

app = Flask("floor", static_folder=sys.argv[1] if len(sys.argv) > 2 else None, static_url_path="/static")
socketio = SocketIO(app, async_mode="eventlet", ping_interval=60)


@socketio.on("connect", namespace="/live")
def connected(_auth: Any = None) -> None:
    """Anybody may come in."""


@socketio.on("live.join", namespace="/live")
def join(_message: Any) -> dict[str, Any]:
    """Everybody is in one room."""
    join_room("meeting")
    return {"ok": True}


@socketio.on("voting.cast", namespace="/live")
def cast(_message: Any) -> dict[str, Any]:
    """Answers at once."""
    return {"ok": True, "received_at": datetime.now(UTC).isoformat()}


@socketio.on("live.tell", namespace="/live")
def tell(message: dict[str, Any]) -> dict[str, Any]:
    """Tells everybody, in the shape of the live state."""
    state = {"meeting_id": 1, "epoch": "1", "seq": 1, "sections": {"notice": {"text": message["text"], "at": ""}}}
    socketio.emit("live.state", state, to="meeting", namespace="/live")
    return {"ok": True}


if __name__ == "__main__":
    listener = eventlet.listen(("127.0.0.1", int(sys.argv[-1])), backlog=4096)
    eventlet.wsgi.server(listener, app, max_size=20_000, log_output=False)
