"""An entry of the decision log as it is written down: one canonical JSON, whose hash is the entry's.

Given an entry, gives its text; given a text, which anybody may have changed, gives the entry or says that it is none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.mail import Stamp
from bot.core.model.cases import Lifecycle
from bot.core.model.claims import ClaimState
from bot.core.model.log import CaseFacts, ClaimFacts, LogEntry

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def text_of(entry: LogEntry) -> str:
    """The canonical JSON: keys in order, no space, nothing that is empty."""
    return _canonical(
        {
            "n": entry.number,
            "prev": entry.previous,
            "utc": entry.at.isoformat(),
            "kind": entry.kind,
            "rule": entry.rule,
            "case": entry.case_id,
            "terms": _case_out(entry.case) if entry.case else None,
            "claims": [_claim_out(claim) for claim in entry.claims],
            "basis": entry.basis,
            "outcome": _present({"places": {str(place): ref for place, ref in entry.places.items()}, "waiting": list(entry.waiting)}),
            "staff": entry.staff,
            "has_reason": entry.has_reason,
            "facts": _present(entry.facts),
        }
    )


def read_entry(text: str) -> LogEntry:
    """An entry from its JSON. Raises ValueError where it is none."""
    try:
        found = json.loads(text)
        outcome = found.get("outcome", {})
        return LogEntry(
            number=found["n"],
            previous=found.get("prev", ""),
            at=datetime.fromisoformat(found["utc"]),
            kind=found["kind"],
            rule=found["rule"],
            case_id=found.get("case"),
            case=_case_in(found["terms"]) if "terms" in found else None,
            claims=tuple(_claim_in(claim) for claim in found.get("claims", ())),
            basis=found.get("basis"),
            places={int(place): ref for place, ref in outcome.get("places", {}).items()},
            waiting=tuple(outcome.get("waiting", ())),
            staff=found.get("staff", ""),
            has_reason=found.get("has_reason", False),
            facts=found.get("facts", {}),
        )
    except (KeyError, TypeError, AttributeError) as gap:
        raise ValueError(f"not an entry: {gap!r}") from None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _canonical(document: Mapping[str, Any]) -> str:
    return _ENCODER.encode(_present(document))


def _present(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", False, [], {})}


def _case_out(case: CaseFacts) -> dict[str, Any]:
    return _present(
        {
            "lifecycle": case.lifecycle.value,
            "places": case.places,
            "checks_conflicts": case.checks_conflicts,
            "closes_at": case.closes_at.isoformat() if case.closes_at else None,
            "per_firm": case.per_firm or None,
        }
    )


def _case_in(found: Mapping[str, Any]) -> CaseFacts:
    closes_at = found.get("closes_at")
    return CaseFacts(
        Lifecycle(found["lifecycle"]),
        found["places"],
        found.get("checks_conflicts", False),
        datetime.fromisoformat(closes_at) if closes_at else None,
        found.get("per_firm", 0),
    )


def _claim_out(claim: ClaimFacts) -> dict[str, Any]:
    stamp = claim.stamp
    return {
        "claim": claim.number,
        "claim_ref": claim.ref,
        "arrived_at": stamp.arrived_at.isoformat(),
        "folder": stamp.folder,
        "folder_rank": stamp.folder_rank,
        "uidvalidity": stamp.uidvalidity,
        "uid": stamp.uid,
        "raw_sha256": claim.sha256,
        "level": claim.proof,
        "state": claim.state.value,
        **_present(
            {
                "reason": claim.reason,
                "place": claim.place_no,
                "offer": claim.is_offer,
                "agreed_at": claim.agreed_at.isoformat() if claim.agreed_at else None,
            }
        ),
    }


def _claim_in(found: Mapping[str, Any]) -> ClaimFacts:
    agreed_at = found.get("agreed_at")
    stamp = Stamp(found["folder"], found["uidvalidity"], found["uid"], datetime.fromisoformat(found["arrived_at"]), found["folder_rank"])
    return ClaimFacts(
        number=found["claim"],
        ref=found["claim_ref"],
        stamp=stamp,
        sha256=found["raw_sha256"],
        proof=found["level"],
        state=ClaimState(found["state"]),
        reason=found.get("reason", ""),
        place_no=found.get("place"),
        is_offer=found.get("offer", False),
        agreed_at=datetime.fromisoformat(agreed_at) if agreed_at else None,
    )
