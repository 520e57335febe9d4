"""The figures of a month or a year, counted from the ledger: for the command line, for staff who ask, and for the letter of the month.

Reads only. What is small is hidden before anything leaves here (see `core.figures`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import dropwhile

from bot.core.circulation import month_of
from bot.core.figures import CaseOutcome, Counted, Told, figures
from bot.core.model import Case, Claim, ClaimState, Figures, MonthTold
from bot.core.months import IN_A_YEAR, bounds, months_of, moved, year_of
from bot.core.tongue import SHIPPED
from bot.office import Office
from bot.shell import pictures
from bot.shell.ledger import Transaction
from bot.shell.letters import times


def period_named(office: Office, words: str) -> str:
    """The period of ``2026-11`` or ``2026年11月``, or of ``2026`` or ``2026年度``, the year as the organisation begins it; this month for no words."""
    if not words:
        return month_of(office.clock(), office.rules.zone)
    year, *month = re.findall(r"\d+", words)
    return f"{year}-{int(month[0]):02}" if month else year_of(year, begins=office.settings.reports.year_begins)


def figures_of(office: Office, ledger: Transaction, period: str) -> Figures:
    """The figures of a month with the year up to it, or of a year.

    Of the cases that were circulated in it, and of the claims that came in it. Events are no cases.
    """
    is_year = "/" in period
    months = months_of(period) if is_year else [moved(period, number) for number in range(1 - IN_A_YEAR, 1)]
    counted = {month: _counted(office, ledger, month) for month in months if _has_begun(office, month)}
    told = [(_hidden(office, month, was), was) for month, was in counted.items()]
    begun = dropwhile(lambda month: not month.cases, (month for month, _ in told))
    chart = tuple(MonthTold(one.period, one.placed, one.unplaced, one.waits.median if one.waits else None) for one in begun)
    found = _hidden(office, period, counted.get(period) or _counted(office, ledger, period), told if is_year else ())
    return replace(found, months=chart if len(chart) > 1 else ())


def _hidden(office: Office, period: str, counted: Counted, told: Told = ()) -> Figures:
    return figures(period, counted, is_over=bounds(period, office.rules.zone)[1] <= office.clock(), told=told)


def _has_begun(office: Office, month: str) -> bool:
    return bounds(month, office.rules.zone)[0] <= office.clock()


def _counted(office: Office, ledger: Transaction, period: str) -> Counted:
    start, end = bounds(period, office.rules.zone)
    offers = ledger.offers.until(end)
    circulated = {case_id for case_id, moments in offers.items() if moments[-1] >= start}
    touched = ledger.cases.some(sorted(circulated | ledger.claims.cases_touched(start, end)))
    cases = {case_id: case for case_id, case in touched.items() if case.event is None}
    claims = {case_id: ledger.claims.of(case_id) for case_id in cases}
    mine = [case for case in cases.values() if case.id in circulated or any(_confirmed(claims[case.id], start, end))]
    return Counted(
        [CaseOutcome(case.kind, case.language, _is_placed(case, claims[case.id], end)) for case in mine],
        waits=[
            claim.decided_at - offers[case.id][0]
            for case in mine
            for claim in _confirmed(claims[case.id], start, end)
            if claim.decided_at and case.id in offers and offers[case.id][0] <= claim.decided_at
        ],
        delays=[delay for case_id in cases for delay in _delays(claims[case_id], offers.get(case_id, []), start, end)],
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
    title = times.period(figures.period, tongue=SHIPPED[language])
    return pictures.svg(figures, title=title, by=organisation, facts=in_words(figures, language), language=language)
