"""Names in letters of India, Sri Lanka, Georgia and Armenia as passports spell them: राजेश is Rajesh, சிவா Siva, თამარ Tamar, Արամ Aram.

Given a word as `letter_key` folds it, gives its Latin spelling, or "". Unicode names each Indian letter by its sound (chapter 12): a consonant
has an a behind it unless a sign says otherwise, and in the north a last one is not spoken.
Never guesses: a word with a letter that is not known has no spelling here.
"""

from __future__ import annotations

import re
import unicodedata

_SILENT_END = frozenset({"DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI"})
_INDIAN = _SILENT_END | {"TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "ORIYA"}
_VOWELS = {"A": "a", "AA": "a", "I": "i", "II": "i", "U": "u", "UU": "u", "E": "e", "EE": "e", "AI": "ai", "O": "o", "OO": "o", "AU": "au",
           "VOCALIC R": "ri", "CANDRA E": "e", "CANDRA O": "o", "SHORT E": "e", "SHORT O": "o", "AE": "a",
           "AELA-PILLA": "a", "KETTI AEDA-PILLA": "a", "DIGA AEDA-PILLA": "a", "KETTI IS-PILLA": "i", "DIGA IS-PILLA": "i",
           "KETTI PAA-PILLA": "u", "DIGA PAA-PILLA": "u", "KOMBUVA": "e", "DIGA KOMBUVA": "e", "KOMBU DEKA": "ai",
           "KOMBUVA HAA AELA-PILLA": "o", "KOMBUVA HAA DIGA AELA-PILLA": "o"}  # fmt: skip
_CONSONANTS = {"TT": "t", "TTH": "th", "DD": "d", "DDH": "dh", "NN": "n", "NNN": "n", "SS": "sh", "C": "ch", "CH": "chh", "LL": "l", "LLL": "zh",
               "RR": "r", "YY": "y", "KHANDA T": "t"}  # fmt: skip
_SIGNS = {
    "ANUSVARA": "n",
    "ANUSVARAYA": "n",
    "CANDRABINDU": "n",
    "BINDI": "n",
    "TIPPI": "n",
    "ADDAK": "",
    "VISARGA": "h",
    "VISARGAYA": "h",
    "NUKTA": "",
}
_BETWEEN_VOWELS = re.compile(r"(?<=[aeiou])[kpt](?=[aeiou])")
_NO_VOWEL = frozenset({"VIRAMA", "AL-LAKUNA"})
_TABLES = tuple(
    str.maketrans(dict(zip(letters, latin.split(), strict=True)))
    for letters, latin in (
        ("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h"),
        ("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
         "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f"),
    )
)  # fmt: skip


def by_letters(key: str) -> str:
    """
    >>> by_letters("राजेश"), by_letters("சிவா"), by_letters("თამარ"), by_letters("ali")
    ('rajesh', 'siva', 'tamar', '')
    """
    if "\u0900" <= key[:1] <= "\u0dff":
        return _indian(key)
    if not ("\u0531" <= key[:1] <= "\u0587" or "\u10d0" <= key[:1] <= "\u10fa"):
        return ""
    latin = key.replace("ու", "u").replace("և", "ev")
    for table in _TABLES:
        latin = latin.translate(table)
    return latin if latin.isascii() and latin.isalpha() else ""


def _indian(key: str) -> str:
    written, script = "", ""
    for letter in key:
        script, _, name = unicodedata.name(letter, "").partition(" ")
        heard = _heard(script, name) if script in _INDIAN else None
        if heard is None:
            return ""
        if name.startswith("VOWEL SIGN") or name.removeprefix("SIGN ") in _NO_VOWEL:
            written = written.removesuffix("a")
        written += heard
    if script == "TAMIL":  # one letter for k and g, for p and b: soft between vowels
        written = _BETWEEN_VOWELS.sub(lambda hard: {"k": "g", "p": "b", "t": "d"}[hard[0]], written)
    return written.removesuffix("a") if script in _SILENT_END and len(written) > 3 and unicodedata.category(key[-1]) == "Lo" else written


def _heard(script: str, name: str) -> str | None:
    """What one letter or sign is spoken as, a consonant with its a; None for one that is not known."""
    if name in _SIGNS:
        return _SIGNS[name]
    if name.startswith("VOWEL SIGN "):
        return _VOWELS.get(name.removeprefix("VOWEL SIGN "))
    if name.startswith("SIGN "):
        sign = name.removeprefix("SIGN ")
        return "" if sign in _NO_VOWEL else _SIGNS.get(sign)
    sound = name.removeprefix("LETTER ")
    if script == "SINHALA":
        sound = sound.rpartition(" ")[2].removesuffix("YANNA")
    if sound in _VOWELS:
        return _VOWELS[sound]
    consonant = sound.removesuffix("A")
    if script == "TAMIL" and consonant == "C":
        return "sa"
    return _CONSONANTS.get(consonant, consonant.lower()) + "a" if sound.endswith("A") and consonant.replace(" ", "").isalpha() else None
