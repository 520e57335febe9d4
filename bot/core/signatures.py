"""The end of a form: a signature that nothing parts from the last field does not run into what the roster reads.

Given the lines of a staff mail and whose it is; gives the lines of the form, and those that were left out, which its writer is shown: a wrong
guess costs a look. A known sign-off ends any form; without one, a block ends it only below a field that the roster reads, and only where it
bears a name of the writer or of the office, a number or a postal code, or the kind of an office. Never cuts into a field, or all of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.core import form_lines, words
from bot.core.courtesies import LONGEST_SIGNATURE, is_signed, may_end, substance, without_signature

_NUMBER = re.compile(
    r"〒\s*\d{3}|(?:\b(?:tel|phone|telephone|fax|mobile|cell|direct|[tmf])|電話(?:番号)?|携帯|直通|代表|ファックス)[.:)\s]*\(?\+?\d[\d() -]{5,}|^\(?\+?\d[\d() -]{8,18}$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:事務所|法人|協会|機構|財団|センター|ネットワーク|支援室|大学|(?:総務|法務|事業|支援|相談)(?:部|課|室))$"
    r"|\b(?:law offices?|law firm|association|foundation|legal (?:desk|team|department))$",
    re.IGNORECASE,
)
_LONGEST_READ = 400
_SHORTEST, _SHORTEST_LATIN = 4, 6


@dataclass(frozen=True, slots=True)
class Unsigned:
    """`form` are the lines to be read; `left_out` those that look like a signature and say more than a courtesy and the writer's name."""

    form: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def unsigned(lines: Sequence[str], names: Sequence[str]) -> Unsigned:
    """The form without its signature. `names` are the writer's own, their address and their organisation's name.

    >>> unsigned(("件名：面会", "概要：一回です。", "", "佐藤花子", "〒100-0001 東京都"), ("佐藤 花子",)).left_out
    ('佐藤花子', '〒100-0001 東京都')
    """
    kept: Sequence[str] = without_signature(lines, names=names, is_text=form_lines.is_field)
    if len(kept) == len(lines):
        kept = _without_block(lines, names)
    cut = [line for line in lines[len(kept) :] if line.strip()]
    said = [line for line in cut if substance([line], names=names)]
    return Unsigned(tuple(kept), tuple(cut) if said else ())


def _without_block(lines: Sequence[str], names: Sequence[str]) -> Sequence[str]:
    """Above the last paragraphs that are nothing but such a block, or above the writer's own name in the last one."""
    last = max((number for number, line in enumerate(lines) if form_lines.is_field(line)), default=-1)
    if last < 0 or not form_lines.is_for_roster(lines[last]):
        return lines
    end, count = len(lines), 0
    for number in range(len(lines) - 1, last, -1):
        count += bool(lines[number].strip())
        if not may_end(lines[number]) or count > LONGEST_SIGNATURE:
            break
        block = list(takewhile(str.strip, lines[number:]))
        begins = bool(block) and not lines[number - 1].strip()
        if (begins and _is_block(block, names)) or is_signed(lines[number], names):
            end = number
    return lines[:end] if _has_value(lines[last:end]) else lines


def _is_block(block: Sequence[str], names: Sequence[str]) -> bool:
    folded = [words.fold(line[:_LONGEST_READ]).strip() for line in block]
    is_office = len(block) > 1 and any(_OFFICE.search(line) for line in folded)
    return is_office or any(_NUMBER.search(line) for line in folded) or any(_bears(line, names) for line in folded)


def _bears(line: str, names: Sequence[str]) -> bool:
    """「弁護士 佐藤花子」: a name, with or without its spaces, among other words; one so short that it may be a part of any word does not count."""
    bare = "".join(line.split()).casefold()
    wholes = ("".join(words.fold(name).split()).casefold() for name in names)
    return any(whole in bare for whole in wholes if len(whole) >= (_SHORTEST_LATIN if whole.isascii() else _SHORTEST))


def _has_value(lines: Sequence[str]) -> bool:
    values, _ = form_lines.named_values(lines)
    return any(value.strip() for value in values.values())
