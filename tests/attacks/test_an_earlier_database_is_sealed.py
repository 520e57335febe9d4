"""A database that an earlier version kept open is sealed at the first start: nothing is lost, and nothing stays readable at rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlmodel import Session, select

from bot.shell.ledger import migrate, sealing_up
from bot.shell.ledger.arrivals import content_place, subject_place
from bot.shell.ledger.case_rows import SEALED, text_place
from bot.shell.ledger.lines import command_place, facts_place
from bot.shell.ledger.marks import note_place
from bot.shell.ledger.outbox import letter_place
from bot.shell.ledger.questions import texts_place
from bot.shell.ledger.seal import Seal
from bot.shell.tables import AnswerLineRow, ArrivalRow, CaseRow, LetterRow, MarkRow, ProposalRow, RawLetterRow, RawMailRow
from tests.attacks.canaries import shown_at_rest
from tests.attacks.desk import ALICE, CANARIES, SUZUKI, Desk


def lived_in(folder: Path, url: str) -> Desk:
    """A desk with a case that Alice holds, a change that waits for its YES, a form with a fault, and a reason on record."""
    desk = Desk.open(folder, database_url=url)
    case = desk.case("Appeal", details=CANARIES[0], conflict_names=" ", contact=" ".join(CANARIES[1:]))
    desk.writes(ALICE, f"CLAIM {case}", subject=CANARIES[3])
    desk.settles()
    desk.writes(SUZUKI, f"Summary: {CANARIES[0]}", subject=f"EDIT {case}")
    desk.writes(SUZUKI, f"Title: A\nSummary: B\nDetails: {CANARIES[1]}\nDeadline: never", subject="NEW CASE")
    with desk.office.ledger.writing() as ledger:
        ledger.marks.put(f"case {case} 000000009.001", desk.now, note=f"passed by {SUZUKI} because {CANARIES[2]}")
    return desk


def told(desk: Desk) -> list[object]:
    """All that the pages read."""
    with desk.office.ledger.reading() as ledger:
        entries = ledger.arrivals.all()
        return [
            [(case, ledger.cases.confidential(case.id), ledger.marks.notes(f"case {case.id}")) for case in ledger.cases.all()],
            [(entry, ledger.arrivals.raw(entry.id), ledger.lines.of(entry.id)) for entry in entries],
            ledger.questions.open(desk.now),
            [letter.received.raw for letter in desk.letters()],
        ]


def as_an_earlier_version_left_it(desk: Desk) -> None:
    """Every value in the open, in the tables of that time; and no key."""
    with desk.office.ledger.writing() as ledger:
        _unseal(ledger.session, Seal(ledger.session, desk.office.ledger.keys))
    with desk.office.ledger.engine.begin() as connection:
        configured = migrate.configuration()
        configured.attributes["connection"] = connection
        command.downgrade(configured, "0008")
    desk.office.ledger.keys.destroy(list(desk.office.ledger.keys.store.all()))
    desk.office.ledger.close()


def _unseal(session: Session, seal: Seal) -> None:
    for case in session.exec(select(CaseRow)).all():
        for name in SEALED:
            setattr(case, name, seal.open_text(getattr(case, name), where=text_place(name, case.id)))
    for arrival in session.exec(select(ArrivalRow)).all():
        arrival.subject = seal.open_text(arrival.subject, where=subject_place(arrival.id or 0))
    for mail in session.exec(select(RawMailRow)).all():
        mail.content = seal.open(mail.content, where=content_place(mail.arrival_id))
    for line in session.exec(select(AnswerLineRow)).all():
        line.command = seal.open_text(line.command, where=command_place(line.arrival_id, line.position))
        line.facts = seal.open_facts(line.facts, where=facts_place(line.arrival_id, line.position))
    for raw in session.exec(select(RawLetterRow)).all():
        raw.content = seal.open(raw.content, where=letter_place(session.get_one(LetterRow, raw.letter_id).code))
    for proposal in session.exec(select(ProposalRow)).all():
        proposal.texts = seal.open_facts(proposal.texts, where=texts_place(proposal.question_id))
    for mark in session.exec(select(MarkRow)).all():
        mark.note = seal.open_text(mark.note, where=note_place(mark.name)) if mark.name.startswith("case ") else mark.note


def again(folder: Path, url: str) -> Desk:
    desk = Desk.open(folder, database_url=url)
    desk.passes(seconds=121)
    return desk


def test_G_22_what_was_open_is_sealed_and_reads_as_before(tmp_path: Path, database_url: str) -> None:
    desk = lived_in(tmp_path, database_url)
    before = told(desk)
    as_an_earlier_version_left_it(desk)
    assert shown_at_rest(database_url, tmp_path), "the test has lost its canaries"
    desk = again(tmp_path, database_url)
    assert told(desk) == before
    desk.office.ledger.close()
    assert shown_at_rest(database_url, tmp_path) == []


def test_G_22_a_stop_between_two_batches_leaves_nothing_half(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of one row each, and a stop after every one of them until it is done."""
    desk = lived_in(tmp_path, database_url)
    before = told(desk)
    as_an_earlier_version_left_it(desk)
    one_batch, stops = sealing_up._one_batch, 0

    def stopped(session: Session, seal: Seal) -> None:
        one_batch(session, seal)
        session.flush()
        session.connection().commit()
        raise KeyboardInterrupt

    monkeypatch.setattr(sealing_up, "AT_ONCE", 1)
    monkeypatch.setattr(sealing_up, "_one_batch", stopped)
    while True:
        try:
            desk = again(tmp_path, database_url)
        except KeyboardInterrupt:
            stops += 1
        else:
            break
    assert stops > 10 and told(desk) == before
    desk.office.ledger.close()
    assert shown_at_rest(database_url, tmp_path) == []
