"""Own words: what the sender of a message wrote, line by line, without what they quote, sign with or forward.

Given a message's two bodies, the letter of ours that it answers and our "reply above this line" marker; gives lines, or a doubt.
Reads what strangers and their mail programs send, in linear time.
Never lets a quoted line pass as own: where a line that looks like a command may be either, it says so, and a person is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.core.words.blocks import Kind, kinds_of
from bot.core.words.broken import rejoined, rest_of_a_sentence
from bot.core.words.folding import compact, compact_all, fold
from bot.core.words.letter import KnownLetter
from bot.core.words.marks import is_prefixed
from bot.core.words.markup import QUOTE_LINE, Shown, all_text, is_empty_markup, shown

_MAX_LINES = 12_000
_CASE_ID = re.compile(r"(?<![\w-])(?:[A-Za-z]{1,12}-?)?20\d\d-\d{1,6}(?![\w-])|(?<![\w-])[A-Za-z]{2,12}-\d{1,6}(?![\w-])")
_INDENTED = re.compile(r" {0,3}\t| {4}")
"""How a quotation looks where a mail program has moved it to the right, and nothing else."""
_FIRST_WORDS = frozenset(
    "claim release clear conflict list show status pause resume language join leave yes no send help close withdraw approve"
    " 受任 担当 辞退 利益相反なし 利益相反あり 一覧 詳細 状況 休止 再開 言語 登録 退会 はい いいえ 承認 送信 ヘルプ".split()
)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The sender's lines as written. Where `doubt` is not "", nothing in them may act: it says in a few words why a person is asked."""

    lines: tuple[str, ...]
    doubt: str = ""
    doubted: str = ""
    """The line that it is about, where its sender can mend it."""


def looks_like_command(line: str) -> bool:
    """Wide on purpose: it only decides which differences are worth a person's look."""
    plain = fold(line[:300]).strip()
    if _CASE_ID.search(plain):
        return True
    first = plain.rstrip(".。 ").casefold().split(maxsplit=1)[:1]
    return len(plain) <= 40 and bool(first) and first[0] in _FIRST_WORDS


def own_words(
    text: str, html: str, *, quoted: Iterable[str] = (), marker: str = "", command_like: Callable[[str], object] = looks_like_command
) -> OwnWords:
    """The sender's own lines of the one message that `text` and `html` both are.

    `quoted`: the texts of our letters that it answers, or their lines. `marker`: our line above which answers are read.
    `command_like`: whether a line might act; two bodies that differ in such lines are doubtful.

    >>> own_words("CLAIM JAR-2026-014\\n\\nOn 2 Nov 2026, Desk <a@b.example> wrote:\\n> CLAIM JAR-2026-015", "").lines
    ('CLAIM JAR-2026-014',)
    """
    asked = _Asked(KnownLetter.of(quoted), marker, command_like)
    of_text = asked.read(_lines_of(text)) if text.strip() else None
    page = shown(html) if html.strip() else Shown()
    if page.is_tangled:
        return OwnWords(of_text.lines if of_text else (), "its HTML part is too tangled to be read")
    has_words = any(line.strip().strip(QUOTE_LINE) for line in page.lines) or not is_empty_markup(html)
    of_html = asked.read_page(page) if has_words else None
    if of_text is None or of_html is None:
        found = of_text or of_html or OwnWords(())
        return replace(found, doubt=found.doubt or _kept_from_sight(found.lines, html, command_like))
    if of_text.doubt or of_html.doubt:
        return replace(of_text if of_text.doubt else of_html, lines=of_text.lines)
    return _agreed(of_text.lines, of_html.lines, command_like)


def _lines_of(text: str) -> list[str]:
    """A lone carriage return is a break only where nothing else is: elsewhere it would lift quoted words to the start of a line."""
    return text.replace("\r\n", "\n").split("\n" if "\n" in text else "\r")


def _kept_from_sight(lines: Sequence[str], html: str, command_like: Callable[[str], object]) -> str:
    """A page that shows nothing at all, and yet holds the text's command, hides it from its reader."""
    held = compact(all_text(html)) if html.strip() else ""
    is_hidden = bool(held) and is_empty_markup(html) and any(command_like(line) and compact(line) in held for line in lines)
    return "its text and HTML parts differ" if is_hidden else ""


