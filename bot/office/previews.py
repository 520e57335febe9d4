"""What staff see of a case before the roster does: what in it could tell who the client is, and what stays behind."""

from __future__ import annotations

from typing import Any

from bot.core import anonymity
from bot.core.model import Case, CaseFields, Confidential
from bot.office import Office
from bot.shell.ledger import Transaction


def preview_facts(office: Office, ledger: Transaction, case: Case, language: str) -> dict[str, Any]:
    """The remarks of the anonymity check in this language, and the confidential part; None where there is none."""
    confidential = ledger.cases.confidential(case.id)
    is_there = any((confidential.details, confidential.conflict_names, confidential.contact))
    return {"findings": findings(office, case, confidential, language), "confidential": confidential if is_there else None}


def findings(office: Office, case: Case, confidential: Confidential, language: str) -> list[str]:
    """What the anonymity check remarks in what the roster would read, knowing what it must not."""
    fields = CaseFields(
        case.title, case.summary, case.kind, case.language, case.place, time_frame=case.time_frame, confidential=confidential
    )
    today = office.clock().astimezone(office.rules.zone).date()
    return [anonymity.finding_sentence(finding, language) for finding in anonymity.findings(fields, today=today)]
