"""M-20: what a preview and STATUS tell costs as much as there is to tell, and not as many cases as were ever on record, or each row times each case."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from sqlalchemy import event

from bot.core import fields
from bot.core.model import Asked, Case, CaseFields, Confidential, Lifecycle, Profile, Question, Terms
from bot.office import awaited, previews
from bot.reception import previewing
from bot.shell.ledger.case_rows import CaseRows
from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk


def calls(of: Callable[..., Any], run: Callable[[], Any]) -> int:
    """How often one function of ours is called."""
    found = 0

    def note(frame: FrameType, kind: str, _: Any) -> None:
        nonlocal found
        found += kind == "call" and frame.f_code is of.__code__

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return found


def drafts(desk: Desk, count: int) -> list[str]:
    with desk.office.ledger.deciding() as ledger:
        cases = [
            ledger.cases.add(
                CaseFields(f"A hearing of group {number}", "One visit.", confidential=Confidential()),
                lifecycle=Lifecycle.DRAFT, is_emergency=False, by=SUZUKI, prefix="JUS", year=2026, now=desk.office.clock(),
            )
            for number in range(count)
        ]  # fmt: skip
    return [case.id for case in cases]


def test_a_table_folds_each_case_once_and_not_once_for_each_row(desk: Desk) -> None:
    table = "title,summary\n" + "".join(f"Hearing {number},One visit.\n" for number in range(20))
    desk.writes(SUZUKI, "", subject="NEW CASE", files=(("cases.csv", "text/csv", table.encode()),))
    with desk.office.ledger.reading() as ledger:
        (asked,) = ledger.questions.open(desk.office.clock())
    facts = {"question_id": asked.id}

    def told() -> None:
        with desk.office.ledger.reading() as ledger:
            previewing.table(desk.office, ledger, facts, "en")

    few = calls(fields.tidy_line, told)
    drafts(desk, 20)
    assert 0 < calls(fields.tidy_line, told) - few <= 2 * 20


def test_no_case_that_is_over_is_read_for_what_waits(desk: Desk) -> None:
    kept, *over = drafts(desk, 10)
    with desk.office.ledger.deciding() as ledger:
        for case_id in over:
            ledger.cases.move(case_id, Lifecycle.WITHDRAWN, now=desk.office.clock(), by=SUZUKI)
    desk.writes(SUZUKI, f"REOPEN {kept}")

    def told() -> None:
        with desk.office.ledger.reading() as ledger:
            assert awaited.of_staff(ledger, desk.office.clock()).previews == (kept,)

    def shown() -> None:
        with desk.office.ledger.reading() as ledger:
            previewing.draft(desk.office, ledger, ledger.cases.by_id(kept), "en")

    assert calls(CaseRows.read, told) == calls(CaseRows.read, shown) == 1


def test_the_preview_of_a_round_compares_no_case_with_all_others(desk: Desk) -> None:
    shown = [desk.case(f"A hearing of group {number}") for number in range(5)]

    def told() -> None:
        with desk.office.ledger.reading() as ledger:
            assert [case.id for case in previews.preview(desk.office, ledger, "2026-12", at=None).cases] == shown

    assert calls(Case.__eq__, told) == 0


def test_claims_that_wait_for_staff_are_found_in_one_look_however_many_cases_are_open(desk: Desk) -> None:
    desk.joins(ALICE, name="Alice Arden", profile=Profile(capacity=("paralegal",)))
    terms, sent = Terms(eligible=("bengoshi",)), []
    event.listen(desk.office.ledger.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))

    def told() -> int:
        sent.clear()
        with desk.office.ledger.reading() as ledger:
            assert awaited.of_staff(ledger, desk.office.clock()).misfits == tuple((one, "Alice Arden") for one in sorted(cases))
        return len([one for one in sent if "FROM claim" in one or "FROM member" in one])

    cases = [desk.case(terms=terms)]
    desk.writes(ALICE, f"CLAIM {cases[0]}")
    desk.settles()
    few = told()
    full = desk.case(terms=terms)
    desk.writes(ALICE, f"CLAIM {full}")
    desk.settles()
    desk.writes(SUZUKI, f"ASSIGN {full} {BOB}")
    others = [desk.case() for _ in range(5)]
    cases += [desk.case(terms=terms) for _ in range(3)]
    desk.writes(ALICE, "\n".join(f"CLAIM {one}" for one in cases[1:]))
    desk.settles()
    assert told() == few and desk.standing(full) == {ALICE: "waitlisted", BOB: "confirmed"} and not any(map(desk.standing, others))


def test_what_is_asked_is_read_at_once_however_much_it_is(desk: Desk) -> None:
    sent: list[str] = []
    event.listen(desk.office.ledger.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))

    def told(how_many: int) -> int:
        sent.clear()
        with desk.office.ledger.reading() as ledger:
            found = ledger.questions.open(desk.office.clock())
            assert [one.case_ids for one in found if one.question is Question.OPEN_CASES] == [tuple(tables[0])]
            assert len(found) == how_many and {one.to for one in found} == {SUZUKI}
        return len(sent)

    tables = [drafts(desk, 2)]
    with desk.office.ledger.deciding() as ledger:
        ledger.questions.ask(Asked(0, Question.OPEN_CASES, SUZUKI, case_ids=tuple(tables[0])), now=desk.office.clock())
    few = told(1)
    for one in drafts(desk, 6):
        with desk.office.ledger.deciding() as ledger:
            ledger.questions.ask(Asked(0, Question.OPEN_CASE, SUZUKI, case_id=one), now=desk.office.clock())
    assert told(7) == few
