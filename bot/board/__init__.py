"""The board: a web page for staff, on this machine alone, that shows how things stand.

Given the office, serves pages that read the ledger, and hands the few words that may be given there to the mailbox, as a mail of the
person who gave them: so there is one way to decide, and every decision has its mail. The one door to starlette and uvicorn.
Never writes a case, a claim or a round itself.
"""

from bot.board.app import application
from bot.board.doorway import Doorway
from bot.board.serving import HOST, serve

__all__ = ["HOST", "Doorway", "application", "serve"]
