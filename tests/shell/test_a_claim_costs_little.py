"""What a claim costs, alone and in a long backlog, counted and not timed: statements, commits, questions to the mail server, readings, letters.

Who makes a claim dearer, or one of these grow with the number of claims, sees it here; who makes it cheaper writes the new figures down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot import reception
from bot.core import intent, parsing
from bot.core.model import ClaimState, EnterClaim
from bot.reception import Due, look, settle
from bot.shell.guard import Guard
from bot.shell.ledger import Transaction
from bot.shell.letters import Typesetter
from bot.shell.mailbox import Folder, ImapAccount, Mailbox
from bot.shell.mailbox.wire import Wire
from tests.attacks.desk import ALICE, Desk
from tests.attacks.posting import PostRoom
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.shell.books import NOW, add_arrival, add_case, add_claim, add_member, open_ledger, stamp_of
from tests.story.people import Post, reply_address

FEW, MANY = 20, 40
BOT = "cases@bot.ngo.example"
_numbers = count(1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path, database_url=f"sqlite:///{tmp_path / 'firstreply.db'}")


@contextmanager
def counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often each is done inside the block."""
    counts: Counter[str] = Counter()
    engine, call_all, page = desk.office.ledger.engine, Guard.call_all, Typesetter.strict_page

    def execute(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        counts[statement.split(None, 1)[0].lower()] += 1

    def begin(_connection: Any) -> None:
        counts["begin"] += 1

    def commit(_connection: Any) -> None:
        counts["commit"] += 1

    def guarded(self: Guard, function: Any, calls: Any, **named: Any) -> Any:
        counts[{parsing.read: "read", intent.understand: "understood"}[function]] += len(calls)
        return call_all(self, function, calls, **named)

    def set_in_type(self: Typesetter, *arguments: Any, **named: Any) -> Any:
        counts["page"] += 1
        return page(self, *arguments, **named)

    event.listen(engine, "before_cursor_execute", execute)
    event.listen(engine, "begin", begin)
    event.listen(engine, "commit", commit)
    with monkeypatch.context() as patched:
        patched.setattr(Guard, "call_all", guarded)
        patched.setattr(Typesetter, "strict_page", set_in_type)
        yield counts
    event.remove(engine, "before_cursor_execute", execute)
    event.remove(engine, "begin", begin)
    event.remove(engine, "commit", commit)


def answers(desk: Desk, how_many: int) -> tuple[str, list[bytes]]:
    """A case that is out in a round to so many new members, and the claim with which each of them answers it."""
    case = desk.case()
    members = [desk.joins(f"member{next(_numbers)}@lawfirm.example") for _ in range(how_many)]
    desk.sends_the_round(f"2026-{next(_numbers) % 12 + 1:02}" if how_many == FEW else "2027-01")
    letters = {letter.received.rcpt[0]: letter for letter in desk.letters()}
    mails = [
        Post(each, "", reply_address(letters[each]), f"CLAIM {case}", desk.now, subject=f"Re: {number}", answering=letters[each]).raw()
        for number, each in enumerate(members)
    ]
    return case, mails


def each_more(few: Counter[str], many: Counter[str]) -> dict[str, int]:
    """What one more costs; what is done once for all of them, or for a case, stands in no figure."""
    more = {name: (many[name] - few[name]) // (MANY - FEW) for name in many | few}
    return {name: times for name, times in more.items() if times}


def test_a_claim_alone_is_these_statements_and_transactions(
    desk: Desk, dovecot: Dovecot, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, mails = answers(desk, 2)
    room, account = PostRoom(desk, sink, connections=1), dovecot.account(BOT)
    room.drains()
    found, due = dict[str, Counter[str]](), list[Due]()
    with Mailbox(ImapAccount(dovecot.host, dovecot.port, "none", account.username, account.password), now=desk.clock) as mailbox:
        for mail in mails:
            reception.look(desk.office, mailbox)
            dovecot.deliver(BOT, mail, at=desk.now)
            with counted(desk, monkeypatch) as found["look"]:
                assert reception.look(desk.office, mailbox) == 1
            desk.passes(seconds=121)
            reception.look(desk.office, mailbox, before_filing=lambda _, found: due.append(found))
            with counted(desk, monkeypatch) as found["settle"]:
                assert settle(desk.office, due[-1]) == 1
            with counted(desk, monkeypatch) as found["send"]:
                room.drains()
    assert {name: (counts["begin"], asked_of(counts)) for name, counts in found.items()} == {
        "look": (4, 31),
        "settle": (1, 18),
        "send": (3, 11),
    }


def asked_of(counts: Counter[str]) -> int:
    """How many statements, but for those that begin and end a transaction."""
    return sum(counts[word] for word in ("select", "insert", "update", "delete"))


def test_a_claim_more_is_these_statements_more_and_no_commit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Counter[str]] = []
    for how_many in (FEW, MANY):
        _, mails = answers(desk, how_many)
        with counted(desk, monkeypatch) as counts:
            desk.arrive(*mails)
        found.append(counts)
    assert found[0]["commit"] == found[1]["commit"] == 1
    assert each_more(*found) == {"read": 1, "understood": 1}  # all that is written for one is written for a hundred together


def test_one_member_with_many_claims_has_none_of_them_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Counter[str]] = []
    for how_many in (FEW, MANY):
        cases, member = [desk.case() for _ in range(how_many)], desk.joins(f"member{next(_numbers)}@lawfirm.example")
        desk.sends_the_round(f"2026-{next(_numbers) % 12 + 1:02}" if how_many == FEW else "2027-01")
        letter = {one.received.rcpt[0]: one for one in desk.letters()}[member]
        mails = [
            Post(member, "", reply_address(letter), f"CLAIM {case}", desk.now, subject=f"Re: {case}", answering=letter).raw()
            for case in cases
        ]
        with counted(desk, monkeypatch) as counts:
            desk.arrive(*mails)
        found.append(counts)
    assert each_more(*found) == {"read": 1, "understood": 1}  # all that is written for one is written for a hundred together


@pytest.mark.parametrize("state", [ClaimState.QUEUED, ClaimState.REFUSED, ClaimState.UNVERIFIED])
def test_a_claim_just_entered_is_known_as_it_will_be_read(database_url: str, state: ClaimState) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            member, colleague, first, second = add_member(book, 1), add_member(book, 2), add_case(book), add_case(book)
            add_claim(book, first, member, 1)
            book.claims.made_by(member.id)
            change = EnterClaim(member.id, second, state, line=0, reason="closed", claimed_by=colleague.id)
            arrival_id = add_arrival(book, 2, seconds=9)
            book.arrivals.note_proof(arrival_id, "letter", bad_codes=0)
            book.claims.enter(change, arrival_id=arrival_id, stamp=stamp_of(2, seconds=9), now=NOW)
            known = book.claims.made_by(member.id)
        with ledger.reading() as book:
            assert known == book.claims.made_by(member.id)
            *_, entry = book.decisions.of(second)
            assert entry.claims == tuple(book.decisions.claims(second).values())


class Word(str):
    """One that counts how often anybody looks for it."""

    looked_for = 0

    def __hash__(self) -> int:
        Word.looked_for += 1
        return super().__hash__()


class Number(int):
    """The same."""

    looked_for = 0

    def __hash__(self) -> int:
        Number.looked_for += 1
        return super().__hash__()


AT_HAND: dict[str, tuple[type[Word | Number], Callable[[Transaction, Iterable[Any]], None]]] = {
    "letters": (Word, lambda book, codes: book.codes.foresee(codes)),
    "their bytes": (Word, lambda book, codes: book.correspondence.foresee_contents(codes)),
    "answers": (Word, lambda book, addresses: book.correspondence.foresee(addresses, NOW)),
    "questions": (Word, lambda book, addresses: book.questions.foresee(addresses)),
    "claims": (Number, lambda book, members: book.claims.foresee(members)),
    "lines": (Number, lambda book, claims: book.lines.foresee(claims)),
}
"""What is read for many at once, and asked about for each."""


@pytest.mark.parametrize("what", AT_HAND)
def test_who_asks_about_one_goes_not_through_all_that_is_at_hand(tmp_path: Path, what: str) -> None:
    of, foresee = AT_HAND[what]
    with open_ledger(f"sqlite:///{tmp_path / 'firstreply.db'}") as ledger, ledger.reading() as book:
        known = [of(number) for number in range(1000)]
        foresee(book, known)
        of.looked_for = 0
        foresee(book, known[-1:])
        assert of.looked_for < 10


def test_a_verdict_more_is_these_statements_more_and_no_page_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Counter[str]] = []
    for how_many in (FEW, MANY):
        case, mails = answers(desk, how_many)
        desk.arrive(*mails)
        desk.passes(seconds=121)
        with desk.office.ledger.writing() as ledger:
            for folder in desk.office.folders:
                ledger.folders.looked(folder, uidvalidity=1, last_uid=10_000, scanned_from=desk.now)
        with counted(desk, monkeypatch) as counts:
            assert settle(desk.office) == how_many
        assert list(desk.standing(case).values()) == ["confirmed", *["waitlisted"] * (how_many - 1)]
        found.append(counts)
    assert found[0]["commit"] == found[1]["commit"] == 1
    assert each_more(*found) == {}
    # The holder's, the notice to each of two staff, and of those in line one page for each number of digits that a place has.
    assert found[0]["page"] == found[1]["page"] == 5


