"""How a name sounds, so that Tanaka, タナカ and TANAKA, or Nilufari and ニルファリ, can be seen to be one.

Given a word in Latin, Cyrillic or kana letters, gives its sound in one rough spelling; given two sounds, whether they are one name.
Hepburn and Kunrei, long vowels, doubled letters, l and r, b and v fall together; kanji have no sound here, for nobody wrote it down.
Never used on its own: whoever asks has already seen that both words stand where a name would.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
        (r"^nguy", "gu"), (r"aye$", "ai"), (r"tch", "ch"), (r"ph", "f"), (r"sch", "sh"), (r"sh", "sy"), (r"ch", "ty"), (r"([kgtdb])h", r"\1"), (r"qu?", "k"), (r"x", "ks"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"l", "r"), (r"v", "b"), (r"j", "zy"), (r"dz(?=u)", "z"), (r"ts", "t"), (r"([stz])yi|([stz])yu$", r"\1\2i"),
        (r"hu", "fu"), (r"oh(?![aeiou])", "o"), (r"^h(?![aeiouy])|h$", ""), (r"y(?![aeiou])", "i"), (r"iy(?=[aeu])", "i"), (r"w(?![aeiou])", "u"), (r"ou", "o"), (r"m(?=[bp])", "n"), (r"nm", "m"),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_CONFOUNDED = str.maketrans("fwz", "hbs")
_DOUBLED = re.compile(r"(.)\1+")
_SILENT_H = re.compile(r"h(?![aeiouy])")
_NASAL = re.compile(r"ng(?![aeiou]h)")
_VOWELS = re.compile(r"[aeiou]+")
_CONSONANTS = re.compile(r"[^aeiou]+")


@lru_cache(maxsize=8_192)
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
    """The consonants alone, those that Japanese confounds as one: ``nilufari`` and ``nirufari`` are ``nrhr``."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", sounded).translate(_CONFOUNDED))


def softer(sounded: str) -> set[str]:
    """Also what a foreign sound loses in kana: the r of ``Thandar``, the h of ``Mehmet``, the g of ``Wang``."""
    clear = without_nasal(sounded)
    short = clear.removesuffix("r") if len(clear) > 4 else clear
    return {sounded, clear, short, _SILENT_H.sub("", clear), _SILENT_H.sub("", short)}


def without_nasal(sounded: str) -> str:
    """``wangwei`` as kana have it."""
    return _NASAL.sub("n", sounded)


def is_heard_as(latin: str, kana: str, *, strictly: bool) -> bool:
    """Whether kana may be how Japanese writes a foreign name: the same consonants, and no vowel more than Japanese must put in.

    >>> is_heard_as(sound("kestrel"), sound("けすとれる"), strictly=True)
    True
    """
    if frame(latin) != frame(kana):
        return False
    ours, theirs = _CONSONANTS.sub("", latin), _CONSONANTS.sub("", kana)
    if strictly:
        return _is_padded(ours, theirs)
    ours, theirs = _broad(ours), _broad(theirs)
    return _is_padded(ours, theirs) or (len(frame(latin)) >= 6 and _missing(ours, theirs) <= 1)


def _is_padded(vowels: str, padded: str) -> bool:
    at = 0
    for vowel in padded:
        if at < len(vowels) and vowel == vowels[at]:
            at += 1
        elif vowel not in "uoi":
            return False
    return at == len(vowels)


def _missing(vowels: str, padded: str) -> int:
    """How many vowels are not to be found, in their order."""
    at = missing = 0
    for vowel in vowels:
        place = padded.find(vowel, at)
        at, missing = (at, missing + 1) if place < 0 else (place + 1, missing)
    return missing


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
    """``si`` and a small ya are ``sya``; ``zi`` and a small e ``zye``; ``fu`` and a small a are ``fa``; ``u`` and a small e are ``we``."""
    if small == "e" and spelt[-2:] in ("zi", "si", "ti"):
        return spelt[:-1] + "ye"
    if spelt.endswith("u") and len(small) == 1 and spelt[-2:-1] in ("", *"aeioun"):
        return spelt[:-1] + "w" + small
    return (spelt[:-1] if spelt[-1:] in "aeiou" else spelt) + small
