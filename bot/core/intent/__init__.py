"""What the sender wants: whole lines in the command grammar, and nothing else.

Given the Subject and the sender's own words, gives commands in the order in which they stand, and the cases that prose names.
The text comes from strangers. A line acts only if all of it is a command: no guessing, no questions, no negations, no conditions.
Never decides whether a command may be done; that is `decide`.
"""

from bot.core.case_ids import case_id, number_of
from bot.core.intent.command import CHECK_IN_ANSWERS, Command
from bot.core.intent.grammar import check_in_answer, hands_back_for, limit_in, read_line
from bot.core.intent.reading import Intent, grounds_of, in_place, understand
from bot.core.intent.slips import MOST_COMMANDS, Slip, misspelt
from bot.core.intent.subject import bare_subject
from bot.core.vocabulary import Vocabulary, bare_words, word_alone

__all__ = [
    "CHECK_IN_ANSWERS",
    "MOST_COMMANDS",
    "Command",
    "Intent",
    "Slip",
    "Vocabulary",
    "bare_subject",
    "bare_words",
    "case_id",
    "check_in_answer",
    "grounds_of",
    "hands_back_for",
    "in_place",
    "limit_in",
    "misspelt",
    "number_of",
    "read_line",
    "understand",
    "word_alone",
]
