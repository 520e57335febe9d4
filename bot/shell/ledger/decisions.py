"""The decisions' page: the log of what was decided, to which entries are only ever added.

Given a `Act` by the page that has just written it, gathers what the tables say now of its case and claims, and appends one entry to
the chain, in the same transaction. Entries are numbered under the decision lock; the database refuses a change, a deletion and a gap.
Never holds a name, a title or a reason in words: people are references, keyed with the salt of their case.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, insert
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col

from bot.core.mail import Stamp
from bot.core.model import PLACED, Act, Basis, CaseFacts, Claim, ClaimFacts, ClaimState, Head, Lifecycle, LogEntry
from bot.core.model.log import BY_RULE, CLAIMED, coded, reference
from bot.core.model.log_text import digest, read_entry, text_of
from bot.shell.ledger.dialect import in_pieces
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.sealing import Broken
from bot.shell.tables import ArrivalRow, CaseRow, ClaimRow, DecisionRow

_PAGE = 500
"""Entries read at a time: a long log never stands in memory whole."""


def salt_place(case_id: str) -> str:
    return f"legal_case.log_salt {case_id}"


class Decisions:
    def __init__(self, session: BookSession, seal: Seal, *, is_deciding: bool) -> None:
        self._session, self._seal, self._is_deciding = session, seal, is_deciding
        self.changes = 0
        """How many entries of this transaction tell of a change: all but those of a claim that has just been made."""
        self.placings = 0
        """How many of them may have given or taken a place."""
        self._head: Head | None = None
        self._salts: dict[str, bytes | None] = {}

    def head(self) -> Head:
        """The last entry, of this transaction or an earlier one."""
        if self._head is None:
            row = self._session.on.execute(_LAST).first()  # this transaction has written none, so nothing has to be flushed for it
            self._head = Head(row[0], row[1]) if row else Head(0, "")
        return self._head

    def write(self, act: Act, *, is_placing: bool = True) -> Head:
        """Append one entry. Call it when the tables say what was decided: the entry tells what they say.

        Without `is_placing` no place was given or taken.
        """
        self.changes += 1
        self.placings += is_placing
        if not act.case_id:
            return self._append(act, ())
        if act.kind not in BY_RULE or act.basis is None:
            return self._append(act, tuple(self._facts(act.case_id, self._these(act.claims))))
        in_line = {row.id: row for row in self._session.ask(_LIVE, case=act.case_id).all()}
        others = {row.id: row for row in self._these(one for one in act.claims if one not in in_line)}
        named = ((in_line.get(one) or others[one]) for one in sorted(act.claims))
        outcome = self._outcome(act.case_id, act.basis, in_line.values())
        return self._append(act, tuple(self._facts(act.case_id, named)), outcome)

    def write_claimed(self, claim: Claim, *, sha256: str, proof: str, now: datetime) -> Head:
        """The entry of a claim that was entered a moment ago: nothing that it tells has to be read again."""
        made = ClaimFacts(
            number=claim.id,
            ref=reference(self._salt(claim.case_id), str(claim.member_id)),
            stamp=claim.stamp,
            sha256=sha256,
            proof=proof,
            state=claim.state,
            reason=coded(claim.reason),
        )
        return self._append(Act(CLAIMED, now, claim.case_id, (claim.id,)), (made,))

    def _append(self, act: Act, claims: tuple[ClaimFacts, ...], outcome: Mapping[str, Any] = MappingProxyType({})) -> Head:
        assert self._is_deciding, "an entry is numbered under the decision lock"
        head = self.head()
        entry = LogEntry(
            number=head.number + 1,
            previous=head.digest,
            at=act.at.astimezone(UTC),
            kind=act.kind,
            case_id=act.case_id,
            case=self.case(act.case_id) if act.case_id else None,
            claims=claims,
            basis=self._referring(act.case_id, act.basis) if act.case_id and act.basis is not None else None,
            staff=self._staff(act.case_id, act.by),
            has_reason=act.has_reason,
            facts=act.facts,
            **outcome,
        )
        text = text_of(entry)
        self._head = Head(entry.number, digest(text))
        values = {"number": entry.number, "case_id": entry.case_id, "content": text, "digest": self._head.digest}
        self._session.lay_by(_APPEND, values)
        return self._head

    def new_salt(self, case_id: str) -> bytes:
        """For the row of a case that has a key, sealed: random, so that nobody can try out whom a reference means."""
        salt = self._salts[case_id] = os.urandom(16)
        return self._seal.close(salt, where=salt_place(case_id), about=[case_id])

    def case(self, case_id: str) -> CaseFacts | None:
        """What the rule looks at of a case, as the tables have it now."""
        row = self._session.case(case_id)
        if row is None:
            return None
        return CaseFacts(Lifecycle(row.lifecycle), row.places, bool(row.conflict_names), row.closes_at, row.per_firm)

    def claims(self, case_id: str) -> dict[int, ClaimFacts]:
        """Every claim of a case as an entry would tell it now, by number."""
        return {claim.number: claim for claim in self._facts(case_id, self._session.ask(_OF_CASE, case=case_id))}

    def is_erased(self, case_id: str) -> bool:
        """Whether nobody can tell any more whom the log means in this case: then there is nothing to compare it with."""
        if self._salt(case_id) is not None:
            return False
        is_marked = self._session.execute(select_columns(col(CaseRow.erased_at)).where(col(CaseRow.id) == case_id)).scalar() is not None
        return is_marked or self._seal.is_destroyed(case_id)

    def rows(self, *, after: int = 0) -> Iterator[tuple[int, str | None, str, str]]:
        """(number, case, content, hash) of every entry above a number, in order; a few at a time."""
        while page := self._session.execute(_ROWS.where(col(DecisionRow.number) > after).limit(_PAGE)).all():
            yield from ((row[0], row[1], row[2], row[3]) for row in page)
            after = page[-1][0]

    def of(self, case_id: str) -> Iterator[LogEntry]:
        """The entries about a case, in order."""
        found = self._session.execute(_ROWS.where(col(DecisionRow.case_id) == case_id).execution_options(yield_per=_PAGE))
        return (read_entry(row.content) for row in found)

    def cases(self) -> set[str]:
        """Every case that the log tells of."""
        found = select_columns(col(DecisionRow.case_id)).where(col(DecisionRow.case_id).is_not(None)).distinct()
        return {str(case_id) for (case_id,) in self._session.execute(found)}

    def last_about(self, case_id: str) -> dict[int, int]:
        """Of each claim of a case, the number of the entry that made it what it is."""
        return {claim.number: entry.number for entry in self.of(case_id) for claim in entry.claims}

    def _these(self, claim_ids: Iterable[int]) -> Iterator[Any]:
        for some in in_pieces(sorted(claim_ids)):
            yield from self._session.ask(_THESE, claims=some).all()

    def _facts(self, case_id: str, rows: Iterable[Any]) -> Iterator[ClaimFacts]:
        salt = self._salt(case_id)
        for row in rows:
            yield ClaimFacts(
                number=row.id,
                ref=reference(salt, str(row.member_id)),
                stamp=Stamp(row.folder, row.uidvalidity, row.uid, row.arrived_at, row.folder_rank),
                sha256=row.raw_sha256,
                proof=row.proof,
                state=ClaimState(row.state),
                reason=coded(row.reason),
                place_no=row.place_no,
                is_offer=row.is_offer,
                agreed_at=row.agreed_at,
            )

    def _outcome(self, case_id: str, basis: Basis, rows: Iterable[Any]) -> dict[str, Any]:
        """Where the rule decided: who has which place now, and who waits, in order."""
        salt, groups = self._salt(case_id), basis.groups
        line = [row for row in rows if row.place_no is None]
        line.sort(key=lambda row: (groups.get(row.member_id, 0), row.arrived_at, row.folder_rank, row.uid, row.id))
        return {
            "places": {row.place_no: reference(salt, str(row.member_id)) for row in rows if row.place_no is not None},
            "waiting": tuple(reference(salt, str(row.member_id)) for row in line),
        }

    def _referring(self, case_id: str, basis: Basis) -> dict[str, Any]:
        """What the rule was told, each member and firm by their reference."""
        salt = self._salt(case_id)

        def by_ref(found: Mapping[int, Any]) -> dict[str, Any]:
            return {reference(salt, str(member_id)): value for member_id, value in found.items()}

        def firms(names: Iterable[str]) -> list[str]:
            return sorted(reference(salt, f"firm {name}") for name in names)

        told: dict[str, Any] = {
            "passed_over": sorted(reference(salt, str(member_id)) for member_id in basis.passed_over),
            "misfits": by_ref({member_id: list(wrong) for member_id, wrong in basis.misfits.items()}),
            "firms": by_ref({member_id: reference(salt, f"firm {name}") for member_id, name in basis.firms.items() if name}),
            "served": firms(basis.served),
            "groups": by_ref(basis.groups),
            "deadline": basis.deadline,
            "left_out": sorted(basis.left_out),
        }
        return {name: value for name, value in told.items() if value}

    def _staff(self, case_id: str | None, by: str) -> str:
        """A person as a reference; what is nobody's address, such as the schedule, by its name."""
        return by if "@" not in by else reference(self._salt(case_id) if case_id else b"staff", by)

    def _salt(self, case_id: str) -> bytes | None:
        if case_id not in self._salts:
            row = self._session.case(case_id)
            try:
                self._salts[case_id] = self._seal.open((row.log_salt if row else None) or b"", where=salt_place(case_id)) or None
            except Broken:  # whoever checks the log shall hear of it by the claims that have no reference any more
                self._salts[case_id] = None
        return self._salts[case_id]


