"""The month's figures, counted from the ledger: for the command line, for staff who ask, and for the letter of the month.

Reads only. What is small is hidden before anything leaves here (see `core.figures`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.figures import CaseOutcome, figures
from bot.core.model import Case, Claim, ClaimState, Figures
from bot.core.tongue import SHIPPED
from bot.office import Office
from bot.shell import pictures
from bot.shell.ledger import Transaction
from bot.shell.letters import times


def bounds(month: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a month (``2026-11``) in the zone and the first one after it, in UTC."""
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=zone)
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.astimezone(UTC), following.astimezone(UTC)


def month_before(month: str) -> str:
    """The month before this one.

    >>> month_before("2027-01")
    '2026-12'
    """
    return (datetime.strptime(month, "%Y-%m") - timedelta(days=1)).strftime("%Y-%m")


def month_figures(office: Office, ledger: Transaction, month: str) -> Figures:
    """The figures of a month: of the cases that were circulated in it, and of the claims that came in it. Events are no cases."""
    start, end = bounds(month, office.rules.zone)
    offers = ledger.offers.until(end)
    circulated = {case_id for case_id, moments in offers.items() if moments[-1] >= start}
    touched = ledger.cases.some(sorted(circulated | ledger.claims.cases_touched(start, end)))
    cases = {case_id: case for case_id, case in touched.items() if case.event is None}
    claims = {case_id: ledger.claims.of(case_id) for case_id in cases}
    mine = [case for case in cases.values() if case.id in circulated or any(_confirmed(claims[case.id], start, end))]
    return figures(
        month,
        [CaseOutcome(case.kind, case.language, _is_placed(case, claims[case.id], end)) for case in mine],
        waits=[
            claim.decided_at - offers[case.id][0]
            for case in mine
            for claim in _confirmed(claims[case.id], start, end)
            if claim.decided_at and case.id in offers and offers[case.id][0] <= claim.decided_at
        ],
        delays=[delay for case_id in cases for delay in _delays(claims[case_id], offers.get(case_id, []), start, end)],
        is_over=end <= office.clock(),
    )


def _is_placed(case: Case, claims: tuple[Claim, ...], end: datetime) -> bool:
    confirmed = [claim for claim in claims if claim.state is ClaimState.CONFIRMED and claim.decided_at and claim.decided_at < end]
    return len(confirmed) >= case.places


def _confirmed(claims: tuple[Claim, ...], start: datetime, end: datetime) -> Iterator[Claim]:
    """The claims that were confirmed within this time, and still are."""
    for claim in claims:
        if claim.state is ClaimState.CONFIRMED and claim.decided_at and start <= claim.decided_at < end:
            yield claim


def _delays(claims: tuple[Claim, ...], offered: list[datetime], start: datetime, end: datetime) -> Iterator[timedelta]:
    """From the latest circulation of the case before each claim of this time to its arrival; what nobody stood by is no claim.

    In whole seconds, as INTERNALDATE has them: who answers within the second in which a circulation went out has answered it.
    """
    offered = [at.replace(microsecond=0) for at in offered]
    for claim in claims:
        arrived_at = claim.stamp.arrived_at
        before = bisect_right(offered, arrived_at)
        is_meant = claim.state is not ClaimState.UNVERIFIED and claim.reason != "disowned"
        if is_meant and before and start <= arrived_at < end:
            yield arrived_at - offered[before - 1]


def in_words(figures: Figures, language: str) -> list[tuple[str, str]]:
    """(label, value) of the sums, and how long it took from the first circulation to a confirmed lawyer."""
    words, labels = pictures.WORDS[language], _LABELS[language]
    cells = (figures.cases, figures.placed, figures.unplaced, figures.claims)
    sums = [(label, pictures.shown(cell, words)) for label, cell in zip(labels, cells, strict=False)]
    waits = figures.waits
    spans = [times.span(seconds, tongue=SHIPPED[language]) for seconds in (waits.lower, waits.median, waits.upper)] if waits else []
    return [*sums, *zip(labels[4:], spans, strict=False)]


_LABELS = {
    "en": ("Cases", "Placed", "Not placed", "Claims", "Fastest quarter", "Median wait", "Slowest quarter"),
    "ja": ("案件", "担当決定", "未決定", "お申し出", "速い方の四分位", "決定までの中央値", "遅い方の四分位"),
}


def picture(figures: Figures, organisation: str, language: str) -> str:
    """The figures drawn, to be passed on as a file."""
    title = times.month(figures.month, tongue=SHIPPED[language])
    return pictures.svg(figures, title=title, by=organisation, facts=in_words(figures, language), language=language)
