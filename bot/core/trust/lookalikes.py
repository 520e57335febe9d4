"""Addresses that look like one on file and are not.

Given a sender and the people on file; gives the address it could be mistaken for, so that staff can be warned.
Reads from strangers: any characters, and domains in their ASCII form (RFC 3492).
Never identifies anyone: what is folded here serves the alert only, two addresses are compared by `canonical` and nothing else.
A domain that is merely near another alarms only together with the person's own name or local-part, or every info@ would.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.mail import canonical, domain_of

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
_SEPARATORS = str.maketrans("", "", ".-_")

_SHORTEST_NEAR_DOMAIN = 8
"""Of domains with fewer letters too many honest ones differ in one."""
_MOST_ODD = 5


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a reader takes in of an address and a name."""

    whole: str
    local: str
    """Without separators and without a subaddress."""
    domain: str
    written_domain: str
    name: str


def lookalike(sender: str, on_file: Mapping[str, str], *, name: str = "") -> str | None:
    """The address on file that `sender`, who calls itself `name`, could be mistaken for; None where there is none.

    `on_file` names the person of each address. A sender that is on file itself is mistaken for nobody.
    """
    if not sender or len(sender) > _LONGEST:
        return None
    people = {canonical(address): called for address, called in on_file.items()}
    if canonical(sender) in people:
        return None
    seen = _shape(sender, name)
    return next((address for address, called in people.items() if _is_near(seen, _shape(address, called))), None)


def odd_letters(address: str) -> tuple[str, ...]:
    """Letters outside ASCII in an address as mail programs show it, each with its name, for a reader who sees no difference.

    >>> odd_letters("\u0430lice@lawfirm.example")
    ('\u0430 = CYRILLIC SMALL LETTER A',)
    """
    odd = dict.fromkeys(char for char in _shown(address[:_LONGEST]) if not char.isascii() and char.isprintable())
    return tuple(f"{char} = {unicodedata.name(char, 'unnamed')}" for char in odd)[:_MOST_ODD]


def _is_near(seen: _Shape, real: _Shape) -> bool:
    if seen.whole == real.whole:
        return True
    is_local = bool(real.local) and seen.local == real.local
    if seen.written_domain == real.written_domain:
        return is_local
    is_person = bool(seen.name) and seen.name == real.name
    return (is_person or (is_local and real.local not in _SHARED)) and _is_near_domain(seen.domain, real.domain)


def _is_near_domain(one: str, other: str) -> bool:
    """Apart by separators alone, or by one letter that is missing, more, another, or has changed places with its neighbour."""
    bare, bare_other = one.translate(_SEPARATORS), other.translate(_SEPARATORS)
    return bare == bare_other or (min(len(bare), len(bare_other)) >= _SHORTEST_NEAR_DOMAIN and _is_one_edit(bare, bare_other))


def _is_one_edit(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    same = next((place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    rest, longer_rest = shorter[same:], longer[same:]
    if len(rest) < len(longer_rest):
        return rest == longer_rest[1:]
    is_swapped = rest[:2] == longer_rest[:2][::-1] and rest[2:] == longer_rest[2:]
    return len(rest) == len(longer_rest) and (rest[1:] == longer_rest[1:] or is_swapped)


@lru_cache(maxsize=8192)
def _shape(address: str, name: str) -> _Shape:
    whole = _skeleton(_shown(address))
    local, _, domain = whole.rpartition("@")
    words = unicodedata.normalize("NFKC", name).casefold().replace(",", " ").split()
    return _Shape(whole, _bare(local), domain, domain_of(address), " ".join(sorted(words)))


def _bare(local: str) -> str:
    return local.partition("+")[0].translate(_SEPARATORS)


def _shown(address: str) -> str:
    """As a mail program shows it: full width narrowed, ``xn--`` labels decoded."""
    whole = unicodedata.normalize("NFKC", address.strip()).replace("。", ".")
    local, _, domain = whole.rpartition("@")
    return f"{local}@{'.'.join(_decoded(label) for label in domain.split('.'))}"


def _skeleton(shown: str) -> str:
    """What the eye sees: accents, script and invisible characters folded away."""
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


_SHARED = frozenset(_bare(_skeleton(word)) for word in "info office contact mail admin law legal support desk soudan jimukyoku".split())
"""Local-parts that say nothing of a person."""
