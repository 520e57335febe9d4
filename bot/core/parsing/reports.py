"""Reports: what a delivery status notification says (RFC 3464), or what can be read from a bounce that follows no standard.

Given the leaves of a message and its bytes; gives who was not reached, for good or for now, and the ids of the returned letter.
Reads what thousands of mail servers write, and what forgers make of it.
Never ties a report to a letter of ours: the ids found here must prove themselves by our signature elsewhere.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from email import message_from_bytes

from flufl.bounce import all_failures

from bot.core.mail import DeliveryReport, canonical, domain_of
from bot.core.parsing.caps import Caps
from bot.core.parsing.parts import Part
from bot.core.words.charsets import decode_bytes
from bot.core.words.headers import decode_header

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_FIELD = re.compile(
    r"(?im)^[ \t>]*(action|status|final-recipient|original-recipient|diagnostic-code)[ \t]*:"
    r"[ \t]*([^\n]*(?:\n[ \t]+[^\n]*)*)"
)
_ID_FIELD = re.compile(
    r"(?im)^[ \t>|]*(?:message-id|x-original-message-id|original-message-id|in-reply-to)[ \t]*:\s{0,4}(<[\x21-\x3b=\x3f-\x7e]{1,248}>)"
)
_ANY_ID = re.compile(r"<([\x21-\x3b=\x3f\x41-\x7e]{1,200}@[\x21-\x3b=\x3f\x41-\x7e]{1,100})>")
_ADDRESS = re.compile(r"[^\s\x00-\x20\x7f-\xa0<>;,:\"()\[\]]{1,200}@[A-Za-z0-9.\-_]{1,200}")
_MOST = 20
_MOST_LINES = 1500


def delivery_report(leaves: Sequence[Part], raw: bytes, *, own_address: str, caps: Caps) -> DeliveryReport | None:
    """The report in a message already known to look like a bounce; None where neither standard nor known form is found."""
    texts = [_text(part, caps) for part in leaves if _may_tell(part)]
    status = [_text(part, caps) for part in leaves if part.media_type in ("message/delivery-status", "message/global-delivery-status")]
    ids = _message_ids([*texts, *status], own_address)
    if status and (report := _standard("\n\n".join(status), ids)):
        return report
    return _by_known_form(raw[: caps.report_bytes], "\n".join(texts), ids)


def _may_tell(part: Part) -> bool:
    return part.media_type.startswith(("text/", "message/"))


def _text(part: Part, caps: Caps) -> str:
    return decode_bytes(part.content[: caps.report_bytes], part.parameters.get("charset", "")).replace("\r\n", "\n")


def _message_ids(texts: Iterable[str], own_address: str) -> tuple[str, ...]:
    """Ids from header lines of the returned letter, and any that has the form of ours."""
    own, own_domain = canonical(own_address), domain_of(own_address)
    named: list[str] = []
    ours: list[str] = []
    for text in texts:
        named += _ID_FIELD.findall(text)
        ours += [f"<{found}>" for found in _ANY_ID.findall(text) if domain_of(found) == own_domain and canonical(found) != own]
    return tuple(dict.fromkeys(named + ours))[:_MOST]


def _standard(status: str, ids: tuple[str, ...]) -> DeliveryReport | None:
    """The worst of the recipients' groups speaks for the report: failed before delayed before the rest."""
    found: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(status):
        found.setdefault(name.lower(), []).append(" ".join(value.split()))
    actions = [action for value in found.get("action", []) if (action := value.lower().partition(" ")[0].strip(";.")) in _ACTIONS]
    recipients = _addresses(found.get("original-recipient", []) + found.get("final-recipient", []))
    codes = [match for value in found.get("status", []) + found.get("diagnostic-code", []) if (match := _STATUS.search(value))]
    if not actions and not codes:
        return None
    worst = (
        min(actions, key=_ACTIONS.index)
        if actions
        else "failed"
        if codes[0][1] == "5"
        else "delayed"
        if codes[0][1] == "4"
        else "delivered"
    )
    fitting = {"failed": "54", "delayed": "4"}.get(worst, "2")
    code = next((match[0] for wanted in fitting for match in codes if match[1] == wanted), codes[0][0] if codes else "")
    return DeliveryReport(worst, code, recipients, ids)


def _addresses(values: Iterable[str]) -> tuple[str, ...]:
    """``rfc822; taro@example.org`` and what servers make of it."""
    found = [match[0] for value in values if (match := _ADDRESS.search(decode_header(value.partition(";")[2] or value)))]
    return tuple(dict.fromkeys(canonical(address) for address in found))[:_MOST]


def _by_known_form(raw: bytes, text: str, ids: tuple[str, ...]) -> DeliveryReport | None:
    """Bounces of the old kinds, by the library that knows some forty of them."""
    try:
        temporary, permanent = all_failures(message_from_bytes(b"\n".join(raw.split(b"\n", _MOST_LINES)[:_MOST_LINES])))
    except Exception:  # the library parses hostile bytes with regular expressions and codecs of its own; what fails is no report
        temporary, permanent = frozenset(), frozenset()
    failed, delayed = _decoded(permanent), _decoded(temporary)
    code = _STATUS.search(text)
    if failed:
        return DeliveryReport("failed", code[0] if code and code[1] == "5" else "", failed, ids)
    if delayed:
        return DeliveryReport("delayed", code[0] if code and code[1] == "4" else "", delayed, ids)
    return None


def _decoded(addresses: Iterable[bytes | str]) -> tuple[str, ...]:
    """What the library takes for an address may be half a sentence, or hold control characters."""
    plain = (address.decode("latin-1") if isinstance(address, bytes) else address for address in addresses)
    return tuple(sorted({canonical(address) for address in plain if _ADDRESS.fullmatch(address)}))[:_MOST]
