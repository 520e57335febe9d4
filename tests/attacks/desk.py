"""The bot's desk without its wires: raw bytes go in with an arrival time, and what is decided, on record and owed comes out.

Everything between the fetched bytes and the finished letters is the product's own, on a real database; only IMAP and SMTP are left
out, so that one attack costs hundredths of a second. `Desk.now` is the bot's clock. Mail is filed at the mailbox at the time that the
test says (seconds after the clock's beginning), under the next UID.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlmodel import col, desc, select

from bot import housekeeping, notices
from bot.core.mail import Coming, RawMail, Stamp
from bot.core.model import Case, CaseFields, Confidential, Lifecycle, Member
from bot.office import Office, circulars, open_office
from bot.reception import ask_again, enter_in_order, renew, settle, tell_anew
from bot.shell.ledger.leases import letter_place
from bot.shell.ledger.seal import Seal
from bot.shell.settings import load
from bot.shell.tables import ArrivalRow, LetterRow, MemberRow, RawLetterRow
from tests.servers import databases
from tests.servers.smtp_sink import Received
from tests.story.people import BORDER, Letter, Post, reply_address

BOT = "cases@bot.ngo.example"
SATO, SUZUKI = "sato@ngo.example", "suzuki@ngo.example"
ALICE, BOB, CHIKA = "alice@lawfirm.example", "bob@bengo.example", "chika.@docomo.ne.jp"
MALLORY = "mallory@evil.example"
CANARIES = ("QZX CANARY NAME", "+81-90-0000-4242", "A000-424-242", "験証 漏子")

_CONFIGURATION = f"""
[organisation]
name = "Example Refugee Association"
timezone = "Asia/Tokyo"
case_prefix = "JUS"
contact = "{SATO}"
[mailbox]
address = "{BOT}"
[imap]
host = "127.0.0.1"
username = "{BOT}"
password = "the mailbox is not asked here"
junk_folder = "Junk"
[smtp]
host = "127.0.0.1"
[database]
url = "%(database)s"
[round]
preview_hours = 0
[claims]
settle_seconds = 120
checkin_days = 91
[reports]
daily = ""
monthly = ""
[bulletin]
ladder_days = []
approvals = 1
[security]
secret = "a secret that only this desk knows"
authserv_id = "{BORDER}"
[[staff]]
address = "{SATO}"
name = "Sato Hanako"
language = "ja"
[[staff]]
address = "{SUZUKI}"
name = "Suzuki Taro"
language = "en"
"""


@dataclass(slots=True)
class Clock:
    """Stands still until the test says otherwise."""

    began: datetime = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    after: timedelta = timedelta()

    def __call__(self) -> datetime:
        return self.began + self.after


@dataclass(slots=True)
class Desk:
    """One organisation with Alice, Bob and Chika on its roster, and whatever cases the test opens."""

    office: Office
    clock: Clock
    names: dict[str, str] = field(
        default_factory=lambda: {ALICE: "Alice Arden", BOB: "Bob Bengo", SATO: "佐藤 花子", SUZUKI: "Suzuki Taro"}
    )
    received: dict[int, bytes] = field(default_factory=dict)
    """What arrived, by UID."""
    has_post: bool = False
    """Whether what tells until when a place is kept leaves only by a `PostRoom`; else it has left by the next tick."""
    _uid: int = 100

    @classmethod
    def open(cls, folder: Path, *, database_url: str = "", **changed: str) -> Desk:
        """`changed` replaces lines of the configuration by their key, such as `authserv_id='authserv_id = ""'`."""
        url = database_url or databases.fresh_url(folder / "firstreply.db")
        lines = (_CONFIGURATION % {"database": url}).splitlines()
        told = [changed.pop(line.partition(" =")[0], line) for line in lines]
        assert not changed, f"no such key in the configuration: {', '.join(changed)}"
        path = folder / "firstreply.toml"
        path.write_text("\n".join(told), encoding="utf-8")
        path.chmod(0o600)
        clock = Clock()
        desk = cls(open_office(load(path, {}), clock=clock), clock)
        desk.office.ledger.migrate()
        for address, name in ((ALICE, "Alice Arden"), (BOB, "Bob Bengo"), (CHIKA, "千佳")):
            desk.joins(address, name=name)
        return desk

    @staticmethod
    def reopened(folder: Path, clock: Clock) -> Office:
        """The same desk's office, after its configuration has been changed."""
        return open_office(load(folder / "firstreply.toml", {}), clock=clock)

    @property
    def now(self) -> datetime:
        return self.clock()

    def passes(self, **span: float) -> None:
        """Time passes, on the bot's clock: `passes(hours=3)`."""
        self.clock.after += timedelta(**span)

    def joins(self, email: str, *, name: str = "", language: str = "en", firm: str = "", aliases: tuple[str, ...] = (), **more: Any) -> str:
        """A member on the roster, or new facts about one; `more` as `Member` has it."""
        with self.office.ledger.deciding() as ledger:
            ledger.roster.enter(Member(0, email, name or email, firm, language, aliases=aliases, **more), now=self.now)
        self.names[email] = name
        return email

    def case(self, title: str = "Asylum appeal", summary: str = "An appeal against a refusal.", *, places: int = 1, **more: Any) -> str:
        """An open case (or, with `lifecycle`, another); gives its id."""
        lifecycle = more.pop("lifecycle", Lifecycle.OPEN)
        confidential = Confidential(more.pop("details", ""), more.pop("conflict_names", ""), more.pop("contact", ""))
        fields = CaseFields(title, summary, places=places, confidential=confidential, **more)
        with self.office.ledger.deciding() as ledger:
            case = ledger.cases.add(
                fields, lifecycle=lifecycle, is_emergency=False, by=SATO, prefix="JUS", year=self.now.year, now=self.now
            )
        return case.id

    def writes(self, sender: str, text: str, *, at: float | None = None, to: str = "", folder: str = "INBOX", **more: Any) -> int:
        """A mail as a person's mail program and provider make it; see `Post`. Gives its UID."""
        answering: Letter | None = more.get("answering")
        to = to or (reply_address(answering) if answering else BOT)
        return self.arrives(Post(sender, self.names.get(sender, ""), to, text, self._at(at), **more).raw(), at=at, folder=folder)

    def arrives(self, raw: bytes, *, at: float | None = None, folder: str = "INBOX", size: int | None = None, is_whole: bool = True) -> int:
        """These very bytes, filed `at` seconds after the beginning (or now); gives the UID."""
        if not self.has_post:
            self._hands_over()
        stamp = self._stamp(at, folder)
        self.received[stamp.uid] = raw
        self.takes_in([RawMail(stamp, raw, len(raw) if size is None else size, is_whole)])
        return stamp.uid

    def arrive(self, *raws: bytes) -> None:
        """These messages, filed now in this order and read in one look."""
        mails = [RawMail(self._stamp(None, "INBOX"), raw, len(raw)) for raw in raws]
        self.received |= {mail.stamp.uid: mail.raw for mail in mails}
        self.takes_in(mails)

    def reads(self, mails: Iterable[tuple[float, str, str]]) -> None:
        """After the mailbox was away: these mails (seconds after the beginning, sender, text) are read in one look now."""
        found = [(self._stamp(at, "INBOX"), Post(who, self.names.get(who, ""), BOT, text, self._at(at)).raw()) for at, who, text in mails]
        self.received |= {stamp.uid: raw for stamp, raw in found}
        self.takes_in([RawMail(stamp, raw, len(raw)) for stamp, raw in found], scanned_from=self.now)

    def takes_in(self, mails: Iterable[RawMail], *, scanned_from: datetime | None = None) -> None:
        """What a look has found, in one order."""
        at_hand = {mail.stamp.place: mail for mail in mails}
        due = [Coming(mail.stamp, len(mail.raw)) for mail in at_hand.values()]
        enter_in_order(self.office, due, lambda some: [at_hand[one.stamp.place] for one in some], scanned_from=scanned_from)

    def offer_ends(self, case: str) -> float:
        """Until when a place of the case is kept, in seconds after the clock's beginning."""
        with self.office.ledger.reading() as ledger:
            until = next(claim.hold_until for claim in ledger.claims.of(case) if claim.hold_until)
        return (until - self.clock.began).total_seconds()

    def settles(self) -> None:
        """The settlement window passes, every folder is read to its end, and what is ripe is decided."""
        self.passes(seconds=self.office.rules.settle.total_seconds() + 1)
        self.ticks()

    def ticks(self) -> None:
        """Every folder is read to its end, and all that is due by now is done."""
        with self.office.ledger.writing() as ledger:
            for folder in self.office.folders:
                ledger.folders.looked(folder, uidvalidity=1, last_uid=self._uid, scanned_from=self.now)
        if not self.has_post:
            self._hands_over()
        renew(self.office)
        housekeeping.tidy(self.office)
        ask_again(self.office)
        settle(self.office)
        tell_anew(self.office)
        notices.bring(self.office)

    def _hands_over(self) -> None:
        """What asks for an answer in time left when it was written."""
        asks = update(LetterRow).where(col(LetterRow.state) == "queued", col(LetterRow.kind).in_(("offer", "hold", "transcript")))
        with self.office.ledger.writing() as ledger:
            ledger.session.execute(asks.values(state="sent", sent_at=LetterRow.created_at))

    def sends_the_round(self, month: str = "2026-11") -> None:
        """Every letter of the round is owed."""
        with self.office.ledger.deciding() as ledger:
            circulars.open_round(self.office, ledger, month, by=SATO)

    def letters(self) -> list[Letter]:
        """Every letter owed so far, oldest first."""
        with self.office.ledger.reading() as ledger:
            rows = ledger.session.exec(select(LetterRow).order_by(col(LetterRow.id))).all()
            kept = {raw.letter_id: raw.content for raw in ledger.session.exec(select(RawLetterRow)).all()}
            seal = Seal(ledger.session, self.office.ledger.keys)
            contents = [seal.open(kept.get(row.id or 0, b""), where=letter_place(row.code)) for row in rows]
        return [
            Letter(Received(BOT, (row.to_address,), content, row.id or 0, self.now, None, True))
            for row, content in zip(rows, contents, strict=True)
        ]

    def letters_to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters() if letter.received.rcpt == (address,)]

    def last_letter_to(self, address: str) -> Letter:
        letters = self.letters_to(address)
        assert letters, f"{address} was sent nothing"
        return letters[-1]

    def standing(self, case_id: str) -> dict[str, str]:
        """Who stands how with a case, in order of arrival."""
        with self.office.ledger.reading() as ledger:
            claims = sorted(ledger.claims.of(case_id), key=lambda claim: claim.stamp.order)
            return {ledger.roster.by_id(claim.member_id).email: claim.state.value for claim in claims}

    def on_file(self, case_id: str) -> tuple[Case, Confidential]:
        """A case as it is now, and what of it only its holder reads."""
        with self.office.ledger.reading() as ledger:
            return ledger.cases.by_id(case_id), ledger.cases.confidential(case_id)

    def endings(self) -> list[tuple[str, str]]:
        """Disposition and reason of every message, in the order in which they came."""
        with self.office.ledger.reading() as ledger:
            rows = ledger.session.exec(select(ArrivalRow).order_by(col(ArrivalRow.id))).all()
            return [(row.disposition, row.reason) for row in rows]

    def ending(self) -> str:
        """The disposition of the last message."""
        return self.endings()[-1][0]

    def proof(self) -> str:
        """How far the sender of the last message was proven, as it stands on record."""
        with self.office.ledger.reading() as ledger:
            return ledger.session.exec(select(ArrivalRow.proof).order_by(desc(col(ArrivalRow.id)))).first() or ""

    def members(self) -> dict[str, str]:
        with self.office.ledger.reading() as ledger:
            return {row.email: row.state for row in ledger.session.exec(select(MemberRow)).all()}

    def _stamp(self, at: float | None, folder: str) -> Stamp:
        self._uid += 1
        return Stamp(folder, 1, self._uid, self._at(at), 0 if folder == "INBOX" else 1)

    def _at(self, seconds: float | None) -> datetime:
        moment = self.now if seconds is None else self.clock.began + timedelta(seconds=seconds)
        return moment.replace(microsecond=0)
