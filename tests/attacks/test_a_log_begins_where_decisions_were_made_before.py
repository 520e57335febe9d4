"""A database that was there before the decision log begins it with every case as it stands, and goes on from there."""

from __future__ import annotations

import json
from pathlib import Path

from alembic import command
from sqlalchemy import text

from bot.shell.ledger import Ledger, migrate
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, CHIKA, Desk

BEFORE_THE_LOG = "0012"


def without_a_log(desk: Desk) -> Desk:
    """The same database as an earlier version left it."""
    ledger: Ledger = desk.office.ledger
    with ledger.engine.begin() as connection:
        configured = migrate.configuration()
        configured.attributes["connection"] = connection
        command.downgrade(configured, BEFORE_THE_LOG)
    return desk


def test_G_07_what_was_decided_before_is_the_ground_of_the_log(tmp_path: Path, database_url: str) -> None:
    desk = Desk.open(tmp_path, database_url=database_url)
    desk.sends_the_round("2026-10")
    case, other = desk.case(places=2), desk.case("Never asked for")
    for who in (ALICE, BOB, CHIKA):
        desk.passes(seconds=1)
        desk.writes(who, f"CLAIM {case}")
    desk.settles()
    without_a_log(desk).office.ledger.migrate()
    with desk.office.ledger.reading() as ledger:
        entries = [json.loads(content) for _, _, content, _ in ledger.decisions.rows()]
    assert [(entry["kind"], entry.get("case")) for entry in entries] == [("log begins", None), ("found", case), ("found", other)]
    assert [claim["state"] for claim in entries[1]["claims"]] == ["confirmed", "confirmed", "waitlisted"]
    assert all(claim["raw_sha256"] for claim in entries[1]["claims"])
    oracles.the_log_fits(desk)
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "confirmed", CHIKA: "confirmed"}
    oracles.the_log_fits(desk)


def test_G_07_a_case_that_was_there_before_is_compared_with_its_first_entry(tmp_path: Path, database_url: str) -> None:
    desk = Desk.open(tmp_path, database_url=database_url)
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    without_a_log(desk).office.ledger.migrate()
    with desk.office.ledger.engine.begin() as connection:
        connection.execute(text("UPDATE claim SET state = 'released', place_no = NULL"))
    assert oracles.what_does_not_fit(desk) == (
        f"The table of claims does not say of claim 1 on {case} what entry 2 says: state “confirmed” is “released”."
    )
