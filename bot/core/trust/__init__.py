"""How far the sender of a message is proven.

Given an arrival, the addresses on file of the one person it claims to come from, and our keys; gives a `Proof` with its reason.
Reads from strangers: Message-IDs, Subjects, Authentication-Results (RFC 8601) and DKIM signatures (RFC 6376), all of them hostile.
Never acts, never asks a server, and never takes an address for another because it looks alike.
"""

from __future__ import annotations

from bot.core.trust.advice import advice
from bot.core.trust.drift import Share, has_drifted, share
from bot.core.trust.lookalikes import lookalike, odd_letters
from bot.core.trust.proof import Proof, codes_in, weigh
from bot.core.trust.results import MICROSOFT, Results, authentication_results
from bot.core.trust.signing import (
    code_for,
    code_in,
    codes_in_subject,
    handle_from,
    handle_of,
    is_ours,
    message_id,
    without_codes,
)
from bot.core.trust.survey import Survey, survey

__all__ = [
    "MICROSOFT",
    "Proof",
    "Results",
    "Share",
    "Survey",
    "advice",
    "authentication_results",
    "code_for",
    "code_in",
    "codes_in",
    "codes_in_subject",
    "handle_from",
    "handle_of",
    "has_drifted",
    "is_ours",
    "lookalike",
    "message_id",
    "odd_letters",
    "share",
    "survey",
    "weigh",
    "without_codes",
]
