"""Messages before any decision: what they hold, and what their senders' own words ask for.

Given the bytes of messages, gives for each what could be made of it, or the fault. All of strangers' bytes is read under guard, and outside
any transaction, for it may take its time. Decides nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.core import trust
from bot.core.intent import Intent
from bot.core.mail import Arrival, RawMail
from bot.office import Office
from bot.reception import quoting, reader, weighing
from bot.shell.ledger import LedgerAway, Transaction, away
from bot.stations import station

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A message that could be read; `signed` is our own check of its signature, where the operator asks for it."""

    mail: RawMail
    arrival: Arrival
    signed: trust.Results | None
    intent: Intent


@dataclass(frozen=True, slots=True)
class Unfit:
    """A message at fault, and as much of it as could be read."""

    mail: RawMail
    fault: Exception
    arrival: Arrival | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    mail: RawMail
    arrival: Arrival
    signed: trust.Results | None


def opened(office: Office, mails: Sequence[RawMail]) -> list[Opened | Unfit]:
    """Each by itself: none that is at fault takes another with it."""
    for _ in mails:
        station("fetched")
    own_address, beat = office.settings.mailbox.address, partial(office.pulse.beat, "reader")
    arrivals = reader.read_all(mails, own_address=own_address, beat=beat)
    read = [_read(office, mail, arrival) for mail, arrival in zip(mails, arrivals, strict=True)]
    return _understood(office, _quoted(office, read))


def own_words(office: Office, ledger: Transaction, arrival: Arrival) -> Intent:
    """What the sender of an earlier message asked for."""
    return quoting.understood(office, ledger, arrival, lambda: weighing.proof(office, ledger, arrival).codes)


def foresee(office: Office, ledger: Transaction, arrivals: Sequence[Arrival]) -> None:
    """Read at once what each of these messages will be weighed with; one by one it would be read all the same."""
    ledger.roster.foresee(addresses=[arrival.sender for arrival in arrivals])
    ledger.codes.foresee(code for arrival in arrivals for code in trust.codes_in(arrival))
    members = [member for arrival in arrivals if (member := ledger.roster.by_address(arrival.sender))]
    addresses = {arrival.sender for arrival in arrivals} | {member.email for member in members}
    ledger.questions.foresee(addresses)
    ledger.correspondence.foresee(addresses, office.clock() - A_DAY)
    ledger.claims.foresee(member.id for member in members)
    ledger.marks.foresee_filters()


def _read(office: Office, mail: RawMail, arrival: Arrival | reader.Overrun | reader.Faulty) -> _Read | Unfit:
    if not isinstance(arrival, Arrival):
        return Unfit(mail, arrival)
    try:
        return _Read(mail, arrival, weighing.signature(office, mail, arrival))
    except Exception as fault:  # whatever it is, it must not stop the next one
        return Unfit(mail, fault, arrival)


def _quoted(office: Office, read: Sequence[_Read | Unfit]) -> list[tuple[_Read, list[str]] | Unfit]:
    """Beside each message the texts of our own letters that it answers."""
    answering = [one.arrival for one in read if isinstance(one, _Read) and any(trust.code_in(answer) for answer in one.arrival.answers)]
    if not answering:
        return [(one, []) if isinstance(one, _Read) else one for one in read]
    with office.ledger.reading() as ledger:
        ledger.codes.foresee(code for arrival in answering for code in trust.codes_in(arrival))
        ledger.roster.foresee(addresses=[arrival.sender for arrival in answering if quoting.has_asked(ledger, arrival)])
        quoting.foresee(ledger, answering)
        return [_quoted_by(office, ledger, one) if isinstance(one, _Read) else one for one in read]


def _quoted_by(office: Office, ledger: Transaction, one: _Read) -> tuple[_Read, list[str]] | Unfit:
    try:
        with away.ours():
            return one, quoting.answered(ledger, one.arrival, lambda: weighing.proof(office, ledger, one.arrival, one.signed).codes)
    except LedgerAway:
        raise
    except Exception as fault:  # whatever it is, it must not stop the next one
        return Unfit(one.mail, fault, one.arrival)


def _understood(office: Office, read: Sequence[tuple[_Read, list[str]] | Unfit]) -> list[Opened | Unfit]:
    asked = [(one[0].arrival, one[1]) for one in read if not isinstance(one, Unfit)]
    intents = iter(reader.understand_all(asked, office.rules.vocabulary, beat=partial(office.pulse.beat, "reader")))
    return [one if isinstance(one, Unfit) else _with_intent(one[0], next(intents)) for one in read]


def _with_intent(one: _Read, intent: Intent | reader.Overrun | reader.Faulty) -> Opened | Unfit:
    return Opened(one.mail, one.arrival, one.signed, intent) if isinstance(intent, Intent) else Unfit(one.mail, intent, one.arrival)
