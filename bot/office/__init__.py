"""What every walk needs at hand: the ledger, the organisation's rules, the typesetter, the clock; and how a letter comes to be owed.

Wired once from the settings. The rooms in here are what more than one walk asks or does with it. Nothing is sent from here.
"""

from bot.office.kinds import ANSWER_KINDS
from bot.office.owing import ABOUT_LETTERS, HEAD, Office
from bot.office.wiring import open_office, own

__all__ = ["ABOUT_LETTERS", "ANSWER_KINDS", "HEAD", "Office", "open_office", "own"]
