"""A case erased for good: its words, the mails and letters about it, their copies in the mailbox, and the key that would open a backup.

Given a case, by an operator. An open case ends with it, and whoever waits for it hears so; whoever has it is asked to delete the file,
and staff read who that is. Copies in the mailbox go at the next contact with it, however long that takes. Never touches what is about other cases alone.
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.core.decide.overrides import ENDS_WITH_THE_CASE, to_member
from bot.core.model import Act, Case, Claim, ClaimState, EndClaim, Lifecycle
from bot.office import Office
from bot.reception import outcomes
from bot.reception.settling import keep_told
from bot.shell.ledger import Transaction
from bot.shell.ledger.erasures import COPIES_DUE, Erased, SentOf
from bot.shell.ledger.retention import OldMail
from bot.shell.mailbox import FilingRefused, Folder, FolderRefused, Mailbox

log = structlog.get_logger()


def erase(office: Office, case_id: str) -> Erased | None:
    """None where it was erased before."""
    with office.ledger.deciding() as ledger:
        return _erase(office, ledger, ledger.cases.by_id(case_id))


def finish_erasing(office: Office) -> None:
    """What a stop left half, and what a backup brought back that was erased since; who had been told that it is theirs keeps it."""
    with office.ledger.reading() as ledger:
        half = ledger.erasures.half()
    for case_id in half:
        log.warning("case erased again", case=case_id)
        keep_told(office, case_id)
        erase(office, case_id)


def has_copies(ledger: Transaction) -> bool:
    """Whether something of erased mails is still to be taken out of the mailbox."""
    return ledger.marks.has_any(*COPIES_DUE)


def expunge(office: Office, mailbox: Mailbox) -> int:
    """Take the copies of erased mails out of every folder that they may lie in; gives how many mails are left for the next time."""
    with office.ledger.reading() as ledger:
        due, sent = ledger.erasures.due_copies(), ledger.erasures.due_sent()
    return sum(not _expunge_one(office, mailbox, copy) for copy in due) + sum(not _expunge_sent(office, mailbox, one) for one in sent)


def _erase(office: Office, ledger: Transaction, case: Case) -> Erased | None:
    """It ends while the log can still tell for whom; what is written to people comes after, and without a word of it."""
    if case.is_erased:
        return None
    ended = _end(office, ledger, case)
    ledger.decisions.write(Act("erased", office.clock(), case.id, by="command line"))
    erased = ledger.erasures.erase(case.id, at=office.clock())
    ledger.marks.put(f"case {case.id} erased", office.clock(), note="erased")
    _tell(office, ledger, case.id, ended)
    facts = {
        "case_id": case.id,
        "mails": erased.mails,
        "cancelled": list(erased.cancelled),
        "shortened": list(erased.shortened),
        "holders": _ask_to_delete(office, ledger, case.id),
    }
    office.tell_staff(ledger, "case_erased", facts, case_id=case.id)
    log.warning("case erased", case=case.id, mails=erased.mails, cancelled=len(erased.cancelled))
    return erased


def _end(office: Office, ledger: Transaction, case: Case) -> list[tuple[Claim, EndClaim]]:
    """Nobody can be given what is not there any more. Who is confirmed keeps the case, and has the file."""
    if case.lifecycle not in (Lifecycle.OPEN, Lifecycle.DRAFT):
        return []
    lifecycle = Lifecycle.CLOSED if case.lifecycle is Lifecycle.OPEN else Lifecycle.WITHDRAWN
    ledger.cases.move(case.id, lifecycle, now=office.clock(), by="command line")
    waiting = [claim for claim in ledger.claims.of(case.id) if claim.state in ENDS_WITH_THE_CASE]
    ended = [(claim, EndClaim(claim.id, ClaimState.LAPSED, lifecycle.value)) for claim in waiting]
    for _, change in ended:
        ledger.claims.end(change, office.clock())
    return ended


def _tell(office: Office, ledger: Transaction, case_id: str, ended: list[tuple[Claim, EndClaim]]) -> None:
    bare = ledger.cases.by_id(case_id)
    for claim, change in ended:
        outcomes.withdrawn(office, ledger, change)
        if claim.state is not ClaimState.QUEUED or claim.is_for_event:
            member = ledger.roster.by_id(claim.member_id)
            office.owe(ledger, to_member("case_over", member, bare, how=change.reason, was=claim.standing))


def _ask_to_delete(office: Office, ledger: Transaction, case_id: str) -> list[str]:
    """Whoever has the case hears that it is over here; gives their addresses. An event has no file."""
    bare = ledger.cases.by_id(case_id)
    if bare.event is not None:
        return []
    holders = [ledger.roster.by_id(claim.member_id) for claim in ledger.claims.of(case_id) if claim.state is ClaimState.CONFIRMED]
    for member in holders:
        office.owe(ledger, to_member("case_over", member, bare, how="erased", was=ClaimState.CONFIRMED.value))
    return [member.email for member in holders]


def _expunge_one(office: Office, mailbox: Mailbox, copy: OldMail) -> bool:
    """Whether no copy of it is left, wherever it may lie now: known by its second of arrival, its size and its Message-ID."""
    try:
        for name in filter(None, (*office.folders, office.settings.imap.archive_folder)):
            _expunge_from(mailbox, Folder(name), copy, may_be_missing=name not in office.folders)
    except (FilingRefused, FolderRefused) as refused:
        log.warning("a copy of erased mail is still in the mailbox", arrival=copy.id, reason=refused.reason)
        return False
    with office.ledger.writing() as ledger:
        ledger.erasures.expunged(copy.id)
    log.info("copies of erased mail expunged", arrival=copy.id)
    return True


def _expunge_sent(office: Office, mailbox: Mailbox, sent: SentOf) -> bool:
    """Whether no copy of our letters about the case is left where the provider keeps what was sent; known by their Message-IDs."""
    folder = office.settings.imap.sent_folder
    if folder and sent.since is not None:
        try:
            around = {"since": sent.since - timedelta(days=1), "before": office.clock() + timedelta(days=2)}
            found = [one for one in mailbox.lying(Folder(folder), **around) if _message_id(one.head) in sent.message_ids]
            if found:
                mailbox.expunge(Folder(folder), [one.uid for one in found], uidvalidity=found[0].uidvalidity)
        except (FilingRefused, FolderRefused) as refused:
            log.warning("copies of letters about an erased case are still in the mailbox", case=sent.case_id, reason=refused.reason)
            return False
    with office.ledger.writing() as ledger:
        ledger.erasures.sent_expunged(sent.case_id)
    return True


def _message_id(head: bytes) -> str:
    """Of a header field that may be folded."""
    return head.partition(b":")[2].strip().decode("ascii", "replace")


def _expunge_from(mailbox: Mailbox, folder: Folder, copy: OldMail, *, may_be_missing: bool) -> None:
    around = {"since": copy.arrived_at - timedelta(days=1), "before": copy.arrived_at + timedelta(days=2)}
    try:
        found = [one for one in mailbox.lying(folder, **around) if copy.is_same(one.arrived_at, one.size, one.head)]
    except FolderRefused:
        if may_be_missing:  # the archive is made when the first mail is filed
            return
        raise
    if found:
        mailbox.expunge(folder, [one.uid for one in found], uidvalidity=found[0].uidvalidity)