def _agreed(text: tuple[str, ...], page: tuple[str, ...], command_like: Callable[[str], object]) -> OwnWords:
    """What both bodies say. The lines that may act must be the same ones: a text may break a sentence where its page does not.

    Only a line that the text puts between marks of emphasis may be a command in the page alone, and only a command that the page has
    in one line may stand in several of the text.
    """
    ours = [compact(line) for line in text if command_like(line)]
    theirs = [compact(line) for line in page if command_like(line)]
    if ours == theirs:
        return OwnWords(text or page)
    if [compact(line) for line in rejoined(text, theirs) if command_like(line)] == theirs:
        return OwnWords(page)
    if set(ours) < set(theirs) and [piece for line in text if (piece := compact(line)) in theirs] == theirs:
        return OwnWords(page)
    return OwnWords((*text, "", *page), "its text and HTML parts differ")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known beside the message itself."""

    letter: KnownLetter
    marker: str
    command_like: Callable[[str], object]

    def read(self, lines: Sequence[str]) -> OwnWords:
        """One body: cut at the marker, tell own from foreign, and look at the places where the two could be confused."""
        if len(lines) > _MAX_LINES:
            return OwnWords((), "it has too many lines")
        above, below = self._cut(lines)
        kinds = kinds_of(above, letter=self.letter, command_like=self.command_like)
        own = _trimmed([line for line, kind in zip(above, kinds, strict=True) if kind in (Kind.OWN, Kind.UNSURE)])
        tail = [line for line, kind in zip(above, kinds, strict=True) if kind is Kind.TAIL]
        if doubt := self._doubt(above, kinds):
            return OwnWords(own, doubt)
        if rest := rest_of_a_sentence(above, [kind is Kind.OWN for kind in kinds], command_like=self.command_like):
            return OwnWords(own, "a command may be the rest of a broken sentence", rest)
        return OwnWords(own, self._doubt_below(own, tail=tail, below=below))

    def read_page(self, page: Shown) -> OwnWords:
        """An HTML body: a command acts only where its reader certainly saw it."""
        found = self.read(page.lines)
        is_unseen = any(line in page.unsure and self.command_like(line) for line in found.lines)
        return replace(found, doubt="a command may be hidden or struck out") if is_unseen and not found.doubt else found

    def _cut(self, lines: Sequence[str]) -> tuple[list[str], list[str]]:
        """The lines above our marker, and those from it on; the marker is found re-wrapped and quoted as well."""
        target = compact(self.marker)
        pieces = compact_all([line[:2000] for line in lines]) if target else []
        found = "".join(pieces).find(target) if target else -1
        if found < 0:
            return list(lines), []
        starts = [0, *accumulate(map(len, pieces))]
        at = bisect_right(starts, found) - 1
        head = lines[at][: max(lines[at].find(self.marker[:6]), 0)] if starts[at] < found else ""
        return [*lines[:at], *([head] if head else [])], list(lines[at:])

    def _doubt(self, lines: Sequence[str], kinds: Sequence[Kind]) -> str:
        for line, kind in zip(lines, kinds, strict=True):
            if kind in (Kind.UNSURE, Kind.REST) and self.command_like(line):
                return "a command may be the rest of a quoted line"
            if kind is Kind.FOOTER and self.command_like(line):
                return "a command stands in what looks like a signature"
        written = [line for line, kind in zip(lines, kinds, strict=True) if kind is Kind.OWN and line.strip()]
        indented = [line for line in written if _INDENTED.match(line)]
        if len(indented) < len(written) and any(self.command_like(line) for line in indented):
            return "a command may be part of an indented quotation"
        return ""

    def _doubt_below(self, own: Sequence[str], *, tail: Sequence[str], below: Sequence[str]) -> str:
        """Somebody who answers under an unmarked quotation, or under our marker, is not read; so they are not to be missed either.

        Without the letter at hand, nothing tells an answer from an unmarked quotation; then only what stands outside marked ones counts.
        """
        if any(self.command_like(line) for line in own):
            return ""
        looked = list(tail) if self.letter else []
        if self.letter or (below and is_prefixed(below[0])):
            looked += [line for line in below if not is_prefixed(line)]
        recalled = self.letter.recall(looked, command_like=self.command_like)
        if any(self.command_like(line) and not known for line, known in zip(looked, recalled, strict=True)):
            return "a command stands below the quotation"
        return ""


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    """Without blank lines at either end and without more than one in a row."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
