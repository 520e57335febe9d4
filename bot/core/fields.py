"""What a person typed into a field, made fit to keep: invisible characters gone, names of fields matched as people write them.

Given one text (a cell, a heading, a line of a mail), gives text, or faults for a table's headings.
The texts come from staff, and through them from anybody.
Never changes a letter that can be seen: names keep their own glyphs, so no Unicode normalisation is applied to what is stored.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.core.model import Fault

_JOINERS = "\u200c\u200d"
_POINT = r"\s*(?:(?:(?P<bullet>[-*•・■●◆])|[(（]?(?P<number>\d{1,2})[.．)）、])\s*)?"
_NAMED_LINE = re.compile(
    _POINT + r"[*_【［\[]{0,3}(?P<name>[^:：︰∶﹕꞉\t]{1,40}?)[^\S\t]*[*_】］\]]{0,3}[:：︰∶﹕꞉\t][*_]{0,3}(?P<value>.*)", re.DOTALL
)
"""Bold letters come as stars from programs that send plain text beside, and each keyboard has colons of its own. A tab parts two cells."""
_IN_BRACKETS = re.compile(
    _POINT + r"(?:[【［]|(?P<half>\[)(?![^\]:：]{0,40}[:：]))(?P<name>[^【】［］\[\]]{1,40})[】］\]](?P<colon>[:：]?)[^\S\n]*(?P<value>.*)",
    re.DOTALL,
)
"""How Japanese mails head a part of themselves, with no colon."""
_LIKE_A_HEADING = 0.6
_LONGEST_LABEL, _MOST_LABEL_WORDS = 20, 3
_OF_A_CLIENT = re.compile(
    r"\b(?:names?|birth|passport|phone|e-?mail|residence card|numbers?)\b|氏名|生年月日|住所|電話|旅券|在留|番号", re.IGNORECASE
)
"""A longer label is one all the same where it announces who somebody is."""
_OF_A_PERSON = re.compile(
    r"(?:tel|telephone|phone|mobile|cell|direct|fax|e-?mail|mail|web|website|url|address|(?:office )?hours|linkedin|facebook|twitter|instagram|[tmpfew]"
    r"|電話|電話番号|携帯|携帯電話|直通|(?:e-?)?メール|メールアドレス|住所|所在地|ファックス|ホームページ|hp|(?:営業|受付|業務)時間)\.?"
)
"""What people put before their own numbers and addresses, below a letter."""
_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """A text of several lines without control, bidirectional and zero-width characters, line ends as ``\\n``, outer space gone.

    >>> tidy(" a\\u202eb\\r\\n\\tc ")
    'ab\\n c'
    """
    if text.isprintable():
        return text.strip()
    lines = ("".join(_visible(line)) for line in _LINE_ENDS.split(text))
    return "\n".join(line.rstrip() for line in lines).strip()


def tidy_line(text: str) -> str:
    """The same on one line: any run of space and line ends is one space."""
    return " ".join(tidy(text).split())


def plain(text: str) -> str:
    """A folded copy to match against, never to keep: full width to ASCII, every dash to ``-``, lower case, on one line."""
    line = tidy_line(text)
    if line.isascii():
        return line.casefold()
    folded = unicodedata.normalize("NFKC", line).casefold()
    dashes = ("-" if unicodedata.category(letter) == "Pd" or letter == "−" else letter for letter in folded)
    return " ".join("".join(dashes).split())


@lru_cache(maxsize=1_000)
def name_key(name: str) -> str:
    """The form in which names of fields and columns are compared: ``Time frame``, ``time_frame`` and ``ＴＩＭＥ－ＦＲＡＭＥ`` are one.

    >>> name_key(" Time_Frame ")
    'timeframe'
    """
    return re.sub(r"[\s_\-./・]", "", plain(name))


class Read(NamedTuple):
    """A line of a form: the field that it begins or stands below, "" above the first; and what it names within one that it does not end."""

    line: str
    at: str
    value: str | None = None
    """What stands behind the name of the field that it begins; None where it begins none."""
    within: str = ""


def read_lines(lines: Iterable[str], names: Mapping[str, str], *, remark: str = "^", guarded: Collection[str] = ()) -> Iterator[Read]:
    """Which field each line belongs to. A line that begins with `remark` is one of ours; a `guarded` field is ended only by what `goes_on`."""
    at, above = "", ""
    for line in lines:
        if line.lstrip().startswith(remark):
            continue
        match = _named(line)
        key = names.get(name_key(match["name"]), "") if match else ""
        if match and key and (at not in guarded or goes_on(line, above)):
            at, above = key, line
            yield Read(line, at, match["value"])
        else:
            yield Read(line, at, within=key)


def values_by_name(read: Iterable[Read], *, of_several_lines: Collection[str] | None = None) -> list[tuple[str, str]]:
    """``Field: value`` lines under their fields, in the order written.

    A value runs on until the next field; what stands before the first is a greeting. Where `of_several_lines` names fields, a blank line or
    a label that nobody knows ends the value of any other, so that no signature runs into a place or a date.
    """
    found: list[tuple[str, list[str]]] = []
    for line, at, value, _ in read:
        if value is not None:
            found.append((at, [value]))
        elif found and (of_several_lines is None or at in of_several_lines):
            found[-1][1].append(line)
        elif found and not _is_over(found[-1][1]):
            found[-1][1].append("" if label_of(line) and not may_be_text(line) else line)
    return [(key, "\n".join(value)) for key, value in found]


def label_of(line: str) -> str:
    """What stands before the colon where a line looks like a field: up to three words, and no time, link or quotation; else "".

    >>> label_of("Notes: The client is ill"), label_of("10:30 at the bureau"), label_of("We ask for two things: a visit, a call")
    ('Notes', '', '')
    """
    match = _named(line)
    name = match["name"].strip("*_ ") if match else ""
    is_short = len(name) <= _LONGEST_LABEL and len(name.split()) <= _MOST_LABEL_WORDS
    if match is None or not any(map(str.isalpha, name)) or not (is_short or _OF_A_CLIENT.search(name)):
        return ""
    is_link = match["value"].startswith("//") or plain(name) == "mailto"
    is_time = name[-1].isdigit() and match["value"][:1].isdigit()
    return "" if is_link or is_time or name[0] in "\"'“”‘「『«>|^" else name


def goes_on(line: str, above: str) -> bool:
    """Whether a label with a number, a bullet or in brackets carries on the way in which the one above it is written; any other label does.

    >>> goes_on("4. Place: Osaka", "3. Details: D"), goes_on("1. Place: Osaka", "3. Details: D"), goes_on("【場所】", "詳細：")
    (True, False, False)
    """
    number, is_bulleted, is_bracketed = _marks(line)
    above_number, above_is_bulleted, above_is_bracketed = _marks(above)
    is_next = not number or 0 < above_number < number
    return is_next and (not is_bulleted or above_is_bulleted) and (not is_bracketed or above_is_bracketed)


def _marks(line: str) -> tuple[int, bool, bool]:
    """The number before a label, and whether it has a bullet or stands in brackets."""
    match = _named(line)
    return int((match and match["number"]) or 0), bool(match and match["bullet"]), _IN_BRACKETS.match(line) is not None


def is_heading(line: str) -> bool:
    """Whether a label stands in brackets with no colon behind it, as whoever signs may write the name of their office.

    >>> is_heading("【難民支援協会】"), is_heading("【場所】：大阪"), is_heading("場所：大阪")
    (True, False, False)
    """
    match = _IN_BRACKETS.match(line)
    return match is not None and not match["colon"]


def may_be_text(line: str) -> bool:
    """Whether a line begins with words in half-width brackets and no colon behind them, as “[the client] fled” does, and names nobody.

    >>> may_be_text("[the client] fled"), may_be_text("[Name] Zahra"), may_be_text("【場所】大阪")
    (True, False, False)
    """
    match = _IN_BRACKETS.match(line)
    return match is not None and bool(match["half"]) and not match["colon"] and not _OF_A_CLIENT.search(match["name"])


def _named(line: str) -> re.Match[str] | None:
    return _IN_BRACKETS.match(line) or _NAMED_LINE.match(line)


def labels_a_person(label: str) -> bool:
    """Whether the label is one under which people give their own number or address in a signature."""
    return _OF_A_PERSON.fullmatch(plain(label)) is not None


def nearest(name: str, names: Mapping[str, str], *, cutoff: float) -> str:
    """The field whose name is the most like this one; "" where none is as like it as `cutoff`."""
    return next((names[key] for key in difflib.get_close_matches(name_key(name), list(names), n=1, cutoff=cutoff)), "")


def _is_over(value: Sequence[str]) -> bool:
    return any(part.strip() for part in value) and not value[-1].strip()


def by_column(cells: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row under the keys of `names` (name key → field); columns that nobody knows are left out."""
    return {names[key]: value for column, value in cells.items() if (key := name_key(column)) in names}


