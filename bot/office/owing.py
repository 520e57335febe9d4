"""The office: what every walk needs at hand, and how a letter comes to be owed.

A letter is signed for its recipient, set in type and written into the outbox, all inside the transaction that decided it. Nothing is
sent from here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

import structlog

from bot.core import trust
from bot.core.circulation import Calendar
from bot.core.mail import Letter, domain_of
from bot.core.model import IDLE_OUTCOMES, Asked, Staff
from bot.core.rules import Rules
from bot.core.tongue import ENGLISH, Tongue
from bot.office import spoilt
from bot.office.kinds import outbox_kind, outcomes_of, priority_of
from bot.office.pulse import Pulse
from bot.office.undelivered import cases_in
from bot.shell.ledger import Ledger, Transaction
from bot.shell.ledger.outbox import NewLetter, Posted
from bot.shell.letters import Press, Typesetter, UnfitLetter
from bot.shell.postbook import PostBook
from bot.shell.settings import Settings

log = structlog.get_logger()

ABOUT_LETTERS = frozenset({"undeliverable", "late_letters"})
"""Letters about letters: their own failure is logged, and told to nobody, or it would never end."""

WITNESSES = frozenset(
    "round bulletin daily_balance placed confirmed held offered waitlisted refused event_place event_waiting".split()  # kinds, then outcomes
)
"""Letters and outcomes that print the head of the decision log: from many mailboxes nobody can take it back."""

HEAD = "head"
"""The fact of a letter that tells it; a circulation has it once for all its letters."""

AT_ONCE = 100
"""So many letters of a circulation are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Office:
    """One organisation's bot, ready to work."""

    settings: Settings
    ledger: Ledger
    typesetter: Typesetter
    rules: Rules
    calendar: Calendar
    tongues: Mapping[str, Tongue]
    """By their code."""
    keys: tuple[bytes, ...]
    clock: Callable[[], datetime]
    pulse: Pulse = field(default_factory=Pulse)
    press: Press | None = None
    """What prints the letters of the occasion at hand."""

    @property
    def year(self) -> int:
        """In which a case that comes now is numbered."""
        return self.clock().astimezone(self.rules.zone).year

    @property
    def folders(self) -> tuple[str, ...]:
        """The watched folders, the inbox first."""
        imap = self.settings.imap
        return (imap.folder, imap.junk_folder) if imap.junk_folder else (imap.folder,)

    @property
    def postbook(self) -> PostBook | None:
        """What remembers which letters have left, should the database be put back."""
        return self.ledger.postbook

    def tongue(self, language: str) -> Tongue:
        """A language by its code; English for one that a member or colleague had and the organisation has no more."""
        return self.tongues.get(language, ENGLISH)

    def staff(self, address: str) -> Staff | None:
        """The staff member with this canonical address."""
        return next((person for person in self.rules.staff if person.address == address), None)

    def owe(self, letters: Transaction, letter: Letter, *, arrival_id: int | None = None, question_id: int | None = None) -> bool:
        """Sign, set and enter one letter; False where the same letter is on record already."""
        now = self.clock()
        if isinstance(letter.question, Asked):
            question_id = letters.questions.ask(letter.question, now=now)
        owed, error = self._written(letters, letter, now=now, arrival_id=arrival_id, question_id=question_id)
        code = letters.outbox.owe(owed, now=now)
        spoilt.note(letters, self.typesetter.spoilt)
        if code is None:
            return False
        _tell_owed([owed])
        if error:
            (unfit,) = letters.outbox.by_codes([code])
            self.give_up(letters, unfit.id, error)
        return True

    def for_one_occasion(self) -> Office:
        """The same office while it writes letters that are much alike, all in one transaction: those alike are set in type once, at one hour."""
        now = self.clock()
        return replace(self, press=Press(self.typesetter), clock=lambda: now)

    def circulate(self, letters: Transaction, written: Iterable[Letter]) -> int:
        """Owe letters that differ in nothing but their readers, some at a time; gives how many. Each must have its key (`once`)."""
        printing, count, waiting = self.for_one_occasion(), 0, iter(written)
        now = printing.clock()
        while some := list(islice(waiting, AT_ONCE)):
            count += len(some)
            set_in_type = [printing._written(letters, letter, now=now) for letter in some]
            unfit = [letter for letter, (_, error) in zip(some, set_in_type, strict=True) if error]
            _tell_owed(letters.outbox.owe_all([owed for owed, error in set_in_type if not error], now=now))
            for letter in unfit:
                printing.owe(letters, letter)
        spoilt.note(letters, self.typesetter.spoilt)
        return count

    def _written(
        self, letters: Transaction, letter: Letter, *, now: datetime, arrival_id: int | None = None, question_id: int | None = None
    ) -> tuple[NewLetter, str]:
        """The letter signed and set in type; and why that could not be done, where it could not."""
        code = trust.code_for(trust.handle_from(os.urandom(10)), letter.to, key=self.keys[0])
        message_id = trust.message_id(code, domain_of(self.settings.mailbox.address))
        outcomes = outcomes_of(letter)
        kind = outbox_kind(letter, outcomes)
        content, error = self._set(letters, letter, outcomes, message_id=message_id, now=now)
        owed = NewLetter(
            message_id=message_id,
            code=code,
            to=letter.to,
            kind=kind,
            priority=priority_of(letter, kind),
            content=content,
            case_id=letter.case_id,
            member_id=letter.member_id,
            round_month=letter.round_month,
            question_id=question_id,
            arrival_id=arrival_id,
            changed_nothing=letter.kind == "answer" and IDLE_OUTCOMES.issuperset(outcomes),
            once=letter.once,
            about=_about(letters, letter, arrival_id),
        )
        return owed, error

    def write_anew(self, letters: Transaction, owed: Posted, letter: Letter) -> None:
        """The words of this letter in place of those of one that is owed and of which nobody has read any."""
        content, error = self._set(letters, letter, outcomes_of(letter), message_id=owed.message_id, now=self.clock())
        spoilt.note(letters, self.typesetter.spoilt)
        letters.unsent.write_anew(owed.id, content, of=letter.case_id, about=_about(letters, letter, owed.arrival_id))
        log.info("letter written anew", kind=owed.kind, case=owed.case_id, message_id=owed.message_id)
        if error:
            self.give_up(letters, owed.id, error)

    def give_up(self, letters: Transaction, letter_id: int, error: str, *, is_in_doubt: bool = False) -> None:
        """A letter that will not arrive, or of which nobody can know whether it did: failed on record, and told to staff."""
        letters.outbox.failed(letter_id, error=error, now=self.clock())
        letter = letters.outbox.get(letter_id)
        log.error("letter failed", kind=letter.kind, case=letter.case_id, message_id=letter.message_id)
        if letter.kind not in ABOUT_LETTERS:
            cases, confirmed = cases_in(letters, letter)
            facts = {
                "kind": letter.kind,
                "to": letter.to,
                "error": error,
                "cases": cases,
                "confirmed": confirmed,
                "is_in_doubt": is_in_doubt,
            }
            self.tell_staff(letters, "undeliverable", facts, case_id=letter.case_id, once=f"undeliverable:{letter.id}")

    def tell_staff(
        self, transaction: Transaction, kind: str, facts: Mapping[str, object], *, case_id: str | None = None, once: str | None = None
    ) -> None:
        """One letter to each staff member, in their language."""
        for person in self.rules.staff:
            key = f"{once}:{person.address}" if once else None
            self.owe(transaction, Letter(kind, person.address, person.language, dict(facts), case_id=case_id, once=key))

    def _set(self, letters: Transaction, letter: Letter, outcomes: Sequence[str], *, message_id: str, now: datetime) -> tuple[bytes, str]:
        """The letter's bytes; or none, and why: one that cannot be written must not keep the others, or the decision, from being written."""
        if HEAD not in letter.facts and (letter.kind in WITNESSES or not WITNESSES.isdisjoint(outcomes)):
            letter = replace(letter, facts={**letter.facts, HEAD: letters.decisions.head()})
        name, setting = self._reader_name(letters, letter), self.press or self.typesetter
        try:  # nothing in here may ask the database: what that refuses is no fault of a letter, and must end the decision
            return setting.compose(letter, message_id=message_id, now=now, reader_name=name), ""
        except UnfitLetter as unfit:
            return b"", f"stopped before it was written: {unfit}"
        except Exception as fault:  # a template that these facts break: it costs this letter, which staff hear of
            log.exception("a letter could not be set", kind=letter.kind, case=letter.case_id)
            return b"", f"could not be written: a fault of the program's own ({type(fault).__name__})"

    def _reader_name(self, transaction: Transaction, letter: Letter) -> str:
        if letter.to_name:
            return letter.to_name
        person = self.staff(letter.to)
        if person is not None:
            return person.name
        member = transaction.roster.by_id(letter.member_id) if letter.member_id is not None else transaction.roster.by_address(letter.to)
        return member.name if member else ""


def _tell_owed(letters: Iterable[NewLetter]) -> None:
    tell = log.bind().info
    for one in letters:
        tell("letter owed", kind=one.kind, case=one.case_id, round=one.round_month, message_id=one.message_id)


def _about(ledger: Transaction, letter: Letter, arrival_id: int | None) -> tuple[str, ...]:
    """The cases that a letter tells of; where it names none, those of the message that it is about. A circulation of many is about none."""
    lines = letter.facts.get("lines", ())
    told = [line.case_id for line in lines if line.case_id] if isinstance(lines, list | tuple) else []
    named = tuple(dict.fromkeys((*([letter.case_id] if letter.case_id else ()), *told)))
    return named or (ledger.arrivals.cases_of(arrival_id) if arrival_id is not None else ())
