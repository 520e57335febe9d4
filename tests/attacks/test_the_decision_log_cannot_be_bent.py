"""Decisions are provable: an append-only chain without names, whose head lies in many mailboxes; the rule decides the same once more.

ATTACKS F-05, F-22, F-23, G-07, G-28, P-19. The attacker here owns the database and has dropped its triggers.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot import retention
from bot.core.model import Head, Lifecycle
from bot.core.model.log import reference
from bot.core.model.log_text import digest
from bot.office import audit
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.story.command import run
from tests.story.people import Letter


@pytest.fixture
def settled(desk: Desk) -> Desk:
    """Bob has the case, Alice and Chika wait; a second case was placed before."""
    first, second = desk.case("An earlier case"), desk.case()
    desk.writes(CHIKA, f"CLAIM {first}")
    desk.settles()
    for who in (BOB, ALICE, CHIKA):
        desk.passes(seconds=2)
        desk.writes(who, f"CLAIM {second}")
    desk.settles()
    return desk


def fault(desk: Desk, printed: Head | None = None) -> tuple[int, str] | None:
    with desk.office.ledger.reading() as ledger:
        found = audit.check(ledger, printed=printed).fault
    return (found.number, found.sentence) if found else None


def head(desk: Desk) -> Head:
    with desk.office.ledger.reading() as ledger:
        return ledger.decisions.head()


def entries(desk: Desk) -> list[dict[str, Any]]:
    with desk.office.ledger.reading() as ledger:
        return [json.loads(content) for _, _, content, _ in ledger.decisions.rows()]


def head_in(letter: Letter) -> Head | None:
    found = re.search(r"Decision log: (entry .*)|決定の記録 (第.*)", letter.text)
    return audit.printed_head(found[1] or found[2]) if found else None


@contextmanager
def as_owner(desk: Desk) -> Iterator[Connection]:
    """The database in the hands of who owns it: the triggers are gone."""
    with desk.office.ledger.engine.begin() as connection:
        if desk.office.ledger.is_sqlite:
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE decision DISABLE TRIGGER USER"))
        yield connection


def rewritten(desk: Desk, start: int, change: Callable[[dict[str, Any]], None]) -> None:
    """Entry `start` changed, and every entry from there on hashed anew."""
    with as_owner(desk) as connection:
        rows = connection.execute(text("SELECT number, content, digest FROM decision ORDER BY number")).all()
        previous = rows[start - 2].digest if start > 1 else ""
        for row in rows[start - 1 :]:
            document = json.loads(row.content)
            if row.number == start:
                change(document)
            document["prev"] = previous
            content = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            previous = digest(content)
            values = {"number": row.number, "content": content, "digest": previous}
            connection.execute(text("UPDATE decision SET content = :content, digest = :digest WHERE number = :number"), values)


@pytest.mark.parametrize("statement", ["UPDATE decision SET content = content", "DELETE FROM decision WHERE number > 1"])
def test_G_07_the_database_refuses_to_change_or_delete_an_entry(tmp_path: Path, database_url: str, statement: str) -> None:
    desk = Desk.open(tmp_path, database_url=database_url)
    desk.case()
    with pytest.raises(DBAPIError, match="append-only: no entry is ever changed or deleted"), desk.office.ledger.engine.begin() as raw:
        raw.execute(text(statement))
    assert fault(desk) is None


def test_G_07_the_database_refuses_a_gap(tmp_path: Path, database_url: str) -> None:
    desk = Desk.open(tmp_path, database_url=database_url)
    forged = "INSERT INTO decision (number, content, digest) VALUES (7, '{}', '')"
    with pytest.raises(DBAPIError, match="numbered without gaps"), desk.office.ledger.engine.begin() as raw:
        raw.execute(text(forged))


def test_G_07_a_log_verifies_on_either_database(tmp_path: Path, database_url: str) -> None:
    desk = Desk.open(tmp_path, database_url=database_url)
    case = desk.case()
    for who in (BOB, ALICE):
        desk.writes(who, f"CLAIM {case}")
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        report = audit.check(ledger, printed=ledger.decisions.head())
    assert report.fault is None
    assert (report.decided, report.mails) == (1, 2)
    assert [entry["kind"] for entry in entries(desk)] == ["log begins", "published", "claimed", "claimed", "settled"]


def test_G_07_the_log_names_nobody(settled: Desk) -> None:
    with settled.office.ledger.reading() as ledger:
        log = "\n".join(content for _, _, content, _ in ledger.decisions.rows())
    for words in (ALICE, BOB, CHIKA, SATO, "Alice", "Bob", "千佳", "Asylum", "appeal", "lawfirm", "ngo.example"):
        assert words not in log


def test_F_23_a_flipped_byte_is_found(settled: Desk) -> None:
    with as_owner(settled) as connection:
        connection.execute(text("UPDATE decision SET content = replace(content, 'confirmed', 'confirmeD') WHERE number = 5"))
    assert fault(settled) == (5, "Entry 5 cannot be read: it has been changed since it was written.")


def test_F_23_a_flipped_digit_is_found(settled: Desk) -> None:
    with as_owner(settled) as connection:
        digits = {"old": '"uid":102', "new": '"uid":103'}
        connection.execute(text("UPDATE decision SET content = replace(content, :old, :new) WHERE number = 6"), digits)
    assert fault(settled) == (6, "Entry 6 has been changed: its text and its hash do not belong together.")


def test_F_23_a_deleted_entry_is_found(settled: Desk) -> None:
    with as_owner(settled) as connection:
        connection.execute(text("DELETE FROM decision WHERE number = 4"))
    assert fault(settled) == (4, "Entry 4 is missing: entry 5 follows entry 3.")


def test_F_23_two_swapped_entries_are_found(settled: Desk) -> None:
    with as_owner(settled) as connection:
        for old, new in ((4, 99), (5, 4), (99, 5)):
            connection.execute(text("UPDATE decision SET number = :new WHERE number = :old"), {"old": old, "new": new})
    number, sentence = fault(settled) or (0, "")
    assert number == 4
    assert "not in its place" in sentence


def test_F_23_a_cut_tail_is_found_by_the_head_in_a_letter_and_by_the_tables(settled: Desk) -> None:
    printed = head_in(settled.last_letter_to(BOB))
    assert printed is not None
    with as_owner(settled) as connection:
        connection.execute(text("DELETE FROM decision WHERE number >= :last"), {"last": printed.number})
    assert fault(settled, printed) == (
        printed.number,
        f"Entry {printed.number} is missing: the log ends at entry {printed.number - 1}, and the letter names entry {printed.number}.",
    )
    number, sentence = fault(settled) or (0, "")
    assert number < printed.number
    assert "The table of claims does not say of claim" in sentence


def test_F_23_all_rewritten_from_an_entry_on_is_found_by_the_head_in_a_letter(settled: Desk) -> None:
    """Every hash is fresh and the chain whole in itself; only what many mailboxes hold tells."""
    printed = head_in(settled.last_letter_to(BOB))
    assert printed is not None
    rewritten(settled, 2, lambda entry: entry.update(utc="2026-11-20T02:59:59+00:00"))
    assert fault(settled) is None
    assert fault(settled, printed) == (
        printed.number,
        f"Entry {printed.number} is not the one that the letter names: the log was written anew from there or before.",
    )


def test_G_07_a_place_given_to_another_than_the_first_is_found_though_every_hash_fits(settled: Desk) -> None:
    """Log and tables both say that Alice has the case; the rule, asked once more, says Bob."""
    with settled.office.ledger.reading() as ledger:
        bob, alice = (claim.id for claim in ledger.claims.of("JUS-2026-002")[:2])
    last = head(settled).number

    def swap(entry: dict[str, Any]) -> None:
        claims = {claim["claim"]: claim for claim in entry["claims"]}
        for key in ("state", "reason", "place"):
            claims[bob][key], claims[alice][key] = claims[alice].get(key), claims[bob].get(key)
        del claims[bob]["place"]
        outcome = entry["outcome"]
        refs = {number: claim["claim_ref"] for number, claim in claims.items()}
        outcome["places"], outcome["waiting"] = {"1": refs[alice]}, [refs[bob], outcome["waiting"][-1]]

    rewritten(settled, last, swap)
    with as_owner(settled) as connection:
        connection.execute(
            text("UPDATE claim SET state = 'waitlisted', place_no = NULL, reason = 'after_others' WHERE id = :id"), {"id": bob}
        )
        connection.execute(text("UPDATE claim SET state = 'confirmed', place_no = 1, reason = 'first' WHERE id = :id"), {"id": alice})
    number, sentence = fault(settled) or (0, "")
    assert number == last
    assert f"by the rule claim {bob} is confirmed with place 1 (first)" in sentence


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE claim SET state = 'released', place_no = NULL WHERE state = 'confirmed' AND case_id = 'JUS-2026-002'", "state “confirmed” is “released”"),
        ("UPDATE legal_case SET lifecycle = 'closed' WHERE id = 'JUS-2026-002'", "lifecycle “open” is “closed”"),
        ("UPDATE arrival SET arrived_at = arrived_at, uid = 1 WHERE uid = 103", "uid 103, 2026-11-20T03:02:05+00:00 is INBOX"),
        ("UPDATE arrival SET arrived_at = '2026-11-20 03:02:01' WHERE uid = 103", "the table of arrivals says 2026-11-20T03:02:01+00:00"),
        ("UPDATE raw_mail SET content = x'00' WHERE arrival_id = 3", "its bytes were changed"),
        ("UPDATE legal_case SET log_salt = x'00' WHERE id = 'JUS-2026-002'", "is nothing"),
        ("UPDATE legal_case SET deadline_at = '2026-11-22 00:00:00' WHERE id = 'JUS-2026-002'", "The deadline of JUS-2026-002 in the table of cases is not as near"),
        ("DELETE FROM answer_line; DELETE FROM claim WHERE id = 3", "is gone from the table of claims"),
    ],
)  # fmt: skip
def test_G_07_what_is_changed_behind_the_log_is_found(settled: Desk, statement: str, told: str) -> None:
    with as_owner(settled) as connection:
        for part in statement.split("; "):
            connection.execute(text(part))
    number, sentence = fault(settled) or (0, "")
    assert 1 < number <= head(settled).number
    assert told in sentence


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM round", "The round of 2026-11, of which entry {entry} tells, is gone from the table of rounds."),
        ("UPDATE round SET month = '2026-10'", "The round of 2026-11, of which entry {entry} tells, is gone from the table of rounds."),
        (
            "INSERT INTO round (month, opened_at, opened_by, cases, letters) VALUES ('2026-10', '2026-10-01 00:00:00', 'x', 1, 1)",
            "The round of 2026-10 went out, and no entry up to {entry} tells of it.",
        ),
    ],
)
def test_G_26_a_round_that_is_taken_off_the_record_or_put_there_is_found(settled: Desk, statement: str, told: str) -> None:
    """Off the record, it would go out a second time."""
    settled.case("A third case")
    settled.sends_the_round()
    entry = head(settled).number
    assert fault(settled) is None and entries(settled)[-1]["kind"] == "round opened"
    with as_owner(settled) as connection:
        connection.execute(text("UPDATE letter SET round_month = NULL"))
        connection.execute(text(statement))
    assert fault(settled) == (entry, told.format(entry=entry))


def test_G_28_G_30_what_was_let_go_is_an_entry_with_how_much_and_at_whose_word(settled: Desk) -> None:
    settled.writes(ALICE, "LIST")
    with settled.office.ledger.writing() as ledger:
        ledger.outbox.sent([1], settled.now)
    settled.passes(days=400)
    retention.purge(settled.office, by="command line")
    retention.purge(settled.office)
    purged = [entry for entry in entries(settled) if entry["kind"] == "purged"]
    assert [(entry["staff"], set(entry["facts"])) for entry in purged] == [("command line", {"raw_mail", "letters"})]
    assert fault(settled) is None


def test_G_07_a_case_that_is_gone_is_not_taken_for_an_erased_one(settled: Desk) -> None:
    path = settled.office.ledger.path
    assert path is not None
    with closing(sqlite3.connect(path)) as database, database:  # by hand foreign keys hold nobody back
        database.execute("DELETE FROM legal_case WHERE id = 'JUS-2026-002'")
    number, sentence = fault(settled) or (0, "")
    assert sentence == f"JUS-2026-002, of which entry {number} tells, is gone from the table of cases."


def test_F_05_a_claim_that_surfaces_after_the_decision_is_an_entry_of_its_own_kind(desk: Desk, case: str) -> None:
    desk.writes(BOB, f"CLAIM {case}", at=60)
    desk.settles()
    desk.writes(ALICE, f"CLAIM {case}", at=10, folder="Junk")
    desk.settles()
    last = entries(desk)[-1]
    assert last["kind"] == "late-surfaced"
    assert [claim["state"] for claim in last["claims"]] == ["waitlisted"]
    assert desk.standing(case) == {ALICE: "waitlisted", BOB: "confirmed"}
    assert not any(entry["kind"] in ("released", "lapsed") for entry in entries(desk)), "nothing was revoked"


@pytest.mark.parametrize(("who", "words"), [(ALICE, "In our decision log this is entry"), (CHIKA, "In our decision log this is entry")])
def test_F_22_the_letter_of_a_lost_race_names_the_decision(settled: Desk, who: str, words: str) -> None:
    letter, last = settled.last_letter_to(who), head(settled)
    assert f"{words} {last.number}." in letter.text
    assert head_in(letter) == Head(last.number, last.digest[:16])


def test_P_19_neither_the_letter_nor_its_head_tells_who_won(settled: Desk) -> None:
    """Bob's reference stands in the entry; without the case's salt nobody can make it, and the letter holds a hash alone."""
    letter = settled.last_letter_to(ALICE)
    assert BOB not in letter.text
    assert "Bob" not in letter.text
    with settled.office.ledger.reading() as ledger:
        bob = ledger.roster.by_address(BOB)
        refs = {claim.ref for claim in ledger.decisions.claims("JUS-2026-002").values()}
    assert bob is not None
    assert reference(b"", str(bob.id)) not in refs
    assert all(ref not in letter.text for ref in refs)


def test_G_07_round_bulletin_confirmation_and_the_word_to_staff_print_the_head(settled: Desk) -> None:
    desk = settled
    assert head_in(desk.last_letter_to(SATO)) is not None, "staff hear of the placement"
    desk.case("A third case")
    desk.sends_the_round()
    for who in (ALICE, BOB):
        assert head_in(desk.last_letter_to(who)) == Head(head(desk).number, head(desk).digest[:16])
    assert entries(desk)[-1]["facts"] == {"month": "2026-11", "cases": 1, "letters": 3}


def test_G_28_every_override_is_an_entry_with_whose_word_and_whether_why(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    for line in (f"RELEASE {case} {ALICE}", f"ASSIGN {case} {BOB}", f"CLOSE {case}", f"REOPEN {case}", f"WITHDRAW {case}", "ROUND HOLD"):
        desk.passes(seconds=1)
        desk.writes(SATO, line)
    told = [entry for entry in entries(desk) if "staff" in entry]
    assert [entry["kind"] for entry in told] == ["published", "released", "assigned", "closed", "reopened", "withdrawn", "round held"]
    assert len({entry["staff"] for entry in told[:-1]}) == 1
    assert not any(SATO in str(entry) for entry in told)


def test_G_23_with_its_salt_a_case_loses_every_name_and_the_log_still_verifies(settled: Desk) -> None:
    printed = head_in(settled.last_letter_to(BOB))
    with settled.office.ledger.engine.begin() as connection:
        connection.execute(text("UPDATE legal_case SET log_salt = NULL, erased_at = '2026-11-21 00:00:00'"))
        connection.execute(text("UPDATE claim SET member_id = 1 WHERE member_id = 2 AND case_id = 'JUS-2026-001'"))
    with settled.office.ledger.reading() as ledger:
        report = audit.check(ledger, printed=printed)
    assert report.fault is None
    assert (report.cases, report.erased, report.decided) == (2, 2, 2)


def test_G_07_explain_tells_staff_the_entries(settled: Desk) -> None:
    settled.writes(SATO, "EXPLAIN JUS-2026-002")
    told = "".join(settled.last_letter_to(SATO).text.split())
    assert told.count(f"決定の記録は第{head(settled).number}号") == 3


def test_G_07_verify_says_that_all_fits_or_names_the_entry(settled: Desk, tmp_path: Path) -> None:
    printed = head_in(settled.last_letter_to(BOB))
    assert printed is not None
    whole = run(tmp_path, "verify", "--json", "--head", f"{printed.number} {printed.short}")
    assert (whole.code, json.loads(whole.out)["fits"], json.loads(whole.out)["decided_again"]) == (0, True, 2)
    assert [run(tmp_path, "verify", "--head", head).code for head in ("17", "")] == [2, 2]
    with as_owner(settled) as connection:
        connection.execute(text("DELETE FROM decision WHERE number >= :last"), {"last": printed.number})
    broken = run(tmp_path, "verify", "--head", f"entry {printed.number}, {printed.short}")
    assert (broken.code, broken.out) == (1, "")
    uncounted = json.loads(run(tmp_path, "verify", "--json", "--head", f"entry {printed.number}, {printed.short}").out)
    assert (uncounted["fits"], uncounted["cases"], uncounted["mails_compared"]) == (False, None, None)
    assert broken.err.startswith(f"Entry {printed.number} is missing: the log ends at entry")


def test_G_23_a_forgotten_case_that_is_opened_again_is_told_with_new_references(settled: Desk) -> None:
    case = "JUS-2026-002"
    settled.writes(SATO, f"CLOSE {case}")
    with settled.office.ledger.deciding() as ledger:
        before = {claim.ref for claim in ledger.decisions.claims(case).values()}
        ledger.retention.forget_case(case, now=settled.now)
    oracles.the_log_fits(settled)
    with settled.office.ledger.deciding() as ledger:
        ledger.cases.move(case, Lifecycle.OPEN, now=settled.now, by=SATO)
    settled.writes(BOB, f"RELEASE {case}")
    settled.writes(ALICE, f"CLAIM {case}")
    settled.settles()
    assert settled.standing(case)[ALICE] == "confirmed"
    oracles.the_log_fits(settled)
    with settled.office.ledger.reading() as ledger:
        after = {claim.ref for claim in ledger.decisions.claims(case).values()}
    assert not before & after


def test_F_23_an_emptied_log_does_not_begin_again(settled: Desk) -> None:
    with as_owner(settled) as connection:
        connection.execute(text("DELETE FROM decision"))
    settled.office.ledger.migrate()
    assert fault(settled) == (1, "The log is empty: even its first entry is missing.")


def test_G_07_the_daily_balance_prints_the_head(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, daily='daily = "0 8 * * *"')
    desk.ticks()
    desk.passes(hours=24)
    desk.ticks()
    assert head_in(desk.last_letter_to(SUZUKI)) == Head(head(desk).number, head(desk).digest[:16])


def test_P_19_the_line_with_the_head_is_in_both_parts_and_no_command(settled: Desk) -> None:
    for who in (BOB, CHIKA):
        letter, last = settled.last_letter_to(who), head(settled)
        assert f"Decision log: entry {last.number}, {last.short}" in letter.text
        assert f"Decision log: entry {last.number}, {last.short}" in letter.html
    settled.writes(CHIKA, f"Decision log: entry {last.number}, {last.short}")
    assert settled.ending() == "for_staff", "quoted back it is words for a person"
