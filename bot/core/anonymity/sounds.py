"""How a name sounds, so that Tanaka, タナカ and TANAKA, or Nilufari and ニルファリ, can be seen to be one.

Given a word in Latin, Cyrillic or kana letters, gives its sound in one rough spelling; given two sounds, whether they are one name.
Hepburn and Kunrei, long vowels, doubled letters, l and r, b and v fall together; kanji have no sound here, for nobody wrote it down.
Never used on its own: whoever asks has already seen that both words stand where a name would.
"""

from __future__ import annotations

import re
from functools import cache

_ROWS = (
    "あいうえお a i u e o|かきくけこ ka ki ku ke ko|がぎぐげご ga gi gu ge go|さしすせそ sa si su se so|ざじずぜぞ za zi zu ze zo|"
    "たちつてと ta ti tu te to|だぢづでど da zi zu de do|なにぬねの na ni nu ne no|はひふへほ ha hi fu he ho|ばびぶべぼ ba bi bu be bo|"
    "ぱぴぷぺぽ pa pi pu pe po|まみむめも ma mi mu me mo|やゆよ ya yu yo|らりるれろ ra ri ru re ro|わゐゑをん wa i e o n|ゔ bu"
)
_KANA = {kana: sound for row in _ROWS.split("|") for kana, sound in zip(row.split()[0], row.split()[1:], strict=True)}
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_CYRILLIC = str.maketrans(
    dict(zip("абвгґдезиіїйклмнопрстуфыэє", "a b v g g d e z i i i i k l m n o p r s t u f i e e".split(), strict=True))
    | {"ё": "yo", "ж": "j", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)

# In this order: what other spellings there are, and the one that is kept.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"tch", "ch"), (r"ph", "f"), (r"sch", "sh"), (r"sh", "sy"), (r"ch", "ty"), (r"([kgtdbr])h", r"\1"), (r"qu?", "k"), (r"x", "ks"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"l", "r"), (r"v", "b"), (r"j", "zy"), (r"dz", "z"), (r"ts", "t"), (r"([stz])yi", r"\1i"),
        (r"hu", "fu"), (r"oh(?![aeiou])", "o"), (r"^h(?![aeiouy])|h$", ""), (r"y(?![aeiou])", "i"), (r"ou", "o"), (r"m(?=[bpm])", "n"),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]+")
_CONSONANTS = re.compile(r"[^aeiou]+")


@cache
def sound(key: str) -> str:
    """The rough spelling of a word given as `letter_key`; "" where the script says nothing of the sound.

    >>> sound("satou"), sound("さとう"), sound("satoh"), sound("sato")
    ('sato', 'sato', 'sato', 'sato')
    """
    spelt = _romanised(key) if any("ぁ" <= letter <= "ゖ" for letter in key) else key.translate(_CYRILLIC)
    if not spelt or not spelt.isascii() or not spelt.isalpha():
        return ""
    for pattern, kept in _SPELLINGS:
        spelt = pattern.sub(kept, spelt)
    return spelt


def frame(sounded: str) -> str:
    """The consonants alone: ``nilufari`` and ``nirufari`` are ``nrhr``."""
    return _VOWELS.sub("", sounded).replace("f", "h")


def is_heard_as(latin: str, kana: str, *, strictly: bool) -> bool:
    """Whether kana may be how Japanese writes a foreign name: the same consonants, and no vowel more than Japanese must put in.

    >>> is_heard_as(sound("kestrel"), sound("けすとれる"), strictly=True)
    True
    """
    if frame(latin) != frame(kana):
        return False
    ours, theirs = _CONSONANTS.sub("", latin), _CONSONANTS.sub("", kana)
    if not strictly:
        if len(frame(latin)) >= 6:
            return True
        ours, theirs = _broad(ours), _broad(theirs)
    return _is_padded(ours, theirs)


def _is_padded(vowels: str, padded: str) -> bool:
    at = 0
    for vowel in padded:
        if at < len(vowels) and vowel == vowels[at]:
            at += 1
        elif vowel not in "uoi":
            return False
    return at == len(vowels)


def _broad(vowels: str) -> str:
    return vowels.replace("e", "i").replace("o", "u")


def _romanised(key: str) -> str:
    """Kana, given as hiragana; "" if there is anything else among them."""
    spelt = ""
    for letter in key:
        if letter in _SMALL:
            spelt = _joined(spelt, _SMALL[letter])
        elif letter in _KANA:
            spelt += _KANA[letter]
        elif letter not in "ーっ":
            return ""
    return spelt


def _joined(spelt: str, small: str) -> str:
    """``si`` and a small ya are ``sya``; ``fu`` and a small a are ``fa``; ``u`` and a small e are ``we``."""
    if spelt.endswith("u") and len(small) == 1 and spelt[-2:-1] in ("", *"aeioun"):
        return spelt[:-1] + "w" + small
    return (spelt[:-1] if spelt[-1:] in "aeiou" else spelt) + small