_ROWS = select_columns(*map(col, (DecisionRow.number, DecisionRow.case_id, DecisionRow.content, DecisionRow.digest))).order_by(
    col(DecisionRow.number)
)
_CLAIMS = select_columns(
    *map(col, (ClaimRow.id, ClaimRow.member_id, ClaimRow.state, ClaimRow.reason, ClaimRow.place_no, ClaimRow.is_offer)),
    *map(col, (ClaimRow.arrived_at, ClaimRow.agreed_at, ArrivalRow.folder, ArrivalRow.folder_rank, ArrivalRow.uidvalidity)),
    *map(col, (ArrivalRow.uid, ArrivalRow.proof, ArrivalRow.raw_sha256)),
).join(ArrivalRow, col(ArrivalRow.id) == ClaimRow.arrival_id)
_OF_CASE = _CLAIMS.where(col(ClaimRow.case_id) == bindparam("case")).order_by(col(ClaimRow.id))
_LIVE = _CLAIMS.where(col(ClaimRow.case_id) == bindparam("case"))
_LIVE = _LIVE.where(col(ClaimRow.state).in_([*(state.value for state in PLACED), ClaimState.WAITLISTED.value]))
_LAST = select_columns(col(DecisionRow.number), col(DecisionRow.digest)).order_by(col(DecisionRow.number).desc()).limit(1)
_THESE = _CLAIMS.where(col(ClaimRow.id).in_(bindparam("claims", expanding=True))).order_by(col(ClaimRow.id))
_APPEND = insert(SQLModel.metadata.tables["decision"])
"""Worded once: to word a statement anew takes longer than to have it answered."""
