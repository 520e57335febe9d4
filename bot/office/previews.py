"""What staff read before a round, a case or a bulletin goes out. Of a round: the letter itself in each language, and whatever in it wants a second look.

Given the ledger and a month, gathers the letters as the roster would read them now, how many get each, what the anonymity check found,
which deadlines pass before the next round, and which cases stay behind and why. Reads only; sends and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import anonymity
from bot.core.circulation import Occasion, events_on_offer, following, on_offer
from bot.core.mail import Letter
from bot.core.model import Case, CaseFields, Confidential, Lifecycle
from bot.core.reasons import deed
from bot.core.tongue import Tongue
from bot.office import Office, circulars, seen_by_staff
from bot.office.naming import named
from bot.shell.ledger import Transaction
from bot.shell.letters import MARKER, Page


@dataclass(frozen=True, slots=True)
class Preview:
    """A round as it would go out now. `pages` are by language; `findings` by case id."""

    month: str
    at: datetime | None
    cases: list[Case]
    events: list[Case]
    urgent_ids: set[str]
    count: int
    pages: list[tuple[str, int, Page]]
    findings: list[tuple[str, anonymity.Finding]]
    needs_reason: list[str]
    """Case ids in which a finding is sure and that go only with a reason, at the hour of the round or at a SEND before."""
    next_at: datetime | None
    passing: list[Case]
    """Cases of this round whose deadline passes before the next one."""
    expiring: list[Case]
    """Cases and events that are open now and will be over at the hour of this round, which then goes without them; a SEND before takes them along."""
    left_out: list[tuple[Case, str]]
    """Cases that are not over and do not go: `draft`, `filled`, `held` or `past_deadline`."""
    needs_word: list[str]
    """Case ids that go only if staff say SEND: nobody has had time to read them."""

    def facts(self, tongue: Tongue) -> dict[str, Any]:
        """For a letter in this language; `goes` is whether anything does, `held_up` what does not for want of a reason."""
        over = {case.id for case in self.expiring}
        return {
            "month": self.month,
            "at": self.at,
            "cases": self.cases,
            "events": self.events,
            "urgent_ids": sorted(self.urgent_ids),
            "goes": bool(self.cases or self.events),
            "count": self.count,
            "pages": [{"language": code, "count": count, "subject": page.subject, "text": page.text} for code, count, page in self.pages],
            "findings": [(case_id, anonymity.finding_sentence(finding, tongue)) for case_id, finding in self.findings],
            "needs_reason": self.needs_reason,
            "held_up": [case_id for case_id in self.needs_reason if case_id not in over],
            "next_at": self.next_at,
            "passing": self.passing,
            "expiring": self.expiring,
            "left_out": self.left_out,
            "needs_word": self.needs_word,
        }


def preview(office: Office, ledger: Transaction, month: str, *, at: datetime | None) -> Preview:
    """The round of a month as it will go out at its hour `at`, or as it would now where none is set or it is past."""
    now, stock = office.clock(), ledger.cases.open()
    hour = max(at, now) if at else now
    cases, events = on_offer(stock, now=hour), events_on_offer(stock, now=hour)
    going = [*cases, *events]
    at_once = [*on_offer(stock, now=now), *events_on_offer(stock, now=now)]
    ids = {case.id for case in going}
    urgent_ids = circulars.urgent_ids(cases, now=hour)
    readers = Counter(ledger.roster.active_by_language())
    after = following(office.calendar, Occasion(month, at)) if at else None
    return Preview(
        month=month,
        at=at,
        cases=cases,
        events=events,
        urgent_ids=urgent_ids,
        count=readers.total(),
        pages=_pages(office, month, cases, events, urgent_ids, readers),
        findings=[(case.id, finding) for case in at_once for finding in found_in(office, case.fields(ledger.cases.confidential(case.id)))],
        needs_reason=list(dict.fromkeys(case_id for case_id, _ in seen_by_staff.unexplained(office, ledger, at_once))),
        next_at=after.at if after else None,
        passing=[case for case in cases if after and case.deadline and case.deadline.at <= after.at],
        expiring=[case for case in at_once if case.id not in ids],
        left_out=_left_out(ledger, at_once, now=now),
        needs_word=[case.id for case in seen_by_staff.unread(ledger, month, going)],
    )


def of_draft(office: Office, fields: CaseFields, language: str) -> dict[str, Any]:
    """What staff see of a case before the roster does: what in it might tell who the client is, and what stays behind."""
    found = found_in(office, fields)
    return {
        "findings": [anonymity.finding_sentence(finding, office.tongue(language)) for finding in found],
        "needs_reason": any(finding.is_sure for finding in found),
        "confidential": fields.confidential if fields.confidential != Confidential() else None,
    }


def of_bulletin(office: Office, ledger: Transaction, case: Case, language: str) -> dict[str, Any]:
    """The same of a case that a bulletin is to go out about; when one did before, and how many of staff must be for it."""
    draft = of_draft(office, case.fields(ledger.cases.confidential(case.id)), language)
    return draft | _last_bulletin(office, ledger, case, language) | {"approvals": office.rules.approvals}


def _last_bulletin(office: Office, ledger: Transaction, case: Case, language: str) -> dict[str, Any]:
    """When a bulletin about the case went out before, and by whose word; nothing of one that none was sent about."""
    notes = ((at, done) for at, note in ledger.marks.notes(f"case {case.id}") if (done := deed(note)) and done.word == "bulletin")
    at, done = max(notes, key=lambda one: one[0], default=(None, None))
    return {"sent_at": at, "sent_by": named(office, done.who, office.tongue(language))} if done else {}


def found_in(office: Office, fields: CaseFields) -> tuple[anonymity.Finding, ...]:
    """What in the public part of a case might tell who the client is."""
    return anonymity.findings(fields, today=office.clock().astimezone(office.rules.zone).date())


def _pages(
    office: Office, month: str, cases: list[Case], events: list[Case], urgent_ids: set[str], readers: Counter[str]
) -> list[tuple[str, int, Page]]:
    """The letter in every language of the organisation, from the same templates; without anybody's name and code."""
    if not cases and not events:
        return []
    facts: dict[str, object] = {"month": month, "cases": cases, "events": events, "urgent_ids": urgent_ids, "code": ""}
    letters = ((language, Letter("round", "", language, dict(facts))) for language in office.settings.organisation.languages)
    set_in_type = ((language, office.typesetter.preview(one, now=office.clock(), reader_name="")) for language, one in letters)
    return [
        (language, readers[language], Page(page.subject, page.text.removeprefix(MARKER).strip("\n"), page.html))
        for language, page in set_in_type
    ]


def _left_out(ledger: Transaction, going: list[Case], *, now: datetime) -> list[tuple[Case, str]]:
    """An event that has closed is expected in no round."""
    ids = {case.id for case in going}
    rest = [
        case
        for case in ledger.cases.not_over()
        if case.id not in ids and (case.lifecycle is Lifecycle.DRAFT or case.event is None or case.event.closes.at > now)
    ]
    return [(case, "past_deadline" if case.state == "open" else case.state) for case in rest]
