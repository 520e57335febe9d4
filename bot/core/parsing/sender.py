"""The sender: exactly one mailbox in exactly one From field (RFC 5322 3.6.2), or nobody.

Given the value of a From field; gives an address and a display name, or the reason why it is nobody's.
Reads what strangers forge: a value on which two readers could disagree about the mailbox is refused, not repaired
(the CVE-2023-27043 family). Never looks at a display name to learn an address, and never folds a letter into another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.mail import canonical
from bot.core.words.folding import clean
from bot.core.words.headers import decode_header

# An encoded word is masked like a quoted string unless it holds a sign that another reader could take for an address.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|=\?[^?\s<>@]{1,60}\?[bBqQ]\?[^?<>@,;"]{0,1000}\?=')
_COMMENT = re.compile(r"\([^()\\@<>]*\)")
_ESCAPED = re.compile(r"\\(.)")
_STRUCTURE = frozenset('()<>,;:"\\[]')
_ANGLE = re.compile(r"<([^<>]*)>\s*$")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\u00a1-\uffef\U00010000-\U000dffff]{1,64}")
_QUOTED_LOCAL = re.compile(r'"[\x20\x21\x23-\x5b\x5d-\x7e]{1,62}"')
_DOMAIN = re.compile(r"[A-Za-z0-9_\u00a1-\uffef\U00010000-\U000dffff](?:[A-Za-z0-9_.\-\u00a1-\uffef\U00010000-\U000dffff]{0,252})")
_UNSAFE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3013\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`address` is "" where there is not exactly one; then `defect` says what is wrong."""

    address: str
    name: str = ""
    defect: str = ""


def one_mailbox(value: str) -> Mailbox:
    """The one mailbox of a From value.

    >>> one_mailbox('"alice@lawfirm.example" <mallory@evil.example>').address
    'mallory@evil.example'
    >>> one_mailbox("alice@lawfirm.example <mallory@evil.example>").address
    ''
    """
    bare = value.strip()
    if not bare:
        return Mailbox("", "", "there is no From address")
    quoted: list[str] = []
    masked = _QUOTED.sub(lambda found: _mask(found[0], quoted), bare)
    masked = _COMMENT.sub(" ", masked)
    angle = _ANGLE.search(masked)
    phrase, spec = (masked[: angle.start()], angle[1]) if angle else ("", masked)
    address = _unmask(spec.strip(), quoted)
    name = _name_of(bare, phrase, quoted)
    if not _STRUCTURE.isdisjoint(phrase) or not _is_address(address):
        return Mailbox("", name, "the From field does not hold exactly one plain address")
    stated = _unmask(phrase, quoted).strip() if "\x00" not in phrase else ""
    if "@" in stated and canonical(stated) != canonical(address):
        return Mailbox("", name, "the From field names two addresses")
    return Mailbox(canonical(address), name)


def _mask(found: str, quoted: list[str]) -> str:
    """A quoted string is put aside, so that no sign inside it can be read as structure."""
    quoted.append(found)
    return f"\x00{len(quoted) - 1}\x00"


def _unmask(text: str, quoted: list[str]) -> str:
    if "\x00" not in text:
        return text
    return re.sub("\x00([0-9]+)\x00", lambda found: quoted[int(found[1])] if int(found[1]) < len(quoted) else "", text)


def _is_address(spec: str) -> bool:
    local, at, domain = spec.rpartition("@")
    if not at or _UNSAFE.search(spec) or "@" in local:
        return False
    return bool(_LOCAL.fullmatch(local) or _QUOTED_LOCAL.fullmatch(local)) and bool(_DOMAIN.fullmatch(domain)) and len(spec) <= 254


def _name_of(bare: str, phrase: str, quoted: list[str]) -> str:
    if phrase.strip():
        text = _ESCAPED.sub(r"\1", _unmask(phrase, quoted).replace('"', ""))
    else:
        comment = re.search(r"\(([^()<>@]*)\)\s*$", bare)
        text = comment[1] if comment else ""
    return " ".join(clean(decode_header(text)).split())[:200]
