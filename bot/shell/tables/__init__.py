"""Rows, and the promises that the database itself keeps.

What must never be is refused here, by constraint: two holders of one place, two live claims of one member on one case, a message
entered twice, a round opened twice, a letter owed twice. Read and written by the ledger alone; no row leaves `shell/`.
Every name and type is one that SQLite and PostgreSQL both take.
"""

from bot.shell.tables.arrivals import AnswerLineRow, ArrivalCaseRow, ArrivalRow, FolderRow, RawMailRow
from bot.shell.tables.cases import CaseNumberRow, CaseRow, DecisionRow, OfferRow, PlaceRow, RoundRow
from bot.shell.tables.claims import ClaimRow
from bot.shell.tables.conditions import IN_HAND, LIVE_STATES, NEWS, OWED, PENDING, PLACED_STATES, TO_FILE, UNANSWERED
from bot.shell.tables.letters import LetterRow, PostedRow, RawLetterRow
from bot.shell.tables.people import AddressRow, MemberRow
from bot.shell.tables.questions import ApprovalRow, ProposalRow, QuestionCaseRow, QuestionRow, WordsRow
from bot.shell.tables.service import LeaderRow, MarkRow, ReplicaRow, lasting_tables

__all__ = [
    "IN_HAND",
    "LIVE_STATES",
    "NEWS",
    "OWED",
    "PENDING",
    "PLACED_STATES",
    "TO_FILE",
    "UNANSWERED",
    "AddressRow",
    "AnswerLineRow",
    "ApprovalRow",
    "ArrivalCaseRow",
    "ArrivalRow",
    "CaseNumberRow",
    "CaseRow",
    "ClaimRow",
    "DecisionRow",
    "FolderRow",
    "LeaderRow",
    "LetterRow",
    "MarkRow",
    "MemberRow",
    "OfferRow",
    "PlaceRow",
    "PostedRow",
    "ProposalRow",
    "QuestionCaseRow",
    "QuestionRow",
    "RawLetterRow",
    "RawMailRow",
    "ReplicaRow",
    "RoundRow",
    "WordsRow",
    "lasting_tables",
]
