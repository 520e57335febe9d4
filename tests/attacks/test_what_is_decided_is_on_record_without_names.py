"""Whatever is decided or overridden is an entry in the decision log, which names nobody and still verifies when a case is forgotten.

ATTACKS F-05, G-07, G-23, G-28, P-19.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from bot import retention
from bot.core.model import Lifecycle
from bot.office import audit
from tests.attacks import oracles
from tests.attacks.decision_log import entries, fault, head, head_in
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, Desk


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
