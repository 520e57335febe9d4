"""A way to PostgreSQL that can lose the reply to a COMMIT: the server has committed, and the client cannot know.

Given a database's URL, gives one that leads through a door of our own; `lose_the_next_commit` cuts the connection on which the next COMMIT
is said, after the server has carried it out and before its reply is passed on.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy.engine import make_url

from tests.servers.ground import LOOPBACK

_COMMIT = b"COMMIT\x00"


@dataclass(slots=True)
class Way:
    """`url` is the way through it; `lost` counts the replies that were swallowed."""

    url: str
    _server: tuple[str, int]
    _door: socket.socket
    lost: int = 0
    _is_next: threading.Event = field(default_factory=threading.Event)

    def lose_the_next_commit(self) -> None:
        self._is_next.set()

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._door.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        server = socket.create_connection(self._server)
        threading.Thread(target=_copy, args=(server, client), daemon=True).start()
        with contextlib.suppress(OSError):
            while said := client.recv(65536):
                is_lost = _COMMIT in said and self._is_next.is_set()
                if is_lost:
                    self._is_next.clear()
                    client.shutdown(socket.SHUT_WR)  # not a word more reaches the client
                server.sendall(said)
                if is_lost:
                    self.lost += 1
        for line in (client, server):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def _copy(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def way_to(url: str) -> Iterator[Way]:
    there = make_url(url)
    with socket.create_server((LOOPBACK, 0)) as door:
        here = there.set(host=LOOPBACK, port=int(door.getsockname()[1])).render_as_string(hide_password=False)
        way = Way(here, (there.host or LOOPBACK, there.port or 5432), door)
        threading.Thread(target=way.serve, daemon=True).start()
        yield way
