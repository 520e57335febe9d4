"""Two pages on loopback for probes: /health and /metrics (Prometheus). Nothing else is served, and to nobody else.

Given what to answer, answers GET and HEAD; a probe that dawdles is left after five seconds. A page of another site that has its name
point here (DNS rebinding) is refused by its Host field. Reads no more of a request than its first lines, and writes no log.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

ADDRESS: Final = "127.0.0.1"
_HOSTS: Final = frozenset({ADDRESS, "localhost"})


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    media_type: str
    text: str


@contextmanager
def serving(port: int, pages: dict[str, Callable[[], Answer]]) -> Iterator[None]:
    """Until the end of the block; with port 0 nothing is served. Raises OSError where the port is taken."""
    if not port:
        yield
        return
    server = _Server((ADDRESS, port), _Request)
    server.pages = pages
    thread = threading.Thread(target=server.serve_forever, name="probe", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    pages: dict[str, Callable[[], Answer]]

    def handle_error(self, *_: object) -> None:
        """Who asks may hang up at any moment. A fault of ours goes where those of every thread go, and not in many lines into the log."""
        fault = sys.exc_info()[1]
        if fault is not None and not isinstance(fault, OSError):
            raise fault


class _Request(BaseHTTPRequestHandler):
    timeout = 5
    server: _Server

    def do_GET(self) -> None:  # the name is http.server's
        page = self.server.pages.get(self.path)
        if self.headers.get("Host", "").rpartition(":")[0] not in _HOSTS and self.headers.get("Host", "") not in _HOSTS:
            answer = Answer(421, "text/plain", "not here\n")
        else:
            answer = page() if page else Answer(404, "text/plain", "/health or /metrics\n")
        body = answer.text.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", f"{answer.media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815  # the name is http.server's

    def version_string(self) -> str:
        return "firstreply"

    def log_message(self, *_: object) -> None:
        """The log is for events of ours."""
