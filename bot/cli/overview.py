"""All that `firstreply status` shows, read in one transaction, and the same for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.core.model import Awaited, Finding, Outlook
    from bot.office import Office
    from bot.office.leading import Crew
    from bot.office.vigil import Vigil
    from bot.shell.ledger import Transaction
    from bot.shell.ledger.rounds import Round


@dataclass(frozen=True, slots=True)
class Overview:
    found: Sequence[Finding]
    cases: Counter[str]
    """How many, by state; so are members, inbox (by disposition) and outbox."""
    members: Counter[str]
    inbox: dict[str, int]
    outbox: dict[str, int]
    past: Round | None
    coming: Outlook
    filtered: list[str]
    """Addresses that ask senders to prove themselves."""
    senders: Vigil
    unanswered: int
    """Members whose last mail staff have not answered."""
    awaited: Awaited
    kept: int
    """Letters kept back on the way back to a backup."""
    last: dict[str, datetime | None]
    """When `imap`, `smtp` and `backup` last came true."""
    signin_ends: datetime | None
    paused: datetime | None
    beat: datetime | None
    """The daemon's last sign of life, unless it has stopped."""
    crew: Crew

    @property
    def has_fault(self) -> bool:
        return any(finding.grade == "fault" for finding in self.found)


def read(office: Office, ledger: Transaction) -> Overview:
    from bot.office import awaited, condition, leading, occasions, signing_in, standstill, vigil

    rounds = ledger.rounds.all()
    is_stopped = ledger.marks.note(condition.BEAT) == condition.STOPPED
    return Overview(
        found=condition.findings(office, ledger),
        cases=Counter(case.state for case in ledger.cases.all()),
        members=Counter(member.state.value for member in ledger.roster.all()),
        inbox=ledger.counts.by_disposition(),
        outbox=ledger.outbox.count_by_state(),
        past=rounds[-1] if rounds else None,
        coming=occasions.ahead(office, ledger),
        filtered=ledger.marks.filtered(),
        senders=vigil.look_back(ledger, now=office.clock()),
        unanswered=ledger.words.unanswered(),
        awaited=awaited.of_staff(ledger, office.clock()),
        kept=ledger.past.count_kept(),
        last={name: ledger.marks.at(name) for name in ("imap", "smtp", "backup")},
        signin_ends=ledger.marks.at(signing_in.ENDS),
        paused=ledger.marks.at(standstill.PAUSED),
        beat=None if is_stopped else ledger.marks.at(condition.BEAT),
        crew=leading.crew(ledger),
    )


def document(seen: Overview) -> dict[str, Any]:
    """As `status --json` gives it."""
    from bot.health import as_document

    coming, senders = seen.coming, seen.senders
    return {
        "health": [{**as_document(finding), "detail": finding.detail} for finding in seen.found],
        "cases": dict(seen.cases),
        "members": dict(seen.members),
        "last_round": seen.past.month if seen.past else None,
        "next_round": {"month": coming.month, "at": coming.at.isoformat(), "held_by": coming.held_by or None} if coming.at else None,
        "waiting_mail": seen.inbox.get("pending", 0),
        "for_staff": seen.inbox.get("for_staff", 0),
        "filtered": seen.filtered,
        "senders": {
            "mails": senders.lately.mails,
            "checked": senders.lately.checked,
            "usual_percent": senders.before.percent,
            "failed": senders.failed,
            "bad_codes": senders.bad_codes,
        },
        "unanswered": seen.unanswered,
        "awaited": {
            "previews": list(seen.awaited.previews),
            "changes": list(seen.awaited.changes),
            "applicants": len(seen.awaited.applicants),
            "misfits": sorted({case_id for case_id, _ in seen.awaited.misfits}),
            "rounds": [month for month, _ in seen.awaited.rounds],
        },
        "kept_back": seen.kept,
        "paused_since": _moment(seen.paused),
        "inbox": seen.inbox,
        "outbox": seen.outbox,
        "last_imap_contact": _moment(seen.last["imap"]),
        "last_smtp_contact": _moment(seen.last["smtp"]),
        "last_backup": _moment(seen.last["backup"]),
        "signin_ends": _moment(seen.signin_ends),
        **seen.crew.document(),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
