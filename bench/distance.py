"""A long way in front of a server: passes on what either side says, each half a round trip late, in order and at any rate.

Run as a process of its own: `python -m bench.distance PORT MILLISECONDS` prints the port at which the same server is far away.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial

_CHUNK = 1 << 16


async def serve(port: int, one_way: float) -> None:
    server = await asyncio.start_server(partial(_carry_both, port, one_way), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


async def _carry_both(port: int, one_way: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    there, back = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(_carry(reader, back, one_way), _carry(there, writer, one_way))


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, one_way: float) -> None:
    """Reading goes on while what was read is under way: it is distance, not a narrow line."""
    loop, under_way = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]]()

    async def arrive() -> None:
        said = b"begin"
        while said:
            due, said = await under_way.get()
            await asyncio.sleep(due - loop.time())
            writer.write(said)
        writer.close()

    arriving = asyncio.create_task(arrive())
    said = b"begin"
    while said:
        try:
            said = await reader.read(_CHUNK)
        except ConnectionError:
            said = b""
        under_way.put_nowait((loop.time() + one_way, said))
    await arriving


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) / 2000))
