"""A bare SMTP sink: takes every letter, keeps none, and costs as little as Python allows (RFC 5321, RFC 2920).

Run as a process of its own, so that it does not share our interpreter: prints its port, and ends when its standard input does.
Stands in where Debian's smtp-sink is not installed. Never answers anything but yes. With `--tell` it says of each letter on standard output
when it was there whole, on the clock that all processes of a machine share, and which Message-ID it answers.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from functools import partial
from typing import cast

_END = b"\r\n.\r\n"
_EHLO = b"250-sink\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n"
_REPLIES = {b"EHLO": _EHLO, b"DATA": b"354 go on\r\n", b"QUIT": b"221 2.0.0 bye\r\n"}
_YES = b"250 2.0.0 ok\r\n"
_ANSWERED = re.compile(rb"^In-Reply-To:\s*(<[^>]*>)", re.MULTILINE)


class Sink(asyncio.Protocol):
    def __init__(self, *, tells: bool = False) -> None:
        self._tells = tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._unread = b""
        self._in_body = False
        self._transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._unread += data
        replies = []
        while reply := self._next():
            replies.append(reply)
        if replies:
            self._transport.write(b"".join(replies))
        if replies and replies[-1] is _REPLIES[b"QUIT"]:
            self._transport.close()

    def _next(self) -> bytes:
        return self._end_of_body() if self._in_body else self._verb()

    def _verb(self) -> bytes:
        line, ended, rest = self._unread.partition(b"\r\n")
        if not ended:
            return b""
        verb = line[:4].upper()
        self._in_body = verb == b"DATA"
        # An empty body ends with the line break of the verb above it.
        self._unread = b"\r\n" + rest if self._in_body else rest
        return _REPLIES.get(verb, _YES)

    def _end_of_body(self) -> bytes:
        body, ended, rest = self._unread.partition(_END)
        self._in_body = not ended
        if ended:
            self._unread = rest
        elif not self._tells:
            self._unread = self._unread[-len(_END) :]
        if ended and self._tells:
            answered = _ANSWERED.search(body)
            print(time.monotonic(), answered[1].decode() if answered else "-", flush=True)
        return _YES if ended else b""


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(partial(Sink, tells="--tell" in sys.argv), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
