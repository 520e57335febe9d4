"""What each page shows, read from the ledger in one transaction. Reads only, and never what only a confirmed lawyer may read."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bot.board import kept
from bot.core import claims as rule
from bot.core.circulation import is_urgent, month_of
from bot.core.model import PLACED, Asked, Awaited, Case, Lifecycle, LogEntry, Question, Staff
from bot.core.model.log_text import read_entry
from bot.core.months import moved
from bot.core.reasons import sentence
from bot.office import Office, awaited, circulars, condition, previews, reports
from bot.shell.ledger import Transaction

STATES = ("open", "held", "draft", "filled", "expired", "closed", "withdrawn")
"""The order of the overview: what can still be done for somebody comes first."""

LOG_PAGE = 100
_MONTHS = 13
PREVIEWS = {
    Question.SEND_BULLETIN: "send",
    Question.SEND_ROUND: "send",
    Question.OPEN_CASE: "yes",
    Question.AGREE: "yes",
    Question.ADMIT: "yes",
}
"""Questions that the board can answer, and the word that says yes to each."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is read, and with what."""

    office: Office
    ledger: Transaction
    person: Staff

    def cases(self, wanted: str = "") -> dict[str, Any]:
        """Every case that holds the words, by state; all of them where there are none."""
        words = wanted.casefold().split()
        found = [case for case in self.ledger.cases.all() if all(word in _searchable(case) for word in words)]
        found.sort(key=lambda case: (not self._is_urgent(case), case.deadline.at.isoformat() if case.deadline else "9", case.id))
        lines = {case.id: self._in_line(case.id) for case in found if case.state in ("open", "held", "filled")}
        groups = [(state, [case for case in found if case.state == state]) for state in STATES]
        return {"groups": [group for group in groups if group[1]], "wanted": wanted, "lines": lines, "urgent": self._urgent(found)}

    def case(self, case_id: str) -> dict[str, Any] | None:
        """One case with its queue, its timeline and what may be done; None where there is none."""
        case = self.ledger.cases.get(case_id)
        if case is None:
            return None
        claims = self.ledger.claims.of(case.id)
        entries, ranks = self.ledger.decisions.last_about(case.id), rule.ranks(claims)
        tongue = self.office.tongue(self.person.language)
        return {
            "case": case,
            "urgent": self._urgent([case]),
            "queue": [
                {
                    "rank": ranks[claim.id],
                    "member": self.ledger.roster.by_id(claim.member_id),
                    "arrived_at": claim.stamp.arrived_at,
                    "standing": claim.standing,
                    "why": sentence(claim.reason, tongue),
                    "entry": entries.get(claim.id),
                }
                for claim in rule.in_order(claims)
            ],
            "history": [(at, sentence(note, tongue)) for at, note in self.ledger.marks.notes(f"case {case.id}")],
            "log": list(self.ledger.decisions.of(case.id)),
            "can_bulletin": case.lifecycle is Lifecycle.OPEN and case.free_places > 0 and not case.is_erased,
            "can_assign": not case.is_erased and len([claim for claim in claims if claim.state in PLACED]) < case.places,
            "members": [member for member in self.ledger.roster.active() if member.may_claim] if not case.is_erased else [],
            "asked": [one for one in self.questions() if one["asked"].case_id == case.id],
        }

    def round(self) -> dict[str, Any]:
        """The coming round in every language, with what in it wants a second look."""
        outlook = circulars.outlook(self.office, self.ledger)
        if not outlook.month:
            return {"outlook": outlook, "facts": None}
        shown = previews.preview(self.office, self.ledger, outlook.month, at=outlook.at)
        return {"outlook": outlook, "facts": shown.facts(self.office.tongue(self.person.language))}

    def waiting(self) -> dict[str, Any]:
        """What a person has to do: questions, what else waits for any of staff as STATUS tells it, mail, letters that came back."""
        lost = [letter for letter in self.ledger.outbox.all() if letter.state in ("failed", "bounced")]
        questions = self.questions()
        return {
            "questions": questions,
            "awaited": _beside(questions, awaited.of_staff(self.ledger, self.office.clock())),
            "titles": {case.id: case.title for case in self.ledger.cases.not_over()},
            "mail": [(one, *kept.told(one.reason)) for one in self.ledger.arrivals.for_staff(0)[::-1][:LOG_PAGE]],
            "lost": lost[::-1][:LOG_PAGE],
            "unanswered": self.ledger.words.unanswered(),
        }

    def questions(self) -> list[dict[str, Any]]:
        """What this person was asked, nobody has answered and is not settled otherwise; each once, with the letter that asks it."""
        found: dict[int, tuple[Asked, str]] = {}
        for asked, message_id in self.ledger.questions.asked_of(self.person.address, self.office.clock()):
            if awaited.still_asks(self.ledger, asked):
                found.setdefault(asked.id, (asked, message_id))
        return [
            {
                "asked": asked,
                "letter": letter,
                "yes": PREVIEWS.get(asked.question, ""),
                "title": self._title(asked.case_id),
                "who": self._claimant(asked) if asked.question is Question.AGREE else "",
            }
            for asked, letter in found.values()
        ]

    def _claimant(self, asked: Asked) -> str:
        """Who asks for the case that the question is about."""
        claims = self.ledger.claims.from_arrivals(asked.arrival_ids)
        return next((self.ledger.roster.by_id(claim.member_id).name for claim in claims if claim.case_id == asked.case_id), "")

    def _title(self, case_id: str | None) -> str:
        case = self.ledger.cases.get(case_id) if case_id else None
        return case.title if case else ""

    def log(self, before: int) -> dict[str, Any]:
        """A page of the decision log, the newest entry first; `before` is the number that it ends below, 0 for the newest."""
        head = self.ledger.decisions.head()
        end = before or head.number + 1
        rows = islice(self.ledger.decisions.rows(after=max(0, end - 1 - LOG_PAGE)), min(LOG_PAGE, end - 1))
        entries: list[tuple[LogEntry, str]] = [(read_entry(text), digest) for _, _, text, digest in rows]
        return {"head": head, "entries": entries[::-1], "older": entries[0][0].number if entries and entries[0][0].number > 1 else 0}

    def health(self) -> dict[str, Any]:
        """What is wrong, and the counts that `firstreply status` shows."""
        contacts = ("imap", "smtp", "backup", condition.BEAT)
        return {
            "findings": condition.findings(self.office, self.ledger),
            "inbox": self.ledger.counts.by_disposition(),
            "outbox": self.ledger.outbox.count_by_state(),
            "contacts": {name: self.ledger.marks.at(name) for name in contacts},
        }

    def figures(self, month: str) -> dict[str, Any]:
        """The month drawn, and the months before it."""
        months, each = [], month_of(self.office.clock(), self.office.rules.zone)
        for _ in range(_MONTHS):
            months.append(each)
            each = moved(each, -1)
        chosen = month if month in months else months[0]
        figures = reports.figures_of(self.office, self.ledger, chosen)
        language = "ja" if self.office.tongue(self.person.language).is_japanese else "en"
        picture = reports.picture(figures, self.office.settings.organisation.name, language)
        return {"months": months, "month": chosen, "picture": b64encode(picture.encode()).decode()}

    def _in_line(self, case_id: str) -> int:
        return sum(claim.standing in ("queued", "waitlisted", "held", "offered") for claim in self.ledger.claims.of(case_id))

    def _urgent(self, cases: list[Case]) -> Mapping[str, bool]:
        return {case.id: self._is_urgent(case) for case in cases}

    def _is_urgent(self, case: Case) -> bool:
        return case.lifecycle is Lifecycle.OPEN and is_urgent(case, now=self.office.clock())


def _beside(questions: list[dict[str, Any]], waits: Awaited) -> Awaited:
    """What waits for staff and is no question to this reader, who finds those above it."""
    asked = {(one["asked"].question, _subject(one["asked"], one["who"])) for one in questions}

    def left(told: tuple[Any, ...], *kinds: Question) -> tuple[Any, ...]:
        return tuple(one for one in told if not any((kind, one) in asked for kind in kinds))

    return replace(
        waits,
        previews=left(waits.previews, Question.OPEN_CASE, Question.SEND_BULLETIN),
        changes=left(waits.changes, Question.CHANGE_CASE),
        applicants=left(waits.applicants, Question.ADMIT),
        misfits=left(waits.misfits, Question.AGREE),
    )


def _subject(asked: Asked, who: str) -> object:
    """What a question is about, as `Awaited` has it."""
    return {Question.AGREE: (asked.case_id, who), Question.ADMIT: asked.content_key}.get(asked.question, asked.case_id)


def _searchable(case: Case) -> str:
    return f"{case.id} {case.title} {case.summary} {case.kind} {case.place} {case.language}".casefold()
