"""Numbers in Japanese numerals, written in digits: 三名, 十二月二十日, 二〇二六年.

Given a text, gives it with the numerals before a counter, or alone, as digits; anywhere else they may be part of a name and stay.
"""

from __future__ import annotations

import re

_DIGITS = {letter: value for value, letters in enumerate(("〇零", *"一二三四五六七八九")) for letter in letters}
_COUNTED = re.compile(r"[〇零一二三四五六七八九十]{1,4}(?=\s{0,3}[年月日時分名人件])|^[〇零一二三四五六七八九十]{1,4}$")


def in_digits(text: str) -> str:
    """The text with its counted numerals as digits.

    >>> in_digits("二〇二六年十二月二十日"), in_digits("三名"), in_digits("三上一郎")
    ('2026年12月20日', '3名', '三上一郎')
    """
    return _COUNTED.sub(lambda match: _number(match[0]), text)


def _number(numerals: str) -> str:
    """二十三 and 二三 alike are 23; what is neither of the two ways to write a number stays."""
    tens, ten, ones = numerals.partition("十")
    if not ten:
        return "".join(str(_DIGITS[letter]) for letter in numerals)
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return numerals
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))
