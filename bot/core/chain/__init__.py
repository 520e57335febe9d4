"""The decision log, held against itself and against the rule: is every entry in its place, and does the rule decide the same once more?

Given entries and what the tables say, gives the first thing that does not fit, in a sentence. Reads what an intruder may have written:
nothing in an entry is believed because it stands there. Never writes an entry, and knows no names.
"""

from bot.core.chain.deadlines import Deadlines
from bot.core.chain.links import Fault, Links
from bot.core.chain.replay import CaseHistory
from bot.core.chain.rule import decide, nearness

__all__ = ["CaseHistory", "Deadlines", "Fault", "Links", "decide", "nearness"]
