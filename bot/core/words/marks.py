"""Marks: which lines of a message say "from here on it is not the sender".

Given a message's lines; says of a place in them whether a quotation, a quoted header, a signature or a footer begins there.
Reads lines of any length: only the first few hundred characters of each are looked at, so time stays linear.
Never changes a line, and never judges a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.core.words import phrases
from bot.core.words.folding import fold
from bot.core.words.late import Late

_LOOK = 400
_QUOTE = re.compile(r"\s{0,8}[>＞|｜»›❯]")
_ROLES = {label: role for role, labels in phrases.LABELS.items() for label in labels.split("|")}
_ORIGINAL = Late(rf"[-_=*\s>‐－─━]*(?:{phrases.ORIGINAL})\s*[:]?[^a-z0-9]{{0,60}}$|[-_=*─━]{{2,}}\s*(?:{phrases.ORIGINAL})\b.{{0,80}}$")
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}:\d\d|\d{1,2}[hH.]\d\d\b|\d{1,2}時|\bje?\. \d|\d{1,2}/\d{1,2}")
_HINTS_AT_SOMEBODY = re.compile(r"[\d@]|---")
"""What every attribution has: a digit of its date, an address, or dashes on either side."""
_ADDRESS = re.compile(r"[^\s<>@]{1,80}@[^\s<>@]{1,80}")
_WROTE_LAST = tuple(sorted(phrases.WROTE_LAST.split("|"), key=len, reverse=True))
_TELLS = Late(rf"{phrases.WROTE_WITHIN}|said\s*:")
_WROTE_WITHIN = Late(rf"(?:^|\s|[>)\"])(?:{phrases.WROTE_WITHIN})(?:\s|$|:)")
_OPENED = Late(
    rf"[-–—*\"'(\s]*(?:(?:{phrases.OPENERS})\b|在|于|於|(?:19|20)\d\d ?[年년/.-]"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? ?[^\W\d]{3,10}\.? \d{4})"
)
_OPENED_WROTE = Late(rf"[-–—*\"'(\s]*(?:{phrases.OPENERS})\b.{{3,300}}?\s(?:{phrases.WROTE_WITHIN}|wrote|said)\s*:")
_DATED_ADDRESS = Late(
    r"[(\s\"]*(?:20)?\d\d ?[年년/.-] ?\d{1,2} ?[月월/.-].{2,200}(?:<\s?[^<>@\s]+@[^<>\s]+>(?:[^:]{0,12}:)?|(?:님|さん|様)[^:]{0,12}:)$"
)
_NAMED_ADDRESS = re.compile(r".{0,200}<[^<>@\s]+@[^<>\s]+>[^:a-z]{0,12}:$")
_GMAIL_OPENING = re.compile(r"on (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .{0,24}\b(?:19|20)\d\d,? (?:at )?\d{1,2}:\d\d")
_DAY = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_DASHED_WROTE = re.compile(r"-{3,}\s.{1,200}\s(?:wrote|schrieb|skrev|a écrit|escribió)\s?:?\s?-{3,}$")
_BROKEN_END = re.compile(r">\s?(?:wrote|a écrit|schrieb|ha scritto|escribió|escreveu|skrev|kirjoitti|napisał\(a\)|写道)?\s?:?$")
_SIGNATURE = re.compile(r"--\s?$")
_RULE_SIGNS = frozenset("-_=*~#+─━―—–‐－＿＝＊～ー・•◆◇■□●○★☆※▼▲∞◎┏┓┗┛┣┫╋┼┌┐└┘:+.")
_SENT_FROM = Late(rf"[\s*_(\[<-]*(?:{phrases.SENT_FROM})$")
_ANNOUNCES = Late(phrases.ANNOUNCES)
_DISCLAIMER = Late(rf"[\s*_(\[-]*(?:{phrases.DISCLAIMERS})")


def plain(line: str) -> str:
    """The line as the patterns read it: folded, lowered, single spaces, cut to a length at which every pattern is cheap."""
    return " ".join(fold(line[:_LOOK]).casefold().split())


class Plain(dict[int, str]):
    """The lines of a message as the patterns read them, each made when it is looked at: most of a quotation never is."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = lines
        self.end = len(lines)

    def __missing__(self, at: int) -> str:
        self[at] = made = plain(self._lines[at])
        return made

    def between(self, start: int, end: int) -> Iterator[str]:
        """Those from `start` to before `end`, or to the last."""
        return (self[at] for at in range(start, min(end, self.end)))


def is_prefixed(line: str) -> bool:
    """Marked as quotation by its first character, as RFC 3676 4.5 and every client since Usenet do."""
    return _QUOTE.match(line) is not None


def is_signature(line: str) -> bool:
    """``-- `` (RFC 3676 4.3), also where a gateway has trimmed the space, or a program put an invisible sign beside it."""
    return len(line) <= 8 and _SIGNATURE.match(fold(line)) is not None


def is_rule(line: str) -> bool:
    """A line drawn of dashes, stars or boxes: how Japanese signatures and list footers begin."""
    if len(line) > 200 or line.lstrip()[:1] not in _RULE_SIGNS:
        return False
    drawn = "".join(line.split())
    signs = set(drawn)
    return signs <= _RULE_SIGNS and len(drawn) >= (2 if signs == {"_"} else 3) and not signs <= {".", ":"}


def is_device_line(line: str) -> bool:
    """``Sent from my iPhone`` and its translations."""
    return len(line) <= 120 and _SENT_FROM.match(line) is not None


