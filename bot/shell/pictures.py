"""The figures of a month or a year as a picture: SVG by hand, and a page of its own that holds it.

Given figures in which small numbers are hidden already, gives text: an SVG that stands alone in light and dark, for eyes that tell blue
from orange in any way they can (Okabe and Ito's pair; filled and hatched besides), or an HTML page that loads nothing from anywhere.
Every bar says its number. Labels come from staff and are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.core.model import Cell, Figures, Hidden, MonthTold, Row

WIDTH: Final = 360
_BAR, _STEP, _LABEL, _HEAD = 16, 21, 22, 44
_ROOM: Final = 210
"""The longest bar, in units of the drawing; its number stands behind it. Narrow, so that a phone need not shrink the words."""
_LONGEST_LABEL: Final = 42

_STYLE: Final = """
  .ink { fill: #1f272b; font: 15px system-ui, -apple-system, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; }
  .quiet { fill: #5a6367; } .head { font-size: 17px; font-weight: 600; } .one { fill: #0072b2; }
  .two { fill: url(#hatched); stroke: #b36b00; } .edge { fill: #e69f00; } .line { stroke: #b36b00; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    .ink { fill: #ebe8e2; } .quiet { fill: #aab3b6; } .one { fill: #56b4e9; } .two { stroke: #e69f00; } .line { stroke: #7a4a00; }
  }"""
_PATTERN: Final = (
    '<defs><pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="edge" width="6" height="6"/><line class="line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says, in one language."""

    placed: str
    unplaced: str
    kinds: str
    languages: str
    hours: str
    months: str
    month: str
    rare: str
    few: str
    withheld: str
    span: str
    later: str
    note: str
    colon: str


WORDS: Final = {
    "en": Words(
        placed="placed",
        unplaced="not placed",
        kinds="Cases by kind",
        languages="Cases by language",
        hours="Claims by hours after the circulation",
        months="Month by month",
        month="{}-{:02}",
        rare="others",
        few="fewer than 5",
        withheld="withheld",
        span="{}–{} h",
        later="after {} h",
        note="Numbers from 1 to 4 read “fewer than 5”; others are withheld where they would give such a number away.",
        colon=": ",
    ),
    "ja": Words(
        placed="担当決定",
        unplaced="未決定",
        kinds="種別ごとの案件",
        languages="使用言語ごとの案件",
        hours="ご案内からお申し出までの時間",
        months="月ごとの案件",
        month="{}年{}月",
        rare="その他",
        few="5件未満",
        withheld="非公表",
        span="{}～{}時間",
        later="{}時間以降",
        note="1から4までの数は「5件未満」とし、その数が分かってしまうほかの数は非公表としています。",
        colon="：",
    ),
}


@dataclass(frozen=True, slots=True)
class Bars:
    """One chart: rows of bars, each row with a label and one number for each of the chart's one or two sorts."""

    title: str
    sorts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def charts(figures: Figures, language: str) -> list[Bars]:
    """What there is to draw; a table that was left out is not drawn."""
    words = WORDS[language]
    sorts = (words.placed, words.unplaced)
    steps = tuple(
        (words.later.format(step.from_hour) if step.to_hour is None else words.span.format(step.from_hour, step.to_hour), (step.claims,))
        for step in figures.hours
    )
    found = (
        Bars(words.kinds, sorts, _rows(figures.kinds, words)),
        Bars(words.languages, sorts, _rows(figures.languages, words)),
        Bars(words.hours, ("",), steps),
        Bars(words.months, sorts, tuple((_month(one, language), (one.placed, one.unplaced)) for one in figures.months)),
    )
    return [one for one in found if one.rows]


def svg(figures: Figures, *, title: str, by: str = "", facts: Sequence[tuple[str, str]] = (), language: str = "en") -> str:
    """The title, whose figures these are, the sums, and all charts below each other as one drawing."""
    words = WORDS[language]
    parts = [_text(0, 26, title, "ink head"), _text(0, 48, by, "ink quiet")]
    parts += [_text(0, 76 + 20 * number, f"{label}{words.colon}{value}", "ink") for number, (label, value) in enumerate(facts)]
    top = 68 + 20 * len(facts)
    for chart in charts(figures, language):
        drawn = list(_chart(chart, words, top))
        parts += drawn
        top += _height(chart)
    height = top + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="100%" role="img" lang="{language}">'
        f"<title>{escape(title)}</title><style>{_STYLE}\n</style>{_PATTERN}{''.join(parts)}</svg>\n"
    )


def page(figures: Figures, *, title: str, facts: Sequence[tuple[str, str]], language: str = "en") -> str:
    """A page that needs nothing beside itself: the sums, the picture, and what is hidden in it."""
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in facts)
    drawing = "".join(
        f'<section aria-label="{escape(chart.title)}">{_alone(chart, language)}</section>' for chart in charts(figures, language)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{escape(title)}</title>\n<style>{_PAGE_STYLE}{_STYLE}\n</style>\n</head>\n'
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n<dl>{rows}</dl>\n{drawing}\n<p>{escape(WORDS[language].note)}</p>\n</main>\n</body>\n</html>\n"
    )


_PAGE_STYLE: Final = """
  :root { color-scheme: light dark; }
  body { margin: 0; background: #f4f2ec; color: #1f272b; line-height: 1.5;
    font-family: system-ui, -apple-system, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; }
  main { max-width: 40rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
  h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 1.25rem; text-wrap: balance; }
  dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1rem; margin: 0 0 2rem; }
  dt { font-size: .9rem; color: #5a6367; } dd { margin: 0; font-size: 1.25rem; font-weight: 600; }
  section { margin: 0 0 1.5rem; } svg { display: block; width: 100%; max-width: 26rem; height: auto; } p { font-size: .9rem; color: #5a6367; }
  @media (prefers-color-scheme: dark) { body { background: #14181a; color: #ebe8e2; } dt, p { color: #aab3b6; } }"""


def _alone(chart: Bars, language: str) -> str:
    body = "".join(_chart(chart, WORDS[language], 0))
    return f'<svg viewBox="0 0 {WIDTH} {_height(chart)}" role="img"><title>{escape(chart.title)}</title>{_PATTERN}{body}</svg>'


def _height(chart: Bars) -> int:
    return _HEAD + len(chart.rows) * (_LABEL + len(chart.sorts) * _STEP + 8) + 16


def _chart(chart: Bars, words: Words, top: int) -> Iterator[str]:
    yield _text(0, top + 22, chart.title, "ink head")
    most = max((cell for _, cells in chart.rows for cell in cells if isinstance(cell, int)), default=0)
    at = top + _HEAD
    for label, cells in chart.rows:
        yield _text(0, at + 12, label, "ink")
        at += _LABEL
        for number, cell in enumerate(cells):
            yield from _bar(at, cell, chart.sorts[number], most, words, style=("one", "two")[number])
            at += _STEP
        at += 8


def _bar(at: int, cell: Cell, sort: str, most: int, words: Words, *, style: str) -> Iterator[str]:
    length = round(_ROOM * cell / most) if isinstance(cell, int) and most else 0
    if length:
        yield f'<rect class="{style}" x="0" y="{at}" width="{length}" height="{_BAR}" rx="3"/>'
    yield _text(length + 8 if length else 0, at + 13, told(cell, sort, words), "ink quiet")


def shown(cell: Cell, words: Words) -> str:
    """A number, or the words for why there is none."""
    if isinstance(cell, Hidden):
        return words.few if cell is Hidden.FEW else words.withheld
    return str(cell)


def told(cell: Cell, sort: str, words: Words) -> str:
    """What stands behind a bar: ``placed: 17``."""
    return f"{sort}{words.colon}{shown(cell, words)}" if sort else shown(cell, words)


def _month(one: MonthTold, language: str) -> str:
    year, _, number = one.month.partition("-")
    return WORDS[language].month.format(year, int(number))


def _rows(rows: Sequence[Row], words: Words) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    return tuple((row.label or words.rare, (row.placed, row.unplaced)) for row in rows)


def _text(x: int, y: int, words: str, style: str) -> str:
    clean = "".join(sign if sign.isprintable() else " " for sign in words)
    return f'<text class="{style}" x="{x}" y="{y}">{escape(clean if len(clean) <= _LONGEST_LABEL else clean[: _LONGEST_LABEL - 1] + "…")}</text>'
