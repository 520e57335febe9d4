"""What is at rest tells nothing: database, write-ahead log, key store and server hold client data sealed, each value in its one place."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlmodel import select

from bot.shell.ledger.outbox import letter_place
from bot.shell.ledger.seal import Seal
from bot.shell.sealing import Broken
from bot.shell.tables import CaseRow, LetterRow, RawLetterRow
from tests.attacks.canaries import shown, shown_at_rest
from tests.attacks.desk import ALICE, BOB, CANARIES, SUZUKI, Desk
from tests.attacks.raw_mail import parts, raw

NAME, PHONE, PAPER, KANJI = CANARIES


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Desk:
    return Desk.open(tmp_path, database_url=database_url)


def fields(more: str = "") -> str:
    return f"Title: Asylum appeal\nSummary: An appeal.\nDetails: {NAME}\n    {PHONE}\nConflict check: {PAPER}\nContact: {KANJI}\n{more}"


def brought_in(desk: Desk) -> str:
    """A case that came by mail, faulty at first, and was opened; gives its id."""
    desk.writes(SUZUKI, fields("Deadline: next Friday\n"), subject="NEW CASE")
    desk.writes(SUZUKI, fields("Deadline: 2027-03-12\n"), answering=desk.last_letter_to(SUZUKI))
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    with desk.office.ledger.reading() as ledger:
        (case,) = ledger.cases.open()
    return case.id


def given_to_alice(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"CLEAR {case}", answering=desk.last_letter_to(ALICE))


def details_returned(desk: Desk) -> bytes:
    """The delivery report of the letter with the file, which brings all of it back."""
    letter = desk.last_letter_to(ALICE)
    kind, body = parts(
        "report",
        "Content-Type: text/plain\n\nThe mailbox is full.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.lawfirm.example\n\n"
        f"Final-Recipient: rfc822; {ALICE}\nAction: failed\nStatus: 5.2.2\n",
        f"Content-Type: message/rfc822\n\n{letter.received.raw.decode()}",
        more="; report-type=delivery-status",
    )
    return raw("Return-Path: <>", kind, sender="mailer-daemon@lawfirm.example", body=body, proven=None)


def test_P_09_nothing_at_rest_shows_a_canary(desk: Desk, database_url: str, tmp_path: Path) -> None:
    """The life of a case: a form with faults, preview, opening, change, claims, conflict check, the file, words about it."""
    case = brought_in(desk)
    desk.writes(SUZUKI, f"EDIT {case}\nSummary: An appeal of {NAME}")
    given_to_alice(desk, case)
    desk.writes(ALICE, f"What is the telephone number? {PHONE} does not answer, says {KANJI}.", answering=desk.last_letter_to(ALICE))
    desk.writes(BOB, f"CLAIM {case}\n\n{NAME}")
    desk.settles()
    letters = "".join(letter.text for letter in desk.letters())
    assert all(canary in letters for canary in CANARIES), "the test has lost its canaries"
    assert shown_at_rest(database_url, tmp_path) == []


def test_P_05_a_bounce_of_the_details_is_kept_sealed_and_staff_read_the_id_alone(desk: Desk, database_url: str, tmp_path: Path) -> None:
    case = brought_in(desk)
    given_to_alice(desk, case)
    letters = len(desk.letters())
    report = details_returned(desk)
    desk.arrives(report)
    assert desk.ending() == "ignored" and shown(report)
    told = desk.letters()[letters:]
    assert told and all(case in letter.text and not shown(letter.received.raw) for letter in told)
    assert shown_at_rest(database_url, tmp_path) == []


def test_P_09_the_keys_are_elsewhere_and_for_their_owner_alone(desk: Desk, database_url: str) -> None:
    path = desk.office.ledger.keys.store.path
    if path is None:
        assert desk.office.ledger.keys.store.name == "schema firstreply_keys"
        return
    assert path.name == "firstreply.db.keys" and stat.S_IMODE(path.stat().st_mode) == 0o600
    desk.case()
    with desk.office.ledger.reading() as ledger:
        key = bytes.fromhex(ledger.session.exec(select(CaseRow.key_id)).one())
    data = Path(database_url.removeprefix("sqlite:///"))
    assert desk.office.ledger.keys.key(key.hex()) not in path.read_bytes() + data.read_bytes(), "a key lies open"


def test_G_22_a_sealed_text_opens_in_its_own_row_and_column_alone(desk: Desk) -> None:
    first, second = desk.case(details=NAME, contact=PHONE), desk.case(details=KANJI)
    with desk.office.ledger.writing() as ledger:
        one, other = ledger.session.get_one(CaseRow, first), ledger.session.get_one(CaseRow, second)
        one.details, other.details = other.details, one.details
    with desk.office.ledger.reading() as ledger, pytest.raises(Broken):
        ledger.cases.confidential(first)
    with desk.office.ledger.writing() as ledger:
        one = ledger.session.get_one(CaseRow, first)
        one.details = one.contact
    with desk.office.ledger.reading() as ledger, pytest.raises(Broken):
        ledger.cases.confidential(first)


def test_G_22_a_letter_that_somebody_changed_in_the_database_does_not_open(desk: Desk) -> None:
    desk.writes(ALICE, f"CLAIM {desk.case()}")
    desk.settles()
    with desk.office.ledger.writing() as ledger:
        row = ledger.session.exec(select(LetterRow).where(LetterRow.to_address == ALICE)).one()
        sealed = bytearray(ledger.session.get_one(RawLetterRow, row.id).content)
        sealed[-1] ^= 1
        with pytest.raises(Broken):
            Seal(ledger.session, desk.office.ledger.keys).open(bytes(sealed), where=letter_place(row.code))
