"""After the last chapter: who got what and why, and whether all went as the story says.

Given the stage, asks the product's own listings and, apart from them, the mailboxes of the post office; gives the rows of the timeline and
a list of promises, each kept or not. What the bot says of itself is compared with what lies in the mailboxes wherever both can know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.demo.cast import DESK, STAFF, Cast
from bot.demo.example import ZONE
from bot.demo.letter import Letter
from bot.demo.scenes import Play
from bot.demo.stage import Stage

Rows = list[dict[str, Any]]
COLUMNS: Final = ("When", "Who", "Gets", "Why")
_GOT: Final = {"confirmation": "the case", "waitlisted": "a place in line"}
_ANSWERED: Final = {
    "release": ("a receipt", "wrote RELEASE"),
    "offer: yes": ("the case", "was asked, and answered YES"),
    "emergency: preview sent": ("the preview", "wrote EMERGENCY"),
    "bulletin sent": ("a receipt", "answered SEND"),
}
_CIRCULARS: Final = {"round": ("the round", "the month's open cases"), "bulletin": ("the bulletin", f"{STAFF.name} answered SEND")}


@dataclass(frozen=True, slots=True)
class Promise:
    words: str
    is_kept: bool
    otherwise: str = ""
    """What was found, where it is not as promised."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the listings say, and what lies in the mailboxes."""

    cast: Cast
    claims: Mapping[str, Rows]
    inbox: Rows
    outbox: Rows
    mails: Mapping[str, Sequence[Letter]]

    def letters(self, address: str, *, about: str = "") -> list[str]:
        """The kinds of letter that somebody was sent, in their order."""
        return [row["kind"] for row in self.outbox if row["to"] == address and (not about or row.get("case") == about)]


def take_account(play: Play) -> Account:
    stage, cases = play.stage, [case for case in (play.interview, play.rescue) if case]
    *explained, inbox, outbox = stage.ask(*(f"explain {case}" for case in cases), "inbox list", "outbox list")
    claims = {case: one["claims"] for case, one in zip(cases, explained, strict=True)}
    return Account(stage.cast, claims, inbox, outbox, _mails(stage))


def timeline(account: Account) -> list[tuple[str, str, str, str]]:
    """One row for each mail that came in and each letter to the whole roster, in the order in which they happened."""
    precise = [mail.at.isoformat() for mail in account.mails[DESK.address]]
    rows = [(at, *_arrival(account, row)) for at, row in zip(precise, account.inbox, strict=False)]
    for kind, (what, why) in _CIRCULARS.items():
        sent = [row for row in account.outbox if row["kind"] == kind]
        if sent:
            first = min(row["created_at"] for row in sent)
            case = f" about {sent[0]['case']}" if sent[0].get("case") else ""
            rows.append((first, f"{len(sent)} lawyers", f"{what}{case}", why))
    return [(_clock(when), who, what, why) for when, who, what, why in sorted(rows, key=lambda row: datetime.fromisoformat(row[0]))]


def promises(account: Account, play: Play) -> list[Promise]:
    """What the story has told, asked of the facts."""
    return [
        _circulars_once(account),
        _order_of_arrival(account, play.interview),
        _given_in_that_order(account, play.interview),
        _machine_got_nothing(account),
        _nothing_before_send(account),
        _rescued(account, play.rescue),
        _details_kept(account),
        _all_accounted_for(account),
    ]


def _circulars_once(account: Account) -> Promise:
    due = {member.address: {"round": 1, "bulletin": 1} for member in account.cast.members}
    got = {address: dict(Counter(kind for kind in account.letters(address) if kind in _CIRCULARS)) for address in due}
    wrong = [account.cast.who(address) for address in due if due[address] != got[address]]
    return Promise("each lawyer was sent the round once and the bulletin once", not wrong, f"not so for {', '.join(wrong)}")


def _order_of_arrival(account: Account, case: str) -> Promise:
    """The order in the desk's mailbox, as the post office has it, is the order in which the claims stand."""
    racers = [account.cast.first.address, account.cast.second.address, account.cast.third.address]
    senders = [account.cast.address_in(mail.sender) for mail in account.mails[DESK.address]]
    in_mailbox = list(dict.fromkeys(sender for sender in senders if sender in racers))
    on_record = [claim["member"] for claim in account.claims.get(case, [])]
    is_so = in_mailbox == on_record == racers
    return Promise("the three claims stand in the order in which the mailbox took them in", is_so, f"{_names(account, on_record)}")


