"""Names of other letters as passports spell them, and Burmese ones as Japanese hears them: አበበ is Abebe, အောင်ဆန်း Aung San.

Given words as `letter_key` folds them, gives their Latin words, or none.
Unicode names each Ethiopic syllable by its sound; a Burmese name is put together from a few dozen syllables, which the table holds.
Never guesses: a word with a syllable that is not known has no spelling here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.core.anonymity.folding import letter_key
from bot.core.anonymity.spelling import by_letters

_TABLE = """
    အောင် aung アウン|ဆန်း san サン|စန်း san サン|မြင့် myint ミン|ခင် khin キン|ဝင်း win ウィン|ကို ko コー|မောင် maung マウン|လွင် lwin ルウィン|စု su スー
    ဆု su スー|ကြည် kyi チー|ကြီး gyi ジー|သန်း than タン|ထွန်း htun トゥン|ဇော် zaw ゾー|နိုင် naing ナイン|မင်း min ミン|မြ mya ミャ|ထက် htet テッ|ထူး htoo トゥー
    သူ thu トゥ|ဇင် zin ジン|ဖြိုး phyo ピョー|ဖြူ phyu ピュー|လှ hla ラ|စိုး soe ソー|စော saw ソー|မိုး moe モー|နွယ် nwe ヌエ|နု nu ヌ|ရီ yi イー|ဦး u ウー
    ဒေါ် daw ドー|မ ma マ|သိန်း thein テイン|သက် thet テッ|ကျော် kyaw チョー|လင်း lin リン|လေး lay レー|ညွန့် nyunt ニュン|ညို nyo ニョー|အေး aye エー
    ဌေး htay テー|တင် tin ティン|ဘ ba バ|ချို cho チョー|ချစ် chit チッ|ဆွေ swe スエ|ရန် yan ヤン|ရဲ ye イェ|ရွှေ shwe シュエ|ဝေ wai ウェイ|ဟန် han ハン
    ဟိန်း hein ヘイン|ကောင်း kaung カウン|ခိုင် khaing カイン|ဇာ zar ザー|နီ ni ニー|နေ nay ネー|ပိုင် paing パイン|မာ mar マー|မွန် mon モン|ယု yu ユ
    မေ may メイ|ဖုန်း phone ポン|ခန့် khant カン|ဇေယျာ zeya ゼヤ|စန္ဒာ sandar サンダー|သန္တာ thandar タンダー|ရှိန် shein シェイン|နန်း nan ナン|သီ thi ティ
"""
_ROWS = [row.split() for line in _TABLE.strip().splitlines() for row in line.strip().split("|")]
_SPELT = {letter_key(written): latin for written, latin, _ in reversed(_ROWS)}
_HEARD = {latin: letter_key(kana) for _, latin, kana in _ROWS}
_LONGEST = max(map(len, _SPELT))
_VOWELS = {"AA": "a", "EE": "e", "A": "e", "U": "u", "I": "i", "O": "o", "E": "", "OA": "o"}
_CONSONANTS = {"HH": "h", "X": "h", "SZ": "s", "Q": "k", "GLOTTAL": "", "PHARYNGEAL": "", "TH": "t", "CH": "ch", "PH": "p", "TS": "ts",
               "TZ": "ts"}  # fmt: skip


@lru_cache(maxsize=1_024)
def in_latin(key: str) -> tuple[str, ...]:
    """
    >>> in_latin("ተስፋዬ"), in_latin("ግርማ"), in_latin(letter_key("အောင်ဆန်း")), in_latin("ali")
    (('tesfaye',), ('girma',), ('aung', 'san'), ())
    """
    if "\u1200" <= key[:1] <= "\u137f":
        spelt = "".join(_ethiopic(key))
        return (spelt,) if spelt else ()
    if "\u1000" <= key[:1] <= "\u109f":
        return tuple(_burmese(key))
    return (latin,) if (latin := by_letters(key)) else ()


def in_kana(words: tuple[str, ...]) -> tuple[str, ...]:
    """A Burmese name in Latin letters as Japanese writes it; none where a part of it is no Burmese syllable.

    >>> in_kana(("aung", "san")) == (letter_key("アウン"), letter_key("サン"))
    True
    """
    return tuple(_HEARD[word] for word in words) if len(words) > 1 and all(word in _HEARD for word in words) else ()


def _ethiopic(key: str) -> Iterator[str]:
    """The sixth order of a syllable has a vowel only where no other stands beside it."""
    has_vowel = False
    for at, sign in enumerate(key):
        name = unicodedata.name(sign, "").removeprefix("ETHIOPIC SYLLABLE ").split()
        if not name or name[0] == "ETHIOPIC":
            return
        consonant, order = (name[0], name[-1]) if len(name) > 1 else _parted(name[0])
        vowel = "a" if consonant in ("GLOTTAL", "PHARYNGEAL") and order == "A" else _VOWELS.get(order, "a")
        if not vowel and not has_vowel and at < len(key) - 1:
            vowel = "i"
        has_vowel = bool(vowel)
        yield _CONSONANTS.get(consonant, consonant.lower()) + vowel


def _parted(name: str) -> tuple[str, str]:
    """``TEE`` as T and EE."""
    consonant = name.rstrip("AEIOU")
    return consonant, name[len(consonant) :]


def _burmese(key: str) -> list[str]:
    words: list[str] = []
    at = 0
    while at < len(key):
        size = next((size for size in range(_LONGEST, 0, -1) if key[at : at + size] in _SPELT), 0)
        if not size:
            return []
        words.append(_SPELT[key[at : at + size]])
        at += size
    return words
