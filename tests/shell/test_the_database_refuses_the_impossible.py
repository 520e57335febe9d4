"""What must never be is refused by constraint, on SQLite and on PostgreSQL, whatever a program believes."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.core.model import Asked, Basis, ClaimState, EnterClaim, Lifecycle, Question, Verdict
from bot.shell.ledger import Ledger, Transaction, wording
from bot.shell.ledger.session import BookSession
from tests.shell.books import NOW, add_arrival, add_case, add_claim, add_member, open_ledger, stamp_of


def give(book: Transaction, verdict: Verdict) -> None:
    book.claims.give(book.claims.get(verdict.claim_id).case_id, [verdict], Basis(), now=NOW, kept_until=lambda _: NOW)


def confirmed(claim_id: int, member_id: int, place: int) -> Verdict:
    return Verdict(claim_id, member_id, ClaimState.CONFIRMED, "first", place_no=place)


def test_G_04_one_place_has_one_holder(database_url: str) -> None:
    with open_ledger(database_url) as ledger, pytest.raises(IntegrityError), ledger.deciding() as book:
        case_id = add_case(book)
        for number in (1, 2):
            member = add_member(book, number)
            give(book, confirmed(add_claim(book, case_id, member, number), member.id, 1))


def test_G_04_no_place_beyond_those_of_the_case_can_be_given(database_url: str) -> None:
    with open_ledger(database_url) as ledger, pytest.raises(IntegrityError), ledger.deciding() as book:
        member = add_member(book, 1)
        give(book, confirmed(add_claim(book, add_case(book, places=2), member, 1), member.id, 3))


def test_a_holder_without_a_place_is_refused(database_url: str) -> None:
    with open_ledger(database_url) as ledger, pytest.raises(IntegrityError), ledger.deciding() as book:
        member = add_member(book, 1)
        verdict = Verdict(add_claim(book, add_case(book), member, 1), member.id, ClaimState.CONFIRMED, "first")
        give(book, verdict)


def test_one_member_has_one_live_claim_on_a_case(database_url: str) -> None:
    with open_ledger(database_url) as ledger, pytest.raises(IntegrityError), ledger.deciding() as book:
        member, case_id = add_member(book, 1), add_case(book)
        add_claim(book, case_id, member, 1)
        add_claim(book, case_id, member, 2)


def test_an_unverified_claim_blocks_nobody(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        member, case_id = add_member(book, 1), add_case(book)
        spoofed = EnterClaim(member.id, case_id, ClaimState.UNVERIFIED, line=-1)
        book.claims.enter(spoofed, arrival_id=add_arrival(book, 1), stamp=stamp_of(1), now=NOW)
        assert add_claim(book, case_id, member, 2)


def test_G_02_a_message_is_entered_once(database_url: str) -> None:
    with open_ledger(database_url) as ledger, pytest.raises(IntegrityError), ledger.deciding() as book:
        add_arrival(book, 5)
        add_arrival(book, 5)


def test_G_26_a_month_is_opened_once(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        assert book.rounds.open("2026-12", now=NOW, by="schedule", cases=1, letters=1)
        assert not book.rounds.open("2026-12", now=NOW, by="command line", cases=9, letters=9)
        assert [(one.opened_by, one.letters) for one in book.rounds.all()] == [("schedule", 1)]


def test_of_two_previews_of_one_bulletin_one_is_sent(database_url: str) -> None:
    """Both were shown before the first went out; whatever a program believes, the second is no further bulletin."""
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            case_id = add_case(book)
            first, second = (book.questions.ask(Asked(0, Question.SEND_BULLETIN, who, case_id=case_id), now=NOW) for who in ("a@x", "b@x"))
            book.offers.note_bulletin(case_id, book.questions.get(first).bulletins + 1, NOW)
        with pytest.raises(IntegrityError), ledger.deciding() as book:
            book.offers.note_bulletin(case_id, book.questions.get(second).bulletins + 1, NOW)
        with ledger.deciding() as book:
            later = book.questions.ask(Asked(0, Question.SEND_BULLETIN, "a@x", case_id=case_id), now=NOW)
            book.offers.note_bulletin(case_id, book.questions.get(later).bulletins + 1, NOW)


def test_case_ids_ascend_in_a_year_and_are_never_given_twice(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            first, second = add_case(book), add_case(book)
            book.session.execute(text("DELETE FROM place"))
            book.session.execute(text("DELETE FROM legal_case"))
        with ledger.deciding() as book:
            assert (first, second, add_case(book), add_case(book, year=2027)) == (
                "JAR-2026-001",
                "JAR-2026-002",
                "JAR-2026-003",
                "JAR-2027-001",
            )


def test_what_fails_half_way_leaves_nothing(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        with pytest.raises(ZeroDivisionError), ledger.deciding() as book:
            add_case(book)
            add_member(book, 1)
            raise ZeroDivisionError
        with ledger.reading() as book:
            assert (book.cases.all(), book.roster.all()) == ([], [])


def test_F_10_of_many_who_decide_at_once_one_wins(database_url: str) -> None:
    """Eight threads, each with a connection of its own, race for one place."""
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            case_id = add_case(book)
            racers = [
                (member, add_claim(book, case_id, member, member.id)) for member in (add_member(book, number) for number in range(1, 9))
            ]
        threads = [threading.Thread(target=_race, args=(ledger, case_id, member.id, claim_id)) for member, claim_id in racers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with ledger.reading() as book:
            assert [claim.state.value for claim in book.claims.of(case_id)].count("confirmed") == 1


def _race(ledger: Ledger, case_id: str, member_id: int, claim_id: int) -> None:
    with ledger.deciding() as book:
        case = book.cases.by_id(case_id)
        if case.free_places:
            give(book, confirmed(claim_id, member_id, 1))


def test_moments_come_back_in_utc_and_in_order(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        case_id = add_case(book)
        for number, seconds in ((1, 30), (2, 10)):
            add_claim(book, case_id, add_member(book, number), number, seconds=seconds)
        claims = book.claims.of(case_id)
        assert sorted(claims, key=lambda claim: claim.stamp.order)[0].member_id == claims[1].member_id
        assert claims[0].stamp.arrived_at.utcoffset() is not None


def test_a_draft_becomes_open_and_keeps_its_number(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        case_id = add_case(book, lifecycle=Lifecycle.DRAFT)
        book.cases.move(case_id, Lifecycle.OPEN, now=NOW)
        assert book.cases.by_id(case_id).state == "open"


def test_a_claim_is_agreed_to_by_somebody_at_some_time_or_not_at_all(database_url: str) -> None:
    with open_ledger(database_url) as ledger, pytest.raises(IntegrityError), ledger.deciding() as book:
        add_claim(book, add_case(book), add_member(book, 1), 1)
        book.session.execute(text("UPDATE claim SET agreed_by = 'sato@ngo.example'"))


def test_only_an_event_has_a_share_for_each_firm(database_url: str) -> None:
    with open_ledger(database_url) as ledger, pytest.raises(IntegrityError), ledger.deciding() as book:
        add_case(book)
        book.session.execute(text("UPDATE legal_case SET per_firm = 2"))


def test_where_there_is_no_row_to_write_no_row_of_defaults_is_written(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.engine.connect() as connection, BookSession(connection) as session:
        with pytest.raises(ValueError, match="no row for letter"):
            session.lay_by(wording.NEW)
        session.flush()
