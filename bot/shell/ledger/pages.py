"""The pages of the book, open together over one session: what each of them needs of the others is given to it here.

Writes nothing and begins no transaction: the ledger does.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.shell.ledger.arrivals import Arrivals
from bot.shell.ledger.cases import Cases
from bot.shell.ledger.claims import Claims
from bot.shell.ledger.codes import Codes
from bot.shell.ledger.correspondence import Correspondence
from bot.shell.ledger.counts import Counts
from bot.shell.ledger.decisions import Decisions
from bot.shell.ledger.erasures import Erasures
from bot.shell.ledger.folders import Folders
from bot.shell.ledger.keys import Keys
from bot.shell.ledger.leases import Leases
from bot.shell.ledger.lines import Lines
from bot.shell.ledger.marks import Marks
from bot.shell.ledger.numbers import Numbers
from bot.shell.ledger.offers import Offers
from bot.shell.ledger.outbox import Outbox
from bot.shell.ledger.past import Past
from bot.shell.ledger.places import Places
from bot.shell.ledger.questions import Questions
from bot.shell.ledger.replicas import Replicas
from bot.shell.ledger.retention import Retention
from bot.shell.ledger.roster import Roster
from bot.shell.ledger.rounds import Rounds
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.ledger.signs import Signs
from bot.shell.ledger.undecided import Undecided
from bot.shell.ledger.unsent import Unsent
from bot.shell.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Transaction:
    """The pages of the book, open together: all that is written here is committed at once or not at all."""

    session: BookSession
    roster: Roster
    cases: Cases
    claims: Claims
    places: Places
    undecided: Undecided
    arrivals: Arrivals
    counts: Counts
    folders: Folders
    lines: Lines
    codes: Codes
    questions: Questions
    outbox: Outbox
    correspondence: Correspondence
    unsent: Unsent
    leases: Leases
    rounds: Rounds
    marks: Marks
    words: Words
    offers: Offers
    past: Past
    signs: Signs
    retention: Retention
    replicas: Replicas
    erasures: Erasures
    decisions: Decisions


def open_pages(session: BookSession, keys: Keys, *, is_deciding: bool) -> Transaction:
    """Over a session that the ledger has begun."""
    past, seal, codes, numbers = Past(session), Seal(session, keys), Codes(session), Numbers(session)
    arrivals = Arrivals(session, seal, numbers)
    decisions = Decisions(session, seal, is_deciding=is_deciding)
    offers, correspondence = Offers(session), Correspondence(session, seal)
    outbox = Outbox(session, seal, past, codes, correspondence)
    return Transaction(
        session,
        Roster(session, numbers),
        Cases(session, seal, decisions, outbox),
        Claims(session, numbers, arrivals, decisions, outbox),
        Places(session),
        Undecided(session, decisions),
        arrivals,
        Counts(session),
        Folders(session),
        Lines(session, seal, arrivals),
        codes,
        Questions(session, seal, codes, offers),
        outbox,
        correspondence,
        Unsent(session, seal),
        Leases(session, seal),
        Rounds(session, decisions),
        Marks(session, seal),
        Words(session),
        offers,
        past,
        Signs(session),
        Retention(session, seal),
        Replicas(session),
        Erasures(session, keys),
        decisions,
    )
