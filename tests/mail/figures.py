"""The figures of our reader over the real mails, by class and by source: ``python -m tests.mail.figures``.

Two tables. Machines: automatic mail recognised and missed, and mail of persons wrongly recognised. Own words: for each reply with a text,
whether a command on top is found, whether a command planted in its quotation acts, and whether the own words are those that its
collector wrote down: to the letter, or but for a signature, on which the collectors disagree with each other.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bot.core.words import own_words
from tests.mail.corpus import Real, reals
from tests.mail.measures import PLANTED, TOP, acts, is_exact, planted_after_marks, tail_of

AUTOMATIC = ("bounce", "auto_reply", "complaint")
Figures = dict[str, Counter[str]]


def machines(mails: Iterable[Real]) -> Figures:
    """For each class with its source: how many, and how many were taken for a machine's."""
    counted: Figures = defaultdict(Counter)
    for real in mails:
        is_machine = bool(real.arrival().machine)
        figure = ("recognised" if is_machine else "missed") if real.of_class in AUTOMATIC else "wrongly" if is_machine else "person"
        for place in (real.of_class, f"{real.of_class} / {real.source}"):
            counted[place][figure] += 1
            counted[place]["all"] += 1
    return counted


def own(mails: Iterable[Real]) -> Figures:
    """For each source: how many replies, and what became of their own words and of the commands put into them."""
    counted: Figures = defaultdict(Counter)
    for real in mails:
        for figure in _figures_of(real) if real.of_class == "reply" else ():
            counted["all replies"][figure] += 1
            counted[real.source][figure] += 1
    return counted


def _figures_of(real: Real) -> Iterator[str]:
    text = real.arrival().text
    if text.strip():
        yield "replies"
        if acts(own_words(f"{TOP}\n{text}", ""), TOP):
            yield "found on top"
        planted = [*planted_after_marks(text), *([f"{text.rstrip()}\n{PLANTED}\n"] if tail_of(real, text) else [])]
        if planted:
            yield "quoting"
        if any(acts(own_words(one, ""), PLANTED) for one in planted):
            yield "quoted acted"
    if not real.expected_reply.strip():
        return
    yield "known"
    if is_exact(real, with_signature=True):
        yield "exact"
    if is_exact(real, with_signature=False):
        yield "but for signature"


def table(title: str, figures: Figures, columns: tuple[str, ...]) -> str:
    """The figures as aligned text."""
    width = max(len(place) for place in figures)
    head = f"{title:<{width}}" + "".join(f"{column:>19}" for column in columns)
    rows = [f"{place:<{width}}" + "".join(f"{count[column]:>19}" for column in columns) for place, count in sorted(figures.items())]
    return "\n".join((head, *rows))


def main() -> None:
    mails = reals()
    if not mails:
        sys.exit("The real mails are not here: put them into ../shared/mail.")
    print(table("machines", machines(mails), ("all", "recognised", "missed", "wrongly", "person")))
    print()
    columns = ("replies", "found on top", "quoting", "quoted acted", "known", "exact", "but for signature")
    print(table("own words", own(mails), columns))


if __name__ == "__main__":
    main()
