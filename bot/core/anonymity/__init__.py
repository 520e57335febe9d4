"""Anonymity: what in the public part of a case could tell the roster who the client is.

Given the fields of a case and today, gives findings with the place and the text as written; given one, the sentence that tells of it.
The texts come from staff: Japanese, English, any script in names, pasted from anywhere. Bounded, in linear time, and it never raises.
Never mends or refuses anything: staff mend the text, or say YES with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.core.anonymity.days import birth_dates
from bot.core.anonymity.exposure import exposed
from bot.core.anonymity.finding import KINDS, PHRASES, Finding, finding_sentence
from bot.core.anonymity.folding import Folded, fold, letter_key, runs
from bot.core.anonymity.harvest import harvest
from bot.core.anonymity.index import Index, index_of
from bot.core.anonymity.names import names_in
from bot.core.anonymity.patterns import Span, spans
from bot.core.anonymity.rare import rare_combination
from bot.core.model import CaseFields

__all__ = ["KINDS", "PHRASES", "PUBLIC_FIELDS", "Finding", "exposed", "finding_sentence", "findings", "public_text"]

PUBLIC_FIELDS = ("title", "kind", "summary", "language", "place", "time_frame")


def findings(fields: CaseFields, *, today: date) -> tuple[Finding, ...]:
    """Field by field in the order of the text, each once; a rare combination comes last."""
    public = {where: fold(getattr(fields, where)) for where in PUBLIC_FIELDS}
    terms = fields.terms
    public |= {"eligible": fold("; ".join(terms.eligible)), "interpreter": fold(terms.interpreter), "region": fold(terms.region)}
    secret = fields.confidential
    texts = [*(folded.text for folded in public.values()), *(fold(text).text for text in (secret.details, secret.contact))]
    index = index_of(harvest(secret, ordinary=_small_words(texts)))
    found = [
        Finding(span.kind, where, folded.written(span.start, span.end).strip())
        for where, folded in public.items()
        for span in _apart(_spans(folded, index, today), len(folded.text))
    ]
    return tuple(dict.fromkeys((*found, *rare_combination(public))))


def public_text(fields: CaseFields) -> str:
    """All that the roster reads of a case, as one text."""
    terms = fields.terms
    return "\n".join((*(str(getattr(fields, where)) for where in PUBLIC_FIELDS), *terms.eligible, terms.interpreter, terms.region))


def _spans(folded: Folded, index: Index, today: date) -> Iterator[Span]:
    """The surest first."""
    births = {(day.start, day.end) for day in birth_dates(folded.text, today=today)}
    yield from (Span("birth_date", start, end) for start, end in sorted(births))
    yield from spans(folded.text)
    yield from names_in(folded, index)


def _apart(found: Iterator[Span], length: int) -> list[Span]:
    """Of spans that overlap, the first to come."""
    taken = bytearray(length)
    kept: list[Span] = []
    for span in found:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _small_words(texts: list[str]) -> frozenset[str]:
    """Words that are written with a small letter somewhere in the case."""
    words = (text[run.start : run.end] for text in texts for run in runs(text) if run.sort == "alphabetic")
    return frozenset(letter_key(word) for word in words if word[0].islower())
