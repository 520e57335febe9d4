"""`firstreply board`: a web page for staff, on this machine alone."""

from __future__ import annotations

import secrets

import typer

from bot.cli.desk import Refusal, open_desk

PORT = 8600


def register(app: typer.Typer) -> None:
    app.command("board")(board)


def board(port: int = typer.Option(PORT, "--port", min=1, max=65535, help="On which port of this machine.")) -> None:
    """Serve a web page for staff on this machine: cases and their queues, the coming round, what waits, the log, health, figures.

    Staff sign in by a link that is mailed to them. From elsewhere it is reached through SSH: ssh -L 8600:127.0.0.1:8600 the-machine

    Example: firstreply board --port 8600
    """
    try:
        from bot import board as pages
    except ImportError:
        raise Refusal('The board needs two more packages: pip install "firstreply[board]"') from None
    from bot.daemon import send_due
    from bot.logs import to_standard_error

    with open_desk(logs=True) as office:
        to_standard_error()
        address = f"http://{pages.HOST}:{port}"
        print(f"The board is on {address}. Ctrl-C stops it.", flush=True)
        doorway = pages.Doorway(lambda: secrets.token_urlsafe(32))
        pages.serve(pages.application(office, doorway, address=address, hand_over=lambda: send_due(office, kind="board_link")), port=port)
