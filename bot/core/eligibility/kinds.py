"""Kinds of legal personnel, genders, and yes or no, as people write them in a form or a table."""

from __future__ import annotations

import re

from bot.core.fields import name_key, tidy_line

_CAPACITIES: dict[str, tuple[str, ...]] = {
    "bengoshi": ("弁護士", "attorney", "attorney at law", "lawyer", "japanese lawyer", "japan-qualified", "日本法弁護士", "日本弁護士"),
    "foreign-qualified": (
        "外国弁護士",
        "外国法事務弁護士",
        "外弁",
        "gaiben",
        "foreign lawyer",
        "foreign-qualified lawyer",
        "foreign attorney",
        "registered foreign lawyer",
    ),
    "gyoseishoshi": ("行政書士", "administrative scrivener"),
    "shihoshoshi": ("司法書士", "judicial scrivener"),
    "trainee": ("司法修習生", "修習生", "legal trainee", "trainee lawyer"),
    "paralegal": ("パラリーガル", "事務職員", "法律事務職員", "legal assistant"),
    "student": ("学生", "法学生", "ロースクール生", "法科大学院生", "law student"),
}
_CAPACITY = {name_key(form): word for word, forms in _CAPACITIES.items() for form in (word, *forms)}

_GENDERS: dict[str, tuple[str, ...]] = {
    "female": ("f", "w", "woman", "women", "女性", "女"),
    "male": ("m", "man", "men", "男性", "男"),
    "other": ("x", "non-binary", "その他"),
    "": (
        "any",
        "none",
        "no preference",
        "no wish",
        "unknown",
        "不問",
        "問わない",
        "問わず",
        "希望なし",
        "指定なし",
        "特になし",
        "なし",
        "-",
    ),
}
_GENDER = {name_key(form): word for word, forms in _GENDERS.items() for form in (word, *forms)}

_YES = frozenset(map(name_key, ("yes", "y", "true", "1", "ok", "possible", "はい", "可", "可能", "有", "あり", "○", "〇", "◯")))
_NO = frozenset(map(name_key, ("no", "n", "false", "0", "not possible", "いいえ", "不可", "不可能", "無", "なし", "×", "x", "✕")))


_IN_JAPANESE = {word: forms[0] for word, forms in _CAPACITIES.items()}
_IN_JAPANESE |= {"female": "女性", "male": "男性", "other": "その他", "yes": "はい", "no": "いいえ"}


def in_japanese(word: str) -> str:
    """What is on record under an English word, as Japanese readers have it; an organisation's own kind as it is written."""
    return _IN_JAPANESE.get(word, word)


def capacities(text: str) -> tuple[str, ...]:
    """The kinds that are known here among those a text names: ``弁護士; staff`` is ``("bengoshi",)``."""
    return tuple(dict.fromkeys(_CAPACITY[key] for part in parts(text) if (key := name_key(part)) in _CAPACITY))


def capacity(kind: str) -> str:
    """The one word under which a kind is compared; an organisation's own kind is compared as it is written.

    >>> capacity("Foreign Lawyer"), capacity("Social worker")
    ('foreign-qualified', 'socialworker')
    """
    return _CAPACITY.get(name_key(kind), name_key(kind))


def kept_capacities(text: str) -> tuple[str, ...]:
    """Every kind that a text names: the known ones by their word, others as written."""
    return tuple(dict.fromkeys(_CAPACITY.get(name_key(part), part) for part in parts(text) if name_key(part) not in ("anyone", "不問")))


def gender(text: str) -> str | None:
    """``female``, ``male``, ``other``, or "" where it does not matter; None where the text says none of these."""
    key = name_key(text)
    return _GENDER.get(key) if key else ""


def yes_or_no(text: str) -> bool | None:
    """None where the text is neither."""
    key = name_key(text)
    return True if key in _YES else False if key in _NO else None


def parts(text: str) -> list[str]:
    """A cell that lists several, cut at semicolons, commas, slashes and middle dots; what stands in brackets is a remark."""
    bare = re.sub(r"[(（][^)）]*[)）]", " ", text)
    return [part for one in re.split(r"[;；,，、/／・\n]|\band\b|\bor\b", bare) if (part := tidy_line(one))]
