"""One sample of every letter, for the tests that look at all of them: with the words of life, or with every value hostile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.mail import Letter
from bot.core.model import Case, Told
from bot.shell.letters import OUTCOMES
from tests.shell.letters_samples.hostility import HOSTILE, hostile
from tests.shell.letters_samples.kind_variants import KIND_VARIANTS
from tests.shell.letters_samples.kinds import KIND_FACTS
from tests.shell.letters_samples.nouns import (
    APPEAL,
    ARRIVED,
    CODE,
    DAY,
    FILES,
    HEAD,
    HELD_UNTIL,
    HOUSE,
    INTERVIEW,
    ITO,
    KIM,
    LABELS,
    LABELS_JA,
    MESSAGE_ID,
    MISFITS,
    MONTH,
    MORI,
    NOW,
    RESEARCH,
    ROUND_AHEAD,
    SECRET,
    SMALL_MONTH,
    TRAINING,
    UNPROVEN,
    YEAR,
)
from tests.shell.letters_samples.outcome_variants import VARIANTS
from tests.shell.letters_samples.outcomes import FACTS

__all__ = [
    "APPEAL",
    "ARRIVED",
    "CODE",
    "DAY",
    "FACTS",
    "FILES",
    "HEAD",
    "HELD_UNTIL",
    "HOSTILE",
    "HOUSE",
    "INTERVIEW",
    "ITO",
    "KIM",
    "KIND_FACTS",
    "KIND_VARIANTS",
    "LABELS",
    "LABELS_JA",
    "MESSAGE_ID",
    "MISFITS",
    "MONTH",
    "MORI",
    "NOW",
    "RESEARCH",
    "ROUND_AHEAD",
    "SECRET",
    "SMALL_MONTH",
    "TRAINING",
    "UNPROVEN",
    "VARIANTS",
    "YEAR",
    "answer",
    "every_letter",
    "hostile",
    "letter",
    "once_a_kind",
    "said",
]


def letter(kind: str, language: str, **facts: Any) -> Letter:
    """A sample letter of a kind; further facts replace the sample's."""
    return Letter(kind, ITO.email, language, {**KIND_FACTS[kind], "head": HEAD, **facts})


def answer(language: str, *lines: Told) -> Letter:
    return Letter("answer", ITO.email, language, {"lines": list(lines), "head": HEAD}, in_reply_to="<claim-1@lawfirm.example>")


def said(outcome: str, *, case: Case | None = APPEAL, facts: Mapping[str, object] | None = None, **more: Any) -> Told:
    """A sample line of an outcome; further facts replace the sample's."""
    case = TRAINING if case is APPEAL and outcome.startswith("event_") else case
    case_id = case.id if case else "JAR-2026-099"
    return Told(f"CLAIM {case_id}", outcome, case, {**FACTS.get(outcome, {}), **(facts or {}), **more}, case_id)


def every_letter(language: str) -> list[tuple[str, Letter]]:
    """Each kind and each outcome once, named."""
    kinds = [(kind, letter(kind, language)) for kind in KIND_FACTS]
    labels = {"labels": LABELS_JA if language == "ja" else LABELS}
    outcomes = [(f"answer-{outcome}", answer(language, said(outcome, facts=labels if outcome == "form" else {}))) for outcome in OUTCOMES]
    variants = [
        (
            f"answer-{outcome}-{number}",
            answer(language, said(outcome, **{"case": APPEAL, **facts, **(labels if outcome == "form" else {})})),
        )
        for number, (outcome, facts) in enumerate(VARIANTS)
    ]
    to_members = [(f"{kind}-{number}", letter(kind, language, **facts)) for number, (kind, facts) in enumerate(KIND_VARIANTS)]
    three = answer(language, said("confirmed"), said("waitlisted", case=INTERVIEW), said("refused", case=None))
    return [*kinds, *to_members, *outcomes, *variants, ("answer-several", three)]


def once_a_kind(language: str) -> list[tuple[str, Letter]]:
    """Each kind and each outcome in one form only, for what takes long to look at."""
    return [(name, one) for name, one in every_letter(language) if not name.rpartition("-")[2].isdigit()]
