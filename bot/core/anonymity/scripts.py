"""One name in two scripts: Юлия is Yulia, Iuliia and Julia, and زهرا is Zahra.

Given words as `letter_key` folds them, gives for Cyrillic and its Latin spellings one skeleton, and for Arabic letters the pattern of their spellings.
Passports of one family differ in these; short vowels are not written in Arabic letters at all.
Never used for words of fewer than three consonants in Arabic letters, or four letters in Cyrillic: they would be anybody's.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FEWEST_CONSONANTS, _FEWEST_LETTERS, _LONGEST = 3, 4, 20
_CYRILLIC = str.maketrans(
    dict(zip("абвгґдезиіїйклмнопрстуўфыэє", "a b v g g d e z i i i i k l m n o p r s t u v f i e e".split(), strict=True))
    | {"ё": "io", "ж": "z", "х": "g", "ц": "c", "ч": "q", "ш": "s", "щ": "s", "ю": "iu", "я": "ia", "ъ": "", "ь": ""}
)
_LATIN = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        ("shch|sch|sh|sz|š", "s"), ("tch|tsch|ch|cz|č", "q"), ("zh|ž", "z"), ("kh|h", "g"), ("ts|tz", "c"), ("x", "ks"), ("w", "v"), ("[yj]", "i"),
    )
)  # fmt: skip
_ALIKE = ((re.compile(r"i+"), "i"), (re.compile(r"i(?=[eo])"), ""), (re.compile(r"(.)\1+"), r"\1"))

_SHORT = "[aeiou]{0,2}"
_ARABIC = {
    "ا": "[aeiou]{1,2}", "ع": "[aeiou]{0,2}", "و": "[wvuo]{1,2}", "ی": "(?:[yiej]{1,2}|ai|ay)", "ء": "", "ئ": "[yei]{0,2}", "ه": "h?",
    "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "(?:s|th)", "ج": "(?:j|g|dj)", "چ": "(?:ch|tch)", "ح": "h", "خ": "k?h", "د": "d",
    "ذ": "(?:z|dh|d)", "ض": "(?:z|d|dh)", "ظ": "(?:z|dh)", "ر": "r", "ز": "z", "ژ": "z?h?j?", "س": "s", "ص": "s", "ش": "(?:sh|ch)", "غ": "gh?",
    "ف": "f", "ق": "(?:q|gh|k|g)", "ک": "[kc]", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "(?:sh|kh|x)", "ي": "[yi]",
}  # fmt: skip
_VOWELS = frozenset("اعویءئه")


@lru_cache(maxsize=4_096)
def slavic_skeleton(key: str) -> str:
    """What a Cyrillic word and its Latin spellings have in common; "" for one too short, or of other letters.

    >>> slavic_skeleton("юлия"), slavic_skeleton("iuliia"), slavic_skeleton("julia")
    ('iulia', 'iulia', 'iulia')
    """
    spelt = key.translate(_CYRILLIC)
    if not spelt.isascii() or not spelt.isalpha():
        return ""
    for pattern, kept in (*(_LATIN if key.isascii() else ()), *_ALIKE):
        spelt = pattern.sub(kept, spelt)
    return spelt if len(spelt) >= _FEWEST_LETTERS else ""


def is_cyrillic(key: str) -> bool:
    return "\u0400" <= key[:1] <= "\u04ff"


def is_arabic(key: str) -> bool:
    return "\u0600" <= key[:1] <= "\u06ff"


@lru_cache(maxsize=1_024)
def arabic_spelling(key: str) -> re.Pattern[str] | None:
    """What the Latin spellings of a word in Arabic letters look like; None where too little of it is written.

    >>> bool(arabic_spelling("زهرا").fullmatch("zahra"))
    True
    """
    letters = key.removeprefix("ال") if len(key) > 5 else key
    if any(letter not in _ARABIC for letter in letters) or len(letters) > _LONGEST:
        return None
    if sum(letter not in _VOWELS or (letter == "ه" and at < len(letters) - 1) for at, letter in enumerate(letters)) < _FEWEST_CONSONANTS:
        return None
    spelt = [_long(letters, at) for at in range(len(letters))]
    return re.compile(
        "(?:al|el|ul)?" + _SHORT.join(f"(?:{one}){{1,2}}" if one.isalpha() and len(one) == 1 else one for one in spelt) + _SHORT
    )


def _long(letters: str, at: int) -> str:
    """A final h is often not written; any other is."""
    return "h" if letters[at] == "ه" and at < len(letters) - 1 else _ARABIC[letters[at]]
