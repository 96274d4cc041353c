"""A real HTTP server that takes what it is told, and can be made to fail."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What came, in order, and what is answered: statuses one after the other, 200 once they are used up."""

    url: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    dawdles: float = 0.0  # seconds before the answer
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def keys(self) -> list[str]:
        """The keys of the deliveries as they came."""
        return [headers["X-Hkg-Delivery"] for headers, _ in self.heard]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on the loopback."""
    here = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.heard.append(({name.title(): value for name, value in self.headers.items()}, body))
            if here.dawdles and here.stop.wait(here.dawdles):
                return
            status = here.answers.pop(0) if here.answers else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", here.url + "/elsewhere")
            self.end_headers()
            for letter in b"nh\xe1\xba\xadn \x00" + b"x" * 2000:
                try:
                    self.wfile.write(bytes([letter]))
                except OSError:
                    return

        def log_message(self, *_told: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
