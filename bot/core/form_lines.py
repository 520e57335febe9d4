"""The lines of a mail as the fields of a form: what stands under which name, and every line that only looks like a field.

Given lines, gives the values by field and a fault for each stray. A name that nobody knows would put what follows it before the eyes of
whoever reads the field above, so it is asked about; a slip of a confidential field is the worst of these.
Never reads a value: intake.py does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.fields import Read, is_heading, label_of, labels_a_person, may_be_text, name_key, nearest, read_lines, tidy, values_by_name
from bot.core.model import FORM_FIELDS, Fault

REQUIRED = ("title", "summary")
CONFIDENTIAL_FIELDS = ("details", "conflict_check", "contact")
"""What leaves the office only to the holder; the roster reads all the others."""
OF_SEVERAL_LINES = frozenset({"summary", "details", "conflict_check", "contact"})
_QUOTED = re.compile(r"^[>＞|｜\s]+")
_MOST_LINES = 2_000
"""In so many lines of a mail a form is looked for that its writer has filled in within the quoted letter."""
_FOR_THE_LAWYER = frozenset({"details", "contact"})
_A_SLIP = 0.75
_BARE_LABEL = re.compile(
    r"[\W\d_]{0,12}(?:(?P<details>details|詳細)|(?P<conflict_check>conflict[ _-]?check|利益相反確認)|(?P<contact>contact|担当者))"
    r"(?:\s*$|\s+[-/|]|[–—―;；=＝|｜／）)】］\]」>＞〉≫*_\t\u3000]|\s+[–—―|｜／]|\s*[（(][^（()）]{0,40}[)）]\s*(?:[:：]|$)|\b[^:：.。]{0,40}[:：])",
    re.IGNORECASE,
)
"""A line that begins with the name of a confidential field and no colon behind it: alone, in brackets, before a dash, or in a longer label."""
_ALSO = {"title": ("題名", "表題", "タイトル", "案件名", "heading", "headline"), "summary": ("要旨", "要約", "outline")}
"""What people call the two fields that no case is without, where they write without the form."""

# A form filled in by hand may carry both names of a field, as in "Title 件名:".
NAMES = {
    name_key(form): key
    for key, english, japanese in FORM_FIELDS
    for form in (key, english, japanese, english + japanese, japanese + english, f"{english}({japanese})", f"{japanese}({english})")
}
NAMES |= {name_key("Lawyer’s gender"): "lawyers_gender"} | {name_key(name): key for key, names in _ALSO.items() for name in names}
REMARK = "^"
"""Begins a line by which our form points at a fault; in a form that comes back it is ours, not the sender's."""


def is_filled_in(lines: Sequence[str]) -> bool:
    """Whether a form with a summary stands in a mail, in whatever is quoted; a Subject there is no title of a case."""
    values, _ = named_values([_QUOTED.sub("", line) for line in lines[:_MOST_LINES]])
    return bool(values.get("summary", "").strip())


def named_values(lines: Sequence[str]) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """What stands under the name of each field, as written; and a fault for each that is there twice with different values, or holds a label.

    A label that is no field would put what follows it before the eyes of whoever reads the field above; a point of a list among the
    details that is taken for a field, before the eyes of the roster.
    """
    values: dict[str, str] = {}
    wrong: list[Fault] = []
    read = list(read_lines(lines, NAMES, remark=REMARK, guarded=CONFIDENTIAL_FIELDS))
    for key, value in values_by_name(read, of_several_lines=OF_SEVERAL_LINES):
        if key in values and tidy(values[key]) != tidy(value):
            wrong.append(Fault(key, tidy(value), "given_twice"))
        values.setdefault(key, value)
    return values, (*wrong, *_strays(read))


def is_field(line: str) -> bool:
    """Whether a line begins a field, or what its writer took for one; no number, address or office of a person, which may sign a mail."""
    label = _label(line)
    return name_key(label) in NAMES or (bool(label) and not is_heading(line) and not labels_a_person(label))


def _label(line: str) -> str:
    """What a line begins with as a field does; words that may be text as well count where they are the name of a field, or its slip."""
    label = label_of(line)
    return label if not may_be_text(line) or nearest(label, NAMES, cutoff=_A_SLIP) else ""


def is_for_roster(line: str) -> bool:
    """Whether a line begins a field that the roster reads."""
    return NAMES.get(name_key(_label(line)), CONFIDENTIAL_FIELDS[0]) not in CONFIDENTIAL_FIELDS


def _strays(read: Iterable[Read]) -> list[Fault]:
    """Each line that looks like a field and is none, at the field above it; a confidential one also where none is above."""
    found: list[Fault] = []
    is_over = False
    for line, at, value, within in read:
        label = _label(line)
        if within:
            found.append(Fault(at, line.strip(), f"field_within:{_named_as(within, label)}"))
        elif value is not None:
            is_over = False
        elif at and not line.strip():
            is_over = at not in OF_SEVERAL_LINES
        elif sentence := _unmarked(line, at) or (at and label and _stray(label, at, is_over=is_over)):
            found.append(Fault(at or REQUIRED[0], line.strip(), sentence))
    return found


def unheard(lines: Sequence[str]) -> Iterator[Fault]:
    """What stands like a field above the first one. It may be a greeting with a colon; where a field is missing, it may be that one."""
    for line in lines:
        label = _label(line)
        if name_key(label) in NAMES:
            return
        if label and not labels_a_person(label):
            yield Fault(REQUIRED[0], line.strip(), "above_fields")


def _unmarked(line: str, at: str) -> str:
    """The slip of a confidential field, by which the roster would read it. Among the details only the names of a check are missed."""
    match = _BARE_LABEL.match(line)
    meant = match.lastgroup if match and not line.lstrip().startswith(REMARK) else None
    if not match or not meant or (at in _FOR_THE_LAWYER and meant != "conflict_check"):
        return ""
    return f"field_unmarked:{_named_as(meant, match[meant])}"


def _stray(label: str, at: str, *, is_over: bool) -> str:
    """In what goes to the confirmed lawyer alone, a label is text, unless it is the slip of a field."""
    meant = nearest(label, NAMES, cutoff=_A_SLIP)
    if meant:
        return f"field_misspelt:{_named_as(meant, label)}"
    return "" if at in _FOR_THE_LAWYER or (is_over and labels_a_person(label)) else "no_field"


def _named_as(key: str, written: str) -> str:
    """The name of a field in the script in which its writer wrote."""
    return next(english if written.isascii() else japanese for field, english, japanese in FORM_FIELDS if field == key)