def is_disclaimer(line: str) -> bool:
    return _DISCLAIMER.match(line) is not None


def is_original_rule(line: str) -> bool:
    """``-----Original Message-----`` and its translations, also ``Begin forwarded message:``."""
    return len(line) <= 200 and _ORIGINAL.match(line) is not None


def header_role(line: str) -> str:
    """``from``, ``sent``, ``to``, ``cc`` or ``subject`` where the line is such a header of a quoted message; else "".

    >>> header_role("*差出人:* 事務局 <cases@example.org>")
    'from'
    """
    head, colon, _ = line[:120].partition(":")
    return _ROLES.get(head.strip("*_ \t>|"), "") if colon else ""


def is_header_block(lines: Plain, at: int) -> bool:
    """Whether a quoted header begins at `at`: who, and when or to whom about what, with at most one foreign line between."""
    first = header_role(lines[at])
    if not first:
        return False
    if _is_flat_header(lines[at]):
        return True
    seen, strangers = {first}, 0
    for line in lines.between(at + 1, at + 16):
        role = header_role(line)
        if role in seen and role != "cc":
            break
        if role:
            seen.add(role)
            strangers = 0
        elif line:
            strangers += 1
        if strangers > 1:
            break
    if "from" in seen and ("sent" in seen or {"to", "subject"} <= seen):
        return True
    # Two labels are a header only where they hold what such labels hold, for a person may write "To:" and "Date:" too.
    block = " ".join(lines.between(at, at + 4))
    return (
        bool({"sent", "to"} <= seen or {"from", "subject"} <= seen)
        and _holds_address(block)
        and ("from" in seen or bool(_DAY.search(block)))
    )


def _is_flat_header(line: str) -> bool:
    """The whole header in one line, as HTML flattened by a gateway leaves it: ``From: A Sent: Monday To: B Subject: C``."""
    found = {_ROLES[label] for label in re.findall(r"([^\W\d_]{2,12}) ?:", line) if label in _ROLES}
    return {"from", "sent"} <= found and (len(found) >= 3 or (_holds_address(line) and _DAY.search(line) is not None))


def _holds_address(line: str) -> bool:
    return "@" in line and _ADDRESS.search(line) is not None


def attribution_span(lines: Plain, at: int) -> int:
    """How many lines, from `at` on, are the attribution of a quotation (``On …, … wrote:``) in any language; 0 for none.

    It may be broken over four lines; it never begins before the line that opens it, so that no line of the sender's goes with it.
    """
    first = lines[at]
    if _HINTS_AT_SOMEBODY.search(first) and _tells(first) and _is_attribution(first):
        return _wrapped_end(lines, at)
    if not (_holds_address(first) or _OPENED.match(first)):
        return 0
    return _broken_span(lines, at) or (1 if _GMAIL_OPENING.match(first) else 0)


def _broken_span(lines: Plain, at: int) -> int:
    """The lines of an attribution that is broken after its first line; 0 for none."""
    joined = lines[at]
    for span in range(2, 5):
        following = lines[at + span - 1] if at + span <= lines.end else ""
        if not following or (is_prefixed(following) and not _BROKEN_END.match(following)):
            return 0
        joined = f"{joined} {following}"[:_LOOK]
        if not _tells(following):
            continue
        if _OPENED.match(following) and _is_attribution(following):
            return 0
        if _is_attribution(joined):
            return span
    return 0


def _wrapped_end(lines: Plain, at: int) -> int:
    """The one line at `at`, with a next line that only closes its address bracket."""
    return 2 if at + 1 < lines.end and len(lines[at + 1]) > 1 and _BROKEN_END.match(lines[at + 1]) else 1


def _tells(line: str) -> bool:
    """Whether a line may be the last of an attribution: a quick look before the costly one."""
    return line.endswith((":", "-", ">")) or _says_wrote(line) or _TELLS.search(line) is not None


def _says_wrote(line: str) -> bool:
    """Whether the line ends in a verb of writing, as a word of its own where the script has words."""
    bare = line.rstrip(": -–—>|")
    if not bare.endswith(_WROTE_LAST):
        return False
    verb = next(filter(bare.endswith, _WROTE_LAST))
    before = bare[: -len(verb)][-1:]
    return not before or not before.isascii() or not before.isalnum()


def _is_attribution(line: str) -> bool:
    """One joined line: it dates or addresses somebody, and says that they wrote."""
    if _DASHED_WROTE.match(line):
        return True
    if not (_DATE.search(line) or _holds_address(line)):
        return False
    if _says_wrote(line) or _OPENED_WROTE.match(line) or _DATED_ADDRESS.match(line):
        return True
    ends = line.endswith(":")
    if ends and _WROTE_WITHIN.search(line):
        return True
    if not ends or not _holds_address(line):
        return False
    return bool(_DATE.search(line) and _NAMED_ADDRESS.match(line)) or bool(_DAY.search(line) and _TIME.search(line))


def announces_quotation(line: str) -> bool:
    """``以下転送です。``, ``(quote)``, ``Bob wrote earlier today``: whose words follow cannot be told."""
    return len(line) <= 120 and _ANNOUNCES.fullmatch(line) is not None


def is_weak_attribution(line: str) -> bool:
    """``Taro wrote:`` without date or address: believed only right above a quotation."""
    return len(line) <= 120 and line.endswith(":") and _says_wrote(line)