def heading_faults(header: Iterable[str], names: Mapping[str, str], *, required: Collection[str]) -> tuple[Fault, ...]:
    """Columns that are unknown, there twice under two names, or missing. `names` as for `by_column`."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for column in header:
        key = names.get(name_key(column))
        if key is None:
            near = _heading_like(column, names)
            faults.append(Fault("header", column, f"column_unknown:{near}" if near else "column_strange"))
        elif key in seen:
            faults.append(Fault("header", column, f"column_twice:{seen[key]}"))
        else:
            seen[key] = column
    faults.extend(Fault("header", key, "column_missing") for key in required if key not in seen)
    return tuple(faults)


def _heading_like(column: str, names: Mapping[str, str]) -> str:
    """The heading that was meant, in the script of what was written; "" where none is like it."""
    like = next(iter(difflib.get_close_matches(name_key(column), list(names), n=1, cutoff=_LIKE_A_HEADING)), "")
    return names.get(like, "") if like.isascii() else like


def _visible(line: str) -> Iterable[str]:
    for position, letter in enumerate(line):
        category = unicodedata.category(letter)
        if letter == "\t":
            yield " "
        elif category not in ("Cc", "Cf", "Cs") or (letter in _JOINERS and _joins_arabic(line, position)):
            yield letter


def _joins_arabic(line: str, position: int) -> bool:
    """Persian and Urdu names are misspelt without their zero-width joiners; anywhere else those only hide things."""
    around = line[max(0, position - 1) : position] + line[position + 1 : position + 2]
    return len(around) == 2 and all(unicodedata.bidirectional(letter) == "AL" for letter in around)
