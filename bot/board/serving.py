"""The board on its port: this machine alone, until it is told to stop."""

from __future__ import annotations

import signal

import uvicorn
from starlette.applications import Starlette

HOST = "127.0.0.1"


def serve(board: Starlette, *, port: int) -> None:
    """Serve until SIGINT or SIGTERM. No request is logged: its path may hold a link that lets somebody in."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        # uvicorn ends in peace and then raises the signal once more, for whoever had it before.
        signal.signal(ending, lambda *_: None)
    # Its own log would show the words of a fault; without one, what it has to say is an event of ours.
    uvicorn.run(board, host=HOST, port=port, log_config=None, access_log=False, server_header=False, date_header=False)
