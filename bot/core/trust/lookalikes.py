"""Addresses that look like one on file and are not.

Given a sender and the addresses on file; gives the one it could be mistaken for, so that staff can be warned.
Reads from strangers: any characters, and domains in their ASCII form (RFC 3492).
Never identifies anyone: what is folded here serves the alert only, two addresses are compared by `canonical` and nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.core.mail import canonical

_LONGEST = 320
_LONGEST_LABEL = 63

# What a reader takes for a Latin letter (chosen from UTS 39): Cyrillic, Greek, Armenian and small capitals, and the digits that trick most.
_LOOKS_LIKE = {
    "a": "аαɑ",
    "b": "ЬьƄ",
    "c": "сϲᴄ",
    "d": "ԁ",
    "e": "еҽє",
    "g": "ɡց",
    "h": "һհ",
    "j": "јϳ",
    "k": "кκĸ",
    "l": "iI1|ıіιɩӏΙІ",
    "m": "мᴍ",
    "n": "пηո",
    "o": "0оοσօ",
    "p": "рρ",
    "q": "ԛգ",
    "r": "гᴦ",
    "s": "ѕꜱ",
    "t": "тτ",
    "u": "υսᴜ",
    "v": "νѵᴠ",
    "w": "ԝωᴡ",
    "x": "хχ",
    "y": "уγүʏ",
    "z": "ᴢ",
    ".": "。",
}
_FOLD = str.maketrans({other: latin for latin, others in _LOOKS_LIKE.items() for other in others})
_PAIRS = (("rn", "m"), ("vv", "w"))


def lookalike(sender: str, addresses_on_file: Iterable[str]) -> str | None:
    """The address on file that `sender` looks like without being any address on file; None where there is none."""
    if not sender or len(sender) > _LONGEST:
        return None
    on_file = [canonical(address) for address in addresses_on_file]
    if canonical(sender) in on_file:
        return None
    shape = _skeleton(sender)
    return next((address for address in on_file if _skeleton(address) == shape), None)


def _skeleton(address: str) -> str:
    """What the eye sees: width, accents, script and invisible characters folded away, ``xn--`` labels decoded."""
    whole = unicodedata.normalize("NFKC", address.strip()).replace("。", ".")
    local, _, domain = whole.rpartition("@")
    shown = f"{local}@{'.'.join(_decoded(label) for label in domain.split('.'))}"
    bare = "".join(char for char in unicodedata.normalize("NFKD", shown) if unicodedata.category(char) not in ("Mn", "Cf"))
    folded = bare.casefold().translate(_FOLD)
    for pair, letter in _PAIRS:
        folded = folded.replace(pair, letter)
    return folded


def _decoded(label: str) -> str:
    if not label.lower().startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except ValueError:
        # A label that is no punycode is shown by mail programs as it stands.
        return label
