"""Whether the service itself is well: what stands still, fills up or stays away, since when, and what to do about it.

Given facts and the time, gives findings; given what was told already, says what is to be told now. Every limit is a value of `Limits`.
A *fault* holds mail up or soon will; a *notice* wants a look. Never holds a word of a letter or an address: a finding goes to pagers too.
"""

from bot.core.health.exposition import exposition
from bot.core.health.facts import LIMITS, Counted, Facts, Limits, Lost, Trouble, stalled
from bot.core.health.news import Known, News, Turn, news
from bot.core.health.rules import findings
from bot.core.health.words import UNMAILABLE, WORDS

__all__ = [
    "LIMITS",
    "UNMAILABLE",
    "WORDS",
    "Counted",
    "Facts",
    "Known",
    "Limits",
    "Lost",
    "News",
    "Trouble",
    "Turn",
    "exposition",
    "findings",
    "news",
    "stalled",
]
