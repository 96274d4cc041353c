"""The floor of searching over HTTP: a bare Flask that answers JSON of the same size, on the same server stack.

`python -m bench.search_floor PORT`: GET /json/N answers a list whose JSON is about N bytes.
"""

from meeting import asyncmode

asyncmode.patch_if_asked()

import socket  # noqa: E402 - after the patch
import sys  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask, jsonify  # noqa: E402

app = Flask("floor")
ROW = {"title": "x" * 80, "passage": "x" * 200, "url": "/documents/1"}
BYTES = 340


@app.get("/json/<int:size>")
def rows(size: int) -> Any:
    """Rows as a search answers them, without searching."""
    return jsonify({"data": [ROW] * max(1, size // BYTES)})


def serve(port: int) -> None:
    """The listener of the system, in its mode."""
    import eventlet.wsgi  # noqa: PLC0415 - only to serve

    listener = eventlet.listen(("127.0.0.1", port), backlog=4096)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as the system: no answer waits to be acknowledged
    eventlet.wsgi.server(listener, app, max_size=20_000, log_output=False)


if __name__ == "__main__":
    serve(int(sys.argv[-1]))