def test_the_mail_server_is_asked_no_more_often_for_more_mail(desk: Desk, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    send, account = Wire.send, dovecot.account(BOT)

    def noted(self: Wire, data: bytes) -> None:
        asked[-1].append(" ".join(data.decode().split()[1:3]))
        send(self, data)

    monkeypatch.setattr(Wire, "send", noted)
    for how_many in (1, FEW, MANY):
        for number in range(how_many):
            dovecot.deliver(BOT, b"From: alice@lawfirm.example\r\nSubject: CLAIM\r\n\r\n%d %d\r\n" % (how_many, number), at=desk.now)
        asked.append([])
        with Mailbox(ImapAccount(dovecot.host, dovecot.port, "none", account.username, account.password), now=desk.clock) as mailbox:
            assert look(desk.office, mailbox) == how_many
            news = mailbox.news(Folder("INBOX"), uidvalidity=None, above=0)
            mailbox.file(news, news.uids, into="Archive")
    found = [[word for word in words if word in ("UID FETCH", "UID MOVE")] for words in asked]
    assert found[0].count("UID FETCH") == 1, "a message that comes alone is waited for; with the first the folder of what is filed is made"
    assert found[1] == found[2] == ["UID FETCH", "UID FETCH", "UID MOVE"]


def test_a_word_among_many_claims_makes_none_of_them_dearer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is read in one look, so that the word has to wait until the claims of before are settled."""
    found: list[Counter[str]] = []
    for how_many in (FEW, MANY):
        case = desk.case()
        members = [desk.joins(f"member{next(_numbers)}@lawfirm.example") for _ in range(how_many)]
        claims = [(float(second), each, f"CLAIM {case}") for second, each in enumerate(members)]
        desk.passes(hours=1)
        with counted(desk, monkeypatch) as counts:
            desk.reads([*claims, (600.0, ALICE, "LIST")])
        assert list(desk.standing(case).values()) == ["confirmed", *["waitlisted"] * (how_many - 1)]
        found.append(counts)
    assert found[0]["commit"] == found[1]["commit"] == 1
    assert each_more(*found) == {"read": 1, "understood": 1}
