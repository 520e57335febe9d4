"""Decisions are provable: an append-only chain, whose head lies in many mailboxes; the rule decides the same once more.

ATTACKS F-23, G-07, G-26. The attacker here owns the database and has dropped its triggers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core.model.log_text import digest
from tests.attacks.decision_log import as_owner, entries, fault, head, head_in
from tests.attacks.desk import BOB, Desk
from tests.story.command import run


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


def test_G_07_a_case_that_is_gone_is_not_taken_for_an_erased_one(settled: Desk) -> None:
    path = settled.office.ledger.path
    assert path is not None
    with closing(sqlite3.connect(path)) as database, database:  # by hand foreign keys hold nobody back
        database.execute("DELETE FROM legal_case WHERE id = 'JUS-2026-002'")
    number, sentence = fault(settled) or (0, "")
    assert sentence == f"JUS-2026-002, of which entry {number} tells, is gone from the table of cases."


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


def test_F_23_an_emptied_log_does_not_begin_again(settled: Desk) -> None:
    with as_owner(settled) as connection:
        connection.execute(text("DELETE FROM decision"))
    settled.office.ledger.migrate()
    assert fault(settled) == (1, "The log is empty: even its first entry is missing.")
