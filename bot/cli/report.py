"""`firstreply report`: the figures of a month or a year, as text with bars, as JSON, as a picture, as a page."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, JSON, Refusal, open_desk, show_json, visible
from bot.cli.rounds import MONTH, checked_month
from bot.core.tongue import ENGLISH, SHIPPED

if TYPE_CHECKING:
    from bot.shell.pictures import Bars

_LONGEST_BAR = 32


def register(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    month: str = MONTH,
    year: str = typer.Option("", "--year", metavar="YYYY", help="A whole year instead; [reports] year_begins says with which month."),
    svg: Path = typer.Option(None, "--svg", metavar="FILE", help="Write the picture there."),
    html: Path = typer.Option(None, "--html", metavar="FILE", help="Write a page with the picture there; it loads nothing from elsewhere."),
    language: str = typer.Option("en", "--language", help="Of the picture and the page: en or ja."),
    as_json: bool = JSON,
) -> None:
    """A month or a year in figures: placed and not placed, how long it took, when the claims came. Numbers below five are hidden.

    Example: firstreply report --month 2026-11 --html november.html
    """
    from bot.office import reports
    from bot.shell import pictures
    from bot.shell.letters import times

    if language not in pictures.WORDS:
        raise Refusal(f"There is no picture in “{language}”; the languages are {', '.join(pictures.WORDS)}.")
    asked = _checked(month, year)
    with open_desk() as office, office.ledger.reading() as ledger:
        figures = reports.figures_of(office, ledger, reports.period_named(office, asked))
        name = office.settings.organisation.name
    title = f"{name}: {times.period(figures.period, tongue=SHIPPED[language])}"
    if svg:
        _write(svg, reports.picture(figures, name, language))
    if html:
        _write(html, pictures.page(figures, title=title, facts=reports.in_words(figures, language), language=language))
    if as_json:
        show_json(asdict(figures))
        return
    print(f"{visible(name)}: {times.period(figures.period, tongue=ENGLISH)}{'' if figures.is_over else ', so far'}\n")
    for label, value in reports.in_words(figures, "en"):
        print(f"{label:16} {value}")
    for chart in pictures.charts(figures, "en"):
        _print_bars(chart)
    for path in (svg, html):
        if path:
            print(f"\nWritten: {path}")


def _checked(month: str, year: str) -> str:
    if month and year:
        raise Refusal("Ask for a month or for a year, not for both.")
    if year and not re.fullmatch(r"20\d\d", year, re.ASCII):
        raise Refusal(f"“{year}” is not a year; write it as YYYY, for example 2026.")
    return year or checked_month(month)


def _print_bars(chart: Bars) -> None:
    from bot.shell import pictures

    words = pictures.WORDS["en"]
    most = max((cell for _, cells in chart.rows for cell in cells if isinstance(cell, int)), default=0)
    print(f"\n{chart.title}\n{'─' * len(chart.title)}")
    for label, cells in chart.rows:
        print(visible(label))
        for number, cell in enumerate(cells):
            length = round(_LONGEST_BAR * cell / most) if isinstance(cell, int) and most else 0
            bar = f"{('█', '░')[number] * length} " if length else ""
            print(f"  {bar}{pictures.told(cell, chart.sorts[number], words)}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}.", code=FAILED) from None
