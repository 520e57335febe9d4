"""Who asks to join: the facts of the form as people write them, and what is missing.

Given the sender's own words and the name in From, gives an `Application`. All of it was written by a stranger: a capacity is taken only
from the list below, for the roles of the roster also say who may claim for others. What is not understood, staff read in the letter.
Never lets anybody in; staff do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.fields import name_key, read_lines, tidy_line, values_by_name

FORM = (
    ("name", "Name", "氏名"),
    ("firm", "Firm", "所属"),
    ("capacity", "Capacity", "資格"),
    ("languages", "Languages", "使用言語"),
)
"""(key, English, Japanese) in the order in which an acknowledgement names what is missing."""

_OTHER_NAMES = {
    "name": ("full name", "名前", "お名前", "ご氏名"),
    "firm": ("law firm", "organisation", "organization", "office", "事務所", "事務所名", "所属事務所", "所属先"),
    "capacity": ("bar", "bar or capacity", "bar admission", "qualification", "role", "弁護士会", "所属弁護士会", "職種", "立場"),
    "languages": ("language", "spoken languages", "言語", "対応言語", "話せる言語"),
}
_NAMES = {
    name_key(form): key
    for key, english, japanese in FORM
    for form in (english, japanese, english + japanese, japanese + english, *_OTHER_NAMES[key])
}

_CAPACITIES = {
    "bengoshi": ("lawyer", "attorney", "attorney at law", "弁護士"),
    "foreign-qualified": (
        "foreign lawyer",
        "foreign-qualified lawyer",
        "foreign qualified",
        "gaikokuho jimu bengoshi",
        "registered foreign lawyer",
        "外国法事務弁護士",
        "外国弁護士",
        "solicitor",
        "barrister",
        "advocate",
    ),
    "gyoseishoshi": ("gyosei shoshi", "administrative scrivener", "行政書士", "申請取次行政書士"),
    "shihoshoshi": ("judicial scrivener", "司法書士"),
    "paralegal": ("パラリーガル", "legal assistant", "法律事務職員", "事務職員"),
    "trainee": ("legal trainee", "司法修習生", "修習生"),
    "law student": ("student", "法学部生", "法科大学院生", "学生"),
    "academic": ("professor", "researcher", "研究者", "教員"),
}
_CAPACITY_OF = {name_key(form): capacity for capacity, others in _CAPACITIES.items() for form in (capacity, *others)}
_BARS = ("弁護士会", "bar association")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Application:
    """What a stranger told. `capacity` as written, `known_capacity` the word of ours for it; `missing` names keys of `FORM`."""

    name: str
    firm: str = ""
    capacity: str = ""
    languages: str = ""
    known_capacity: str = ""
    missing: tuple[str, ...] = ()


def read(lines: Iterable[str], *, sender_name: str) -> Application:
    """The form is optional; each field is one line, so that greetings and signatures below it are no part of it."""
    told: dict[str, str] = {}
    for key, value in values_by_name(read_lines(lines, _NAMES)):
        first = next((line for line in value.split("\n") if line.strip()), "")
        told.setdefault(key, tidy_line(first)[:_LONGEST])
    told = {key: value for key, value in told.items() if value}
    told.setdefault("name", tidy_line(sender_name)[:_LONGEST])
    missing = tuple(key for key, _, _ in FORM if not told.get(key))
    return Application(
        **{key: told.get(key, "") for key, _, _ in FORM}, known_capacity=_capacity(told.get("capacity", "")), missing=missing
    )


def is_form(lines: Iterable[str]) -> bool:
    """Whether two or more fields stand in these words: one might be prose with a colon."""
    return len({key for key, value in values_by_name(read_lines(lines, _NAMES)) if value.strip()}) >= 2


def _capacity(written: str) -> str:
    """Who names a bar association (東京弁護士会) is a bengoshi."""
    key = name_key(written)
    found = _CAPACITY_OF.get(key, "")
    return found or ("bengoshi" if any(key.endswith(name_key(bar)) for bar in _BARS) else "")