def _given_in_that_order(account: Account, case: str) -> Promise:
    cast = account.cast
    states = [claim["state"] for claim in account.claims.get(case, [])]
    first, second = (account.letters(person.address, about=case) for person in (cast.first, cast.second))
    is_so = (
        states == ["released", "confirmed", "waitlisted"]
        and [kind for kind in first if kind != "bulletin"] == ["confirmation", "released"]
        and [kind for kind in second if kind != "bulletin"] == ["waitlisted", "offer", "confirmation"]
    )
    return Promise("the first had the case, and when she gave it back the second was asked and got it", is_so, f"{', '.join(states)}")


def _machine_got_nothing(account: Account) -> Promise:
    absent = account.cast.absent.address
    dispositions = [row["disposition"] for row in account.inbox if row["sender"] == absent]
    kinds, count = account.letters(absent), len(account.mails[absent])
    is_so = dispositions == ["ignored"] and count == len(kinds) and set(kinds) <= set(_CIRCULARS)
    words = "the out-of-office mail did nothing, and nobody answered it"
    return Promise(words, is_so, f"it was {', '.join(dispositions) or 'not read'}, and its sender got {count} letters")


def _nothing_before_send(account: Account) -> Promise:
    said = [mail.at for mail in account.mails[DESK.address] if account.cast.address_in(mail.sender) == STAFF.address]
    bulletins = [row["created_at"] for row in account.outbox if row["kind"] == "bulletin"]
    is_so = len(said) == 2 and bool(bulletins) and datetime.fromisoformat(min(bulletins)) >= said[1].replace(microsecond=0)
    return Promise(
        "no bulletin went out before the staff had seen it and said SEND", is_so, f"{len(bulletins)} bulletins, {len(said)} staff mails"
    )


def _rescued(account: Account, case: str) -> Promise:
    standing = [(claim["member"], claim["state"]) for claim in account.claims.get(case, [])]
    return Promise("the emergency has found its lawyer", standing == [(account.cast.rescuer.address, "confirmed")], str(standing))


def _details_kept(account: Account) -> Promise:
    """Looked for in every letter of every mailbox, not in what the bot says it sent."""
    may = {"M.S.": {account.cast.first.address, account.cast.second.address}, "D.K.": {account.cast.rescuer.address}}
    leaks = [
        f"{account.cast.who(address)} read of {client}"
        for client, readers in may.items()
        for address, mails in account.mails.items()
        if address not in readers | {STAFF.address, DESK.address} and any(client in mail.text + mail.html for mail in mails)
    ]
    entitled = sorted(address for some in may.values() for address in some)
    missing = [f"{account.cast.who(address)} was told nothing" for address in entitled if not _has_details(account, address)]
    return Promise(
        "each client's details reached the client's lawyers and nobody else", not leaks and not missing, "; ".join(leaks + missing)
    )


def _has_details(account: Account, address: str) -> bool:
    return any(client in mail.text for mail in account.mails[address] for client in ("M.S.", "D.K."))


def _all_accounted_for(account: Account) -> Promise:
    came = len(account.mails[DESK.address])
    read = [row for row in account.inbox if row["disposition"] in ("answered", "ignored")]
    lie = Counter(mail.message_id for address, mails in account.mails.items() if address != DESK.address for mail in mails)
    owed = Counter(row["message_id"] for row in account.outbox if row["state"] == "sent")
    is_so = came == len(read) == len(account.inbox) and lie == owed and len(owed) == len(account.outbox)
    words = f"each of the {came} mails was read once, and each of the {len(account.outbox)} letters came once"
    return Promise(words, is_so, f"{len(read)} of {came} mails dealt with, {lie.total()} letters in mailboxes, {owed.total()} sent")


def _arrival(account: Account, row: Mapping[str, Any]) -> tuple[str, str, str]:
    who = account.cast.who(row["sender"])
    for case, claims in account.claims.items():
        for claim in claims:
            if claim["uid"] == row["uid"]:
                got = ", then ".join(_GOT[kind] for kind in account.letters(claim["member"], about=case) if kind in _GOT)
                return who, f"{got}: {case}", _place(claim)
    if row["disposition"] == "ignored":
        return who, "nothing", f"a machine wrote ({row['reason']})"
    return who, *_ANSWERED.get(row["reason"], ("an answer", row["reason"]))


def _place(claim: Mapping[str, Any]) -> str:
    order = f"no. {claim['rank']} to arrive"
    return order if claim["reason"].startswith("arrived") else f"{order}; {claim['reason']}"


def _mails(stage: Stage) -> dict[str, list[Letter]]:
    found: dict[str, list[Letter]] = {person.address: [] for person in (DESK, STAFF, *stage.cast.members)}
    for at, address, raw in stage.everything():
        found[address].append(Letter(raw, at))
    return found


def _names(account: Account, addresses: Sequence[str]) -> str:
    return ", ".join(account.cast.who(address) for address in addresses) or "nobody"


def _clock(when: str) -> str:
    return datetime.fromisoformat(when).astimezone(ZONE).strftime("%H:%M:%S")
